"""The names people use for a department, found in a question.

员村街道办事处, 员村街, 员村 and Yuancun are one office; 松岭市文化广电和旅游局 is
also 松岭市文旅局 and 文广旅局; 清河 alone is the office of 清河区 where a report of one
is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.answer import Language
from assistant.lexicon import english_words, lexicon, stem

_CHAR = r"[^\W\d_a-zA-Z省市区县旗]"
_REGION = re.compile(
    rf"{_CHAR}{{1,6}}(?:省|自治区)|{_CHAR}{{1,6}}?(?:自治州|地区|市|盟|州(?!市))"
    rf"|{_CHAR}{{1,5}}?(?:自治县|自治旗|新区|开发区|高新区|区|县|旗)"
)
_STREET = re.compile(r"^([\u4e00-\u9fff]{2,4}?)街道(?:办事处)?$")
_TOWN = re.compile(r"^([\u4e00-\u9fff]{2,4}?)([镇乡])(?:人民政府)?$")
# Kinds of office, longest first, with what each is written short.
_KINDS = {
    "委员会": ("委员会", "委"),
    "办公室": ("办公室", "办"),
    "管理局": ("管理局", "局"),
    "局": ("局",),
    "厅": ("厅",),
    "委": ("委", "委员会"),
    "院": ("院",),
    "中心": ("中心",),
    "大队": ("大队", "队"),
    "支队": ("支队", "队"),
    "总队": ("总队", "队"),
    "馆": ("馆",),
}
# 青岭县农业农村局 is another office of 青岭县 than the one a report is loaded of.
_OTHER_OFFICE = re.compile(
    r"(?:[省市区县])?(?!人民政府)[^\W\da-zA-Z_的向给对由与和在交把将被送]{2,8}(?:局|委员会|[健改]委|法院|检察院)(?!部|限|面)"
)
_LONGEST_SHORT = 8  # characters of an abbreviated name before its kind
_LEAST_TYPED = 4  # characters of a name in which one may be wrong
_ABBREVIATED = 4  # letters of an English word cut short
_KINDS_EN = (
    r"bureau|regulator|brigade|detachment|corps|service|commission|committee|department"
    r"|administration|authority|office|agency"
)
# Offices that are called by what they are, and not the bureau of something.
_INSTITUTION = re.compile(r"(?:馆|院|联合会|学校|大学|医院|中心|法院|协会|工会)$")
_LEAST_ENGLISH = 5  # letters
_PLACES_EN = r"sub-?\s?district|street|town(?:ship)?|district|county|city"


@dataclass(frozen=True, slots=True)
class Parts:
    """A department's full name taken apart: 南桥市 云溪区 人民政府 康平街道办事处."""

    regions: tuple[str, ...]
    own: str
    place: str | None  # 康平 of 康平街道, 岚溪 of 岚溪镇


# What is set before an office's own name by whom it belongs to.
_ABOVE = re.compile(r"^国家税务总局(?=.)")
_YOUTH_LEAGUE = re.compile(r"^共青团(?P<region>.+?)(?P<level>[省市县区镇])委员会$")


@cache
def parts(department: str) -> Parts:
    """Regions, own name and, for a street or town, its place name."""
    own, regions = _ABOVE.sub("", department), []
    while (match := _REGION.match(own)) and len(own) - match.end() >= 2:
        rest = own[match.end() :]
        if re.match(r"人民政府$|管理|委员会$", rest):
            break
        regions.append(match.group())
        own = rest
    if own.startswith("人民政府") and len(own) > 4:
        own = own.removeprefix("人民政府")
    place = _STREET.match(own) or _TOWN.match(own)
    return Parts(tuple(regions), own, place.group(1) if place else None)


@cache
def department_names(department: str) -> tuple[str, ...]:
    """Chinese names without regions, longest first: 员村街道办事处, 员村街, 员村."""
    known = parts(department)
    own, place = known.own, known.place
    names = {department, own}
    if place and _STREET.match(own):
        names |= {place + s for s in ("街道办事处", "街道办", "街道", "街办", "街", "")}
    elif place and (town := _TOWN.match(own)):
        names |= {place + town.group(2) + s for s in ("人民政府", "政府", "")} | {place}
    elif (match := re.search(r"^([\u4e00-\u9fff]{2,12}?)(局|委员会|委)$", own)) and len(own) > 3:
        names.add(match.group(1) + match.group(2)[0])
    if league := _YOUTH_LEAGUE.match(own):
        names |= {f"团{league['level']}委", "团委", "共青团"}
    names |= set(lexicon().chinese.get(place or own, ()))
    return tuple(sorted(names - {""}, key=lambda n: (-len(n), n)))


