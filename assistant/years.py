"""The years a question names: 2022年, 二〇二二年, 2021至2023年, 去年, the year before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Language

# 低于2000万元, under 2000, 2000多户: amounts, not years.
_YEAR = re.compile(
    r"(?<![\d.])(?<!under )(?<!above )(?<!below )(?!(?<=over )(?:19|200))(?!(?<=than )(?:19|200))"
    r"((?:19|20)\d{2})(?!\d|[.,]\d|\s*(?:[万亿千百元户人名个家件次亩吨%％余]|多(?![了少])))(?:\s*(?:年度|年|财年))?",
    re.I,
)
_SPAN = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年)?\s*(?:-|–|—|~|至|到|to)\s*((?:19|20)\d{2})(?!\d)\s*(?:年度|年)?"
)
_CHINESE_YEAR = re.compile(r"([二][〇○零Oo0一二三四五六七八九]{3})\s*年?")
# 22年12348热线 and 22年3月 are of 2022; 20年3个月 is a time.
_SHORT_YEAR = re.compile(
    r"(?<!\d)((?:1[5-9]|2\d)(?=年\d)|\d{2}(?=年(?!\d)))年(?![以之]|来|间|\d+(?:个月|天))"
)
# 22、23两年, 22和23年, 22、23各多少
_SHORT_YEARS = re.compile(
    r"(?<![\d.])([12]\d)(?:年)?\s*(?:[、,，/]|和|与|跟|及|至|到|-)\s*([12]\d)"
    r"(?:年|(?=\s*(?:[两二]年|各|都|分别|相比|对比)))"
)
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
    "o": "0",
    "0": "0",
}
_LONGEST_SPAN = 20  # years
# The year before one spoken of, counted from that one, and those counted from today.
_BEFORE = re.compile(
    r"前一年|上一年度?(?!结转|结余)|上年度?(?!结转|结余|余)"
    r"|(?:the )?(?<!from the )(?:previous|prior) year|the year before(?! last)",
    re.I,
)
_AFTER = re.compile(
    r"(?:下一年|次年|后一年|(?<!连续)(?<!的)第二年)(?!度?的?(?:工作|计划|打算|准备|目标|思路|改进|安排|预算))"
    r"|(?:the )?(?:following year|year after)(?! next)",
    re.I,
)
_COUNTED = (
    (re.compile(r"前年|the year before last", re.I), -2),
    (re.compile(r"去年|last year", re.I), -1),
    (re.compile(r"今年|本年度?|this year", re.I), 0),
    (re.compile(r"明年|来年|next year", re.I), 1),
)
# 两年的, both years: as many as are loaded, never how long something took.
_ALL_OF = re.compile(
    r"(?:这|前后|近|过去)(?P<near>[两二三四])(?:个)?(?:年度|年)(?!前|多|半|来)"
    r"|(?P<zh>[两二三四])(?:个)?(?:年度|年)(?=[的里间来都各分一哪谁差相怎变对合总平，,、？?\s]|$)"
    r"|\b(?:both|(?:over |between |in )?(?:all|the|these|those) (?P<en>two|three|four)) years\b",
    re.I,
)
_SO_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "two": 2, "three": 3, "four": 4}
_COMPARED = re.compile(
    r"(?:比|较|相比|对比|跟|和|与|同|于|versus|vs\.?|than|from|over|with|to|on)\s*(?:in\s+|the\s+)*$",
    re.I,
)
_SET_AGAINST = re.compile(r"^(?:同期|的)?\s*(?:相比|比|多|少|增|减|涨|降)")


@dataclass(frozen=True, slots=True)
class YearsSaid:
    """Years named, and one said relatively.

    ``relative`` is 0 for 今年, -1 for 去年 and so on; ``to_base`` whether it counts from a
    year spoken of (上年, the year before) and not from today; ``compared`` whether
    something is held against it (比去年); ``named_against`` whether the year named is
    itself what is compared with (compared with 2022). ``count`` is how many years are
    meant together (两年, both years).
    """

    years: tuple[int, ...] = ()
    relative: int | None = None
    to_base: bool = False
    compared: bool = False
    named_against: bool = False
    count: int | None = None


def read_years(text: str, language: Language) -> tuple[YearsSaid, str]:
    """The years of a text, and the text without them."""
    found: list[int] = []
    against = False

    def take(year: int) -> str:
        if year not in found:
            found.append(year)
        return " "

    def take_span(match: re.Match[str]) -> str:
        first = int(match[1])
        last = min(int(match[2]), first + _LONGEST_SPAN)
        return "".join(take(year) for year in range(first, last + 1))

    def take_one(match: re.Match[str]) -> str:
        nonlocal against
        against = against or bool(_COMPARED.search(text[: match.start()]))
        # "at the beginning of 2022" still speaks of a year once its number is taken out.
        return take(int(match[1])) + ("the year " if language == "en" else "")

    text = _SPAN.sub(take_span, text)
    text = _YEAR.sub(take_one, text)
    text = _CHINESE_YEAR.sub(
        lambda m: take(int("".join(_CHINESE_DIGITS.get(c, "2") for c in m[1]))), text
    )
    text = _SHORT_YEARS.sub(
        lambda m: take(2000 + int(m[1])) + take(2000 + int(m[2])) if m[1] != m[2] else m[0], text
    )
    text = _SHORT_YEAR.sub(lambda m: take(2000 + int(m[1])), text)
    said, rest = _relative(text)
    several = None if found or said.relative is not None else _ALL_OF.search(rest)
    return (
        YearsSaid(
            tuple(found),
            said.relative,
            said.to_base,
            said.compared,
            against and len(found) == 1,
            _count(several) if several else None,
        ),
        rest,
    )


def _count(match: re.Match[str]) -> int:
    said = match["near"] or match["zh"] or match["en"]
    return _SO_MANY[said.lower()] if said else 2


def all_of(said: YearsSaid, rest: str, loaded: Sequence[int]) -> tuple[YearsSaid, str]:
    """两年 as the years that are loaded, where there are so many, and the text without it."""
    if said.count is None or said.count != len(loaded):
        return said, rest
    return replace(said, years=tuple(loaded)), _ALL_OF.sub(" ", rest)


def _relative(text: str) -> tuple[YearsSaid, str]:
    for pattern, offset, to_base in (
        *((p, offset, False) for p, offset in _COUNTED[:1]),
        (_BEFORE, -1, True),
        (_AFTER, 1, True),
        *((p, offset, False) for p, offset in _COUNTED[1:]),
    ):
        match = pattern.search(text)
        if match is None:
            continue
        compared = bool(
            _COMPARED.search(text[: match.start()]) or _SET_AGAINST.match(text[match.end() :])
        )
        return YearsSaid((), offset, to_base, compared), pattern.sub(" ", text)
    return YearsSaid(), text


def resolve_years(
    said: YearsSaid,
    language: Language,
    today: date,
    in_force: Sequence[int],
    loaded: Sequence[int],
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The years meant, and the assumption made for a relative one.

    上年 is the year before the one named or in force, else before the latest loaded; the
    year after (下一年呢) counts from one named or in force.
    去年 and 今年 count from today; where no report of that year is loaded, though earlier ones
    are, the latest is taken and it is said: who reads a report of 2022 asks what was done
    "this year". In a conversation about a year 今年 is that one. Beside a year that is named
    (去年…，2023年那份报告) it is that year, unless something is compared with it.
    """
    if said.relative is None:
        return said.years, ()
    chinese = language == "zh"
    spoken = next(iter((*said.years, *in_force)), None)
    base = spoken if spoken is not None else max(loaded, default=None)
    if said.relative == 1 and spoken is not None:
        note = f"按{spoken}年的下一年，即{spoken + 1}年" if chinese else f"the year after {spoken}"
        return (*said.years, spoken + 1), (note,)
    if said.relative == -1 and (said.to_base or said.compared or not said.years):
        from_base = said.to_base or said.compared or spoken is not None
        if from_base and base is not None:
            note = (
                f"“上年”按{base}年的上一年，即{base - 1}年"
                if chinese
                else f"the previous year is taken as {base - 1}, the year before {base}"
            )
            years = said.years or ((base,) if said.compared else ())
            return (*years, base - 1), (note,)
    elif said.relative == -1 or (said.relative == 0 and said.years and not said.compared):
        return said.years, ()
    year = today.year + said.relative
    latest = max((y for y in loaded if y < year), default=None)
    if said.relative == 0 and spoken is not None:
        latest = spoken
    if said.relative in (-1, 0) and year not in loaded and latest is not None:
        which = "去年" if said.relative else "今年"
        note = (
            f"没有载入{year}年的报告，所说的{which}按{latest}年回答"
            if chinese
            else f"no report of {year} is loaded; {latest} was taken"
        )
        return (*said.years, latest), (note,)
    note = (
        f"按今天的日期，所说的年度为{year}年"
        if chinese
        else f"counted from today, the year meant is {year}"
    )
    return (*said.years, year), (note,)
