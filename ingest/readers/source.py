"""What a reader is given: the bytes of one file and the bounds it must stay within."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file, so that no file costs unbounded time or memory."""

    max_bytes: int = 50 * 2**20  # of the file itself
    max_unpacked_bytes: int = 400 * 2**20  # of all that a zipped file unpacks to
    max_pages: int = 2000
    max_cells: int = 500_000  # non-empty table cells
    max_ocr_pages: int = 50  # pages recognised from pictures


@dataclass(frozen=True)
class Source:
    """One file: its name without folders, its bytes and the bounds."""

    file: str
    data: bytes
    limits: Limits = Limits()

    @property
    def suffix(self) -> str:
        """The name's ending in lower case: ".docx"."""
        return PurePath(self.file).suffix.lower()

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the bytes."""
        return sha256(self.data).hexdigest()
