"""Documents as readers would give them, written cell by cell."""

from __future__ import annotations

from ingest.document import Block, Cell, Document, Paragraph, Table
from ingest.report import Place


def text_table(*rows: list[str]) -> Table:
    """A table without merged cells, as text files have it."""
    return Table(tuple(tuple(Cell(text) for text in row) for row in rows))


def merged_table(*rows: list[str]) -> Table:
    """A table with addresses; ``^`` is covered from above, ``<`` from the left."""
    grid = [list(row) for row in rows]

    def span(row: int, column: int, mark: str, down: int, right: int) -> int:
        length = 1
        while (
            row + length * down < len(grid)
            and column + length * right < len(grid[row + length * down])
            and grid[row + length * down][column + length * right] == mark
        ):
            length += 1
        return length

    def cell(row: int, column: int) -> Cell:
        text = grid[row][column]
        place = Place(cell=f"表1 R{row + 1}C{column + 1}")
        if text in {"^", "<"}:
            return Cell("", place, covered=True)
        return Cell(text, place, span(row, column, "^", 1, 0), span(row, column, "<", 0, 1))

    return Table(tuple(tuple(cell(r, c) for c in range(len(grid[r]))) for r in range(len(grid))))


def document(*blocks: Block | str, file: str = "report.docx") -> Document:
    """Blocks, strings as paragraphs."""
    made = tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks)
    return Document(file, "0" * 64, made)
