"""``python -m benchmarks.scale``: seconds a question at ten thousand to a million figures.

Made-up counties (``benchmarks.county``) go into a store straight through its door for
many reports; both indexes are made as after any ingest. Then some questions of every
kind, in both languages, are asked of offices taken at random, so that most reports that
they need are not in memory. ``--stock N`` measures the stock LlamaIndex pipeline over
the same reports as text files, up to that many figures.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from assistant.service import Assistant
from benchmarks.county import counties_of, reports
from benchmarks.scale_questions import ACROSS, Asked, questions
from index_store.encoder.factory import encoder_name, load_encoder
from index_store.store import Store

for _name, _value in {"ANONYMIZED_TELEMETRY": "False", "TOKENIZERS_PARALLELISM": "false"}.items():
    os.environ.setdefault(_name, _value)

_WARMING = 1  # questions of each kind and language asked before those that are measured


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one kind of question: wall clock and CPU; how many were understood."""

    asked: int
    understood: int
    p50: float
    p95: float
    cpu_p50: float
    cpu_p95: float
    cpu: tuple[float, ...]  # of each question, the shortest first


@dataclass(frozen=True, slots=True)
class Size:
    """One store: what is in it, what making it took, and every kind's times."""

    figures: int
    reports: int
    offices: int
    passages: int
    disk_mib: float
    catalog_s: float
    lexical_s: float
    dense_s: float
    open_s: float  # from an opened store to the first question's answer
    memory_mib: float  # of the process, after the questions
    times: dict[str, Times]
    stock: Times | None = None
    stock_s: float | None = None


def main() -> int:
    """Measure, print the tables and, where ``--json`` asks for it, write the numbers."""
    chosen = _arguments()
    sizes = []
    with tempfile.TemporaryDirectory() as name:
        for figures in chosen.figures:
            folder = (chosen.folder or Path(name)) / str(figures)
            size = measure(folder, figures, chosen.each, chosen.across)
            if figures <= chosen.stock:
                from benchmarks.scale_stock import measure_stock

                size = measure_stock(size, Path(name), figures, chosen.each)
            sizes.append(size)
            _print(sizes)
            if chosen.json:
                found = [asdict(size) for size in sizes]
                chosen.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    return 0


def measure(folder: Path, figures: int, each: int, across: int) -> Size:
    """Make a store of so many figures, where ``folder`` holds none yet, and ask of it."""
    is_new = not (folder / "catalog.sqlite").exists()
    store = _open(folder)
    catalog_s = _seconds(lambda: store.add_all(reports(figures))) if is_new else 0.0
    lexical_s = _seconds(lambda: store.search_passages("预算", None, 1))
    dense_s = _seconds(lambda: store.dense_passages("预算", None, 1))
    store.close()

    store = _open(folder)
    assistant = Assistant(store, today=date(2026, 1, 15))
    chosen = list(questions(counties_of(figures), _WARMING + max(each, across)))
    opening = _seconds(lambda: (assistant.warm_up(), assistant.ask(chosen[0].turns[0])))
    times = {}
    for kind in dict.fromkeys(asked.kind for asked in chosen):
        own = [asked for asked in chosen if asked.kind == kind]
        warming, measured = _parts(own, across if kind in ACROSS else each)
        if kind not in ACROSS:  # those read the reports of all offices anyhow
            for asked in warming:
                _ask(assistant, asked)
        if measured:
            times[kind] = _times([_ask(assistant, asked) for asked in measured])
    infos = assistant.reports()
    size = Size(
        sum(i.figures for i in infos),
        len(infos),
        len({i.department for i in infos}),
        sum(len(store.report(i.id).passages) for i in infos[:200]) * len(infos) // 200,
        _mib(folder),
        catalog_s,
        lexical_s,
        dense_s,
        opening,
        _memory_mib(),
        times,
    )
    store.close()
    return size


