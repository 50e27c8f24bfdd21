"""Plain and tab-separated text, as copied from office documents and web pages.

A line with a tab is a table row. Blank lines between two rows belong to the
table. Cells may hold ``<p>`` tags and HTML entities left by a web editor.
"""

from __future__ import annotations

import html
import re

from ingest.document import Block, Cell, Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.readers.source import Source

_BREAKING_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|h[1-6])\b[^<>]{0,500}>", re.I)
_OTHER_TAG = re.compile(r"</?(?:span|font|b|i|u|em|strong|a|sup|sub|o:p)\b[^<>]{0,500}>", re.I)
_SPACES = re.compile(r"[ \u00a0\u3000]+")


def decode(data: bytes, file: str) -> str:
    """The text of the bytes: UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Raises:
        UnreadableFile: empty, binary, or in none of these encodings.
    """
    if not data.strip():
        raise UnreadableFile(file, "the file is empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        raise UnreadableFile(file, "this is binary data, not text; save the report as UTF-8 text")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _looks_like_text(text):
            return text
    raise UnreadableFile(file, "the encoding is none of UTF-8 and GB18030; save it as UTF-8 text")


def read(source: Source) -> Document:
    """Parse a text file into a Document.

    Raises:
        UnreadableFile: see :func:`decode`; or nothing but white space is left.
    """
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []

    def close_table() -> None:
        if rows:
            blocks.append(Table(tuple(rows)))
            rows.clear()

    for line in decode(source.data, source.file).splitlines():
        if not line.strip():
            continue  # a blank line closes no table: forms have them between tasks
        if "\t" in line:
            rows.append(tuple(Cell(clean_cell(cell)) for cell in line.split("\t")))
        else:
            close_table()
            text = clean_cell(line)
            if text:
                blocks.append(Paragraph(text))
    close_table()
    if not blocks:
        raise UnreadableFile(source.file, "the file has no text")
    return Document(source.file, source.hash, tuple(blocks))


def clean_cell(cell: str) -> str:
    """A cell's text without web-editor markup; paragraphs become lines."""
    text = html.unescape(cell) if "&" in cell else cell
    if "<" in text:
        text = _OTHER_TAG.sub("", _BREAKING_TAG.sub("\n", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _looks_like_text(text: str) -> bool:
    """Whether decoding gave text: hardly any control or private-use characters."""
    sample = text[:20_000]
    odd = sum(
        1
        for char in sample
        if (char < " " and char not in "\t\n\r\f\v") or "\ue000" <= char <= "\uf8ff"
    )
    return odd * 100 <= len(sample)
