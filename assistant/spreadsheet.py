"""Workbooks for officials: a header that stays, columns wide enough, text that is only text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.errors import JixiaoError

Value = str | int | float | Decimal | None

_NARROWEST, _WIDEST = 8, 60  # characters
_LONGEST = 32_000  # of a cell; spreadsheets hold 32,767
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``title`` and ``subtitle`` above the header, ``notes`` below the rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    subtitle: str = ""
    notes: Sequence[str] = ()


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets to an .xlsx file.

    Raises:
        JixiaoError: the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    try:
        book.save(path)
    except OSError as error:
        raise JixiaoError(f"{path}: cannot be written: {error.strerror}") from error


def text_only(value: str) -> str:
    """Text that fits into a cell: without control characters, and not longer than one holds."""
    return value.translate(_NOT_IN_XML)[:_LONGEST]


def _fill(target: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for line, font in ((sheet.title, Font(bold=True, size=14)), (sheet.subtitle, Font())):
        if line:
            _append(target, [line])
            target.cell(target.max_row, 1).font = font
    _append(target, sheet.columns)
    header = target.max_row
    for number in range(1, len(sheet.columns) + 1):
        target.cell(header, number).font = Font(bold=True)
    for row in sheet.rows:
        _append(target, row)
    if sheet.rows:
        last = get_column_letter(len(sheet.columns))
        target.auto_filter.ref = f"A{header}:{last}{target.max_row}"
    target.freeze_panes = f"A{header + 1}"
    for note in sheet.notes:
        _append(target, [note])
    for number, name in enumerate(sheet.columns, 1):
        texts = [name, *(str(row[number - 1]) for row in sheet.rows if row[number - 1] is not None)]
        width = min(_WIDEST, max(_NARROWEST, *(_width(text) for text in texts)) + 2)
        target.column_dimensions[get_column_letter(number)].width = width
        if width >= _WIDEST:
            for (cell,) in target.iter_rows(
                header + 1, header + len(sheet.rows), min_col=number, max_col=number
            ):
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def _append(target: Any, row: Sequence[Value]) -> None:
    target.append([text_only(v) if isinstance(v, str) else v for v in row])
    for cell in target[target.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a report's "=…" is text, never a formula


def _width(text: str) -> int:
    """Columns a text takes: Chinese characters are two wide."""
    longest = max(text.splitlines(), key=len, default="")
    return sum(2 if ord(char) > 0x2E80 else 1 for char in longest)
