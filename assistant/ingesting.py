"""``jixiao ingest``: files into the store, with progress and a table of what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from assistant.service import Assistant
from ingest.pipeline import list_files, read_files


def ingest_with_table(assistant: Assistant, paths: Sequence[Path]) -> bool:
    """Read all files; True when none was refused. The others are in all the same."""
    files = list_files(paths)
    console = Console()
    table = Table("file", "form", "department", "year", "sections", "figures", "result")
    refused = 0
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("reading", total=len(files))
        for outcome in read_files(files, assistant.limits):
            report = outcome.report
            if report is None:
                refused += 1
                table.add_row(outcome.path.name, "", "", "", "", "", f"refused: {outcome.refusal}")
            else:
                result = assistant.store.add(report)
                table.add_row(
                    outcome.path.name,
                    report.form,
                    report.department or "—",
                    str(report.year or "—"),
                    str(len({p.section for p in report.passages})),
                    str(len(report.figures)),
                    "; ".join([result, *report.warnings]),
                )
            progress.advance(bar)
        progress.update(bar, description="indexing")
        assistant.store.ensure_indexes()
    console.print(table)
    return refused == 0
