"""Plain and tab-separated text, as copied from office documents and web pages.

A line with a tab is a table row. Blank lines between two rows belong to the
table. Cells may hold ``<p>`` tags and HTML entities left by a web editor.
"""

from __future__ import annotations

import html
import re

from ingest.document import Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.report import Place

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


def read_text(data: bytes, file: str, source_hash: str) -> Document:
    """Parse the bytes of a text file into a Document.

    Raises:
        UnreadableFile: see :func:`decode`; or nothing but white space is left.
    """
    blocks: list[Paragraph | Table] = []
    rows: list[tuple[str, ...]] = []
    places: list[Place] = []

    def close_table() -> None:
        if rows:
            blocks.append(Table(tuple(rows), tuple(places)))
            rows.clear()
            places.clear()

    for line in decode(data, file).splitlines():
        if not line.strip():
            continue  # a blank line closes no table: forms have them between tasks
        if "\t" in line:
            rows.append(tuple(clean_cell(cell) for cell in line.split("\t")))
            places.append(Place())
        else:
            close_table()
            text = clean_cell(line)
            if text:
                blocks.append(Paragraph(text))
    close_table()
    if not blocks:
        raise UnreadableFile(file, "the file has no text")
    return Document(file=file, source_hash=source_hash, blocks=tuple(blocks))


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
