"""The ruled tables of one page: cells exactly as the lines enclose them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.pdf_content import Edge, Line, PageContent, Piece, lines_of
from ingest.readers.pdf_wrapping import cell_text, is_full

SAME_EDGE = 3.0  # points between two edges that are meant to be one
_SHORTEST = 3.0  # points: shorter edges are parts of drawings
_MOST_EDGES = 20_000  # on a page; more of them are a drawing
_OPEN = 6.0  # points by which lines reach past the last line across them

Cell = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Box:
    """A cell on its page. ``cut``: its last line is full and ends no sentence."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table, or the part of one, that stands on one page."""

    page: int
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(box.top for box in self.boxes)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(box.bottom for box in self.boxes)

    @property
    def columns(self) -> list[float]:
        """The places of its upright edges, from the left."""
        return _columns((box.x0, box.top, box.x1, box.bottom) for box in self.boxes)


def distinct(values: Iterable[float]) -> list[float]:
    """The values in order, those that are meant to be the same only once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SAME_EDGE:
            kept.append(value)
    return kept


def nearest(values: Sequence[float], value: float) -> int:
    """The index of the value nearest to this one."""
    return min(range(len(values)), key=lambda index: abs(values[index] - value))


def tables_of(content: PageContent) -> tuple[list[RuledTable], list[Line]]:
    """The ruled tables of a page, and the lines of text outside of them."""
    groups = [group for group in _cells(content.edges) if len(_columns(group)) > 2]
    if not groups:
        return [], lines_of(content.pieces, content.number)
    inside: list[dict[int, list[Piece]]] = [{} for _ in groups]
    outside: list[Piece] = []
    found: tuple[int, int] | None = None
    for piece in content.pieces:
        # Most pieces stand in the cell of the one before.
        if found is None or not _holds(groups[found[0]][found[1]], piece):
            found = _cell_at(groups, piece)
        if found is None:
            outside.append(piece)
        else:
            inside[found[0]].setdefault(found[1], []).append(piece)
    tables = [
        RuledTable(
            content.number,
            tuple(_box(c, pieces.get(i, []), content.number) for i, c in enumerate(group)),
        )
        for group, pieces in zip(groups, inside, strict=True)
        if pieces
    ]
    return tables, lines_of(outside, content.number)


def _columns(cells: Iterable[Cell]) -> list[float]:
    return distinct(x for cell in cells for x in (cell[0], cell[2]))


def _cells(edges: Sequence[Edge]) -> list[list[Cell]]:
    """The boxes that the edges enclose, those that touch together."""
    if not 4 <= len(edges) <= _MOST_EDGES:
        return []
    merged = _merged(edges)
    merged = _merged([*merged, *_closing(merged)])
    crossings = edges_to_intersections([_record(edge) for edge in merged], SAME_EDGE, SAME_EDGE)
    cells = intersections_to_cells(crossings)
    return [list(group) for group in cells_to_tables(cells)]


def _merged(edges: Iterable[Edge]) -> list[Edge]:
    """Edges drawn piecewise or as both sides of a thin box, each once."""
    records: list[dict[str, Any]] = merge_edges(
        [_record(edge) for edge in edges], SAME_EDGE, SAME_EDGE, SAME_EDGE, SAME_EDGE
    )
    return [
        Edge(r["x0"], r["top"], r["x1"], r["bottom"])
        for r in records
        if max(r["width"], r["height"]) >= _SHORTEST
    ]


def _record(edge: Edge) -> dict[str, Any]:
    """An edge as pdfplumber's functions take it."""
    return {
        "object_type": "line",
        "orientation": "v" if edge.upright else "h",
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
    }


def _closing(edges: Sequence[Edge]) -> list[Edge]:
    """Sides that are not drawn: where a page break cuts a row, and open outer sides."""
    upright = [edge for edge in edges if edge.upright]
    level = [edge for edge in edges if not edge.upright]
    level = [edge for edge in level if any(_meet(edge, other) for other in upright)]
    if len(upright) < 2 or len(level) < 2:
        return []
    found: list[Edge] = []
    for end in (min(edge.top for edge in upright), max(edge.bottom for edge in upright)):
        xs = distinct(e.x0 for e in upright if min(abs(e.top - end), abs(e.bottom - end)) <= _OPEN)
        found += [
            Edge(x0, end, x1, end)
            for x0, x1 in pairwise(xs)
            if not any(e.x0 <= (x0 + x1) / 2 <= e.x1 and abs(e.top - end) <= _OPEN for e in level)
        ]
    for end in (min(edge.x0 for edge in level), max(edge.x1 for edge in level)):
        ys = distinct(e.top for e in level if min(abs(e.x0 - end), abs(e.x1 - end)) <= _OPEN)
        found += [
            Edge(end, top, end, bottom)
            for top, bottom in pairwise(ys)
            if len(ys) > 2
            and not any(
                e.top <= (top + bottom) / 2 <= e.bottom and abs(e.x0 - end) <= _OPEN
                for e in upright
            )
        ]
    return found


def _meet(level: Edge, upright: Edge) -> bool:
    """Whether two edges touch or cross."""
    return (
        level.x0 - SAME_EDGE <= upright.x0 <= level.x1 + SAME_EDGE
        and upright.top - SAME_EDGE <= level.top <= upright.bottom + SAME_EDGE
    )


def _cell_at(groups: Sequence[Sequence[Cell]], piece: Piece) -> tuple[int, int] | None:
    """Which table's which cell a piece stands in."""
    for number, group in enumerate(groups):
        for index, cell in enumerate(group):
            if _holds(cell, piece):
                return number, index
    return None


def _holds(cell: Cell, piece: Piece) -> bool:
    """Whether the centre of a piece is in the cell."""
    x0, top, x1, bottom = cell
    return top <= piece.middle < bottom and x0 <= (piece.x0 + piece.x1) / 2 < x1


def _box(cell: Cell, pieces: list[Piece], page: int) -> Box:
    x0, top, x1, bottom = cell
    lines = lines_of(pieces, page)
    text = cell_text(lines, x0, x1)
    cut = bool(lines) and is_full(lines[-1], x0, x1) and text[-1] not in "。；"
    return Box(x0, top, x1, bottom, text, cut)
