"""Operations over reported quantities, each with its readable expression.

Rates are rounded half up (四舍五入) to two places, as the forms print them;
differences and sums are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.calculator.errors import CalculationError
from assistant.calculator.ratios import RATIOS
from ingest.units import convert, counted_alike, format_number, parse_unit

_RATE_PLACES = 2


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in its printed unit, None where it has none."""

    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Calculated:
    """``value`` in ``unit``, and the expression with its numbers that gives it."""

    value: Decimal
    unit: str | None
    expression: str


def round_half_up(value: Decimal, places: int) -> Decimal:
    """四舍五入 to ``places`` decimals."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def ratio(name: str, a: Quantity, b: Quantity) -> Calculated:
    """A named ratio of its two operands, in percent (a score in 分).

    Raises:
        CalculationError: unknown name, units that do not fit, division by zero.
    """
    known = RATIOS.get(name)
    if known is None:
        raise CalculationError(f"there is no ratio called {name}")
    if known.kind == "change":
        return growth(a, b)
    if known.kind == "score":
        share_of = _quotient(a, b)
        score = min(round_half_up(share_of * 10, _RATE_PLACES), Decimal(10))
        return Calculated(score, "分", f"{_shown(a)} ÷ {_shown(b)} × 10")
    return share(a, b)


def share(part: Quantity, whole: Quantity) -> Calculated:
    """part ÷ whole × 100%."""
    value = round_half_up(_quotient(part, whole) * 100, _RATE_PLACES)
    return Calculated(value, "%", f"{_pair(part, whole, ' ÷ ')} × 100%")


def share_of_sum(parts: Sequence[Quantity], whole: Quantity) -> Calculated:
    """(part + part …) ÷ whole × 100%."""
    added = total(parts)
    value = round_half_up(_quotient(Quantity(added.value, added.unit), whole) * 100, _RATE_PLACES)
    divisor = _shown(whole, parts[0])
    return Calculated(value, "%", f"({added.expression}) ÷ {divisor} × 100%")


def growth(current: Quantity, previous: Quantity) -> Calculated:
    """(current − previous) ÷ previous × 100%."""
    value = round_half_up((_quotient(current, previous) - 1) * 100, _RATE_PLACES)
    if previous.value < 0:
        raise CalculationError("growth from a negative value has no meaning")
    changed = _pair(current, previous, " − ")
    return Calculated(value, "%", f"({changed}) ÷ {_shown(previous, current)} × 100%")


def decline(current: Quantity, previous: Quantity) -> Calculated:
    """(previous − current) ÷ previous × 100%: how far something went down.

    Raises:
        CalculationError: it did not go down, or the previous value is negative.
    """
    fallen = growth(current, previous).value
    if fallen > 0:
        raise CalculationError("it went up")
    changed = _pair(previous, current, " − ")
    return Calculated(-fallen, "%", f"({changed}) ÷ {_shown(previous)} × 100%")


def difference(a: Quantity, b: Quantity) -> Calculated:
    """a − b in the unit of a; between percentages in 百分点."""
    value = a.value - _in_unit_of(b, a)
    unit = "百分点" if a.unit == "%" else a.unit
    return Calculated(value, unit, _pair(a, b, " − "))


def converted(value: Quantity, unit: str) -> Calculated:
    """The same amount in another unit: 2100.52万元 × 10000 = 21005200元.

    Raises:
        CalculationError: the units do not measure the same.
    """
    one = Quantity(Decimal(1), value.unit)
    factor = _in_unit_of(one, Quantity(Decimal(1), unit))
    sign, by = ("×", factor) if factor >= 1 else ("÷", 1 / factor)
    made = (value.value * factor).normalize()
    return Calculated(made, unit, f"{_shown(value)} {sign} {format_number(by)}")


def total(values: Sequence[Quantity]) -> Calculated:
    """The sum, in the unit of the first."""
    if not values:
        raise CalculationError("nothing to add up")
    first = values[0]
    value = sum((_in_unit_of(v, first) for v in values), Decimal(0))
    return Calculated(value, first.unit, " + ".join(_shown(v, first) for v in values))


def average(values: Sequence[Quantity]) -> Calculated:
    """The mean, to two places, in the unit of the first."""
    summed = total(values)
    mean = round_half_up(summed.value / len(values), _RATE_PLACES)
    return Calculated(mean, summed.unit, f"({summed.expression}) ÷ {len(values)}")


def per_head(amount: Quantity, heads: Quantity) -> Calculated:
    """amount ÷ heads, to two places, in the base unit of the amount (元, not 亿元).

    Raises:
        CalculationError: nothing to divide by, or a rate that no number can share.
    """
    if heads.value == 0:
        raise CalculationError("division by zero")
    known = parse_unit(amount.unit) if amount.unit else None
    counted = parse_unit(heads.unit) if heads.unit else None
    if (known and known.dimension == "percent") or (counted and counted.dimension == "percent"):
        raise CalculationError("a rate cannot be shared out")
    upper = amount.value * (known.scale if known else 1)
    lower = heads.value * (counted.scale if counted else 1)
    unit = known.base if known else amount.unit
    value = round_half_up(upper / lower, _RATE_PLACES)
    bare = Quantity(Decimal(0), None)
    return Calculated(value, unit, f"{_shown(amount, bare)} ÷ {_shown(heads, bare)}")


def _in_unit_of(value: Quantity, other: Quantity) -> Decimal:
    if value.unit == other.unit:
        return value.value
    source = parse_unit(value.unit) if value.unit else None
    target = parse_unit(other.unit) if other.unit else None
    if source is None or target is None or not counted_alike(source.base, target.base):
        raise CalculationError(
            f"{value.unit or 'a bare number'} and {other.unit or 'a bare number'} "
            "do not measure the same"
        )
    return convert(value.value, source, target)


def _quotient(a: Quantity, b: Quantity) -> Decimal:
    divisor = _in_unit_of(b, a)
    if divisor == 0:
        raise CalculationError("division by zero")
    return a.value / divisor


def _shown(value: Quantity, like: Quantity | None = None) -> str:
    """The printed number; with its unit where that differs from the other operand's."""
    number = format_number(value.value)
    if like is not None and like.unit == value.unit:
        return number
    return number if like is None else f"{number}{value.unit or ''}"


def _pair(a: Quantity, b: Quantity, sign: str) -> str:
    if a.unit == b.unit:
        return f"{format_number(a.value)}{sign}{format_number(b.value)}"
    return f"{_shown(a, b)}{sign}{_shown(b, a)}"
