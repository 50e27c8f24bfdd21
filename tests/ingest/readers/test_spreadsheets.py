"""Spreadsheets (.xlsx, .xls, .ods) and CSV: what a person sees in the cells."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as OdsTable
from odf.text import P
from openpyxl import Workbook

from ingest.document import Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.pipeline import read_file
from ingest.readers import Limits, Source, read_source
from ingest.readers.number_format import displayed
from tests.ingest.readers import project_form


def xlsx(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def project_xlsx() -> bytes:
    def fill(book: Workbook) -> None:
        sheet = book.active
        for row, column, rows, columns, text in project_form.CELLS:
            if text:
                sheet.cell(row, column, text).data_type = "s"
            if rows * columns > 1:
                sheet.merge_cells(
                    start_row=row, start_column=column, end_row=row + rows - 1,
                    end_column=column + columns - 1,
                )  # fmt: skip

    return xlsx(fill)


def project_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet")
    for row, column, rows, columns, text in project_form.CELLS:
        if rows * columns > 1:
            sheet.write_merge(row - 1, row + rows - 2, column - 1, column + columns - 2, text)
        elif text:
            sheet.write(row - 1, column - 1, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def project_ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = OdsTable(name="Sheet")
    begins = {(row, column): rest for row, column, *rest in project_form.CELLS}
    for row in range(1, project_form.ROWS + 1):
        line = TableRow()
        for column in range(1, project_form.COLUMNS + 1):
            if (row, column) not in begins:
                line.addElement(CoveredTableCell())
                continue
            rows, columns, text = begins[(row, column)]
            cell = TableCell(numberrowsspanned=rows, numbercolumnsspanned=columns)
            for part in str(text).split("\n"):
                if part:
                    cell.addElement(P(text=part))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.xlsx", project_xlsx), ("a.xls", project_xls), ("a.ods", project_ods)],
)
def test_the_project_form_cell_by_cell(name: str, make: Callable[[], bytes]) -> None:
    document = read_source(Source(name, make()))
    assert lines(document) == [
        *project_form.TITLE.split("\n"), project_form.UNIT, project_form.NOTE,
    ]  # fmt: skip
    (table,) = tables(document)
    assert project_form.texts(table) == project_form.expected_texts()
    merged = {
        (row, column): (cell.row_span, cell.column_span)
        for row, cells in enumerate(table.rows, 3)
        for column, cell in enumerate(cells, 1)
        if not cell.covered and (cell.row_span, cell.column_span) != (1, 1)
    }
    assert merged == {
        (row, column): (rows, columns)
        for row, column, rows, columns, _ in project_form.CELLS
        if 3 <= row < project_form.ROWS and rows * columns > 1
    }
    assert table.rows[4][4].place.cell == "Sheet!E7"
    assert table.rows[4][4].place.page == 1


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.981, "0.00%", "98.10%"),
        (0.98074, "0.00%", "98.07%"),
        (1, "0%", "100%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (12436.769999999999, "General", "12436.77"),
        (120.0, "General", "120"),
        (0.1 + 0.2, "General", "0.3"),
        (2.345, "0.00", "2.35"),
        (-5, "0;(0)", "(5)"),
        (98.1, '0.00"万元"', "98.10万元"),
        (36, '0"所"', "36所"),
        (3.5, "0.##", "3.5"),
        (3, "0.##", "3"),
        (7, "000", "007"),
        (True, "General", "TRUE"),
        (None, "0.00", ""),
        ("≥50个", "@", "≥50个"),
        (datetime.datetime(2022, 12, 25), 'yyyy"年"m"月"d"日"', "2022年12月25日"),
        (datetime.datetime(2022, 1, 5), "yyyy/m/d", "2022/1/5"),
        (datetime.datetime(2022, 1, 5), "yyyy-mm-dd", "2022-01-05"),
        (Decimal("1e20"), "General", "100000000000000000000"),
    ],
)
def test_values_are_read_as_displayed(value: object, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


def test_formats_in_a_workbook_are_applied() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.append(["项目", "执行率", "执行数"])
        sheet.append(["甲", 0.981, 1234.5])
        sheet["B2"].number_format = "0.00%"
        sheet["C2"].number_format = "#,##0.00"

    (table,) = tables(read_source(Source("a.xlsx", xlsx(fill))))
    assert table.texts[1] == ("甲", "98.10%", "1,234.50")


def test_equal_neighbours_and_repeated_heads_stay_apart() -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["三级指标", "指标值", "指标值"])
        book.active.append(["预算", "120.00", "120.00"])

    (table,) = tables(read_source(Source("a.xlsx", xlsx(fill))))
    assert table.texts == (("三级指标", "指标值", "指标值"), ("预算", "120.00", "120.00"))


def test_hidden_rows_columns_and_sheets_are_left_out_and_named() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.title = "正表"
        for row in (["甲", "1", "x"], ["乙", "2", "y"], ["丙", "3", "z"]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        draft = book.create_sheet("草稿")
        draft.append(["内部", "999"])
        draft.sheet_state = "hidden"

    document = read_source(Source("a.xlsx", xlsx(fill)))
    assert tables(document)[0].texts == (("甲", "1"), ("丙", "3"))
    said = " ".join(document.warnings)
    assert "草稿" in said
    assert "第2行" in said
    assert "第C列" in said


def test_a_formula_has_its_stored_value_and_one_without_is_named() -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["甲", "=1+1", "3"])
        book.active.append(["乙", "2", "4"])

    data = xlsx(fill)
    document = read_source(Source("a.xlsx", data))
    assert tables(document)[0].texts == (("甲", "", "3"), ("乙", "2", "4"))
    assert any("B1" in warning for warning in document.warnings)
    # The same file as a spreadsheet program saves it, with the value stored.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b"<v></v>" in parts[name] or b"<v />" in parts[name] or b"<v/>" in parts[name]
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        parts[name] = parts[name].replace(b"</f>" + empty, b"</f><v>2</v>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    document = read_source(Source("a.xlsx", out.getvalue()))
    assert tables(document)[0].texts[0] == ("甲", "2", "3")
    assert document.warnings == ()


def test_several_tables_of_a_sheet_keep_their_captions() -> None:
    def fill(book: Workbook) -> None:
        for row in (["收入情况表"], ["项目", "金额"], ["甲", "1"], [], ["支出情况表"],
                    ["项目", "金额"], ["乙", "2"], ["注：均为万元"]):  # fmt: skip
            book.active.append(row)

    document = read_source(Source("a.xlsx", xlsx(fill)))
    kinds = [b.text if isinstance(b, Paragraph) else len(b.rows) for b in document.blocks]
    assert kinds == ["收入情况表", 2, "支出情况表", 2, "注：均为万元"]


def sheet_xml(rows: str) -> bytes:
    """A workbook whose only sheet has just these rows, written by hand."""
    data = xlsx(lambda book: book.active.append(["甲", "1"]))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, _, rest = content.partition(b"<sheetData>")
                content = head + b"<sheetData>" + rows.encode() + b"</sheetData></worksheet>"
                assert rest
            new.writestr(name, content)
    return out.getvalue()


def test_a_million_empty_rows_cost_little() -> None:
    empty = "".join(f'<row r="{n}"/>' for n in range(2, 1_000_001))
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>1</v></c></row>'
    document = read_source(Source("a.xlsx", sheet_xml(first + empty)))
    assert tables(document)[0].texts == (("甲", "1"),)


def test_more_cells_than_the_bounds_allow_are_refused() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2000))
    with pytest.raises(UnreadableFile, match="more than 100 table cells"):
        read_source(Source("a.xlsx", sheet_xml(cells), Limits(max_cells=100)))


@pytest.mark.parametrize("make", [project_xlsx, project_xls, project_ods])
def test_damaged_workbooks_get_one_clear_line(make: Callable[[], bytes]) -> None:
    data = make()
    for cut in (200, len(data) // 3, len(data) // 2, len(data) - 60):
        with pytest.raises(UnreadableFile) as refusal:
            read_source(Source("坏.xlsx", data[:cut]))
        assert "坏.xlsx" in str(refusal.value)
        assert "\n" not in str(refusal.value)


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read_source(Source("a.xlsx", xlsx(lambda book: None)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    rows = [
        ["项目", "预算数", "决算数"],
        ["公务接待费", "6.00", "1.86"],
        ["合计", "48.00", "37.14"],
    ]
    text = "某局2022年度三公经费支出表\n" + "\n".join(delimiter.join(r) for r in rows)
    document = read_source(Source("a.csv", text.encode(encoding)))
    assert lines(document) == ["某局2022年度三公经费支出表"]
    (table,) = tables(document)
    assert [list(row) for row in table.texts] == rows
    assert table.rows[1][2].place.cell == "C3"


def test_csv_quotes_newlines_and_signs_are_kept_as_text() -> None:
    text = '项目,说明\n"甲,乙","第一行\n第二行"\n丙,=1+1\n'
    (table,) = tables(read_source(Source("a.csv", text.encode())))
    assert table.texts[1:] == (("甲,乙", "第一行\n第二行"), ("丙", "=1+1"))


def test_the_samples_in_every_spreadsheet_format() -> None:
    samples = Path(__file__).parents[3] / "samples"
    names = ("culture-project-2021.xls", "culture-projects-2022.xlsx",
             "schools-project-2023.ods", "schools-spending-2022.csv")  # fmt: skip
    read = [read_file(samples / name) for name in names]
    assert [(r.department, r.year) for r in read] == [
        ("广州市天河区文化广电旅游体育局", 2021),
        ("广州市天河区文化广电旅游体育局", 2022),
        ("广州市天河区教育局", 2023),
        ("广州市天河区教育局", 2022),
    ]
