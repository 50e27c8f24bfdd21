"""What a question counts, and which units can answer it (``measures.toml``).

多少户 is answered in 户, how many fire engines in 辆 or 台, never in 起. A question that says
nothing of the kind, or a unit that nobody listed, excludes nothing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.lexicon import english_words, stem
from ingest.units import parse_unit

_THINGS = "things"  # what 个 and 项 count: nearly everything, but no times and no measures
_FILE = Path(__file__).with_name("measures.toml")
_ASKED = re.compile(r"\b(?:how many|number of|count of)\b\s*(.*)", re.I)
# Where an English noun phrase ends: its head is the last noun before.
_PHRASE_END = re.compile(
    r"\b(?:was|were|is|are|did|does|do|had|has|have|been|be|in|for|from|to|by|at|through|on|with|of|"
    r"per|who|that|which|across|under|over|during|there|went|got|came|took|can|will|would|and|or|"
    r"received|held|inspected|built|used|made|given|issued|caught|found|treated|died|killed)\b|[?,;.]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Table:
    kinds: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]  # stem → kinds
    phrases: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    any: frozenset[str]


@cache
def _table() -> _Table:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    nouns: dict[str, set[str]] = {}
    for kind, words in read["nouns"].items():
        for word in words:
            nouns.setdefault(stem(word), set()).add(kind)
    return _Table(
        {kind: frozenset(units) for kind, units in read["kinds"].items()},
        {noun: frozenset(kinds) for noun, kinds in nouns.items()},
        tuple((p, kind) for kind, phrases in read["phrases"].items() for p in phrases),
        tuple((re.compile(p), kind) for kind, ps in read["patterns"].items() for p in ps),
        frozenset(read["any"]),
    )


def kinds_of(unit: str | None) -> frozenset[str]:
    """The kinds that a printed unit counts; none for a general or an unknown one."""
    parsed = parse_unit(unit) if unit else None
    base = parsed.counted if parsed else (unit or "")
    if base in _table().any:
        return frozenset()
    return frozenset(kind for kind, units in _table().kinds.items() if base in units)


def kinds_asked(text: str, counters: tuple[str, ...]) -> frozenset[str]:
    """The kinds that a question asks for: by its counter, its noun or a whole phrase."""
    counted = frozenset(kind for counter in counters for kind in kinds_of(counter))
    if counted:
        return counted - {_THINGS} or counted  # 几人 asks for persons, not for any thing
    if counters and all(counter in _table().any for counter in counters):
        return frozenset({_THINGS})
    lowered = text.lower()
    if match := _ASKED.search(text):
        return _head_kinds(match.group(1))
    asked = frozenset(kind for pattern, kind in _table().patterns if pattern.search(text))
    return asked or frozenset(kind for phrase, kind in _table().phrases if phrase in lowered)


def _head_kinds(after: str) -> frozenset[str]:
    """Of the last noun of the phrase after how many that the table knows."""
    words = english_words(_PHRASE_END.split(after, maxsplit=1)[0])
    if words[:2] in (["person", "times"], ["person", "time"]):
        return _table().nouns["person"]
    return next(
        (_table().nouns[stem(w)] for w in reversed(words) if stem(w) in _table().nouns),
        frozenset(),
    )


def excludes(asked: frozenset[str], unit: str | None) -> bool:
    """Whether a figure in ``unit`` cannot be what is asked for."""
    if not asked:
        return False
    own = kinds_of(unit)
    if unit is None or (not own and parse_unit(unit)):
        # Something bare, or 个 and 项: they count anything but what is measured.
        measured = {"length", "area", "weight", "volume", "time", "money", "persons"}
        return bool(unit) and asked <= measured
    return bool(own) and not asked & own
