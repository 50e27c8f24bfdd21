"""Tables as a person reads them: a merged cell's text stands in every cell it covers."""

from __future__ import annotations

from ingest.document import Cell, Table


def spread(table: Table) -> list[list[str]]:
    """The grid of texts with merged cells repeated over their span."""
    grid = [[cell.text for cell in row] for row in table.rows]
    for top, row in enumerate(table.rows):
        for left, cell in enumerate(row):
            if cell.row_span == 1 and cell.column_span == 1:
                continue
            for below in range(top, min(top + cell.row_span, len(grid))):
                for column in range(left, min(left + cell.column_span, len(grid[below]))):
                    if table.rows[below][column].covered:
                        grid[below][column] = cell.text
    return grid


def joined(row: tuple[Cell, ...], start: int) -> tuple[str, dict[int, int]]:
    """The filled cells from a column on, joined by tabs, and where each begins."""
    text, offsets = "", {}
    for index, cell in enumerate(row):
        if index >= start and cell.text:
            offsets[index] = len(text)
            text += cell.text + "\t"
    return text.rstrip("\t"), offsets
