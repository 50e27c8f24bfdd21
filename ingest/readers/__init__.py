"""Readers: one file a format, each from bytes to a Document."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.text import read_text

TEXT_SUFFIXES = frozenset({".txt", ".tsv", ".text"})

# What these bytes at the start of a file say, to name the format in a refusal.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip-based Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def read_document(path: Path, max_bytes: int) -> Document:
    """Read a report file of any supported format; the content decides, not the name.

    Raises:
        UnreadableFile: names the file and says why, and what to do.
    """
    file = path.name
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableFile(file, f"larger than {max_bytes // 2**20} MiB; split it")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file, f"cannot be opened: {error.strerror}") from error
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(file, f"this is {name}; save the report as .txt to read it")
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise UnreadableFile(file, f"unknown type {path.suffix or '(none)'}; supported: .txt, .tsv")
    return read_text(data, file, hashlib.sha256(data).hexdigest())
