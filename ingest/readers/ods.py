"""OpenDocument spreadsheets (.ods): the text that each cell displays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

from odf.namespaces import TABLENS
from odf.opendocument import load
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.teletype import extractText
from odf.text import P

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.sheet import Sheet, check_size, sheet_document
from ingest.readers.source import Source

_HIDDEN = frozenset({"collapse", "filter"})
_WIDEST, _TALLEST = 16_384, 1_048_576


def read(source: Source) -> Document:
    """The document of a workbook.

    Raises:
        UnreadableFile: damaged, protected, too large, or nothing visible in it.
    """
    warnings: list[str] = []
    try:
        document = load(io.BytesIO(source.data))
        hidden = _hidden_styles(document)
        sheets: list[Sheet] = []
        for table in document.spreadsheet.getElementsByType(Table):
            name = table.getAttribute("name") or f"Sheet{len(sheets) + 1}"
            if table.getAttribute("stylename") in hidden:
                warnings.append(f"隐藏的工作表“{name}”没有读取")
            else:
                sheets.append(_sheet(source, table, name, len(sheets) + 1))
    except (
        zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError, SAXException,
        OSError, EOFError, AssertionError,
    ) as error:  # fmt: skip
        raise UnreadableFile(
            source.file, "the workbook is damaged or protected; open it and save it anew"
        ) from error
    return sheet_document(source, sheets, warnings)


def _hidden_styles(document: Any) -> set[str]:
    """Names of table styles that are not displayed."""
    hidden = set()
    for style in document.automaticstyles.childNodes:
        for part in getattr(style, "childNodes", ()):
            if part.qname == (TABLENS, "table-properties") or part.qname[1] == "table-properties":
                shown = [v for (_, name), v in part.attributes.items() if name == "display"]
                if shown and shown[0] == "false":
                    hidden.add(style.getAttribute("name"))
    return hidden


def _sheet(source: Source, table: Any, name: str, number: int) -> Sheet:
    sheet = Sheet(name, number)
    row = 0
    for element in table.getElementsByType(TableRow):
        times = _times(element, "numberrowsrepeated", _TALLEST)
        cells = list(_cells(element))
        if cells:
            for again in range(row, row + min(times, source.limits.max_cells)):
                for column, text, height, width in cells:
                    if text:
                        sheet.texts[(again, column)] = text
                    if height * width > 1:
                        sheet.merges.append((again, column, height, width))
                check_size(source, len(sheet.texts))
            if element.getAttribute("visibility") in _HIDDEN:
                sheet.hidden_rows.update(range(row, row + times))
        row += times
    return sheet


def _cells(row: Any) -> Iterator[tuple[int, str, int, int]]:
    """(column, text, rows, columns) of the cells of a row that hold text or a span."""
    column = 0
    for cell in row.childNodes:
        if cell.qname not in (TableCell().qname, CoveredTableCell().qname):
            continue
        times = _times(cell, "numbercolumnsrepeated", _WIDEST)
        text = "\n".join(extractText(p) for p in cell.getElementsByType(P)).strip()
        covered = cell.qname == CoveredTableCell().qname
        height = 1 if covered else _times(cell, "numberrowsspanned", _TALLEST)
        width = 1 if covered else _times(cell, "numbercolumnsspanned", _WIDEST)
        if (text and not covered) or height * width > 1:
            for again in range(times):
                yield column + again, text, height, width
        column += times


def _times(element: Any, attribute: str, most: int) -> int:
    return max(1, min(int(element.getAttribute(attribute) or 1), most))
