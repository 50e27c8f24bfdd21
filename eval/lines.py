"""Files of JSON lines that several processes add to: a line is in whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index_store.lock import write_lock
from ingest.errors import JixiaoError

_WAIT_S = 10.0


def append_line(path: Path, data: dict[str, Any]) -> None:
    """Add one object at the end; a line that a killed process left half is closed first.

    Raises:
        JixiaoError: the file cannot be written, or another process holds it for too long.
    """
    line = json.dumps(data, ensure_ascii=False).encode("utf-8") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_lock(path.with_suffix(".lock"), _WAIT_S), path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise JixiaoError(f"{path}: cannot be written ({error.strerror})") from error


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file, none where there is none; half lines are left out."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    except OSError as error:
        raise JixiaoError(f"{path}: cannot be read ({error.strerror})") from error
    for line in text.split("\n"):
        try:
            data = json.loads(line)
        except ValueError:
            continue
        if isinstance(data, dict):
            yield data
