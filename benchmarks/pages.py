"""One file a format, of as many pages as asked: a project form on every page."""

from __future__ import annotations

import csv
import html
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.samples.content import CULTURE_2022, ProjectForm
from tests.samples.make import TITLE, grid


def write_pages(folder: Path, pages: int) -> dict[str, Path]:
    """The same forms in every format; format → its file, in the order of the table."""
    forms = [replace(CULTURE_2022, project=f"项目{number + 1}") for number in range(pages)]
    files = {}
    for kind, write in _WRITERS.items():
        files[kind] = folder / f"forms.{kind}"
        write(files[kind], forms)
    return files


def _lines(form: ProjectForm) -> list[list[str]]:
    return [[TITLE], [f"（{form.year}年度）"], *grid(form)[0]]


def _text(path: Path, forms: list[ProjectForm]) -> None:
    lines = ("\t".join(row) for form in forms for row in [*_lines(form), []])
    path.write_text("\n".join(lines), encoding="utf-8")


def _csv(path: Path, forms: list[ProjectForm]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(row for form in forms for row in [*_lines(form), []])


def _html(path: Path, forms: list[ProjectForm]) -> None:
    parts = []
    for form in forms:
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in grid(form)[0])
        table = "".join(f"<tr>{row}</tr>" for row in rows)
        parts.append(f"<h2>{TITLE}</h2><p>（{form.year}年度）</p><table>{table}</table>")
    path.write_text(f"<!doctype html><meta charset=utf-8>{''.join(parts)}", encoding="utf-8")


def _docx(path: Path, forms: list[ProjectForm]) -> None:
    from docx import Document

    document = Document()
    for number, form in enumerate(forms):
        if number:
            document.add_page_break()
        document.add_paragraph(TITLE)
        document.add_paragraph(f"（{form.year}年度）")
        rows, merges = grid(form)
        table = document.add_table(len(rows), len(rows[0]))
        table.style = "Table Grid"
        cells = [row.cells for row in table.rows]  # python-docx finds a row's cells anew each time
        for place, row in zip(cells, rows, strict=True):
            for cell, text in zip(place, row, strict=True):
                if text:
                    cell.text = text
        for top, left, height, width in merges:
            cells[top][left].merge(cells[top + height - 1][left + width - 1])
    document.save(str(path))


def _xlsx(path: Path, forms: list[ProjectForm]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for form in forms:
        sheet = book.create_sheet(form.project)
        for row in _lines(form):
            sheet.append([text or None for text in row])
        for top, left, height, width in grid(form)[1]:
            sheet.merge_cells(
                start_row=top + 3, start_column=left + 1, end_row=top + 2 + height,
                end_column=left + width,
            )  # fmt: skip
    book.save(path)


def _xls(path: Path, forms: list[ProjectForm]) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for form in forms:
        sheet = book.add_sheet(form.project)
        for number, row in enumerate(_lines(form)):
            for column, text in enumerate(row):
                if text:
                    sheet.write(number, column, text)
    book.save(str(path))


def _ods(path: Path, forms: list[ProjectForm]) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    for form in forms:
        table = Table(name=form.project)
        for row in _lines(form):
            line = TableRow()
            for text in row:
                cell = TableCell()
                if text:
                    cell.addElement(P(text=text))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _pdf(path: Path, forms: list[ProjectForm]) -> None:
    from reportlab.lib.colors import black
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("cell", fontName="STSong-Light", fontSize=7, wordWrap="CJK")
    parts: list[object] = []
    for form in forms:
        rows, merges = grid(form)
        spans = [
            ("SPAN", (left, top), (left + width - 1, top + height - 1))
            for top, left, height, width in merges
        ]
        parts += [Paragraph(TITLE, style), Paragraph(f"（{form.year}年度）", style)]
        parts.append(
            Table(
                [[Paragraph(html.escape(text), style) for text in row] for row in rows],
                colWidths=[85] * len(rows[0]),
                style=[("GRID", (0, 0), (-1, -1), 0.5, black), *spans],
            )
        )
        parts.append(PageBreak())
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build(parts)


_WRITERS: dict[str, Callable[[Path, list[ProjectForm]], None]] = {
    "txt": _text,
    "csv": _csv,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "pdf": _pdf,
}
