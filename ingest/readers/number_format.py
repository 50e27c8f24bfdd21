"""A spreadsheet's value as the cell shows it: 0.981 in 0.00% is 98.10%.

Covers what report forms use: General, fixed places, thousands, percent, text in
quotation marks around a number, and dates (ECMA-376 part 1, 18.8.31). Other
formats fall back to General.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?:[^\]]*)\]')
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]+)?|\.[#0?]+")
_DATE = re.compile(r"[yYdD]|m{3,}|(?<![#0])[hHsS]")
_DATE_PART = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dd|d|hh|h|ss|s|AM/PM|上午/下午", re.I)


def displayed(value: object, code: str) -> str:
    """The text a cell shows for a value under a number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _date(value, code)
    if isinstance(value, int | float | Decimal):
        return _number(value, code or "General")
    return str(value)


def is_date_format(code: str) -> bool:
    """Whether a format shows a number as a date or time."""
    return bool(_DATE.search(_LITERAL.sub("", code.split(";")[0]))) and "General" not in code


def general(value: int | float | Decimal) -> str:
    """A number without binary noise: 12436.77, not 12436.769999999999."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return str(value)
    if isinstance(value, float) and number:
        number = Decimal(f"{value:.15g}")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: int | float | Decimal, code: str) -> str:
    sections = code.split(";")
    negative = value < 0
    if len(sections) > 1 and negative and sections[1].strip():
        section, value = sections[1], -value
    elif len(sections) > 2 and value == 0 and sections[2].strip():
        section = sections[2]
    else:
        section = sections[0]
    if section.strip() in {"General", "@", "", "常规", "G/通用格式"}:
        return general(value)
    bare = _LITERAL.sub("\x00", section)
    digits = _DIGITS.search(bare)
    if digits is None:
        literal = _literals(section)
        return literal if literal.strip() else general(value)
    if re.search(r"[Ee][+-]", bare) or "/" in bare:
        return general(value)
    number = Decimal(general(value))
    if "%" in bare:
        number *= 100
    pattern = digits.group()
    after = bare[digits.end() :]
    number /= Decimal(1000) ** (len(after) - len(after.lstrip(",")))
    whole, _, places = pattern.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    optional = len(places) - len(places.rstrip("#?"))
    if optional and "." in text:
        kept = text[: len(text) - optional] + text[len(text) - optional :].rstrip("0")
        text = kept.rstrip(".")
    least = whole.replace(",", "").count("0")
    integer, dot, rest = text.partition(".")
    text = integer.rjust(least, "0") + dot + rest
    sign = "-" if rounded < 0 else ""
    before = _around(section, 0)
    return f"{before}{sign}{text}{_around(section, 1)}".strip()


def _around(section: str, side: int) -> str:
    """The literal text before (0) or after (1) the digits of a section."""
    marks: list[str] = []

    def keep(match: re.Match[str]) -> str:
        marks.append(match.group(1) or match.group(2) or "")
        return chr(0xE000 + len(marks) - 1)

    bare = _LITERAL.sub(keep, section)
    digits = _DIGITS.search(bare)
    assert digits is not None
    part = bare[: digits.start()] if side == 0 else bare[digits.end() :].lstrip(",")
    return "".join(marks[ord(c) - 0xE000] if c >= "\ue000" else c for c in part)


def _literals(section: str) -> str:
    return "".join((m.group(1) or m.group(2) or "") for m in _LITERAL.finditer(section))


def _date(value: datetime.date | datetime.datetime | datetime.time, code: str) -> str:
    """A date as its format has it; an unknown format gives 2022-12-25."""
    section = re.sub(r"\[[^\]]*\]", "", code.split(";")[0])
    if not _DATE_PART.search(_LITERAL.sub("", section)):
        return value.isoformat(sep=" ") if isinstance(value, datetime.datetime) else str(value)
    minutes = False

    def part(match: re.Match[str]) -> str:
        nonlocal minutes
        if match.group(0)[0] == '"':
            return match.group(0)[1:-1]
        if match.group(0)[0] == "\\":
            return match.group(0)[1:]
        token = match.group(0).lower()
        made = _part(value, token, minutes=minutes)
        if token[0] in "hms":
            minutes = token[0] == "h"
        return made

    pattern = re.compile(rf'"[^"]*"|\\.|{_DATE_PART.pattern}', re.I)
    return pattern.sub(part, section).strip()


def _part(
    value: datetime.date | datetime.datetime | datetime.time, token: str, *, minutes: bool
) -> str:
    if token.startswith("m") and minutes and not isinstance(value, datetime.date):
        return str(value.minute).zfill(len(token))
    if token.startswith("m") and minutes and isinstance(value, datetime.datetime):
        return str(value.minute).zfill(len(token))
    field = {"y": "year", "m": "month", "d": "day", "h": "hour", "s": "second"}.get(token[0])
    number = getattr(value, field or "", None)
    if number is None:
        return ""
    if token == "yy":
        return str(number % 100).zfill(2)
    return str(number).zfill(len(token) if len(token) < 3 else 1)
