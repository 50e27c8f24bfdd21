"""``python -m benchmarks.run``: every measurement in one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

BM25_PACKAGE = "llama-index-retrievers-bm25==0.8.0"

for _name, _value in {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}.items():
    os.environ.setdefault(_name, _value)


def main() -> int:
    """Measure, print tables and, where ``--json`` asks for it, write the numbers."""
    chosen = _arguments()
    if missing := _missing():
        print(f"benchmarks: run `pip install {' '.join(missing)}` first", file=sys.stderr)
        return 1

    from rich.console import Console

    from benchmarks.cold import measure_cold
    from benchmarks.command import ingest_samples
    from benchmarks.compare import compare
    from benchmarks.serving import measure_serving
    from benchmarks.tables import print_comparison, print_process

    console = Console(width=None if sys.stdout.isatty() else 100)
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 1),  # what else was running at the start
    }
    console.print(", ".join(f"{name} {value}" for name, value in machine.items()), highlight=False)
    with tempfile.TemporaryDirectory() as name:
        store = Path(name) / "store"
        ingest_samples(store)
        serving = measure_serving(store)
        cold = measure_cold(store)
    comparison = compare(chosen.reports, chosen.questions, chosen.rounds)
    print_comparison(console, comparison)
    print_process(console, serving, cold)
    if chosen.json:
        found = {
            "machine": machine,
            "comparison": asdict(comparison),
            "serving": asdict(serving),
            "cold_ask": {language: asdict(times) for language, times in cold.items()},
        }
        chosen.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--reports", type=_positive, default=40, help="made-up reports (40)")
    parser.add_argument("--questions", type=_positive, default=30, help="questions asked (30)")
    parser.add_argument("--rounds", type=_positive, default=3, help="times to read them (3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    return parser.parse_args()


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def _missing() -> list[str]:
    """What is needed here and not by the program itself, as pip names it."""
    needed = {"llama_index.retrievers.bm25": BM25_PACKAGE, "psutil": "psutil"}
    missing = []
    for module, package in needed.items():
        try:
            found = find_spec(module)
        except ModuleNotFoundError:  # its parent is not there either
            found = None
        if found is None:
            missing.append(package)
    return missing


if __name__ == "__main__":
    sys.exit(main())
