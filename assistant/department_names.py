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
from assistant.department_english import (
    OTHER_OFFICE_EN,
    bureau_alone,
    bureau_pattern,
    elsewhere,
)
from assistant.department_parts import (
    STREET,
    TOWN,
    Parts,
    own_region,
    parts,
    pinyin,
    without_kind,
)
from assistant.lexicon import lexicon

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
_YOUTH_LEAGUE = re.compile(r"^共青团(?P<region>.+?)(?P<level>[省市县区镇])委员会$")
_LONGEST_SHORT = 8  # characters of an abbreviated name before its kind
_LEAST_TYPED = 4  # characters of a name in which one may be wrong


@cache
def department_names(department: str) -> tuple[str, ...]:
    """Chinese names without regions, longest first: 员村街道办事处, 员村街, 员村."""
    known = parts(department)
    own, place = known.own, known.place
    names = {department, own}
    if place and STREET.match(own):
        names |= {place + s for s in ("街道办事处", "街道办", "街道", "街办", "街", "")}
    elif place and (town := TOWN.match(own)):
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
    if not before.strip() and region and _sounds_like(office[: len(region)], region):
        rest = office[len(region) :]  # 云领区住建局 is that of 云岭区
        return any(m == slice(0, len(rest)) for m in chinese_mentions(department, rest, ()))
    if not re.search(r"[\u4e00-\u9fff]$", before):
        names = {own, region + own, without_kind(region) + own}
    elif region and before.endswith((region, without_kind(region))):
        names = {own}
    else:
        return False  # of another place
    return any(len(name) >= _LEAST_TYPED and _sounds_like(office, name) for name in names)


def _sounds_like(typed: str, name: str) -> bool:
    """Whether one character of a name was typed as another of its sound."""
    wrong = sum(a != b for a, b in zip(typed, name, strict=False))
    return len(typed) == len(name) and wrong == 1 and pinyin(typed) == pinyin(name)


def spoken_name(department: str, language: Language) -> str:
    """How a question names a department: 员村街道办事处, Yuancun, the water bureau."""
    known = parts(department)
    if language == "zh":
        return known.own
    if known.place:
        return pinyin(known.place).replace(" ", "").capitalize()
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
        for form in (*_written_before(region), region, without_kind(region)):
            if len(form) > 1 and text[:before].endswith(form):
                before -= len(form)
                break
    if before == start and not known.place:
        other = re.search(r"[\u4e00-\u9fff]{2,6}[市区县州](?:人民政府)?$", text[:start])
        if other and known.regions:
            return
    yield slice(before, end)


def _written_before(region: str) -> tuple[str, ...]:
    """A region as it stands before what belongs to it: 云溪区人民政府, 县委 of 县委宣传部."""
    kind = region[-1]
    return (region + "人民政府", f"中共{region}委", region + "委", f"{kind}委")


def region_mentions(department: str, text: str) -> Iterator[slice]:
    """Where the last region of a department stands by itself: 清河区, 清河, Qinghe."""
    known = parts(department)
    if known.place or not known.regions:
        return
    region = known.regions[-1]
    for form in (region, without_kind(region)):
        if len(form) >= 2:
            # 清河码头 is a name of its own, but what else can be meant is for the search to say.
            yield from (
                slice(m.start(), m.end())
                for m in re.finditer(re.escape(form), text)
                if not _OTHER_OFFICE.match(text, m.end())
            )


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
    regions = tuple(f for r in own_region(known) for f in (r, without_kind(r)) if len(f) > 1)
    kind = None if known.place else next((k for k in _KINDS if known.own.endswith(k)), None)
    first = known.own.removesuffix(kind)[:1] if kind else ""
    return Keys(
        tuple(n for n in department_names(department) if not n.isascii()),
        regions,
        tuple((first, ending) for ending in _KINDS[kind]) if kind and first else (),
    )


def other_office(department: str, text: str) -> str | None:
    """The office that a question names of a department's region, where it is another one."""
    known = parts(department)
    bureau = None if known.place else bureau_pattern(known.own)
    for named in bureau_alone(known.own).finditer(text) if bureau else ():
        if place := elsewhere(text, named.start()):
            return f"{place} {named.group()}"
    if known.place or not known.regions:
        return None
    region = known.regions[-1]
    for form in (region, without_kind(region)):
        match = re.search(re.escape(form), text) if len(form) > 1 else None
        office = _OTHER_OFFICE.match(text, match.end()) if match else None
        if match and office:
            return text[match.start() : office.end()]
    spelt = rf"(?i)(?<![a-z]){re.escape(pinyin(without_kind(region)).replace(' ', ''))}(?![a-z])"
    match = re.search(spelt, text)
    office = OTHER_OFFICE_EN.match(text, match.end()) if match else None
    return text[match.start() : office.end()] if match and office else None
