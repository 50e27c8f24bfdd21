"""What the encoder learns from: concepts, each with its Chinese and English forms.

Three sources become the same shape: CEDICT entries, Tatoeba sentence pairs and
the project's glossary of the field. A fourth says how people ask for what a report
calls by its official name. Nothing here depends on torch.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CEDICT = "cedict-2007.u8"
TATOEBA = "tatoeba-cmn-eng.tsv"

_ENTRY = re.compile(r"^(\S+) (\S+) \[[^\]]*\] /(.*)/\s*$")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LABEL = re.compile(r"^(abbr\. (for|of|to)|see( also)?|same as|also written|also called)\b")
# Glosses that speak about the entry instead of translating it.
_ABOUT_THE_WORD = re.compile(r"\b(variant of|surname|cl:|classifier for|used in|pr\. )|[一-鿿]")
_HAN = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class Concept:
    """Forms that mean the same; ``traditional`` forms are seen less often in training."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    traditional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One measured thing: what reports call it, and how it is asked for in plain words."""

    labels: tuple[str, ...]
    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All concepts, by what they are: words, sentences, terms of the field, things asked for."""

    words: tuple[Concept, ...]
    sentences: tuple[Concept, ...]
    terms: tuple[Concept, ...]
    asked: tuple[Asked, ...] = ()


def read_corpus(data: Path, glossary: Sequence[Path], asked: Sequence[Path] = ()) -> Corpus:
    """Read both data files of the folder ``data``, the glossary files and those of things asked."""
    return Corpus(
        words=tuple(_cedict((data / CEDICT).read_text(encoding="utf-8").splitlines())),
        sentences=tuple(_tatoeba((data / TATOEBA).read_text(encoding="utf-8-sig").splitlines())),
        terms=tuple(concept for path in glossary for concept in _glossary(path)),
        asked=tuple(row for path in asked for row in _asked(path)),
    )


def clean_gloss(gloss: str) -> str:
    """A CEDICT gloss without asides in brackets; empty when it translates nothing."""
    text = _ASIDE.sub(" ", gloss)
    text = " ".join(text.split()).strip(" ,;.")
    if _ABOUT_THE_WORD.search(text.lower()) or _LABEL.match(text.lower()):
        return ""
    return text if len(text) <= 80 else ""


def _cedict(lines: Iterable[str]) -> Iterator[Concept]:
    for line in lines:
        match = _ENTRY.match(line)
        if match is None:
            continue
        traditional, simplified, glosses = match.groups()
        if not _HAN.search(simplified):
            continue
        en = tuple(dict.fromkeys(g for g in map(clean_gloss, re.split("[/;]", glosses)) if g))
        if en:
            other = (traditional,) if traditional != simplified else ()
            yield Concept((simplified,), en, other)


def _tatoeba(lines: Iterable[str]) -> Iterator[Concept]:
    # One concept an English sentence: its several translations would otherwise
    # count as wrong answers for each other inside a batch.
    translations: dict[str, list[str]] = {}
    for line in lines:
        fields = line.split("\t")
        if len(fields) >= 2 and fields[0].strip() and fields[1].strip():
            translations.setdefault(fields[0].strip(), []).append(fields[1].strip())
    for english, chinese in translations.items():
        yield Concept(tuple(dict.fromkeys(chinese)), (english,))


def _glossary(path: Path) -> Iterator[Concept]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            zh = _forms(row.get("zh"), row.get("zh_synonyms"))
            en = _forms(row.get("en"), row.get("en_synonyms"))
            if zh and en:
                yield Concept(zh, en)


def _asked(path: Path) -> Iterator[Asked]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            labels, zh, en = (_forms(None, row.get(name)) for name in ("label", "zh", "en"))
            if labels and zh and en:
                yield Asked(labels, zh, en)


def _forms(main: str | None, synonyms: str | None) -> tuple[str, ...]:
    forms = [main or "", *(synonyms or "").split("|")]
    return tuple(dict.fromkeys(form.strip() for form in forms if form.strip()))
