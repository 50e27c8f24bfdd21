"""Writes the sample reports of other formats: ``python -m tests.samples.make``.

Needs Chromium (PDF), xlwt (old .xls) and the readers' own libraries. The files are
kept in ``samples/``; this is how they came about and how to make more.
"""

from __future__ import annotations

import csv
import html
import io
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.chromium import launch_chromium
from tests.samples.content import (
    CULTURE_2021,
    CULTURE_2022,
    CULTURE_2023,
    DRAINS_2022,
    FILMS_2022,
    FITNESS_2022,
    NOTE,
    PLACES_2023,
    SAFETY_2022,
    SPENDING_2022,
    WATER_REPORT_2022,
    WATER_REPORT_2023,
    ProjectForm,
)

SAMPLES = Path(__file__).parents[2] / "samples"
TITLE = "项目支出绩效自评表"
WIDTH = 9

Merge = tuple[int, int, int, int]  # row, column, rows, columns


def grid(form: ProjectForm) -> tuple[list[list[str]], list[Merge]]:
    """The form's cells and its merged ranges, nine columns wide."""
    rows: list[list[str]] = []
    merges: list[Merge] = []

    def add(*cells: tuple[str, int]) -> None:
        row: list[str] = []
        for text, columns in cells:
            if columns > 1:
                merges.append((len(rows), len(row), 1, columns))
            row += [text] + [""] * (columns - 1)
        rows.append(row + [""] * (WIDTH - len(row)))

    add(("项目名称", 2), (form.project, 7))
    add(("主管部门", 2), (form.department, 3), ("实施单位", 1), (form.unit, 3))
    add(("项目资金（万元）", 1), ("", 2), ("年初预算数", 1), ("全年预算数（A）", 1),
        ("全年执行数（B）", 1), ("分值", 1), ("执行率（B/A）", 1), ("得分", 1))  # fmt: skip
    current = form.funds if form.carried_over[1] == "0" else None
    add(("", 1), ("年度资金总额：", 2), *((v, 1) for v in form.funds), ("10", 1),
        (form.rate, 1), (form.rate_score, 1))  # fmt: skip
    if current:
        add(("", 1), ("其中：当年财政拨款", 2), *((v, 1) for v in current),
            ("—", 1), ("—", 1), ("—", 1))  # fmt: skip
    add(("", 1), ("上年结转资金", 2), *((v, 1) for v in form.carried_over),
        ("—", 1), ("—", 1), ("—", 1))  # fmt: skip
    merges.append((2, 0, len(rows) - 2, 1))
    add(("年度总体目标", 1), ("预期目标", 4), ("实际完成情况", 4))
    add(("", 1), (form.goal, 4), (form.done, 4))
    merges.append((len(rows) - 2, 0, 2, 1))
    start = len(rows)
    add(*((c, 1) for c in ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值",
                           "实际完成值", "分值", "得分", "偏差原因分析及改进措施")))  # fmt: skip
    for item in form.items:
        add(("", 1), *((v, 1) for v in (
            item.level1, item.level2, item.name, item.target, item.actual, item.points,
            item.score, item.reason)))  # fmt: skip
    merges.append((start, 0, len(rows) - start, 1))
    for column in (1, 2):
        _merge_equal(rows, merges, start + 1, column)
    add(("总分", 6), ("100", 1), (form.total, 1), ("", 1))
    add(("自评等级", 2), (form.grade, 7))
    return rows, merges


def _merge_equal(rows: list[list[str]], merges: list[Merge], start: int, column: int) -> None:
    """Merge the levels over their rows, as the official form does."""
    row = start
    while row < len(rows):
        end = row + 1
        while end < len(rows) and rows[end][: column + 1] == rows[row][: column + 1]:
            end += 1
        if end - row > 1:
            merges.append((row, column, end - row, 1))
        row = end
    for top, left, height, _ in list(merges):
        if left == column and top >= start:
            for below in range(top + 1, top + height):
                rows[below][left] = "" if left == column else rows[below][left]


def docx(path: Path, form: ProjectForm) -> None:
    """Word, with merged cells."""
    from docx import Document

    document = Document()
    document.add_paragraph("附件1")
    document.add_paragraph(TITLE)
    document.add_paragraph(f"（{form.year}年度）")
    rows, merges = grid(form)
    table = document.add_table(len(rows), WIDTH)
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                table.cell(number, column).text = text
    for top, left, height, width in merges:
        table.cell(top, left).merge(table.cell(top + height - 1, left + width - 1))
    document.add_paragraph(NOTE)
    document.save(str(path))


