"""``jixiao audit``: where reports contradict themselves, with the places quoted."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from assistant.answer import Language
from assistant.audit import Finding, Severity, audit
from assistant.terminal import wide_console
from ingest.report import Report

_SEVERITIES = {
    Severity.ERROR: {"zh": "矛盾", "en": "error"},
    Severity.DOUBT: {"zh": "存疑", "en": "doubt"},
    Severity.NOTE: {"zh": "提示", "en": "note"},
}


def print_audit(reports: Sequence[Report], language: Language, *, as_json: bool) -> int:
    """Print the findings of the reports; how many there are."""
    found = [finding for report in reports for finding in audit(report)]
    if as_json:
        print(json.dumps([_object(f, language) for f in found], ensure_ascii=False, indent=1))
        return len(found)
    console = wide_console()
    if not found:
        console.print("没有发现矛盾" if language == "zh" else "no contradictions found")
        return 0
    table = Table("report", "", "finding", "quotes", show_lines=True)
    for finding in found:
        table.add_row(
            escape(f"{finding.report.title}（{finding.report.file}）"),
            _SEVERITIES[finding.severity][language],
            escape(finding.said[language]),
            escape("\n".join(f"“{' '.join(q.split())}”" for q in finding.quotes())),
        )
    console.print(table)
    return len(found)


def _object(finding: Finding, language: Language) -> dict[str, object]:
    return {
        "report": finding.report.id,
        "title": finding.report.title,
        "file": finding.report.file,
        "kind": finding.kind,
        "severity": _SEVERITIES[finding.severity]["en"],
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
