"""``jixiao ingest``: files into the store, with progress and a table of what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.progress import Progress
from rich.table import Table

from assistant.service import Assistant
from assistant.terminal import wide_console
from ingest.pipeline import Outcome, list_files, read_files
from ingest.report import Report

_COLUMNS = (
    "file", "form", "department", "year", "sections", "indicators", "figures", "pages",
    "seconds", "result",
)  # fmt: skip


def ingest_with_table(assistant: Assistant, paths: Sequence[Path], *, dry_run: bool) -> bool:
    """Read all files; True when none was refused. The others are in all the same.

    A dry run shows what would be read and stores nothing.
    """
    files = list_files(paths)
    console = wide_console()
    table = Table(*_COLUMNS)
    refused = 0
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("reading", total=len(files))
        for outcome in read_files(files, assistant.limits):
            if outcome.refusal:
                refused += 1
                blanks = [""] * (len(_COLUMNS) - 2)
                table.add_row(outcome.path.name, *blanks, f"refused: {outcome.refusal}")
            for report in outcome.reports:
                result = "not stored" if dry_run else assistant.store.add(report, outcome.path)
                table.add_row(*_row(outcome, report, result))
            progress.advance(bar)
        if not dry_run:
            progress.update(bar, description="indexing")
            assistant.store.ensure_indexes()
    console.print(table)
    return refused == 0


def _row(outcome: Outcome, report: Report, result: str) -> tuple[str, ...]:
    form = f"{report.form}：{report.project}" if report.project else report.form
    read_by = ["read by OCR"] if report.ocr else []
    return (
        outcome.path.name,
        form,
        report.department or "—",
        str(report.year or "—"),
        str(len({p.section for p in report.passages})),
        str(len(report.indicators)),
        str(len(report.figures)),
        str(report.pages or "—"),
        f"{outcome.seconds:.2f}",
        "; ".join([result, *read_by, *report.warnings]),
    )
