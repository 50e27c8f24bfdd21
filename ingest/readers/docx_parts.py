"""The XML parts of a .docx file, opened with nothing outside the file in reach."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cache
from typing import Any

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.readers.source import Source

Element = Any  # lxml has no types of its own

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_LARGEST_PART = 100 * 2**20


@cache
def w(name: str) -> str:
    """A WordprocessingML name as lxml writes it."""
    return f"{{{_WORD}}}{name}"


@cache
def mc(name: str) -> str:
    """A name of the markup for alternative contents."""
    return f"{{{_COMPATIBILITY}}}{name}"


@cache
def math(name: str) -> str:
    """A name of Office's formulas."""
    return f"{{{_MATH}}}{name}"


def value(parent: Element | None, name: str) -> str | None:
    """The ``w:val`` of a child, "" where the child has none, None without the child."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else str(child.get(w("val"), ""))


def number(parent: Element | None, name: str) -> int | None:
    """The ``w:val`` of a child as a whole number; None where it is not one."""
    text = value(parent, name)
    try:
        return int(text) if text else None
    except ValueError:
        return None


def is_on(parent: Element | None, name: str) -> bool:
    """Whether a switch like ``w:vanish`` is set."""
    return value(parent, name) not in {None, "0", "false", "off"}


class Parts:
    """The parts of one file that a reader asks for by name."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def main(self) -> Element:
        """The body of the document.

        Raises:
            UnreadableFile: damaged, or larger than any report.
        """
        root = self.optional("word/document.xml")
        body = None if root is None else root.find(w("body"))
        if body is None:
            raise self._damaged()
        return body

    def optional(self, name: str) -> Element | None:
        """The root of a part, None where the file has no such part.

        Raises:
            UnreadableFile: damaged, or larger than any report.
        """
        data = self._bytes(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data.replace(_STRICT_WORD, _WORD.encode()), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._damaged()  # Word never writes one; entities could hide in it
        return root

    def _bytes(self, name: str) -> bytes | None:
        try:
            with zipfile.ZipFile(io.BytesIO(self._source.data)) as archive:
                if name not in archive.namelist():
                    return None
                if archive.getinfo(name).file_size > _LARGEST_PART:
                    raise UnreadableFile(
                        self._source.file,
                        f"holds more than {_LARGEST_PART // 2**20} MiB of text; split it",
                    )
                return archive.read(name)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise self._damaged() from error
        except (NotImplementedError, RuntimeError) as error:
            raise self._damaged() from error

    def _damaged(self) -> UnreadableFile:
        return UnreadableFile(
            self._source.file, "the Word file is damaged or was cut short; send it again"
        )
