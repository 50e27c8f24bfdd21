"""Stated rates against the figures that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from assistant import calculator
from assistant.audit.findings import Finding, Severity, amounts, base, shown
from assistant.calculator import CalculationError, Quantity
from assistant.execution.rates import RATIO_OPERANDS
from assistant.located import Located
from ingest.report import Report

_NEARLY = Decimal("1.5")  # percentage points
_SENTENCE_END = re.compile(r"[。；;\n]")
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


def rates_of_a_sentence(report: Report) -> Iterator[Finding]:
    """排查排污口1246个，完成整治987个，整治率79.8%: a rate beside the two amounts that it is of.

    Only one that its own figures nearly give is held against them; else it is of something else.
    """
    text = [f for f in report.figures if not f.cell and f.year is None]
    for whole, part, rate in zip(text, text[1:], text[2:], strict=False):
        if rate.unit != "%" or not rate.label.endswith("率") or rate.qualifier is not None:
            continue
        if len({f.passage for f in (whole, part, rate)}) > 1:
            continue
        if whole.base_unit != part.base_unit or whole.base_unit in (None, "%"):
            continue
        words = report.passages[rate.passage].text[whole.start : rate.start]
        upper, lower = Located(report, part), Located(report, whole)
        if _SENTENCE_END.search(words) or not 0 < base(upper) <= base(lower):
            continue
        made = calculator.share(_quantity(upper), _quantity(lower)).value
        if 0 < abs(made - rate.value) <= _NEARLY:
            finding = _compare(report, rate.label, Located(report, rate), upper, lower)
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
        "zh": f"{name}写为{shown(stated)}，按其自身的数字计算为{made.value}%"
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
    for places, zh, en in ((1, "一位小数", "one decimal place"), (0, "整数", "a whole number")):
        rounded = (exact * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if rounded == stated:
            return f"四舍五入到{zh}可得{rounded}%", f"rounded to {en} it is {rounded}%"
    return None


def _quantity(located: Located) -> Quantity:
    return Quantity(located.figure.value, located.figure.unit)
