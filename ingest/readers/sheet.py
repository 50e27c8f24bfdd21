"""A spreadsheet's sheet as a person sees it, turned into blocks.

What the spreadsheet formats share: hidden rows and columns are left out, merged
ranges become spans, lines of one cell above and below a table are paragraphs,
and every cell keeps its address (Sheet1!C7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ingest.document import Block, Cell, Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.readers.source import Source
from ingest.report import Place

# A line in the middle of a sheet that begins another table.
_CAPTION = re.compile(r"表\s*(?:[（(][^（）()]{1,12}[）)])?$|^附(?:件|表)|单位[:：]")


@dataclass(slots=True)
class Sheet:
    """The displayed texts of one visible sheet by 0-based (row, column).

    ``merges`` are (first row, first column, rows, columns).
    """

    name: str
    number: int
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def blocks(self) -> list[Block]:
        """Titles, tables and notes in their order."""
        rows = _Rows(self)
        found: list[Block] = []
        table: list[int] = []
        for position, row in enumerate(rows.filled):
            if rows.is_line(row) and rows.stands_alone(position, begun=bool(table)):
                if table:
                    found.append(rows.table(table))
                    table = []
                found.extend(rows.lines(row))
            else:
                table.append(row)
        if table:
            found.append(rows.table(table))
        return found


class _Rows:
    """The visible rows and columns of a sheet, numbered anew."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        seen = {
            place: text
            for place, text in sheet.texts.items()
            if text and place[0] not in sheet.hidden_rows and place[1] not in sheet.hidden_columns
        }
        self.texts = seen
        self.filled = sorted({row for row, _ in seen})
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.anchors: dict[tuple[int, int], tuple[int, int]] = {}
        visible = set(self.filled)
        for top, left, height, width in sheet.merges:
            rows = [r for r in range(top, top + height) if r in visible]
            columns = [c for c in range(left, left + width) if c not in sheet.hidden_columns]
            if not rows or not columns:
                continue
            self.spans[(rows[0], columns[0])] = (len(rows), len(columns))
            for row in rows:
                for column in columns:
                    self.anchors[(row, column)] = (rows[0], columns[0])
            text = sheet.texts.get((top, left), "")
            if text and (rows[0], columns[0]) not in seen:
                self.texts[(rows[0], columns[0])] = text  # the anchor itself is hidden
        self.by_row: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            self.by_row.setdefault(row, []).append(column)

    def is_line(self, row: int) -> bool:
        """Whether a row is one cell of text and no part of a cell merged from above."""
        columns = self.by_row[row]
        if len(columns) != 1:
            return False
        covered = [a for (r, _), a in self.anchors.items() if r == row and a[0] != row]
        return not covered and self.spans.get((row, columns[0]), (1, 1))[0] == 1

    def stands_alone(self, position: int, *, begun: bool) -> bool:
        """Whether a line belongs to no table: above the first, below the last, or a caption."""
        if not begun:
            return True
        rest = self.filled[position:]
        if all(self.is_line(row) for row in rest):
            return True
        row = rest[0]
        gap = row - self.filled[position - 1] > 1
        following = next((r for r in rest if not self.is_line(r)), None)
        text = self.texts[(row, self.by_row[row][0])]
        return following is not None and (gap or bool(_CAPTION.search(text))) and len(text) < 80

    def lines(self, row: int) -> list[Paragraph]:
        column = self.by_row[row][0]
        return [
            Paragraph(line.strip(), self.place(row, column))
            for line in self.texts[(row, column)].split("\n")
            if line.strip()
        ]

    def table(self, rows: list[int]) -> Table:
        first = min(min(self.by_row[row]) for row in rows)
        last = max(
            (column for row, column in self.anchors if row in set(rows)),
            default=0,
        )
        last = max(last, *(max(self.by_row[row]) for row in rows))
        columns = [c for c in range(first, last + 1) if c not in self.sheet.hidden_columns]
        return Table(tuple(tuple(self.cell(row, column) for column in columns) for row in rows))

    def cell(self, row: int, column: int) -> Cell:
        anchor = self.anchors.get((row, column))
        place = self.place(row, column)
        if anchor is not None and anchor != (row, column):
            return Cell("", place, covered=True)
        height, width = self.spans.get((row, column), (1, 1))
        return Cell(self.texts.get((row, column), ""), place, height, width)

    def place(self, row: int, column: int) -> Place:
        address = f"{column_name(column)}{row + 1}"
        return Place(
            self.sheet.number, f"{self.sheet.name}!{address}" if self.sheet.name else address
        )


@cache
def column_name(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(ord("A") + left) + name
    return name


def check_size(source: Source, cells: int) -> None:
    """Refuse a file of more cells than the limits allow.

    Raises:
        UnreadableFile: it has.
    """
    if cells > source.limits.max_cells:
        raise UnreadableFile(
            source.file,
            f"has more than {source.limits.max_cells} table cells; split it into several files",
        )


def sheet_document(source: Source, sheets: Iterable[Sheet], warnings: list[str]) -> Document:
    """The document of a workbook's visible sheets.

    Raises:
        UnreadableFile: no cell has text.
    """
    pages = 0
    blocks: list[Block] = []
    for sheet in sheets:
        pages += 1
        check_size(source, len(sheet.texts))
        blocks.extend(sheet.blocks())
        for kind, hidden in (("行", sheet.hidden_rows), ("列", sheet.hidden_columns)):
            index = 0 if kind == "行" else 1
            lost = sorted({place[index] for place in sheet.texts if place[index] in hidden})
            if lost:
                names = "、".join(str(n + 1) if kind == "行" else column_name(n) for n in lost[:10])
                warnings.append(f"工作表“{sheet.name}”中隐藏的第{names}{kind}没有读取")
    if not blocks:
        raise UnreadableFile(source.file, "the workbook has no text in its visible sheets")
    return Document(source.file, source.hash, tuple(blocks), pages, warnings=tuple(warnings))