def _parts(own: Sequence[Asked], each: int) -> tuple[list[Asked], list[Asked]]:
    """Of one kind: those that warm up, and ``each`` of each language to be measured."""
    warming, measured = [], []
    for language in dict.fromkeys(asked.language for asked in own):
        spoken = [asked for asked in own if asked.language == language]
        warming += spoken[:_WARMING]
        measured += spoken[_WARMING : _WARMING + each]
    return warming, measured


def _ask(assistant: Assistant, asked: Asked) -> tuple[float, float, bool]:
    """Wall and CPU milliseconds of the last turn, and whether it was understood."""
    conversation = assistant.new_conversation()
    for turn in asked.turns[:-1]:
        conversation.ask(turn)
    began, busy = time.perf_counter(), time.process_time()
    answer = conversation.ask(asked.turns[-1])
    wall, cpu = time.perf_counter() - began, time.process_time() - busy
    return wall * 1000, cpu * 1000, answer.status in asked.expected


def _times(taken: Sequence[tuple[float, float, bool]]) -> Times:
    walls, cpus = sorted(w for w, _, _ in taken), sorted(c for _, c, _ in taken)
    last = math.ceil(0.95 * len(taken)) - 1
    return Times(
        len(taken), sum(ok for _, _, ok in taken), statistics.median(walls), walls[last],
        statistics.median(cpus), cpus[last], tuple(cpus),
    )  # fmt: skip


def _together(size: Size) -> tuple[float, float]:
    """CPU milliseconds of every question about one office, p50 and p95."""
    every = sorted(c for kind, t in size.times.items() if kind not in ACROSS for c in t.cpu)
    return statistics.median(every), every[math.ceil(0.95 * len(every)) - 1]


def _open(folder: Path) -> Store:
    return Store.open(folder, encoder=lambda: load_encoder(None), encoder_name=encoder_name(None))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _mib(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 2**20


def _memory_mib() -> float:
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 2**10
    except (OSError, IndexError):
        return math.nan


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--figures", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--each", type=int, default=20, help="questions of a kind and language")
    parser.add_argument("--across", type=int, default=1, help="of those about all offices (1)")
    parser.add_argument(
        "--stock", type=int, default=1_000_000, help="most figures for the stock pipeline"
    )
    parser.add_argument("--folder", type=Path, help="keep the stores here, use those that are")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    return parser.parse_args()


def _print(sizes: Sequence[Size]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 130)
    load = os.getloadavg()[0]
    console.print(
        f"cores {os.cpu_count()}, python {platform.python_version()}, load {load:.1f}",
        highlight=False,
    )
    table = Table(title="milliseconds a question: p50 / p95 (CPU p50 / p95), understood")
    for head in ("", *(f"{size.figures:,} figures" for size in sizes)):
        table.add_column(head, justify="right")
    for kind in sizes[0].times:
        table.add_row(kind, *(_cell(size.times.get(kind)) for size in sizes))
    every = (_together(size) for size in sizes)
    table.add_row("all of one office, CPU", *(f"{p50:,.0f} / {p95:,.0f}" for p50, p95 in every))
    table.add_row("stock pipeline", *(_cell(s.stock) for s in sizes))
    rows: dict[str, Callable[[Size], str]] = {
        "reports / offices": lambda s: f"{s.reports:,} / {s.offices:,}",
        "store made: catalog, words, vectors": lambda s: (
            f"{s.catalog_s:.0f} + {s.lexical_s:.0f} + {s.dense_s:.0f} s"
        ),
        "store on disk": lambda s: f"{s.disk_mib:,.0f} MiB",
        "opened to first answer": lambda s: f"{s.open_s:.1f} s",
        "memory after the questions": lambda s: f"{s.memory_mib:,.0f} MiB",
    }
    for name, said in rows.items():
        table.add_row(name, *(said(size) for size in sizes))
    console.print(table)


def _cell(times: Times | None) -> str:
    if times is None:
        return "—"
    understood = f"{times.understood}/{times.asked}"
    return (
        f"{times.p50:,.0f} / {times.p95:,.0f} ({times.cpu_p50:,.0f} / {times.cpu_p95:,.0f})"
        f" {understood}"
    )


if __name__ == "__main__":
    sys.exit(main())
