"""``python -m benchmarks.reading``: seconds and peak memory a page, by format.

The same forms in every format, read by Jixiao, by the format's own library alone and by
``markitdown``, each in a process of its own, the ways in turn. ``markitdown`` is looked
for in this environment and, as its pins differ, in the one whose Python
``--markitdown`` names; without it that column stays empty.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.command import environment

_CHILD = Path(__file__).with_name("reading_once.py")
_ROOT = _CHILD.parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """Median seconds of one file, libraries loaded before; peak memory of the process."""

    seconds: float
    peak_mib: float


def measure_reading(pages: int, runs: int, rival: str | None) -> dict[str, dict[str, Cost]]:
    """Format → way → cost, over files of ``pages`` pages; ``rival`` is markitdown's Python."""
    from benchmarks.pages import write_pages

    ways = {"bare": sys.executable, "document": sys.executable, "reports": sys.executable}
    if rival:
        ways["markitdown"] = rival
    costs: dict[str, dict[str, Cost]] = {}
    with tempfile.TemporaryDirectory() as name:
        small = write_pages(_made(Path(name) / "small"), 1)
        files = write_pages(_made(Path(name) / "large"), pages)
        for kind, path in files.items():
            seen: dict[str, list[Cost]] = {}
            for _ in range(runs):
                for way, python in ways.items():
                    if cost := _once(python, way, small[kind], path):
                        seen.setdefault(way, []).append(cost)
            costs[kind] = {
                way: Cost(statistics.median(c.seconds for c in all_), max(c.peak_mib for c in all_))
                for way, all_ in seen.items()
            }
    return costs


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _once(python: str, way: str, small: Path, path: Path) -> Cost | None:
    """One run; None where a rival cannot read the format."""
    done = subprocess.run(
        [python, str(_CHILD), way, str(small), str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=environment() | ({} if way == "markitdown" else {"PYTHONPATH": str(_ROOT)}),
    )
    if done.returncode:
        if way == "markitdown":
            return None
        raise RuntimeError(f"{way} {path.name}: {done.stderr.strip().splitlines()[-1:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Cost(found["seconds"], found["peak_mib"]) if found["found"] else None


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--pages", type=int, default=20, help="pages of each file (20)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (3)")
    parser.add_argument("--markitdown", metavar="PYTHON", help="the Python that has markitdown")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    chosen = parser.parse_args()
    rival = chosen.markitdown or (sys.executable if find_spec("markitdown") else None)
    costs = measure_reading(chosen.pages, chosen.runs, rival)
    _print(costs, chosen.pages)
    if chosen.json:
        found = {k: {w: asdict(c) for w, c in ways.items()} for k, ways in costs.items()}
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


def _print(costs: dict[str, dict[str, Cost]], pages: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{pages} pages, a form on each: ms a page / peak MiB")
    ways = {"bare": "library alone", "document": "Jixiao, document",
            "reports": "Jixiao, figures", "markitdown": "markitdown"}  # fmt: skip
    for head in ("", *ways.values(), "document : library"):
        table.add_column(head, justify="right")
    for kind, found in costs.items():
        cells = (
            f"{cost.seconds / pages * 1000:.1f} / {cost.peak_mib:.0f}" if cost else "—"
            for cost in (found.get(way) for way in ways)
        )
        ratio = found["document"].seconds / found["bare"].seconds
        table.add_row(kind, *cells, f"{ratio:.1f}")
    Console(width=None if sys.stdout.isatty() else 120).print(table)


if __name__ == "__main__":
    sys.exit(main())
