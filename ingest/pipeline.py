"""Files and folders to reports and refusals."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import JixiaoError, UnreadableFile
from ingest.forms import parse_report
from ingest.readers import Limits, read_document
from ingest.report import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its report, or why it was refused."""

    path: Path
    report: Report | None
    refusal: str | None


def read_file(path: Path, limits: Limits | None = None) -> Report:
    """Read and parse one file.

    Raises:
        UnreadableFile: names the file and the reason.
    """
    report = parse_report(read_document(path, limits))
    if not report.passages:
        raise UnreadableFile(path.name, "no report text was found in it")
    return report


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files under the paths, in name order; hidden ones and links out are left out.

    Raises:
        JixiaoError: a path does not exist, or nothing is there to read.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            root = path.resolve()
            inside = [
                Path(folder) / name
                for folder, _, names in os.walk(path)
                for name in names
                if not name.startswith((".", "~$")) and name.lower() not in {"readme.md"}
            ]
            inside = [p for p in inside if p.resolve().is_relative_to(root) and p.is_file()]
            if not inside:
                raise JixiaoError(f"{path}: the folder has no reports in it")
            found.extend(sorted(inside))
        elif path.exists():
            found.append(path)
        else:
            raise JixiaoError(f"{path}: no such file or folder")
    return found


def read_files(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Outcome]:
    """Read each file; one that cannot be read is an outcome too, and the rest go on."""
    for path in paths:
        try:
            yield Outcome(path, read_file(path, limits), None)
        except UnreadableFile as error:
            yield Outcome(path, None, error.reason)
