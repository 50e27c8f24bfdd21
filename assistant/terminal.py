"""Answers and lists on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from assistant.answer import Answer
from index_store.store import ReportInfo

_WIDE = 180  # columns where the output goes to a file or a program


def wide_console() -> Console:
    """A console as wide as the terminal; written elsewhere, tables keep their columns whole."""
    return Console(width=None if sys.stdout.isatty() else _WIDE)


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
        if citation.cell:
            place += f" {citation.cell}"
        print(f"[{citation.id}] {place}\n    “{' '.join(citation.quote.split())}”")


def reports_table(reports: Sequence[ReportInfo]) -> None:
    """One row a report."""
    table = Table("id", "department", "year", "title", "project", "file", "sections", "figures")
    for report in reports:
        table.add_row(
            report.id,
            report.department or "—",
            str(report.year or "—"),
            report.title,
            report.project or "—",
            report.file,
            str(report.sections),
            str(report.figures),
        )
    wide_console().print(table)
