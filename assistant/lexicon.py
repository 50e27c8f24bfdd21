"""The glossary of the field and the wordings of questions, loaded from data files."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.settings import settings
from ingest.errors import JixiaoError

_FOLDER = Path(__file__).parent
# Phrases of the glossary that are whole questions say what is asked, not what of.
_INTERROGATIVES = frozenset(
    "what how which who whose when where why is are was were did do does".split()  # noqa: SIM905
)
_ASKING = "question_words"  # the glossary's domain of such words
_SPLIT = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Lexicon:
    """``english`` and ``chinese`` map a phrase to the Chinese forms that mean the same.

    English phrases are tuples of stemmed words; ``translation`` gives the
    commonest English for a Chinese term.
    """

    english: dict[tuple[str, ...], tuple[str, ...]]
    chinese: dict[str, tuple[str, ...]]
    translation: dict[str, str]
    phrases: dict[str, tuple[str, ...]]  # a Chinese term → every English phrase for it
    asking: frozenset[str]  # words of asking and doing (issue, check, 完成了): no terms
    longest_english: int
    longest_chinese: int


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its plural or verbal ending, just enough to compare by."""
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + put
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def english_words(text: str) -> list[str]:
    """Lower-case words and numbers of a text."""
    return _SPLIT.findall(text.lower())


@cache
def lexicon() -> Lexicon:
    """The glossary, read once.

    Raises:
        JixiaoError: the folder that the setting 'glossary' names has no tables.
    """
    folder = settings().glossary or _FOLDER / "glossary"
    tables = sorted(folder.glob("*.tsv"))
    if not tables:
        raise JixiaoError(f"setting glossary: {folder} has no tables (.tsv)")
    english: dict[tuple[str, ...], tuple[str, ...]] = {}
    chinese: dict[str, tuple[str, ...]] = {}
    translation: dict[str, str] = {}
    own: dict[str, str] = {}  # of the terms that have a row of their own
    phrases: dict[str, tuple[str, ...]] = {}
    asking: set[str] = set()
    for path in tables:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                forms = (row["zh"], *_listed(row.get("zh_synonyms")))
                said = (row["en"], *_listed(row.get("en_synonyms")))
                asks = row.get("domain") == _ASKING
                if asks:
                    asking.update(forms)
                for form in forms:
                    chinese[form] = _with(chinese.get(form, ()), forms)
                    translation.setdefault(form, row["en"])
                    phrases[form] = phrases.get(form, ()) + said
                for phrase in said:
                    key = tuple(stem(w) for w in english_words(phrase))
                    if len(key) == 1 and asks:
                        asking.add(key[0])
                    if key and key[0] not in _INTERROGATIVES:
                        english[key] = _with(english.get(key, ()), forms)
                own.setdefault(row["zh"], row["en"])
    return Lexicon(
        english=english,
        chinese=chinese,
        translation=translation | own,
        phrases=phrases,
        asking=frozenset(asking),
        longest_english=max((len(k) for k in english), default=0),
        longest_chinese=max((len(k) for k in chinese), default=0),
    )


def _with(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """The wordings known and those more of them: as they are where there were none."""
    return known + tuple(f for f in more if f not in known) if known else more


def _listed(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


@dataclass(frozen=True)
class Wording:
    """Question words, function words and cues; see wording.toml."""

    zh_question: tuple[str, ...]
    zh_separators: tuple[str, ...]
    zh_light: frozenset[str]
    zh_verbs: frozenset[str]
    zh_telling: frozenset[str]  # single characters that tell things apart
    zh_series: tuple[str, ...]  # characters of one series exclude each other
    en_question: re.Pattern[str]
    en_stop: frozenset[str]
    en_light: frozenset[str]
    en_counters: dict[str, tuple[str, ...]]  # stemmed noun → the units that count it
    unit_hints: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    cues: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    colloquial: dict[str, str]  # 啥 → 什么, in every question
    courtesy: tuple[re.Pattern[str], ...]  # what is said around a question
    turns: dict[str, tuple[re.Pattern[str], ...]]  # 不是，我问的是…; 换个话题，…
    contrasts: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # words that exclude each other

    def says(self, cue: str, text: str) -> bool:
        """Whether the text has one of the cue's wordings (English ones as whole words)."""
        zh, en = self.cues[cue]
        lowered = text.lower()
        return any(w in text for w in zh) or any(
            re.search(rf"(?<![a-z]){re.escape(w)}(?![a-z])", lowered) for w in en
        )


@cache
def wording() -> Wording:
    """The wordings, read once."""
    data: dict[str, Any] = tomllib.loads((_FOLDER / "wording.toml").read_text(encoding="utf-8"))

    def longest_first(words: list[str]) -> tuple[str, ...]:
        return tuple(sorted(set(words), key=lambda w: (-len(w), w)))

    return Wording(
        zh_question=longest_first(data["zh"]["question_words"]),
        zh_separators=longest_first(data["zh"]["separators"]),
        zh_light=frozenset(data["zh"]["light"]),
        zh_verbs=frozenset(data["zh"]["verbs"]),
        zh_telling=frozenset(data["zh"]["telling"]),
        zh_series=tuple(data["zh"]["series"]),
        en_question=re.compile(
            r"\b(?:"
            + "|".join(map(re.escape, longest_first(data["en"]["question_words"])))
            + r")\b",
            re.I,
        ),
        en_stop=frozenset(data["en"]["stop"]),
        en_light=frozenset(stem(w) for w in data["en"]["light"]) | frozenset(data["en"]["light"]),
        en_counters={
            stem(noun): tuple(units) for units, nouns in data["en"]["counters"] for noun in nouns
        },
        unit_hints=tuple(
            (hint["dimension"], tuple(hint["zh"]), tuple(hint["en"])) for hint in data["unit_hints"]
        ),
        cues={
            name: (longest_first(cue["zh"]), longest_first(cue["en"]))
            for name, cue in data["cues"].items()
        },
        contrasts=tuple(
            (tuple(pair["sides"][0]), tuple(pair["sides"][1])) for pair in data["contrasts"]
        ),
        turns={
            name: tuple(re.compile(p, re.I) for p in patterns)
            for name, patterns in data["turns"].items()
        },
        colloquial=dict(data["zh"]["colloquial"]),
        courtesy=tuple(re.compile(p, re.I) for p in data["courtesy"]["patterns"]),
    )
