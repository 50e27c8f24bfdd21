"""The installed command, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.corpus import SAMPLES


def command(*arguments: str) -> list[str]:
    """The command line of ``jixiao``, as installed beside the running Python."""
    return [str(Path(sys.executable).with_name("jixiao")), *arguments]


def environment() -> dict[str, str]:
    """Today's environment without settings of Jixiao's own, so that defaults are measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("JIXIAO_")}


def ingest_samples(store: Path) -> None:
    """Read the sample reports into a new store, in a process of its own."""
    subprocess.run(
        command("ingest", str(SAMPLES), "--store", str(store)),
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment(),
        cwd=store.parent,
    )