def typed_alike(department: str, office: str, before: str) -> bool:
    """Whether an office named after ``before`` is this one but for a character of its sound."""
    known = parts(department)
    region = known.regions[-1] if known.regions else ""
    own = known.own
    if not re.search(r"[\u4e00-\u9fff]$", before):
        names = {own, region + own, _stem(region) + own}
    elif region and before.endswith((region, _stem(region))):
        names = {own}
    else:
        return False  # of another place
    return any(
        len(name) == len(office) >= _LEAST_TYPED
        and sum(a != b for a, b in zip(name, office, strict=True)) == 1
        and _pinyin(name) == _pinyin(office)
        for name in names
    )


def spoken_name(department: str, language: Language) -> str:
    """How a question names a department: 员村街道办事处, Yuancun, the water bureau."""
    known = parts(department)
    if language == "zh":
        return known.own
    if known.place:
        return _pinyin(known.place).replace(" ", "").capitalize()
    english = lexicon().phrases.get(known.own)
    return f"the {english[0]}" if english else known.own


def chinese_mentions(department: str, text: str, aliases: tuple[str, ...]) -> Iterator[slice]:
    """Where a department is named in Chinese, its regions included where they stand before.

    A name with the region of another place before it (海珠区水务局) is not this office.
    """
    known = parts(department)
    for name in (*aliases, *department_names(department)):
        if name.isascii():
            continue
        for start in _places(name, text):
            yield from _with_regions(known, text, start, start + len(name))
    yield from _abbreviated(known, text)


def _places(name: str, text: str) -> Iterator[int]:
    """Where a name begins in a text."""
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def _abbreviated(known: Parts, text: str) -> Iterator[slice]:
    """文旅局, 文广旅局 for 文化广电和旅游局: characters of the name in their order."""
    kind = next((k for k in _KINDS if known.own.endswith(k)), None)
    if kind is None or known.place:
        return
    full = known.own.removesuffix(kind)
    for ending in _KINDS[kind]:
        for match in re.finditer(ending, text):
            before = text[max(0, match.start() - _LONGEST_SHORT) : match.start()]
            for size in range(len(before), 1, -1):
                short = before[-size:]
                if short[0] == full[:1] and _is_subsequence(short, full):
                    start = match.start() - size
                    yield from _with_regions(known, text, start, match.end())
                    break


def _is_subsequence(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def _with_regions(known: Parts, text: str, start: int, end: int) -> Iterator[slice]:
    """The mention with its own regions before it; none where another region stands there."""
    before = start
    for region in reversed(known.regions):
        for form in (region + "人民政府", region, _stem(region)):
            if len(form) > 1 and text[:before].endswith(form):
                before -= len(form)
                break
    if before == start and not known.place:
        other = re.search(r"[\u4e00-\u9fff]{2,6}[市区县州](?:人民政府)?$", text[:start])
        if other and known.regions:
            return
    yield slice(before, end)


def _stem(region: str) -> str:
    return re.sub(r"(?:自治区|自治州|自治县|新区|开发区|高新区|[省市州区县旗])$", "", region)


def region_mentions(department: str, text: str) -> Iterator[slice]:
    """Where the last region of a department stands by itself: 清河区, 清河, Qinghe."""
    known = parts(department)
    if known.place or not known.regions:
        return
    region = known.regions[-1]
    for form in (region, _stem(region)):
        if len(form) >= 2:
            # 清河码头 is a name of its own, but what else can be meant is for the search to say.
            yield from (
                slice(m.start(), m.end())
                for m in re.finditer(re.escape(form), text)
                if not _OTHER_OFFICE.match(text, m.end())
            )


def english_mentions(department: str, text: str) -> Iterator[slice]:
    """Pinyin of the place with what follows (Qinghe District transport bureau), and
    the bureau's English names alone (the agriculture bureau)."""
    if not re.search(r"[A-Za-z]{3}", text):
        return
    known = parts(department)
    bureau = _bureau_pattern(known.own) if not known.place else None
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
            if known.place or not _OTHER_OFFICE_EN.match(text, match.end()):
                yield slice(match.start(), match.end())
    if bureau:
        for match in _bureau_alone(known.own).finditer(text):
            if not _elsewhere(text, match.start()):
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
    return re.compile(rf"(?i)\b(?:the|our)\s+(?:{alternatives})\b(?:['’]s)?(?!\s+project)")


@cache
def _spelt(department: str) -> tuple[str, ...]:
    """A department's place in pinyin, and what the glossary calls a street in English."""
    known = parts(department)
    place = known.place or (_stem(known.regions[-1]) if known.regions else None)
    spelt = [_pinyin(place)] if place and len(place) >= 2 else []
    if known.place:
        spelt += [p for n in (known.own, known.place) for p in lexicon().phrases.get(n, ())]
    elif not place:
        spelt = [_pinyin(known.own)]
    return tuple(spelt)


def _squeezed(name: str) -> str:
    """Letters as they are looked for: in one run, without spaces and hyphens, small."""
    return re.sub(r"[\s-]+", "", name).lower()


@cache
def _bureau_alone(own: str) -> re.Pattern[str]:
    """The English names of a bureau, wherever they stand."""
    return re.compile(rf"(?i)(?<![a-z]){_bureau_pattern(own)}")


def bureau_named(own: str, text: str) -> bool:
    """Whether a text has one of the English names of a bureau (水务局: water bureau)."""
    called = _called_in_english(own)
    return bool(_bureau_alone(own).search(text) or (called and called.search(text)))


@dataclass(frozen=True, slots=True)
class Keys:
    """What a text must have for a department to be named in it in Chinese.

    A stretch of ``names`` or ``regions``, or both parts of one of ``kinds``: first
    character and ending of a short name.
    """

    names: tuple[str, ...]
    regions: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]


