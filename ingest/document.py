"""Document: what a reader makes of a file, before any form is recognised.

Blocks stand in reading order. A table is a grid of cell texts; a cell covered
by a merged neighbour is an empty string.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.report import Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text outside tables."""

    text: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, ragged as in the source; blank rows are kept out."""

    rows: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]  # one a row


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file. ``source_hash`` is the SHA-256 of its bytes."""

    file: str
    source_hash: str
    blocks: tuple[Paragraph | Table, ...]
