"""Web pages (.html): the article without the site around it, tables with their spans."""

from __future__ import annotations

import re

from lxml import etree

from ingest.document import Block, Document, Paragraph
from ingest.errors import UnreadableFile
from ingest.readers.grid import Budget, Grid
from ingest.readers.html_bytes import page_text
from ingest.readers.html_flow import Element, Line, flow
from ingest.readers.html_main import main_content
from ingest.readers.html_table import Tables, captions, fill
from ingest.readers.source import Source

# Lines that a site puts into an article.
_SITE_LINE = re.compile(
    r"(?:[您你](?:现在|当前)?(?:的|所在)?的?|当前|现在)位置\s*[:：].*"
    r"|[【\[]?\s*字\s?[体号]\s?[:：].{0,40}"
    r"|(?:分享到|上一[篇条]|下一[篇条])\s?[:：].{0,60}"
    r"|扫一扫在手机打开当前页.{0,20}|[【\[]?(?:打印本页|关闭窗口).{0,20}"
)
_INLINE_TAG = re.compile(
    r"</?(?:font|span|b|i|u|em|strong|small|big|center|a|div)(?:\s[^<>]{0,2000})?>", re.I
)


def read(source: Source) -> Document:
    """The main content of a web page.

    Raises:
        UnreadableFile: no text, too many cells, or tags nested beyond reason.
    """
    if b"<" not in source.data and b"<\0" not in source.data:
        raise UnreadableFile(source.file, "is named .html but has no tags; rename it to .txt")
    page = _parse(source)
    if page is None:
        raise UnreadableFile(source.file, "the page has no text")
    try:
        content, title = main_content(page)
        blocks: list[Block] = [Paragraph(line, level=1) for line in title]
        blocks.extend(_Reader(Budget(source)).blocks(content))
    except RecursionError as error:
        raise UnreadableFile(
            source.file, "its tables are nested too deeply; save the page as .docx"
        ) from error
    if not blocks:
        raise UnreadableFile(source.file, "the page has no text")
    return Document(source.file, source.hash, tuple(blocks))


def _parse(source: Source) -> Element | None:
    """The page as a tree; tags that nobody closed are taken out where they pile up."""
    text = page_text(source.data)
    for attempt in (text, None):
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
        if attempt is None:
            attempt = _INLINE_TAG.sub("", text)
        if not attempt.strip():
            return None
        try:
            page = etree.fromstring(attempt.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            return None
        if not any("depth" in entry.message for entry in parser.error_log):
            return page
    raise UnreadableFile(source.file, "its tags are nested too deeply; save the page as .docx")


class _Reader:
    """Reads one page from top to bottom; tables are counted on the way."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._tables = Tables()
        self._count = 0

    def blocks(self, content: Element) -> list[Block]:
        """The blocks of a part of the page."""
        blocks: list[Block] = []
        for item in flow(content):
            if not isinstance(item, Line):
                blocks.extend(self._table(item))
            elif not _SITE_LINE.fullmatch(item.text):
                blocks.append(Paragraph(item.text, level=item.level))
        return blocks

    def _table(self, element: Element) -> list[Block]:
        """A table with its caption, then the tables in its cells; of a frame the content."""
        blocks: list[Block] = [Paragraph(line) for line in captions(element)]
        rows = self._tables.rows(element)
        if self._tables.is_layout(element):
            for row in rows:
                for cell in row:
                    blocks.extend(self.blocks(cell.element))
            return blocks
        self._count += 1
        grid = Grid(self._count, self._budget)
        fill(grid, rows)
        blocks.extend(grid.blocks())
        for row in rows:
            for cell in row:
                for table in cell.tables:
                    blocks.extend(self._table(table))
        return blocks
