"""The stock pipeline over the same made-up counties, as text files."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from benchmarks.county import counties_of, reports
from benchmarks.scale import Size, _times
from benchmarks.scale_questions import ACROSS, questions


def measure_stock(size: Size, folder: Path, figures: int, each: int) -> Size:
    """The size with what the stock pipeline takes to read the reports and to find passages."""
    from benchmarks.stock import StockPipeline
    from index_store.encoder.factory import load_encoder

    files = folder / f"text-{figures}"
    files.mkdir()
    for report in reports(figures):
        text = "\n".join((report.title, *(p.text for p in report.passages)))
        (files / f"{report.department}-{report.year}-{report.id}.txt").write_text(text, "utf-8")
    stock = StockPipeline(sorted(files.iterdir()), folder / f"stock-{figures}", load_encoder(None))
    taken = []
    for asked in questions(counties_of(figures), each):
        if asked.kind in ACROSS:
            continue
        began, busy = time.perf_counter(), time.process_time()
        stock.answer(asked.turns[-1])
        wall, cpu = time.perf_counter() - began, time.process_time() - busy
        taken.append((wall * 1000, cpu * 1000, True))
    return replace(size, stock=_times(taken[len(taken) // 20 :]), stock_s=stock.seconds)
