"""``jixiao audit``: where reports contradict themselves, with the places quoted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from assistant.answer import Language
from assistant.audit import Finding, Severity, audit
from assistant.spreadsheet import Sheet, Value, write_workbook
from assistant.terminal import wide_console
from ingest.errors import JixiaoError
from ingest.report import Report

SEVERITIES: dict[Severity, dict[Language, str]] = {
    Severity.ERROR: {"zh": "矛盾", "en": "error"},
    Severity.DOUBT: {"zh": "存疑", "en": "doubt"},
    Severity.NOTE: {"zh": "提示", "en": "note"},
}
_COLUMNS: dict[Language, tuple[str, ...]] = {
    "zh": ("程度", "部门", "年度", "报告", "文件", "发现", "第几处", "章节", "页", "单元格", "数值",
           "单位", "原文"),
    "en": ("Severity", "Department", "Year", "Report", "File", "Finding", "Place", "Section",
           "Page", "Cell", "Value", "Unit", "Quote"),
}  # fmt: skip


def findings(
    reports: Sequence[Report], severities: Sequence[Severity] = tuple(Severity)
) -> list[Finding]:
    """What the reports contradict themselves in, report by report, the gravest first."""
    return [f for report in reports for f in audit(report) if f.severity in severities]


def severity_named(name: str) -> Severity:
    """error, doubt or note.

    Raises:
        JixiaoError: another name.
    """
    for severity, said in SEVERITIES.items():
        if name in said.values():
            return severity
    raise JixiaoError(f"--severity {name}: it is error, doubt or note")


def print_audit(found: Sequence[Finding], language: Language, *, as_json: bool) -> None:
    """Print findings as a table, or as JSON."""
    if as_json:
        print(json.dumps([_object(f, language) for f in found], ensure_ascii=False, indent=1))
        return
    console = wide_console()
    if not found:
        console.print("没有发现矛盾" if language == "zh" else "no contradictions found")
        return
    table = Table("report", "", "finding", "quotes", show_lines=True)
    for finding in found:
        table.add_row(
            escape(f"{finding.report.title}（{finding.report.file}）"),
            SEVERITIES[finding.severity][language],
            escape(finding.said[language]),
            escape("\n".join(f"“{' '.join(q.split())}”" for q in finding.quotes())),
        )
    console.print(table)


def save_findings(found: Sequence[Finding], path: Path, language: Language) -> None:
    """Write findings to an .xlsx file, a row each place.

    Raises:
        JixiaoError: another suffix, or a file that cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise JixiaoError(f"{path.name}: findings are saved as .xlsx")
    rows: list[list[Value]] = []
    for finding in found:
        report = finding.report
        about: list[Value] = [
            SEVERITIES[finding.severity][language], report.department, report.year, report.title,
            report.file, finding.said[language],
        ]  # fmt: skip
        if not finding.places:
            rows.append([*about, *[None] * (len(_COLUMNS[language]) - len(about))])
        for number, (place, quote) in enumerate(
            zip(finding.places, finding.quotes(), strict=True), 1
        ):
            passage, figure = place.passage, place.figure
            rows.append(
                [*about, number, " / ".join(passage.section), passage.place.page,
                 figure.cell or passage.place.cell, figure.value, figure.unit,
                 " ".join(quote.split())]
            )  # fmt: skip
    name = "核查" if language == "zh" else "Audit"
    write_workbook(path, [Sheet(name, _COLUMNS[language], rows)])


def _object(finding: Finding, language: Language) -> dict[str, object]:
    return {
        "report": finding.report.id,
        "title": finding.report.title,
        "file": finding.report.file,
        "kind": finding.kind,
        "severity": SEVERITIES[finding.severity]["en"],
        "finding": finding.said[language],
        "places": [
            {
                "section": " / ".join(place.passage.section),
                "page": place.passage.place.page,
                "cell": place.figure.cell or place.passage.place.cell,
                "value": str(place.figure.value),
                "unit": place.figure.unit,
                "quote": quote,
            }
            for place, quote in zip(finding.places, finding.quotes(), strict=True)
        ],
    }
