"""What a single ``jixiao ask`` costs from a cold start, process and all."""

from __future__ import annotations

import resource
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.command import command, environment

QUESTIONS = {
    "zh": "2022年员村街代征个人出租房屋税多少？",
    "en": "What was Yuancun's budget completion rate in 2022?",
}


@dataclass(frozen=True, slots=True)
class Cold:
    """Seconds of one question in a new process; ``cpu_s`` is what they kept a core busy."""

    median_s: float
    slowest_s: float
    cpu_s: float


def measure_cold(store: Path, runs: int = 5) -> dict[str, Cold]:
    """Ask one Chinese and one English question ``runs`` times each; by language."""
    return {language: _asked(store, text, runs) for language, text in QUESTIONS.items()}


def _asked(store: Path, question: str, runs: int) -> Cold:
    times: list[float] = []
    busy = _children_cpu()
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(
            command("ask", question, "--store", str(store)),
            check=True,
            stdout=subprocess.DEVNULL,
            env=environment(),
            cwd=store.parent,
        )
        times.append(time.perf_counter() - began)
    return Cold(statistics.median(times), max(times), (_children_cpu() - busy) / runs)


def _children_cpu() -> float:
    """CPU seconds of all ended child processes so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
