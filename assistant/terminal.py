"""Answers and lists on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from assistant.answer import Answer
from index_store.store import ReportInfo


def print_answer(answer: Answer) -> None:
    """The text, then warnings, then each citation with its place and quote."""
    zh = answer.language == "zh"
    print(answer.answer.replace("**", ""))
    for warning in answer.warnings:
        print(("注意：" if zh else "Note: ") + warning)
    if answer.citations:
        print()
    for citation in answer.citations:
        place = f"{citation.report}（{citation.file}） {citation.section}"
        if citation.page:
            place += f" p. {citation.page}"
        print(f"[{citation.id}] {place}\n    “{' '.join(citation.quote.split())}”")


def reports_table(reports: Sequence[ReportInfo]) -> None:
    """One row a report."""
    table = Table("id", "department", "year", "title", "file", "sections", "figures")
    for report in reports:
        table.add_row(
            report.id,
            report.department or "—",
            str(report.year or "—"),
            report.title,
            report.file,
            str(report.sections),
            str(report.figures),
        )
    Console().print(table)
