"""Stated rates against the figures that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from assistant import calculator
from assistant.audit.findings import Finding, Severity, amounts, shown
from assistant.calculator import CalculationError, Quantity
from assistant.execution.rates import RATIO_OPERANDS
from assistant.finder import Located
from ingest.report import Report

# Rates of the project form, by row: 执行率 = 全年执行数 ÷ 全年预算数 (财预〔2020〕10号).
_PARTS = ("", "当年财政拨款", "上年结转资金", "其他资金")


def stated_rates(report: Report) -> Iterator[Finding]:
    """预算完成率, 预算调整率 and 执行率 that their own figures contradict."""
    funds = amounts(report)
    rates = RATIO_OPERANDS | {f"{p}执行率": (f"{p}全年执行数", f"{p}全年预算数") for p in _PARTS}
    for name, (upper, lower) in rates.items():
        if not all(label in funds for label in (name, upper, lower)):
            continue
        finding = _compare(report, name, funds[name], funds[upper], funds[lower])
        if finding:
            yield finding


def _compare(
    report: Report, name: str, stated: Located, upper: Located, lower: Located
) -> Finding | None:
    try:
        made = calculator.share(_quantity(upper), _quantity(lower))
    except CalculationError:
        return None
    value = stated.figure.value
    if stated.figure.unit != "%" and value <= 2:
        value *= 100  # printed as a bare fraction
    if _rounded(made.value, value) == value:
        return None
    explained = _explained(upper, lower, value)
    apart = abs(value - made.value)
    severity = Severity.NOTE if explained else Severity.ERROR
    told = {
        "zh": f"{name}写为{shown(stated)}，按表中数字计算为{made.value}%"
        f"（{made.expression}），相差{apart}个百分点" + (f"；{explained[0]}" if explained else ""),
        "en": f"{name} is stated as {shown(stated)}, its own figures give {made.value}% "
        f"({made.expression}), {apart} percentage points apart"
        + (f"; {explained[1]}" if explained else ""),
    }
    return Finding("rate", severity, report, told, (stated, upper, lower))


def _rounded(made: Decimal, stated: Decimal) -> Decimal:
    """The computed rate to as many places as the stated one shows."""
    places = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    return made.quantize(places, ROUND_HALF_UP)


def _explained(upper: Located, lower: Located, stated: Decimal) -> tuple[str, str] | None:
    """The rounding that would give the stated rate: to one place, or to a whole percent."""
    exact = upper.figure.value * upper.figure.scale / (lower.figure.value * lower.figure.scale)
    for places, zh in ((1, "一位小数"), (0, "整数")):
        rounded = (exact * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if rounded == stated:
            return f"四舍五入到{zh}可得{rounded}%", f"rounded to {places} places it is {rounded}%"
    return None


def _quantity(located: Located) -> Quantity:
    return Quantity(located.figure.value, located.figure.unit)
