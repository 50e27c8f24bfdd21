"""The files that reports were read from, as they came, by the hash of their bytes.

They are kept to be looked at beside what was read; nothing is found in them, so a
store without them answers as well.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Collection
from hashlib import file_digest
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}")
_AWAITED_S = 3600.0  # a file may be set aside so long before its report is stored


class Originals:
    """A folder with a file for each original, named by its SHA-256 and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, source_hash: str, path: Path) -> bool:
        """Copy a file in; whether it is there. One that has changed since is not taken."""
        kept = self._path(source_hash)
        if kept is None or kept.exists():
            return kept is not None
        fresh = kept.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, fresh)
            with fresh.open("rb") as copied:
                if file_digest(copied, "sha256").hexdigest() != source_hash:
                    return False
            fresh.replace(kept)
        except OSError:  # a full disk costs the original, never the report
            return False
        finally:
            fresh.unlink(missing_ok=True)
        return True

    def find(self, source_hash: str) -> Path | None:
        """The original with these bytes, if it was kept."""
        kept = self._path(source_hash)
        return kept if kept is not None and kept.is_file() else None

    def keep_only(self, hashes: Collection[str]) -> None:
        """Delete what no report is of any more."""
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            awaited = time.time() - path.stat().st_mtime < _AWAITED_S
            if path.name not in hashes and not awaited:
                path.unlink(missing_ok=True)

    def _path(self, source_hash: str) -> Path | None:
        return self._folder / source_hash if _HASH.fullmatch(source_hash) else None
