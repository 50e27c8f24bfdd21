"""Tables as a person reads them: a merged cell's text stands in every cell it covers."""

from __future__ import annotations

from ingest.document import Table


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
