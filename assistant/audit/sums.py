"""Totals against the sum of their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.audit.findings import Finding, Severity, amounts, base, shown
from assistant.located import Located
from ingest.report import Report, Role
from ingest.units import format_number

_PARTS = ("当年财政拨款", "上年结转资金", "其他资金")
_COLUMNS = ("年初预算数", "全年预算数", "全年执行数")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计)")


def totals_of_funds(report: Report) -> Iterator[Finding]:
    """年度资金总额 of a project against its sources."""
    funds = amounts(report)
    for column in _COLUMNS:
        parts = [funds[f"{p}{column}"] for p in _PARTS if f"{p}{column}" in funds]
        if column in funds and len(parts) > 1:
            yield from _compare(report, column, funds[column], parts)


def totals_of_tables(report: Report) -> Iterator[Finding]:
    """合计 of a column against the rows above it, in tables without a form."""
    # Of two columns with one heading (决算数), each may be of a year of its own.
    columns: dict[tuple[tuple[str, ...], str, int | None], list[Located]] = {}
    for figure in report.figures:
        _row, _, head = figure.label.rpartition(" ")
        passage = report.passages[figure.passage]
        if head and "\t" in passage.text and figure.unit != "%":
            column = (passage.section, head, figure.year)
            columns.setdefault(column, []).append(Located(report, figure))
    for (_, head, _), cells in columns.items():
        parts: list[Located] = []
        for cell in cells:
            name = cell.figure.label.rpartition(" ")[0]
            if _TOTAL.match(name):
                if len(parts) > 1:
                    yield from _compare(report, head, cell, parts)
                parts = []
            elif not name.startswith(("其中", "其 中")):
                parts.append(cell)


def _compare(
    report: Report, name: str, total: Located, parts: Sequence[Located]
) -> Iterator[Finding]:
    if any(p.figure.base_unit != total.figure.base_unit for p in parts):
        return
    summed = sum((base(p) for p in parts), Decimal(0))
    apart = base(total) - summed
    if not apart or (total.figure.role is Role.NONE and total.figure.unit is None):
        return
    unit = total.figure.unit or ""
    made = format_number(summed / total.figure.scale)
    added = " + ".join(p.figure.text for p in parts)
    off = format_number(apart / total.figure.scale)
    # Parts printed to two places may miss the total by a hundredth each.
    rounding = abs(apart) <= total.figure.scale * Decimal("0.01") * len(parts)
    yield Finding(
        "sum",
        Severity.NOTE if rounding else Severity.ERROR,
        report,
        {
            "zh": f"{name}合计{shown(total)}，各项之和为{made}{unit}（{added}），相差{off}{unit}",
            "en": f"the total of {name} is {shown(total)}, its parts make {made}{unit} ({added}); "
            f"{off}{unit} apart",
        },
        (total, *parts),
    )
