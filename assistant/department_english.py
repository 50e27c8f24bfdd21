"""The same in English: Qinghe District transport bureau, the agriculture bureau, the archives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.department_parts import own_region, parts, pinyin, without_kind
from assistant.lexicon import english_words, lexicon, stem

_ABBREVIATED = 4  # letters of an English word cut short
_KINDS_EN = (
    r"bureau|regulator|brigade|detachment|corps|service|commission|committee|department"
    r"|administration|authority|office|agency"
)
# Offices that are called by what they are, and not the bureau of something.
_INSTITUTION = re.compile(r"(?:馆|院|联合会|学校|党校|大学|医院|中心|法院|协会|工会)$")
_LEAST_ENGLISH = 5  # letters
_PLACES_EN = r"sub-?\s?district|street|town(?:ship)?|district|county|city"


def english_mentions(department: str, text: str) -> Iterator[slice]:
    """Pinyin of the place with what follows (Qinghe District transport bureau), and
    the bureau's English names alone (the agriculture bureau)."""
    if not re.search(r"[A-Za-z]{3}", text):
        return
    known = parts(department)
    bureau = bureau_pattern(known.own) if not known.place else None
    said = rf"(?:\s+(?:the\s+)?(?:{bureau}|{_own_words(known.own)}))" if bureau else ""
    squeezed = re.sub(r"[\s-]+", "", text).lower()
    for name in _spelt(department):
        if _squeezed(name) not in squeezed:
            continue
        letters = r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", name)))
        pattern = rf"(?i)(?<![a-z]){letters}(?![a-z])(?:\s+(?:{_PLACES_EN})\b)?(?:['’]s)?"
        kind = rf"(?:\s+(?:{_KINDS_EN})\b(?:['’]s)?)?"
        pattern += rf"(?:{said}|{kind})" if said else kind
        for match in re.finditer(pattern, text):
            if known.place or not OTHER_OFFICE_EN.match(text, match.end()):
                yield slice(match.start(), match.end())
    if bureau:
        for match in bureau_alone(known.own).finditer(text):
            if not elsewhere(text, match.start()):
                yield slice(match.start(), match.end())
    if not known.place and (whole := _called_in_english(known.own)):
        for match in whole.finditer(text):
            yield slice(match.start(), match.end())


@cache
def _called_in_english(own: str) -> re.Pattern[str] | None:
    """The archives, the women's federation: what the glossary calls an office by its whole name."""
    said = [p for p in lexicon().phrases.get(own, ()) if len(p) >= _LEAST_ENGLISH]
    if not said or not _INSTITUTION.search(own):
        return None
    alternatives = "|".join(re.escape(p) for p in sorted(said, key=len, reverse=True))
    # party school wage bill? opens with the office; archives digitised? with what was done to.
    plain = "|".join(re.escape(p) for p in said if " " in p)
    opening = rf"^\W*(?:{plain})|" if plain else ""
    return re.compile(
        rf"(?i)(?:{opening}\b(?:the|our)\s+(?:{alternatives}))\b(?:['’]s)?(?!\s+project)"
    )


@cache
def _spelt(department: str) -> tuple[str, ...]:
    """A department's place in pinyin, and what the glossary calls a street in English."""
    known = parts(department)
    place = known.place or (without_kind(known.regions[-1]) if known.regions else None)
    spelt = [pinyin(place)] if place and len(place) >= 2 else []
    if known.place:
        spelt += [p for n in (known.own, known.place) for p in lexicon().phrases.get(n, ())]
    elif not place:
        spelt = [pinyin(known.own)]
    return tuple(spelt)


def _squeezed(name: str) -> str:
    """Letters as they are looked for: in one run, without spaces and hyphens, small."""
    return re.sub(r"[\s-]+", "", name).lower()


@cache
def bureau_alone(own: str) -> re.Pattern[str]:
    """The English names of a bureau, wherever they stand."""
    return re.compile(rf"(?i)(?<![a-z]){bureau_pattern(own)}")


