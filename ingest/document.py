"""Document: what a reader makes of a file, before any form is recognised.

Every reader, whatever its format, gives the same blocks in reading order; every
form starts from them. A table is a grid: a cell that a merged neighbour covers
is there with an empty text and ``covered`` set, so that columns stay columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ingest.report import Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text outside tables.

    ``level`` is its heading level in the source (1 the highest), None for body text
    and where the format has no headings.
    """

    text: str
    place: Place = field(default_factory=Place)
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text as displayed (98.10% for 0.981), lines separated by newlines.

    ``row_span`` and ``column_span`` count the rows and columns of a merged cell,
    itself included; the cells it hides follow in the grid as ``covered`` ones.
    """

    text: str = ""
    place: Place = field(default_factory=Place)
    row_span: int = 1
    column_span: int = 1
    covered: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, ragged as in the source; rows without any text are kept out."""

    rows: tuple[tuple[Cell, ...], ...]

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The texts alone, row by row."""
        return tuple(tuple(cell.text for cell in row) for row in self.rows)


def row_place(row: tuple[Cell, ...]) -> Place:
    """Where a row begins: the place of its first cell that has one of its own."""
    return next((cell.place for cell in row if cell.text), row[0].place if row else Place())


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file. ``source_hash`` is the SHA-256 of its bytes.

    ``pages`` counts pages or sheets where the format has them; ``ocr`` is set where
    the text was recognised from a picture; ``warnings`` say what of the file was
    not read (a hidden sheet, a page without text) in the language of the reports.
    """

    file: str
    source_hash: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    ocr: bool = False
    warnings: tuple[str, ...] = ()
