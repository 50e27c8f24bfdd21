"""The tables of a web page: its grids, and the frames that only lay the page out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.grid import Grid
from ingest.readers.html_flow import Element, Line, flow, line_of
from ingest.readers.html_main import FIGURE

_WIDEST_SPAN = 1000  # columns, as browsers have it
_TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "td", "th", "table", "caption"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LONGEST_FIGURE = 24


@dataclass(slots=True)
class RawCell:
    """A cell before it has a place: its lines, and the tables in it that are real ones."""

    element: Element
    lines: list[str] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        """Whether anything is displayed in it."""
        return bool(self.lines or self.tables)

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number and nothing else."""
        return (
            len(self.lines) == 1
            and len(self.lines[0]) <= _LONGEST_FIGURE
            and FIGURE.fullmatch(self.lines[0]) is not None
        )


Rows = list[list[RawCell]]


class Tables:
    """Tells the tables of a page from its frames; remembers what it has looked at."""

    def __init__(self) -> None:
        self._rows: dict[Element, Rows] = {}

    def rows(self, table: Element) -> Rows:
        """The cells of a table row by row; a frame inside a cell is part of the cell's text."""
        if table not in self._rows:
            self._rows[table] = [
                [self._cell(cell) for cell in _cells(row)] for row in _ordered_rows(table)
            ]
        return self._rows[table]

    def is_layout(self, table: Element) -> bool:
        """Whether a table only places parts of the page; its cells are then read as such."""
        rows = self.rows(table)
        filled = [[cell for cell in row if cell.filled] for row in rows]
        filled = [row for row in filled if row]
        if all(len(row) == 1 for row in filled):
            return True
        cells = [cell for row in filled for cell in row]
        if sum(cell.is_figure for cell in cells) >= 3:
            return False
        if any(cell.tables for cell in cells):
            return True
        if len(cells) <= 4 and any(_has_heading(cell.element) for cell in cells):
            return True
        return len(filled) <= 3 and _one_holds_the_article(cells)

    def _cell(self, element: Element) -> RawCell:
        cell = RawCell(element)
        for item in flow(element):
            if isinstance(item, Line):
                cell.lines.append(item.text)
            elif self._is_frame(item):
                for row in self.rows(item):
                    cell.lines.extend(line for inner in row for line in inner.lines)
            else:
                cell.tables.append(item)
        return cell

    def _is_frame(self, table: Element) -> bool:
        """Whether a table inside a cell has one column and no table in it."""
        return all(
            sum(cell.filled for cell in row) <= 1 and not any(cell.tables for cell in row)
            for row in self.rows(table)
        )


def fill(grid: Grid, rows: Rows) -> None:
    """Lay the cells on the grid as browsers do, spans kept within the table."""
    for index, row in enumerate(rows):
        column = 0
        grid.pad(index, 0)
        for cell in row:
            while not grid.is_free(index, column):
                column += 1
            left = len(rows) - index
            down = _span(cell.element, "rowspan", left, zero=left)
            across = _span(cell.element, "colspan", _WIDEST_SPAN, zero=1)
            grid.add(index, column, "\n".join(cell.lines), down, across)
            column += across


def captions(table: Element) -> Iterator[str]:
    """The lines of a table's caption, and of text that stands loose between its rows."""
    for caption in table.iterchildren("caption"):
        yield from (item.text for item in flow(caption) if isinstance(item, Line))
    for child in (table, *table.iterchildren("tbody", "thead", "tr")):
        for text in (child.text, *(part.tail for part in child)):
            line = line_of(text or "")
            if line:
                yield line


def _ordered_rows(table: Element) -> list[Element]:
    """The table's own rows, those of its foot last."""
    body: list[Element] = []
    foot: list[Element] = []
    for row in _own(table, "tr"):
        (foot if row.getparent().tag == "tfoot" else body).append(row)
    return body + foot


def _cells(row: Element) -> Iterator[Element]:
    for tag in ("td", "th"):
        if row.tag == tag:
            yield row
            return
    yield from _own(row, "td", "th")


def _own(parent: Element, *tags: str) -> Iterator[Element]:
    """Descendants with these tags that belong to no table inside; stray tags are seen through."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in {"td", "th"} and parent.tag == "table":
            yield child  # a cell without its row
        elif child.tag not in _TABLE_PARTS or child.tag in {"thead", "tbody", "tfoot"}:
            yield from _own(child, *tags)


def _span(cell: Element, name: str, most: int, *, zero: int) -> int:
    said = cell.get(name)
    if not said:
        return 1
    text = said.strip()[:9]
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(int(text) or zero, most)


def _has_heading(element: Element) -> bool:
    return any(child.tag in _HEADINGS for child in element.iter(*_HEADINGS))


def _one_holds_the_article(cells: list[RawCell]) -> bool:
    """Whether one cell has most of the text, in many lines: a page beside its menu."""
    sizes = [sum(map(len, cell.lines)) for cell in cells]
    largest = max(range(len(cells)), key=sizes.__getitem__)
    return sizes[largest] * 10 >= sum(sizes) * 7 and len(cells[largest].lines) >= 5
