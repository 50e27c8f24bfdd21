"""Files and folders to reports and refusals."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import JixiaoError, UnreadableFile
from ingest.forms import parse_reports
from ingest.readers import Limits, read_document
from ingest.report import Report

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its reports, or why it was refused; ``seconds`` it took."""

    path: Path
    reports: tuple[Report, ...]
    refusal: str | None
    seconds: float = 0.0


def read_reports(path: Path, limits: Limits | None = None) -> list[Report]:
    """Read and parse one file; several reports in one file are several.

    Raises:
        UnreadableFile: names the file and the reason.
    """
    reports = parse_reports(read_document(path, limits))
    if not reports:
        raise UnreadableFile(path.name, "no report text was found in it")
    return reports


def read_file(path: Path, limits: Limits | None = None) -> Report:
    """The first report of a file, which in most files is the only one.

    Raises:
        UnreadableFile: names the file and the reason.
    """
    return read_reports(path, limits)[0]


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files under the paths, in name order; hidden ones and links out are left out.

    Raises:
        JixiaoError: a path does not exist, or nothing is there to read.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = list(_files_below(path))
            if not inside:
                raise JixiaoError(f"{path}: the folder has no reports in it")
            found.extend(sorted(inside))
        elif path.is_file():
            found.append(path)
        else:
            what = "neither a file nor a folder" if path.exists() else "no such file or folder"
            raise JixiaoError(f"{path}: {what}")
    return found


def _files_below(path: Path) -> Iterator[Path]:
    """The files of a folder; what is left out though it looks like a report is named."""
    root = path.resolve()
    for folder, folders, names in os.walk(path):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            if name.startswith((".", "~$")) or name.lower() == "readme.md":
                continue
            file = Path(folder) / name
            if not file.resolve().is_relative_to(root):
                _log.warning("%s: a link out of the folder, left out; copy the file itself", file)
            elif file.is_file():
                yield file
            elif name in names:
                _log.warning("%s: not a file that can be read, left out", file)


def read_files(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Outcome]:
    """Read each file; one that cannot be read is an outcome too, and the rest go on."""
    for path in paths:
        began = time.perf_counter()
        try:
            reports, refusal = tuple(read_reports(path, limits)), None
        except UnreadableFile as error:
            reports, refusal = (), error.reason
        except RecursionError:
            reports, refusal = (), "nested too deeply to be read"
        except Exception as error:  # one file that nothing foresaw must not stop the others
            _log.debug("%s could not be understood", path, exc_info=True)
            said = f"{type(error).__name__}: {error}"[:200]
            reports, refusal = (), f"could not be understood ({said}); please report this file"
        yield Outcome(path, reports, refusal, time.perf_counter() - began)
