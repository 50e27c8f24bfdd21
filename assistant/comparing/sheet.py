"""A comparison as a workbook: the table, its notes, and the source of every cell."""

from __future__ import annotations

from pathlib import Path

from assistant.answer import Citation, Language
from assistant.comparing.grid import FLAG, GridCell, grid
from assistant.comparing.table import Comparison
from assistant.comparing.words import HEADINGS
from assistant.spreadsheet import Sheet, Value, write_workbook
from ingest.errors import JixiaoError
from ingest.units import format_number

_SOURCES: dict[Language, tuple[str, ...]] = {
    "zh": ("部门（项目）", "年度", "数值", "单位", "原文写法", "出处编号", "报告", "文件",
           "章节", "页", "单元格", "原文"),
    "en": ("Department (project)", "Year", "Value", "Unit", "As printed", "Source no.", "Report",
           "File", "Section", "Page", "Cell", "Quote"),
}  # fmt: skip


def save_comparison(comparison: Comparison, path: Path, language: Language) -> None:
    """Write the comparison to an .xlsx file.

    Raises:
        JixiaoError: another suffix, or a file that cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise JixiaoError(f"{path.name}: a comparison is saved as .xlsx")
    words = HEADINGS[language]
    shown = grid(comparison, language)
    table = Sheet(
        words["comparison"],
        shown.head,
        [[_plain(cell) for cell in row] for row in shown.rows],
        title=shown.title,
        subtitle=shown.unit,
        notes=shown.notes,
    )
    sources = Sheet(words["sources"], _SOURCES[language], list(_sources(comparison)))
    write_workbook(path, [table, sources])


def _plain(cell: GridCell) -> Value:
    """A number where the cell is nothing but that, so that it can be reckoned with."""
    bare = cell.value is not None and cell.text.strip(f"+{FLAG} ") == format_number(cell.value)
    return cell.value if bare else cell.text


def _sources(comparison: Comparison) -> list[list[Value]]:
    by_id = {c.id: c for c in comparison.citations}
    rows: list[list[Value]] = []
    for subject in comparison.subjects:
        for year in comparison.years:
            cell = comparison.cells[subject, year]
            about: list[Value] = [subject.name, year]
            if cell.citation is not None:
                value = [cell.value, cell.unit, cell.printed]
                rows.append([*about, *value, *_place(by_id[cell.citation])])
            rows += [[*about, None, None, None, *_place(by_id[i])] for i in cell.others]
    return rows


def _place(citation: Citation) -> list[Value]:
    return [citation.id, citation.report, citation.file, citation.section, citation.page,
            citation.cell, citation.quote]  # fmt: skip
