"""A document before it has a format: headings, paragraphs, lists, tables, and notes to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """What a paragraph is; each format has a look for it."""

    TITLE = "title"
    FAINT = "faint"  # when and how the document was made
    QUESTION = "question"
    HEADING = "heading"  # inside an answer
    BODY = "body"
    FORMULA = "formula"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; with ``note`` a reference to that note (an index) and no words."""

    text: str = ""
    bold: bool = False
    note: int | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``lines`` are broken where the answer breaks them."""

    look: Look
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered from ``first``, or with bullets."""

    items: tuple[Runs, ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The first row is the head."""

    rows: tuple[tuple[Runs, ...], ...]


Block = Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class Document:
    """``notes`` are in the order in which the blocks first refer to them."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
