"""Pages to blocks: what a text layer and a recognised picture have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.document import Block
from ingest.readers.grid import Budget
from ingest.readers.pdf_content import Line, PageContent
from ingest.readers.pdf_joins import goes_on, grid_of
from ingest.readers.pdf_lines import Paragraphs, Running, TextPage
from ingest.readers.pdf_tables import RuledTable, tables_of
from ingest.readers.source import Source


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found on a page: lines outside tables, and tables."""

    text: TextPage
    tables: tuple[RuledTable, ...]


def blocks_of(
    source: Source, contents: Iterable[PageContent], outline: Mapping[tuple[int, str], int]
) -> list[Block]:
    """Paragraphs and tables of all pages in reading order.

    Raises:
        UnreadableFile: there are more table cells than the limits allow.
    """
    pages = [_page(content) for content in contents]
    running = Running([page.text for page in pages])
    paragraphs = Paragraphs(outline)
    budget = Budget(source)
    blocks: list[Block] = []
    open_table: list[RuledTable] = []
    tables = 0

    def close_table() -> None:
        nonlocal tables
        if open_table:
            tables += 1
            blocks.extend(grid_of(open_table, tables, budget).blocks())
            open_table.clear()

    for page in pages:
        frame = page.text.frame
        for item in _items(page, running):
            if isinstance(item, Line):
                close_table()
                blocks.extend(paragraphs.add(item, frame))
                continue
            blocks.extend(paragraphs.close())
            if not (open_table and goes_on(open_table, item)):
                close_table()
            open_table.append(item)
    blocks.extend(paragraphs.close())
    close_table()
    return blocks


def _page(content: PageContent) -> _Page:
    tables, lines = tables_of(content)
    return _Page(TextPage(content.width, content.height, content.size, tuple(lines)), tuple(tables))


def _items(page: _Page, running: Running) -> list[Line | RuledTable]:
    """Lines and tables of a page from the top down, without what runs on every page."""
    lines = [line for line in page.text.lines if not running.is_running(line, page.text)]
    return sorted([*lines, *page.tables], key=lambda item: item.top)
