"""A page as a picture, a table of a workbook or document, each with a place marked."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

from PIL import Image, ImageChops, ImageDraw

from ingest.document import Cell, Document, Table
from ingest.readers import Limits, read_source
from ingest.readers.page_view import PageView, page_view
from ingest.readers.pdf_places import Rectangle
from ingest.readers.source import Source
from ui.markup import escape

_WIDTH = 1100  # dots of a page's picture
_MARK = (255, 214, 64)
_ROWS, _COLUMNS = 40, 30  # of a table around the marked cell
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG. ``marked`` is the first place that is; ``scan``: its words were recognised."""

    png: bytes
    marked: Rectangle | None
    scan: bool


def page_picture(path: Path, page: int, passage: str, start: int, end: int) -> PagePicture | None:
    """A page (from 1) with ``passage[start:end]`` marked; None where there is no page."""
    with _ONE_AT_A_TIME:  # a scan takes seconds to recognise, and all cores
        view = _page(path, page)
    if view is None:
        return None
    rectangles = view.text.places(passage, start, end)
    image = view.picture
    if rectangles:
        # Like a pen over the paper: what is dark stays dark.
        pen = Image.new("RGB", image.size, (255, 255, 255))
        draw = ImageDraw.Draw(pen)
        for place in rectangles:
            draw.rectangle(
                (
                    place.x0 * image.width - 3,
                    place.top * image.height - 3,
                    place.x1 * image.width + 3,
                    place.bottom * image.height + 3,
                ),
                fill=_MARK,
            )
        image = ImageChops.multiply(image, pen)
    out = io.BytesIO()
    image.save(out, "PNG")
    return PagePicture(out.getvalue(), rectangles[0] if rectangles else None, view.recognised)


def table_html(path: Path, file: str, cell: str, quote: str) -> str | None:
    """The table around a cell, with the cells that the quote is of marked.

    None where the file has no such cell, or says something else there.
    """
    for block in _document(path, file).blocks:
        if not isinstance(block, Table):
            continue
        for number, row in enumerate(block.rows):
            column = next((i for i, c in enumerate(row) if c.place.cell == cell), None)
            if column is not None:
                marked = _marked(row, column, quote)
                return _table(block, number, column, marked) if marked else None
    return None


def _marked(row: tuple[Cell, ...], column: int, quote: str) -> set[int]:
    """The columns of a row that a quote is of: its cells joined by tabs, or a part of one cell.

    None at all where the cell itself is not among them.
    """
    parts = [_squeezed(part) for part in quote.split("\t") if part.strip()]
    if len(parts) == 1:
        return {column} if parts[0] in _squeezed(row[column].text) else set()
    found: set[int] = set()
    for at, cell in enumerate(row):
        if parts and cell.text.strip() and _squeezed(cell.text) == parts[0]:
            found.add(at)
            parts.pop(0)
    return found if column in found and not parts else set()


def _table(table: Table, row: int, column: int, marked: set[int]) -> str:
    first = max(0, row - _ROWS // 2)
    left = max(0, column - _COLUMNS // 2)
    lines = []
    for number, cells in enumerate(table.rows[first : first + _ROWS], first):
        shown = "".join(
            _cell(cell, marked=number == row and at in marked, here=number == row and at == column)
            for at, cell in enumerate(cells[left : left + _COLUMNS], left)
            if not cell.covered
        )
        lines.append(f"<tr>{shown}</tr>")
    return f'<table class="jx-sheet"><tbody>{"".join(lines)}</tbody></table>'


def _cell(cell: Cell, *, marked: bool, here: bool) -> str:
    spans = "".join(
        f' {name}="{min(count, 60)}"'
        for name, count in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if count > 1
    )
    text = escape(cell.text).replace("&#10;", "<br>")
    inner = f"<mark>{text}</mark>" if marked else text
    return f'<td{spans} class="jx-here">{inner}</td>' if here else f"<td{spans}>{inner}</td>"


@lru_cache(maxsize=32)
def _page(path: Path, page: int) -> PageView | None:
    view = page_view(path.read_bytes(), page)
    if view is not None:
        view.picture.thumbnail((_WIDTH, _WIDTH * 3))
    return view


@lru_cache(maxsize=8)
def _document(path: Path, file: str) -> Document:
    # The same reader as when it was stored, with the same name: its cells have the same places.
    document = read_source(Source(file, path.read_bytes(), Limits()))
    return replace(document, warnings=())


def _squeezed(text: str) -> str:
    return "".join(text.split())
