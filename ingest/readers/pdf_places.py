"""Where on a page of a PDF a stretch of a passage stands.

A passage is looked for cell by cell: each of its cells must be found in one row of a
ruled table, or its running text outside of tables. What is found in no place, or in
more than one, has no place: a mark beside the wrong figure is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import normalize

from ingest.readers.pdf_content import PageContent, Piece, plain, rows_of
from ingest.readers.pdf_tables import Box, tables_of

_CELL = re.compile(r"[^\t]+")
_MOST = 12  # places of one cell's text that are tried
_OPEN = 0.5  # points by which two cells of one row may miss each other


@dataclass(frozen=True, slots=True)
class Rectangle:
    """In parts of the page's width and height, from its upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Region:
    """A cell of a table, or all text outside tables: its characters, each with its piece."""

    text: str
    pieces: tuple[Piece, ...]
    box: Box | None

    def find(self, wanted: str) -> Iterator[int]:
        """Where in it a text begins; a number is found only whole."""
        at = self.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            cut = _digits(self.text[at - 1 : at] + wanted[:1]) and at > 0
            if not cut and not (end < len(self.text) and _digits(wanted[-1:] + self.text[end])):
                yield at
            at = self.text.find(wanted, at + 1)


@dataclass(frozen=True, slots=True)
class _Found:
    region: _Region
    start: int


class PageText:
    """The text of one page, ready to be looked in; a picture that was not recognised has none."""

    def __init__(self, content: PageContent | None) -> None:
        self._content = content
        self._regions = _regions(content) if content else []

    def places(self, passage: str, start: int, end: int) -> list[Rectangle]:
        """The rectangles of ``passage[start:end]``, one a line; none if there is any doubt."""
        if self._content is None or not passage[start:end].strip():
            return []
        for first, last in ((0, len(passage)), (start, end)):
            cells = [
                (m.start() + first, m.end() + first) for m in _CELL.finditer(passage[first:last])
            ]
            cells = [(a, b) for a, b in cells if _squeezed(passage[a:b])]
            found = _only_way([_squeezed(passage[a:b]) for a, b in cells], self._regions)
            if found is not None:
                pieces = [
                    piece
                    for (a, b), place in zip(cells, found, strict=True)
                    for piece in _pieces(passage, a, max(a, start), min(b, end), place)
                ]
                return _rectangles(pieces, self._content)
        return []


def _pieces(passage: str, a: int, start: int, end: int, place: _Found) -> Sequence[Piece]:
    """The pieces of the wanted stretch within one cell that was found."""
    if start >= end:
        return ()
    before, length = len(_squeezed(passage[a:start])), len(_squeezed(passage[start:end]))
    begin = place.start + before
    return place.region.pieces[begin : begin + length]


def _regions(content: PageContent) -> list[_Region]:
    tables, _ = tables_of(content)
    boxes = [box for table in tables for box in table.boxes]
    inside: dict[int, list[Piece]] = {}
    outside: list[Piece] = []
    for piece in content.pieces:
        middle = (piece.x0 + piece.x1) / 2
        index = next(
            (
                i
                for i, box in enumerate(boxes)
                if box.x0 <= middle < box.x1 and box.top <= piece.middle < box.bottom
            ),
            None,
        )
        (outside if index is None else inside.setdefault(index, [])).append(piece)
    return [_region(pieces, boxes[i]) for i, pieces in inside.items()] + [_region(outside, None)]


def _region(pieces: list[Piece], box: Box | None) -> _Region:
    text, owners = [], []
    for row in rows_of(pieces):
        for piece in row:
            for char in _squeezed(piece.text):
                text.append(char)
                owners.append(piece)
    return _Region("".join(text), tuple(owners), box)


def _only_way(cells: Sequence[str], regions: Sequence[_Region]) -> list[_Found] | None:
    """The one way to find all cells in one row, left to right; None for no way or several."""
    if not cells:
        return None
    ways: list[list[_Found]] = [[]]
    for cell in cells:
        found = [_Found(region, at) for region in regions for at in region.find(cell)]
        if not found or len(found) > _MOST * len(cells):
            return None
        ways = [[*way, place] for way in ways for place in found if _goes_on(way, place)]
        if not ways or len(ways) > _MOST**2:
            return None
    # Cells that hold all of their box count before those that only stand in one.
    whole = [way for way in ways if all(_fills(f, c) for f, c in zip(way, cells, strict=True))]
    ways = whole or ways
    return ways[0] if len(ways) == 1 else None


def _fills(found: _Found, cell: str) -> bool:
    return found.region.box is not None and found.region.text == cell


def _goes_on(way: list[_Found], place: _Found) -> bool:
    """Whether a cell stands in the row of those before it, to their right."""
    if not way:
        return True
    before, here = way[-1].region.box, place.region.box
    if before is None or here is None:
        return False
    beside = here.x0 >= before.x1 - _OPEN
    level = min(before.bottom, here.bottom) - max(before.top, here.top) > _OPEN
    return beside and level


def _rectangles(pieces: Sequence[Piece], content: PageContent) -> list[Rectangle]:
    """One for each line of the pieces."""
    found = []
    for row in rows_of(list(dict.fromkeys(pieces))):
        # Cells of one row may stand on one line: a gap between them is not marked.
        for _, group in groupby(_numbered(row), key=lambda numbered: numbered[0]):
            part = [piece for _, piece in group]
            found.append(
                Rectangle(
                    min(p.x0 for p in part) / content.width,
                    min(p.top for p in part) / content.height,
                    max(p.x1 for p in part) / content.width,
                    max(p.bottom for p in part) / content.height,
                )
            )
    return found


def _numbered(row: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    number = 0
    for index, piece in enumerate(row):
        if index and piece.x0 - row[index - 1].x1 > 2 * (piece.bottom - piece.top):
            number += 1
        yield number, piece


def _digits(pair: str) -> bool:
    return len(pair) == 2 and pair.isdigit()


def _squeezed(text: str) -> str:
    """Without white space, every character in its plain shape."""
    return "".join(normalize("NFKC", plain(text)).split())