def bureau_named(own: str, text: str) -> bool:
    """Whether a text has one of the English names of a bureau (水务局: water bureau)."""
    called = _called_in_english(own)
    return bool(bureau_alone(own).search(text) or (called and called.search(text)))


@dataclass(frozen=True, slots=True)
class SpeltKeys:
    """The same in English: letters of a name, of a region, or a bureau's English names."""

    names: tuple[str, ...]
    regions: tuple[str, ...]
    bureau: str | None


def spelt_keys(department: str) -> SpeltKeys:
    """What leads to a department in English; apart, as it takes the tables of pinyin."""
    known = parts(department)
    return SpeltKeys(
        tuple(map(_squeezed, _spelt(department))),
        tuple(pinyin(without_kind(r)).replace(" ", "").lower() for r in own_region(known)),
        known.own if not known.place and bureau_pattern(known.own) else None,
    )


# Nanze health commission: an office that the words before its kind tell from this one.
OTHER_OFFICE_EN = re.compile(
    rf"\s+(?:(?!(?:and|or|of|in|for|to|the|did|does|has|was|is|by)\b)[A-Za-z]+\s+){{1,3}}"
    rf"(?:{_KINDS_EN})\b",
    re.I,
)


# Two syllables of pinyin or more, written as a name: Beijing, Nanhai.
_SYLLABLE = (
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:[iu]?a(?:i|o|ng?)?|[iu]?e(?:i|ng?|r)?|ou?|ong|i(?:ng?|u|ong)?|u(?:i|n|o)?|v)"
)


def elsewhere(text: str, start: int) -> str | None:
    """The place that stands before a kind of office: Beijing ecology bureau."""
    before = re.search(
        r"\b([A-Z][a-z]{4,})(?:['’]s)?(?:\s+(?:City|County|District))?\s+$", text[:start]
    )
    if before and re.fullmatch(rf"(?:{_SYLLABLE}){{2,4}}", before.group(1).lower()):
        return before.group(1)
    return None


def _own_words(own: str) -> str:
    """What stands for a bureau after its place: forestry, or initials of its name (HR)."""
    spelt = _bureau_words(own)
    initials = r"(?-i:[A-Z]{2,6})\b(?:\s+(?:" + _KINDS_EN + r")\b)?(?:['’]s)?"
    return rf"(?:{spelt})\b(?:(?:,|\s|\band\b)+(?:{spelt})\b)*|{initials}" if spelt else initials


@cache
def bureau_pattern(own: str) -> str | None:
    """Any order and choice of the words of a bureau's English names, ended by its kind."""
    spelt = _bureau_words(own)
    if not spelt:
        return None
    words = rf"(?:{spelt})s?\b"  # government services bureau
    return rf"{words}(?:(?:,|\s|\band\b)+{words})*\s+(?:{_KINDS_EN})\b(?:['’]s)?"


@cache
def _bureau_words(own: str) -> str:
    """The words of a bureau's English names as alternatives of a pattern, longest first."""
    words = {
        word
        for term in (own, *lexicon().chinese.get(own, ()), *_pieces(own))
        for phrase in lexicon().phrases.get(term, ())
        for word in english_words(phrase)
        if word not in _KINDS_EN.split("|") and len(word) > 2
    } - {"the", "and", "for"}
    # agri and enviro are agriculture and environment.
    short = {rf"{word[:_ABBREVIATED]}\w*" for word in words if len(word) > 2 * _ABBREVIATED - 1}
    return "|".join(sorted({*words, *map(stem, words), *short}, key=len, reverse=True))


def _pieces(own: str) -> list[str]:
    """The terms of the glossary that a name is made of: 文化, 广电, 旅游."""
    known, found, position = lexicon().chinese, [], 0
    while position < len(own):
        for size in range(min(6, len(own) - position), 1, -1):
            if own[position : position + size] in known:
                found.append(own[position : position + size])
                position += size
                break
        else:
            position += 1
    return found
