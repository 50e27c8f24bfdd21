"""Word files (.docx): paragraphs, tables and text boxes of the body in reading order.

The XML is walked directly: a library's row of cells repeats the text of merged
cells, and undoing that fuses neighbours that happen to hold the same figure.
Headers, footers, footnotes and comments are no part of a report's body.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.document import Block, Document, Paragraph
from ingest.errors import UnreadableFile
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_parts import Element, Parts, mc, number, value, w
from ingest.readers.docx_runs import Content, content_of
from ingest.readers.docx_styles import Styles
from ingest.readers.grid import Budget, Grid
from ingest.readers.source import Source

_WIDEST_SPAN = 200  # columns; Word itself allows 63
_CLOSING = "、）)．.》】 "


def read(source: Source) -> Document:
    """The body of a Word file.

    Raises:
        UnreadableFile: damaged, too large, or without any text.
    """
    parts = Parts(source)
    reader = _Reader(
        Styles(parts.optional("word/styles.xml")),
        Numbering(parts.optional("word/numbering.xml")),
        Budget(source),
    )
    blocks = reader.blocks(parts.main())
    if not blocks:
        why = "holds only pictures; send them as a PDF file" if reader.pictures else "has no text"
        raise UnreadableFile(source.file, f"the Word file {why}")
    return Document(source.file, source.hash, tuple(blocks), warnings=reader.warnings())


class _Reader:
    """Reads one file from start to end; lists and tables are counted on the way."""

    def __init__(self, styles: Styles, numbering: Numbering, budget: Budget) -> None:
        self._styles = styles
        self._numbering = numbering
        self._budget = budget
        self._tables = 0
        self._embedded = 0
        self.pictures = 0

    def warnings(self) -> tuple[str, ...]:
        """What of the file was not read."""
        warnings = []
        if self.pictures:
            warnings.append(f"文件中有{self.pictures}张大幅图片，图片中的文字未读取")
        if self._embedded:
            warnings.append(f"文件中嵌入了{self._embedded}份其他文档，其内容未读取")
        return tuple(warnings)

    def blocks(self, parent: Element) -> list[Block]:
        """The blocks of a body, a text box or a cell that is only a frame."""
        blocks: list[Block] = []
        for element in self._content(parent):
            if element.tag == w("p"):
                blocks.extend(self._paragraphs(element))
            else:
                blocks.extend(self._table(element))
        return blocks

    def _content(self, parent: Element) -> Iterator[Element]:
        """Paragraphs and tables below an element, through content controls and the like."""
        for element in parent:
            if element.tag in {w("p"), w("tbl")}:
                yield element
            elif element.tag == w("altChunk"):
                self._embedded += 1
            elif element.tag == w("sdt"):
                if not _is_table_of_contents(element):
                    yield from self._content(element)
            elif element.tag in _TRANSPARENT:
                yield from self._content(element)

    def _paragraphs(self, element: Element) -> list[Block]:
        """One paragraph, a line each, and after it the text boxes that hang on it."""
        properties = element.find(w("pPr"))
        content, lines = self._read(element)
        blocks: list[Block] = []
        if not self._styles.of_paragraph(properties).contents:
            level = self._styles.level(properties)
            if level is not None:
                lines = [" ".join(lines)] if lines else []
            blocks.extend(Paragraph(line, level=level) for line in lines)
        for box in content.boxes:
            blocks.extend(self.blocks(box))
        return blocks

    def _read(self, element: Element) -> tuple[Content, list[str]]:
        """What a paragraph holds, and its lines with the automatic number before them."""
        properties = element.find(w("pPr"))
        content = content_of(element, self._styles)
        self.pictures += content.large_pictures
        if self._styles.of_paragraph(properties).hidden:
            return content, []
        lines = content.lines
        label = self._label(properties)
        if label and lines:
            gap = "" if label[-1] in _CLOSING and not lines[0][0].isdigit() else " "
            lines[0] = f"{label}{gap}{lines[0]}"
        return content, lines or ([label] if label and _in_cell(element) else [])

    def _label(self, properties: Element | None) -> str:
        style = self._styles.of_paragraph(properties)
        own = None if properties is None else properties.find(w("numPr"))
        list_id = number(own, "numId")
        level = number(own, "ilvl")
        list_id = style.list_id if list_id is None else list_id
        level = style.list_level if level is None else level
        return "" if not list_id else self._numbering.label(list_id, level or 0).strip()

    def _table(self, element: Element) -> list[Block]:
        """A table, then the tables that stand in its cells."""
        rows = list(_rows(element))
        if all(sum(1 for _ in _cells(row)) <= 1 for row in rows):
            # One column is a frame around running text.
            return [block for row in rows for cell in _cells(row) for block in self.blocks(cell)]
        self._tables += 1
        grid = Grid(self._tables, self._budget)
        nested: list[Element] = []
        for index, row in enumerate(rows):
            self._row(grid, index, row, nested)
        blocks = grid.blocks()
        for table in nested:
            blocks.extend(self._table(table))
        return blocks

    def _row(self, grid: Grid, index: int, row: Element, nested: list[Element]) -> None:
        properties = row.find(w("trPr"))
        column = _span(number(properties, "gridBefore"), 0)
        grid.pad(index, column)
        for cell in _cells(row):
            about = cell.find(w("tcPr"))
            span = max(_span(number(about, "gridSpan"), 1), 1)
            merge = value(about, "vMerge")
            above = grid.begins_at(index - 1, column) if merge in {"", "continue"} else None
            if above is not None:
                grid.cover(above, index, span)
            else:
                deleted = about is not None and about.find(w("cellDel")) is not None
                text = "" if deleted else "\n".join(self._cell_lines(cell, nested))
                grid.add(index, column, text, 1, span)
            column += span
        grid.pad(index, column + _span(number(properties, "gridAfter"), 0))

    def _cell_lines(self, cell: Element, nested: list[Element]) -> list[str]:
        """The lines of a cell; tables in it are put aside, frames of one column are not."""
        lines: list[str] = []
        for element in self._content(cell):
            if element.tag == w("p"):
                content, own = self._read(element)
                lines.extend(own)
                for box in content.boxes:
                    lines.extend(self._cell_lines(box, nested))
            elif all(sum(1 for _ in _cells(row)) <= 1 for row in _rows(element)):
                for row in _rows(element):
                    for inner in _cells(row):
                        lines.extend(self._cell_lines(inner, nested))
            else:
                nested.append(element)
        return lines


# Elements around blocks that are nothing themselves; inserted text is among them.
_TRANSPARENT = frozenset(
    {
        w("sdtContent"),
        w("customXml"),
        w("smartTag"),
        w("ins"),
        w("moveTo"),
        mc("AlternateContent"),
        mc("Choice"),
    }
)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table that are not deleted, through content controls."""
    for element in table:
        if element.tag == w("tr"):
            properties = element.find(w("trPr"))
            if properties is None or properties.find(w("del")) is None:
                yield element
        elif element.tag == w("sdt") or element.tag in _TRANSPARENT:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, through content controls."""
    for element in row:
        if element.tag == w("tc"):
            yield element
        elif element.tag == w("sdt") or element.tag in _TRANSPARENT:
            yield from _cells(element)


def _span(count: int | None, default: int) -> int:
    return default if count is None else min(max(count, 0), _WIDEST_SPAN)


def _in_cell(paragraph: Element) -> bool:
    """Whether an automatic number without text is all that a cell shows."""
    return bool(paragraph.getparent().tag == w("tc"))


def _is_table_of_contents(control: Element) -> bool:
    gallery = control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and str(gallery.get(w("val"))) == "Table of Contents"
