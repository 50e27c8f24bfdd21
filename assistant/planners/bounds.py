"""Bounds that a question sets: below 95%, 得分低于90分, above 10 million yuan."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.plan import Bound
from assistant.planners.asked import Asked
from ingest.units import UNIT_PATTERN

_BELOW = (
    r"不足|不到|低于|少于|小于|未达到?|没达到|没有达到|没有到|没到"
    r"|below|under|less than|lower than|fewer than"
)
_ABOVE = r"不低于|不少于|高于|超过|大于|多于|达到|above|over|more than|higher than|at least"
_BOUND = re.compile(
    rf"(?P<above>{_ABOVE})?(?P<below>{_BELOW})?\s*(?P<number>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>(?:million|billion) yuan|percent|points|[万亿千]?元|[万亿](?=以|的|$)"
    rf"|{UNIT_PATTERN})?"
    r"(?:的|(?P<up>及?以上)|(?P<down>及?以下|以内|以里))?",
    re.I,
)
_UNITS = {"percent": "%", "points": "分", "million yuan": "百万元", "billion yuan": "亿元"}


def find_bound(asked: Asked) -> tuple[Bound, str] | None:
    """The bound and the question without it; None where none is set."""
    sides = ("above", "below", "up", "down")
    match = next((m for m in _BOUND.finditer(asked.rest) if any(map(m.group, sides))), None)
    if match is None:
        return None
    rest = asked.rest[: match.start()] + " " + asked.rest[match.end() :]
    unit = (match["unit"] or "").lower()
    value = Decimal(match["number"]) * (10 if unit == "billion yuan" else 1)
    if unit in ("万", "亿"):
        unit = f"{unit}元"  # 花了1000万以上
        return Bound(value, unit, _is_below(match)), rest
    return Bound(value, _UNITS.get(unit, match["unit"]), below=_is_below(match)), rest


def _is_below(match: re.Match[str]) -> bool:
    """100万元以下; 低于 counts before what stands behind the number."""
    return bool(match["below"] or (match["down"] and not match["above"]))
