"""The measurements on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from benchmarks.cold import Cold
from benchmarks.compare import Comparison, Evidences, Latency
from benchmarks.serving import Serving


def print_comparison(console: Console, found: Comparison) -> None:
    """Both pipelines side by side."""
    ours, stock = found.ours, found.stock
    table = Table(title=f"{found.reports} reports, {found.questions} questions")
    table.add_column("")
    table.add_column("Jixiao", justify="right")
    table.add_column("stock", justify="right")
    rows = (
        ("ingest, s", _number(ours.ingest.seconds, 2), _number(stock.ingest.seconds, 2)),
        (
            "ingest, CPU s",
            _number(ours.ingest.cpu_seconds, 2),
            _number(stock.ingest.cpu_seconds, 2),
        ),
        (
            "ingest, reports/s",
            _number(ours.ingest.reports_per_second),
            _number(stock.ingest.reports_per_second),
        ),
        ("passages", str(ours.ingest.passages), str(stock.ingest.passages)),
        (
            "ingest, passages/s",
            _number(ours.ingest.passages_per_second, 0),
            _number(stock.ingest.passages_per_second, 0),
        ),
        ("question p50 / p95, ms", _latency(ours.latency), _latency(stock.latency)),
        ("asked again p50 / p95, ms", _latency(ours.again), _latency(stock.again)),
        ("retrieval alone p50 / p95, ms", _latency(ours.retrieval), _latency(stock.retrieval)),
        (
            "labelled figures in the first passage",
            _of(ours.evidence.in_first, ours.evidence),
            _of(stock.evidence.in_first, stock.evidence),
        ),
        (
            "labelled figures in the first ten",
            _of(ours.evidence.in_ten, ours.evidence),
            _of(stock.evidence.in_ten, stock.evidence),
        ),
        (
            "characters of evidence a question",
            _number(ours.evidence.characters, 0),
            _number(stock.evidence.characters, 0),
        ),
        ("answers with a figure", "yes", "no: returns the prompt"),
    )
    for row in rows:
        table.add_row(*row)
    console.print(table)


def print_process(console: Console, serving: Serving, cold: Mapping[str, Cold]) -> None:
    """The serving process and single commands, over the samples."""
    table = Table("Jixiao over the samples", title="processes")
    table.add_column("", justify="right")
    table.add_row("serve: to the first page, s", _number(serving.seconds_to_page, 2))
    table.add_row("serve: resident, idle, MiB", _number(serving.idle_mib, 0))
    table.add_row("serve: resident after a question, MiB", _number(serving.asked_mib, 0))
    table.add_row("serve: page showed the figure", "yes" if serving.figure_shown else "NO")
    for language, times in cold.items():
        table.add_row(
            f"ask, cold, {language}: median / slowest / CPU, s",
            f"{times.median_s:.2f} / {times.slowest_s:.2f} / {times.cpu_s:.2f}",
        )
    console.print(table)


def _number(value: float, places: int = 1) -> str:
    return f"{value:,.{places}f}"


def _latency(value: Latency | None) -> str:
    return f"{value.p50_ms:.1f} / {value.p95_ms:.1f}" if value else "—"


def _of(number: int, value: Evidences) -> str:
    return f"{number} of {value.figures}"