def xlsx(path: Path, forms: list[ProjectForm]) -> None:
    """Excel: a sheet a form, rates as numbers in a percent format, a hidden sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for form in forms:
        sheet = book.create_sheet(form.project)
        sheet.append([TITLE])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=WIDTH)
        sheet.append([f"（{form.year}年度）"])
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=WIDTH)
        rows, merges = grid(form)
        for number, row in enumerate(rows, 3):
            for column, text in enumerate(row, 1):
                if text == form.rate:
                    cell = sheet.cell(number, column, float(text.rstrip("%")) / 100)
                    cell.number_format = "0.00%"
                elif text:
                    sheet.cell(number, column, text).data_type = "s"  # =100% is no formula
        for top, left, height, width in merges:
            sheet.merge_cells(
                start_row=top + 3, start_column=left + 1, end_row=top + 2 + height,
                end_column=left + width,
            )  # fmt: skip
        sheet.append([NOTE])
    drafts = book.create_sheet("草稿")
    drafts.append(["项目名称", "内部测算", "999.99"])
    drafts.sheet_state = "hidden"
    book.save(path)


def xls(path: Path, form: ProjectForm) -> None:
    """Old Excel."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("自评表")
    sheet.write_merge(0, 0, 0, WIDTH - 1, TITLE)
    sheet.write_merge(1, 1, 0, WIDTH - 1, f"（{form.year}年度）")
    rows, merges = grid(form)
    merged = {(top, left): (height, width) for top, left, height, width in merges}
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            height, width = merged.get((number, column), (1, 1))
            if height * width > 1:
                sheet.write_merge(
                    number + 2, number + 1 + height, column, column + width - 1, text
                )
            elif text:
                sheet.write(number + 2, column, text)
    sheet.write(len(rows) + 2, 0, NOTE)
    book.save(str(path))


def ods(path: Path, form: ProjectForm) -> None:
    """OpenDocument spreadsheet."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    sheet = Table(name="自评表")
    rows, merges = grid(form)
    shift = 2
    merges = [(0, 0, 1, WIDTH), (1, 0, 1, WIDTH)] + [(t + shift, *m) for t, *m in merges]  # type: ignore[misc]
    rows = [[TITLE] + [""] * 8, [f"（{form.year}年度）"] + [""] * 8, *rows]
    spans = {(m[0], m[1]): (m[2], m[3]) for m in merges}
    covered = {
        (r, c)
        for top, left, height, width in merges
        for r in range(top, top + height)
        for c in range(left, left + width)
        if (r, c) != (top, left)
    }
    for number, row in enumerate(rows):
        line = TableRow()
        for column, text in enumerate(row):
            if (number, column) in covered:
                line.addElement(CoveredTableCell())
                continue
            height, width = spans.get((number, column), (1, 1))
            cell = TableCell(
                valuetype="string", numberrowsspanned=height, numbercolumnsspanned=width
            )
            if text:
                cell.addElement(P(text=text))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))


def table_html(form: ProjectForm, style: str = "") -> str:
    """The form as an HTML table with spans."""
    rows, merges = grid(form)
    spans = {(m[0], m[1]): (m[2], m[3]) for m in merges}
    covered = {
        (r, c)
        for top, left, height, width in merges
        for r in range(top, top + height)
        for c in range(left, left + width)
        if (r, c) != (top, left)
    }
    lines = []
    for number, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row):
            if (number, column) in covered:
                continue
            height, width = spans.get((number, column), (1, 1))
            attributes = (f' rowspan="{height}"' if height > 1 else "") + (
                f' colspan="{width}"' if width > 1 else ""
            )
            cells.append(f"<td{attributes}>{html.escape(text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table {style}>{''.join(lines)}</table>"


def web_page(path: Path, form: ProjectForm) -> None:
    """A page as saved from an office's website, navigation and footer around it."""
    navigation = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in ("首页", "政务公开", "办事服务"))
    path.write_text(
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>信息公开</title>"
        "<script>var visits = 123456;</script><style>td{border:1px solid}</style></head><body>"
        f"<div class='nav'><ul>{navigation}</ul></div><div class='position'>当前位置：首页 &gt; 预决算</div>"
        f"<div class='article-content'><h1>{TITLE}</h1><p>（{form.year}年度）</p>"
        f"{table_html(form, 'border=1')}<p>{NOTE}</p></div>"
        "<div class='footer'>版权所有 某某单位 网站标识码4401060000 电话：020-00000000</div>"
        "</body></html>",
        encoding="utf-8",
    )