def keys(department: str) -> Keys:
    """What leads to a department; more may be found by it than is named, never less."""
    known = parts(department)
    regions = tuple(f for r in _own_region(known) for f in (r, _stem(r)) if len(f) > 1)
    kind = None if known.place else next((k for k in _KINDS if known.own.endswith(k)), None)
    first = known.own.removesuffix(kind)[:1] if kind else ""
    return Keys(
        tuple(n for n in department_names(department) if not n.isascii()),
        regions,
        tuple((first, ending) for ending in _KINDS[kind]) if kind and first else (),
    )


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
        tuple(_pinyin(_stem(r)).replace(" ", "").lower() for r in _own_region(known)),
        known.own if not known.place and _bureau_pattern(known.own) else None,
    )


def _own_region(known: Parts) -> tuple[str, ...]:
    """The region that stands for a bureau; a street is none's."""
    return () if known.place or not known.regions else known.regions[-1:]


# Nanze health commission: an office that the words before its kind tell from this one.
_OTHER_OFFICE_EN = re.compile(
    rf"\s+(?:(?!(?:and|or|of|in|for|to|the|did|does|has|was|is|by)\b)[A-Za-z]+\s+){{1,3}}"
    rf"(?:{_KINDS_EN})\b",
    re.I,
)


# Two syllables of pinyin or more, written as a name: Beijing, Nanhai.
_SYLLABLE = (
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:[iu]?a(?:i|o|ng?)?|[iu]?e(?:i|ng?|r)?|ou?|ong|i(?:ng?|u|ong)?|u(?:i|n|o)?|v)"
)


def _elsewhere(text: str, start: int) -> str | None:
    """The place that stands before a kind of office: Beijing ecology bureau."""
    before = re.search(
        r"\b([A-Z][a-z]{4,})(?:['’]s)?(?:\s+(?:City|County|District))?\s+$", text[:start]
    )
    if before and re.fullmatch(rf"(?:{_SYLLABLE}){{2,4}}", before.group(1).lower()):
        return before.group(1)
    return None


def other_office(department: str, text: str) -> str | None:
    """The office that a question names of a department's region, where it is another one."""
    known = parts(department)
    bureau = None if known.place else _bureau_pattern(known.own)
    for named in _bureau_alone(known.own).finditer(text) if bureau else ():
        if place := _elsewhere(text, named.start()):
            return f"{place} {named.group()}"
    if known.place or not known.regions:
        return None
    region = known.regions[-1]
    for form in (region, _stem(region)):
        match = re.search(re.escape(form), text) if len(form) > 1 else None
        office = _OTHER_OFFICE.match(text, match.end()) if match else None
        if match and office:
            return text[match.start() : office.end()]
    spelt = rf"(?i)(?<![a-z]){re.escape(_pinyin(_stem(region)).replace(' ', ''))}(?![a-z])"
    match = re.search(spelt, text)
    office = _OTHER_OFFICE_EN.match(text, match.end()) if match else None
    return text[match.start() : office.end()] if match and office else None


def _own_words(own: str) -> str:
    """What stands for a bureau after its place: forestry, or initials of its name (HR)."""
    spelt = _bureau_words(own)
    initials = r"(?-i:[A-Z]{2,6})\b(?:\s+(?:" + _KINDS_EN + r")\b)?(?:['’]s)?"
    return rf"(?:{spelt})\b(?:(?:,|\s|\band\b)+(?:{spelt})\b)*|{initials}" if spelt else initials


@cache
def _bureau_pattern(own: str) -> str | None:
    """Any order and choice of the words of a bureau's English names, ended by its kind."""
    spelt = _bureau_words(own)
    if not spelt:
        return None
    return rf"(?:{spelt})\b(?:(?:,|\s|\band\b)+(?:{spelt})\b)*\s+(?:{_KINDS_EN})\b(?:['’]s)?"


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


@cache
def _pinyin(name: str) -> str:
    """A name in pinyin without tones, its syllables apart: yuan cun."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))
