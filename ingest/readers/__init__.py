"""Readers: one file a format, each from the bytes of a file to a Document.

The content decides which one reads a file; the name only where content cannot
(text and CSV look alike). A reader is imported when a file first needs it.
"""

from __future__ import annotations

import io
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Protocol

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.source import Limits, Source

__all__ = ["Limits", "Reader", "Source", "format_of", "read_document", "read_source"]


class Reader(Protocol):
    """What a reader's module offers."""

    def read(self, source: Source) -> Document:
        """The document of a file.

        Raises:
            UnreadableFile: names the file, says why, and what to do.
        """
        ...


# Format → module of this folder.
MODULES = {
    "text": "text",
    "csv": "csv_table",
    "html": "html_page",
    "docx": "docx",
    "doc": "doc",
    "xlsx": "xlsx",
    "xls": "xls",
    "ods": "ods",
    "pdf": "pdf",
    "picture": "picture",
}
SUPPORTED = ".docx, .doc, .xlsx, .xls, .ods, .pdf, .html, .csv, .tsv, .txt, .png, .jpg, .tif, .bmp"

_TEXT_SUFFIXES = frozenset({".txt", ".tsv", ".text"})
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0"


def format_of(source: Source) -> str | None:
    """The format by content: a key of ``MODULES``, or None where nothing reads it.

    Raises:
        UnreadableFile: a zip file that is damaged.
    """
    data, suffix = source.data, source.suffix
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(source)
    if data.startswith(_OLE):
        return _old_office(data, suffix)
    if data.startswith(b"{\\rtf"):
        return "doc"  # rich text, which offices often name .doc
    if data.startswith(_PICTURES[:4]) or (data.startswith(b"BM") and suffix == ".bmp"):
        return "picture"
    if data[:200].lower().lstrip().startswith(b"mime-version:"):
        raise UnreadableFile(
            source.file, "this is a web archive (MHTML); open it and save it as .docx or .html"
        )
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or suffix in {".html", ".htm", ".xhtml"}:
        return "html"
    if b"<html" in start and start.startswith((b"<?xml", b"<!--")):
        return "html"
    if suffix == ".csv":
        return "csv"
    return "text" if suffix in _TEXT_SUFFIXES else None


def _zipped(source: Source) -> str | None:
    """What a zip container holds, by the parts in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if sum(entry.file_size for entry in entries) > source.limits.max_unpacked_bytes:
                raise UnreadableFile(
                    source.file,
                    f"unpacks to more than {source.limits.max_unpacked_bytes // 2**20} MiB; "
                    "save it anew from the program that made it",
                )
            if "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:200]:
                return "ods"
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            source.file, "the file is damaged or was cut short; send it again"
        ) from error
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else None


def _old_office(data: bytes, suffix: str) -> str:
    """An OLE file is an old Word or Excel file, or an encrypted new one."""
    directory = data[: 2**20] + data[-(2**20) :]
    if "EncryptedPackage".encode("utf-16-le") in directory:
        return "encrypted"
    if "WordDocument".encode("utf-16-le") in directory:
        return "doc"
    if "Workbook".encode("utf-16-le") in directory or "Book".encode("utf-16-le") in directory:
        return "xls"
    return "doc" if suffix == ".doc" else "xls"


def read_source(source: Source) -> Document:
    """Read the bytes of a file.

    Raises:
        UnreadableFile: names the file and says why, and what to do.
    """
    if not source.data.strip():
        raise UnreadableFile(source.file, "the file is empty")
    kind = format_of(source)
    if kind == "encrypted":
        raise UnreadableFile(source.file, "the file is protected by a password; remove it first")
    if kind is None:
        raise UnreadableFile(
            source.file, f"unknown type {source.suffix or '(none)'}; supported: {SUPPORTED}"
        )
    reader: Reader = import_module(f"ingest.readers.{MODULES[kind]}")
    return reader.read(source)


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """Read a report file of any supported format.

    Raises:
        UnreadableFile: names the file and says why, and what to do.
    """
    limits = limits or Limits()
    file = path.name
    try:
        if path.stat().st_size > limits.max_bytes:
            raise UnreadableFile(file, f"larger than {limits.max_bytes // 2**20} MiB; split it")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file, f"cannot be opened: {error.strerror}") from error
    return read_source(Source(file, data, limits))