def printable(body: str, *, tall: bool = False) -> str:
    """A page to be printed; ``tall`` rows push a table over the page's end."""
    height = "17mm" if tall else "9mm"
    return (
        "<html><head><meta charset='utf-8'><style>@page{size:A4;margin:18mm}"
        "body{font-family:'Noto Serif CJK SC',serif;font-size:10pt}"
        "h1{font-size:15pt;text-align:center}table{border-collapse:collapse;width:100%}"
        f"td{{border:0.7pt solid #000;padding:3pt;height:{height};text-align:center}}"
        "p{text-indent:2em;line-height:1.7}tr{break-inside:avoid}"
        f".c{{text-align:center;text-indent:0}}</style></head><body>{body}</body></html>"
    )


def pdf(path: Path, body: str, *, tall: bool = False) -> None:
    """Printed by Chromium."""
    with launch_chromium() as browser:
        path.write_bytes(printed(browser, printable(body, tall=tall)))


def printed(browser: Any, page_html: str) -> bytes:
    """A page as PDF."""
    page = browser.new_page()
    page.set_content(page_html)
    data: bytes = page.pdf(prefer_css_page_size=True)
    page.close()
    return data


def form_body(form: ProjectForm) -> str:
    return f"<h1>{TITLE}</h1><p class='c'>（{form.year}年度）</p>{table_html(form)}<p>{NOTE}</p>"


def scan(path: Path, form: ProjectForm) -> None:
    """A PDF without a text layer: the printed page as a slightly turned grey picture."""
    import pypdfium2
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "page.pdf"
        pdf(printed, form_body(form))
        picture = pypdfium2.PdfDocument(printed)[0].render(scale=200 / 72).to_pil()
    grey = picture.convert("L").rotate(0.25, fillcolor=255, resample=Image.Resampling.BICUBIC)
    squeezed = io.BytesIO()
    grey.save(squeezed, "JPEG", quality=72)
    Image.open(squeezed).save(path, "PDF", resolution=200)


def narrative_docx(path: Path) -> None:
    """The water bureau's report with headings and a table."""
    from docx import Document

    document = Document()
    for block in WATER_REPORT_2022:
        if isinstance(block, list):
            table = document.add_table(len(block), len(block[0]))
            table.style = "Table Grid"
            for number, row in enumerate(block):
                for column, text in enumerate(row):
                    table.cell(number, column).text = text
        elif block[0]:
            document.add_heading(block[1], block[0])
        else:
            document.add_paragraph(block[1])
    document.add_paragraph(NOTE)
    document.save(str(path))


def narrative_pdf(path: Path) -> None:
    """The next year's report, as a PDF with a text layer."""
    title, *rest = WATER_REPORT_2023
    lines = [f"<h1>{title[1]}</h1>"]
    lines += [f"<h2>{text}</h2>" if level else f"<p>{text}</p>" for level, text in rest]
    pdf(path, "".join(lines) + f"<p>{NOTE}</p>")


def spending_csv(path: Path) -> None:
    """A 决算 table in the encoding that office programs still write."""
    title, unit, rows = SPENDING_2022
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[title], [unit], *rows, [NOTE]])
    path.write_bytes(out.getvalue().encode("gb18030"))


def main() -> None:
    """Write every sample that is not plain text."""
    SAMPLES.mkdir(exist_ok=True)
    xls(SAMPLES / "culture-project-2021.xls", CULTURE_2021)
    docx(SAMPLES / "culture-project-2022.docx", CULTURE_2022)
    pdf(SAMPLES / "culture-project-2023.pdf", form_body(CULTURE_2023), tall=True)
    xlsx(SAMPLES / "culture-projects-2022.xlsx", [FITNESS_2022, FILMS_2022])
    web_page(SAMPLES / "water-project-2022.html", DRAINS_2022)
    scan(SAMPLES / "schools-project-2022-scan.pdf", SAFETY_2022)
    ods(SAMPLES / "schools-project-2023.ods", PLACES_2023)
    narrative_docx(SAMPLES / "water-report-2022.docx")
    narrative_pdf(SAMPLES / "water-report-2023.pdf")
    spending_csv(SAMPLES / "schools-spending-2022.csv")


if __name__ == "__main__":
    main()
