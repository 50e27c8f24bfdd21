"""Old Excel workbooks (.xls): cells as displayed, merged ranges, hidden parts left out."""

from __future__ import annotations

import io
import struct
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError, xldate_as_datetime

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.number_format import displayed, is_date_format
from ingest.readers.sheet import Sheet, check_size, sheet_document
from ingest.readers.source import Source


def read(source: Source) -> Document:
    """The document of an old workbook.

    Raises:
        UnreadableFile: damaged, protected, too large, or nothing visible in it.
    """
    warnings: list[str] = []
    try:
        book = xlrd.open_workbook(
            file_contents=source.data, formatting_info=True, logfile=io.StringIO()
        )
        check_size(source, sum(_filled(sheet) for sheet in book.sheets()))
        sheets = [_sheet(book, sheet, warnings) for sheet in book.sheets()]
    except (xlrd.XLRDError, CompDocError) as error:
        said = str(error).lower()
        reason = (
            "the workbook is protected by a password; remove it first"
            if "encrypt" in said or "password" in said
            else "the workbook is damaged; open it in Excel or WPS and save it anew"
        )
        raise UnreadableFile(source.file, reason) from error
    except (
        AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError,
        struct.error, UnicodeDecodeError, OverflowError,
    ) as error:  # fmt: skip
        raise UnreadableFile(
            source.file, "the workbook is damaged; open it in Excel or WPS and save it anew"
        ) from error
    visible = [sheet for sheet in sheets if sheet is not None]
    for number, sheet in enumerate(visible, 1):
        sheet.number = number
    return sheet_document(source, visible, warnings)


def _filled(sheet: Any) -> int:
    return sum(sheet.row_len(row) for row in range(sheet.nrows))


def _sheet(book: Any, ws: Any, warnings: list[str]) -> Sheet | None:
    if ws.visibility:
        warnings.append(f"隐藏的工作表“{ws.name}”没有读取")
        return None
    sheet = Sheet(ws.name, 0)
    for row in range(ws.nrows):
        for column in range(ws.row_len(row)):
            text = _text(book, ws.cell(row, column)).strip()
            if text:
                sheet.texts[(row, column)] = text
    for top, bottom, left, right in ws.merged_cells:
        sheet.merges.append((top, left, bottom - top, right - left))
    sheet.hidden_rows = {row for row, info in ws.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in ws.colinfo_map.items() if info.hidden}
    return sheet


def _text(book: Any, cell: Any) -> str:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return displayed(bool(cell.value), "General")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE or is_date_format(code):
        try:
            return displayed(xldate_as_datetime(cell.value, book.datemode), code)
        except (XLDateError, ValueError, OverflowError):
            return displayed(cell.value, "General")
    return displayed(cell.value, code)
