"""A table as it is read: cells laid on a grid, then turned into blocks.

The formats with merged cells share this: each reader says where a cell begins
and how far it reaches; what that means for columns, for rows without text and
for titles that stand inside the table is decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.document import Block, Cell, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.readers.source import Source
from ingest.report import Place

# Lines that belong above a table even where they stand unmerged in its first column.
_ABOVE = re.compile(r"[（(]?(?:附件|附表|表\s*\d|(?:金额|计量)?单位[:：])")
_SLOTS_PER_CELL = 8
_COVERED = Cell("", covered=True)


class Budget:
    """How many table cells a file may still have."""

    def __init__(self, source: Source) -> None:
        self._file = source.file
        self._limit = source.limits.max_cells
        self._filled = 0
        self._slots = 0

    def spend(self, filled: int, slots: int) -> None:
        """Count cells with text, and places on the grid with or without.

        Raises:
            UnreadableFile: the file has more than its limits allow.
        """
        self._filled += filled
        self._slots += slots
        if self._filled > self._limit or self._slots > self._limit * _SLOTS_PER_CELL:
            raise UnreadableFile(
                self._file, f"has more than {self._limit} table cells; split it into several files"
            )


@dataclass(slots=True)
class Anchor:
    """A cell where it begins; every place that it covers on the grid refers to it."""

    text: str
    row: int
    column: int


class Grid:
    """The places of one table, filled row by row. ``number`` is the table's, from 1.

    ``pages`` gives the page of each row, where the format has pages.
    """

    def __init__(self, number: int, budget: Budget, pages: Mapping[int, int] | None = None) -> None:
        self.number = number
        self._budget = budget
        self._pages = pages or {}
        self._rows: list[list[Anchor | None]] = []

    def is_free(self, row: int, column: int) -> bool:
        """Whether no cell has taken this place."""
        return (
            row >= len(self._rows)
            or column >= len(self._rows[row])
            or self._rows[row][column] is None
        )

    def begins_at(self, row: int, column: int) -> Anchor | None:
        """The cell that covers this place, where its first column is this one."""
        if row < 0 or self.is_free(row, column):
            return None
        anchor = self._rows[row][column]
        return anchor if anchor is not None and anchor.column == column else None

    def add(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        """Lay a cell; places that another one has taken stay with it."""
        self._budget.spend(1 if text else 0, rows * columns)
        anchor = Anchor(text, row, column)
        for below in range(rows):
            self.cover(anchor, row + below, columns)

    def cover(self, anchor: Anchor, row: int, columns: int) -> None:
        """Let a cell reach into ``columns`` places of a row from its first column on."""
        end = anchor.column + columns
        self.pad(row, end)
        line = self._rows[row]
        for column in range(anchor.column, end):
            if line[column] is None:
                line[column] = anchor

    def pad(self, row: int, columns: int) -> None:
        """Give a row, and those above it, at least so many places."""
        while len(self._rows) <= row:
            self._rows.append([])
        line = self._rows[row]
        line.extend([None] * (columns - len(line)))

    def blocks(self) -> list[Block]:
        """The table, with titles and notes of its full width as lines above and below it."""
        rows = self._cells()
        first, last = 0, len(rows)
        while first < last and _is_line(rows[first], above=True):
            first += 1
        while last > first and _is_line(rows[last - 1], above=False):
            last -= 1
        blocks: list[Block] = []
        for row in rows[:first]:
            blocks.extend(_lines(row))
        if first < last:
            blocks.append(Table(tuple(rows[first:last])))
        for row in rows[last:]:
            blocks.extend(_lines(row))
        return blocks

    def _cells(self) -> list[tuple[Cell, ...]]:
        """Rows with text; spans count only the rows and columns that are left."""
        width = self._width()
        kept = [
            (number, line[:width])
            for number, line in enumerate(self._rows)
            if any(anchor and anchor.text and anchor.row == number for anchor in line)
        ]
        heights: dict[int, int] = {}
        tops: dict[int, int] = {}
        for number, line in kept:
            for column, anchor in enumerate(line):
                if anchor and anchor.column == column:
                    heights[id(anchor)] = heights.get(id(anchor), 0) + 1
                    tops.setdefault(id(anchor), number)
        return [
            tuple(
                self._cell(anchor, number, column, line, heights, tops)
                for column, anchor in enumerate(line)
            )
            for number, line in kept
        ]

    def _cell(
        self,
        anchor: Anchor | None,
        row: int,
        column: int,
        line: list[Anchor | None],
        heights: dict[int, int],
        tops: dict[int, int],
    ) -> Cell:
        place = Place(self._pages.get(row), f"表{self.number} R{row + 1}C{column + 1}")
        if anchor is None:
            return Cell("", place)
        if anchor.column != column or tops[id(anchor)] != row:
            return _COVERED
        span = 1
        while column + span < len(line) and line[column + span] is anchor:
            span += 1
        return Cell(anchor.text, place, heights[id(anchor)], span)

    def _width(self) -> int:
        """Columns in which some cell begins: a span beyond them merges nothing."""
        return max(
            (
                column + 1
                for line in self._rows
                for column, anchor in enumerate(line)
                if anchor is None or anchor.column == column
            ),
            default=0,
        )


def _is_line(row: tuple[Cell, ...], *, above: bool) -> bool:
    """Whether a row is no row of a table but a line set across its full width."""
    filled = [cell for cell in row if cell.text]
    if len(filled) != 1 or filled[0].row_span > 1:
        return False
    return filled[0].column_span == len(row) or (
        above and not any(cell.covered for cell in row) and bool(_ABOVE.match(filled[0].text))
    )


def _lines(row: tuple[Cell, ...]) -> list[Paragraph]:
    return [
        Paragraph(line, cell.place) for cell in row if cell.text for line in cell.text.split("\n")
    ]
