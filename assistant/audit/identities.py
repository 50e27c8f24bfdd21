"""Identities of the whole-department form, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.audit.findings import Finding, Severity, amounts, base, shown
from ingest.report import Report
from ingest.units import format_number


def budget_adds_up(report: Report) -> Iterator[Finding]:
    """年初预算 + 调整 = 调整后预算."""
    funds = amounts(report)
    labels = ("部门年初预算收入", "年度预算调整数", "部门调整预算收入")
    if not all(label in funds for label in labels):
        return
    initial, change, adjusted = (funds[label] for label in labels)
    apart = base(adjusted) - base(initial) - base(change)
    if apart:
        off = format_number(apart / adjusted.figure.scale)
        unit = adjusted.figure.unit or ""
        sum_of = f"{shown(initial)} + {shown(change)}"
        yield Finding(
            "budget",
            Severity.ERROR,
            report,
            {
                "zh": f"年初预算与调整数之和（{sum_of}）不等于调整后预算{shown(adjusted)}，"
                f"相差{off}{unit}",
                "en": f"initial budget and adjustment ({sum_of}) do not make the adjusted budget "
                f"{shown(adjusted)}; {off}{unit} apart",
            },
            (initial, change, adjusted),
        )


def years_that_disagree(report: Report) -> Iterator[Finding]:
    """The form's year against the title's and the file name's, as reading found them."""
    for warning in report.warnings:
        if "年，按" in warning:
            yield Finding(
                "year",
                Severity.DOUBT,
                report,
                {"zh": warning, "en": f"years disagree: {warning}"},
                (),
            )
