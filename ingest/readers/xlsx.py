"""Excel workbooks (.xlsx, .xlsm): cells as displayed, merged ranges, hidden parts left out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.number_format import displayed
from ingest.readers.sheet import Sheet, check_size, sheet_document
from ingest.readers.source import Source

_EMPTY_PER_FILLED = 8  # formatted cells without text that a file may have, of its limit
_LITERAL = re.compile(r"^=\s*([-+]?[\d.]+%?)$")  # =100%, typed for 100%
_CHUNK = 2**20
_FORMULA = re.compile(rb"<f[ />]")
_WITH_VALUE = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*<v>[^<]")


def read(source: Source) -> Document:
    """The document of a workbook.

    Formulas are read by the value that was stored with them, links to other
    workbooks are never followed.

    Raises:
        UnreadableFile: damaged, too large, or nothing visible in it.
    """
    to_fill = _scan(source)
    warnings: list[str] = []
    try:
        book = load_workbook(io.BytesIO(source.data), data_only=True, keep_links=False)
        sheets = [_sheet(ws, warnings) for ws in book.worksheets]
        if to_fill:
            _fill_formulas(source, book, sheets, warnings)
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError,
        AttributeError, OSError, EOFError, ParseError,
    ) as error:  # fmt: skip
        raise UnreadableFile(
            source.file, "the workbook is damaged; open it in Excel or WPS and save it anew"
        ) from error
    visible = [sheet for sheet in sheets if sheet is not None]
    for number, sheet in enumerate(visible, 1):
        sheet.number = number
    return sheet_document(source, visible, warnings)


def _scan(source: Source) -> bool:
    """Count the cells before any is kept; whether some formula has no stored value."""
    cells = formulas = with_value = 0
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            for name in archive.namelist():
                if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                    continue
                with archive.open(name) as sheet:
                    tail = b""
                    while chunk := sheet.read(_CHUNK):
                        text = tail + chunk
                        cells += text.count(b"<c ") + text.count(b":c ")
                        # One that a chunk's end cuts counts as without: looked at again.
                        formulas += len(_FORMULA.findall(text))
                        with_value += len(_WITH_VALUE.findall(text))
                        tail = text[-2:]
                        check_size(source, cells // _EMPTY_PER_FILLED)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise UnreadableFile(
            source.file, "the file is damaged or was cut short; send it again"
        ) from error
    return formulas > with_value


def _sheet(ws: Any, warnings: list[str]) -> Sheet | None:
    """One worksheet; None where it is hidden."""
    if ws.sheet_state != "visible":
        warnings.append(f"隐藏的工作表“{ws.title}”没有读取")
        return None
    sheet = Sheet(ws.title, 0)
    for (row, column), cell in ws._cells.items():
        value = cell.value
        if value is None:
            continue
        # The format of a cell is slow to ask for, and text is shown as it is.
        shown = value if isinstance(value, str) else displayed(value, cell.number_format)
        text = shown.strip()
        if text:
            sheet.texts[(row - 1, column - 1)] = text
    for merged in ws.merged_cells.ranges:
        left, top, right, bottom = merged.bounds
        sheet.merges.append((top - 1, left - 1, bottom - top + 1, right - left + 1))
    sheet.hidden_rows = {number - 1 for number, row in ws.row_dimensions.items() if row.hidden}
    for column in ws.column_dimensions.values():
        if column.hidden and column.min:
            sheet.hidden_columns.update(range(column.min - 1, min(column.max, 16384)))
    return sheet


def _fill_formulas(
    source: Source, values: Any, sheets: Sequence[Sheet | None], warnings: list[str]
) -> None:
    """Formulas without a stored value: =100% is what it says, others are blank and said so."""
    book = load_workbook(io.BytesIO(source.data), keep_links=False)
    for ws, sheet in zip(book.worksheets, sheets, strict=True):
        if sheet is None:
            continue
        cached = values[ws.title]
        blank = []
        for (row, column), cell in ws._cells.items():
            if cell.data_type != "f" or cached._cells[(row, column)].value is not None:
                continue
            if literal := _LITERAL.match(str(cell.value)):
                sheet.texts[(row - 1, column - 1)] = literal.group(1)
            else:
                blank.append(cell.coordinate)
        if blank:
            shown = "、".join(blank[:5])
            warnings.append(f"工作表“{ws.title}”中{shown}等公式没有缓存的值，按空白读取")
