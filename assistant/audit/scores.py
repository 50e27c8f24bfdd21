"""Scores of the project form against their points, their formula and their total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant import calculator
from assistant.audit.findings import Finding, Severity, amounts, of_indicators, shown
from assistant.calculator import CalculationError, Quantity
from assistant.located import Located
from ingest.report import Report
from ingest.units import format_number

_EXECUTION = 10  # 分值 of 预算执行率 (财预〔2020〕10号)


def scores_within_points(report: Report) -> Iterator[Finding]:
    """得分 is never above 分值."""
    for indicator, row in of_indicators(report):
        points, score = row.get("分值"), row.get("得分")
        if points and score and score[0].figure.value > points[0].figure.value:
            yield Finding(
                "score",
                Severity.ERROR,
                report,
                {
                    "zh": f"“{indicator.name}”得分{shown(score[0])}高于分值{shown(points[0])}",
                    "en": f"{indicator.name}: the score {shown(score[0])} is above its points "
                    f"{shown(points[0])}",
                },
                (score[0], points[0]),
            )


def execution_score(report: Report) -> Iterator[Finding]:
    """预算执行率得分 = 执行率 × 10, at most 10 (分值 of the row where the form says another)."""
    funds = amounts(report)
    labels = ("预算执行率得分", "全年执行数", "全年预算数")
    if not all(label in funds for label in labels):
        return
    score, spent, budget = (funds[label] for label in labels)
    points = funds["预算执行率分值"].figure.value if "预算执行率分值" in funds else Decimal(10)
    try:
        rate = calculator.share(_quantity(spent), _quantity(budget))
    except CalculationError:
        return
    due = min(calculator.round_half_up(rate.value * points / 100, 2), points)
    if abs(due - score.figure.value) <= Decimal("0.05"):
        return
    yield Finding(
        "score",
        Severity.DOUBT,
        report,
        {
            "zh": f"预算执行率得分写为{shown(score)}，"
            f"按执行率{rate.value}%和分值{points}应为{due}分",
            "en": f"the score of budget execution is {shown(score)}; at {rate.value}% of {points} "
            f"points it would be {due}",
        },
        (score, spent, budget),
    )


def scores_add_up(report: Report) -> Iterator[Finding]:
    """总分 is the sum of all 得分, 总分值 of all 分值.

    Where the row of 预算执行率 was not read, what it would have is not held against the form.
    """
    figures = {f.label: Located(report, f) for f in report.figures if f.label in ("总分", "总分值")}
    funds = amounts(report)
    for total, kind, own in (
        ("总分", "得分", "预算执行率得分"),
        ("总分值", "分值", "预算执行率分值"),
    ):
        parts = [row[kind][0] for _, row in of_indicators(report) if kind in row]
        if total not in figures or len(parts) < 2:
            continue
        if own in funds:
            parts = [funds[own], *parts]
        summed = sum((p.figure.value for p in parts), Decimal(0))
        stated = figures[total]
        unread = own not in funds and 0 < stated.figure.value - summed <= _EXECUTION
        if abs(summed - stated.figure.value) > Decimal("0.01") and not unread:
            added = " + ".join(format_number(p.figure.value) for p in parts)
            yield Finding(
                "score",
                Severity.ERROR,
                report,
                {
                    "zh": f"{total}写为{shown(stated)}，各项{kind}之和为{summed}（{added}）",
                    "en": f"{total} is {shown(stated)}, the {kind} of the rows make {summed} "
                    f"({added})",
                },
                (stated, *parts),
            )


def _quantity(located: Located) -> Quantity:
    return Quantity(located.figure.value, located.figure.unit)
