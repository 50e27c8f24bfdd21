"""Numbers and units as the scoring compares them.

Deliberately apart from the units that the product itself uses: a fault in those
must not hide itself by being in the yardstick too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_SCALES = {
    "万亿": Decimal(10) ** 12,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4,
}

# Different words for one unit. 人 and 人次 are not the same and stay apart.
_SAME_UNIT = {
    "人民币": "元",
    "名": "人",
    "位": "人",
    "m²": "平方米",
    "m2": "平方米",
    "㎡": "平方米",
    "平米": "平方米",
    "次数": "次",
    "个百分点": "百分点",
    "percentage points": "百分点",
    "percent": "%",
}

_NUMBER = re.compile(
    r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:余|多|几)?(万亿|亿|千万|百万|万)?"
)


def base(value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """The quantity in its unscaled unit: 0.09万份 → 900 份."""
    if unit is None or not unit.strip():
        return value, None
    name = unit.strip()
    for prefix, scale in _SCALES.items():
        if name.startswith(prefix):
            return value * scale, _canonical(name.removeprefix(prefix))
    return value, _canonical(name)


def same(value: Decimal, unit: str | None, other: Decimal, other_unit: str | None) -> bool:
    """Whether two notations are exactly the same quantity."""
    return base(value, unit) == base(other, other_unit)


def rounds_to(value: Decimal, unit: str | None, other: Decimal, other_unit: str | None) -> bool:
    """Whether a quantity is the other one once it is rounded as that one is printed.

    1,451,127.27元 is 145.11万元; for results of a calculation, never for what a report prints.
    """
    (exact, own), (_, named) = base(value, unit), base(other, other_unit)
    if own != named:
        return False
    scale = base(Decimal(1), other_unit)[0]
    step = Decimal(1).scaleb(int(other.as_tuple().exponent))
    return bool((exact / scale).quantize(step, ROUND_HALF_UP) == other)


def decimal(text: str) -> Decimal | None:
    """The decimal that a text is, or None."""
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def states(text: str, value: Decimal, unit: str | None) -> bool:
    """Whether a source text has this quantity as a number of its own.

    ``98.1`` is not in ``98.15`` and ``9`` not in ``19``. A bare 1 that stands for a whole
    share counts as 100%. The sign is not compared: sources print a fall without one.
    """
    value = abs(value)
    scaled = base(value, unit)[0]
    for number, scale in _numbers(text):
        if number == value or number * scale == scaled:
            return True
        if unit == "%" and value == 100 and number == 1 and scale == 1:
            return True
    return False


def squeeze(text: str) -> str:
    """A text without white space, full-width characters made half-width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _numbers(text: str) -> Iterator[tuple[Decimal, Decimal]]:
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        scale = _SCALES.get(match[2], Decimal(1)) if match[2] else Decimal(1)
        yield Decimal(match[1].replace(",", "")), scale


def _canonical(name: str) -> str | None:
    name = name.strip()
    return _SAME_UNIT.get(name.casefold(), name) or None
