"""The same report in every format gives the same indicators and figures."""

from __future__ import annotations

import html
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from ingest.document import Paragraph
from ingest.pipeline import read_file
from ingest.readers import read_document
from ingest.report import Report
from tests.samples import make
from tests.samples.content import CULTURE_2022, DRAINS_2022, FITNESS_2022, ProjectForm

SAMPLE = Path(__file__).parents[2] / "samples" / "yuancun-2022.txt"

Essence = tuple[Any, ...]


def essence(report: Report) -> Essence:
    """What of a report no format may change."""
    return (
        (report.form, report.department, report.year, report.unit, report.project),
        [
            (i.name, i.target, i.actual, i.points, i.score, i.reason, i.levels)
            for i in report.indicators
        ],
        sorted(
            (f.label, str(f.value), f.unit or "", f.role.value, str(f.qualifier))
            for f in report.figures
        ),
    )


def text_file(path: Path, form: ProjectForm) -> None:
    """The form as tab-separated text: merged cells are blank below and beside."""
    rows, _ = make.grid(form)
    lines = [make.TITLE, f"（{form.year}年度）", *("\t".join(row) for row in rows), make.NOTE]
    path.write_text("\n".join(lines), encoding="utf-8")


WRITERS: dict[str, Callable[[Path, ProjectForm], None]] = {
    "txt": text_file,
    "docx": make.docx,
    "xlsx": lambda path, form: make.xlsx(path, [form]),
    "xls": make.xls,
    "ods": make.ods,
    "html": make.web_page,
}


def difference(one: Essence, other: Essence) -> str:
    """The first thing in which two reports differ, for the message of a failure."""
    for left, right in zip(one, other, strict=True):
        if left != right:
            only = [x for x in left if x not in right], [x for x in right if x not in left]
            return f"{only[0][:4]} ≠ {only[1][:4]}"
    return ""


def compare(read: dict[str, Essence]) -> None:
    for one, other in combinations(read, 2):
        assert read[one] == read[other], f"{one}, {other}: {difference(read[one], read[other])}"


@pytest.mark.browser
@pytest.mark.parametrize("form", [CULTURE_2022, FITNESS_2022, DRAINS_2022], ids=lambda f: f.project)
def test_a_project_form(form: ProjectForm, tmp_path: Path, browser: Any) -> None:
    read = {}
    for kind, write in WRITERS.items():
        path = tmp_path / f"form.{kind}"
        write(path, form)
        read[kind] = essence(read_file(path))
    path = tmp_path / "form.pdf"
    path.write_bytes(make.printed(browser, make.printable(make.form_body(form), tall=True)))
    read["pdf"] = essence(read_file(path))
    assert len(read["txt"][1]) == len(form.items)
    compare(read)


def blocks() -> list[str | list[list[str]]]:
    """The whole-department sample: lines, and rows as the reader gives them."""
    document = read_document(SAMPLE)
    width = max(
        len(row) for b in document.blocks if not isinstance(b, Paragraph) for row in b.texts
    )
    return [
        b.text
        if isinstance(b, Paragraph)
        else [[*row, *[""] * (width - len(row))] for row in b.texts]
        for b in document.blocks
    ]


def whole_docx(path: Path) -> None:
    from docx import Document

    document = Document()
    for block in blocks():
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))


def whole_xlsx(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for block in blocks():
        for row in [[block]] if isinstance(block, str) else block:
            book.active.append([text or None for text in row])
    book.save(path)


def whole_body() -> str:
    parts = []
    for block in blocks():
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
            continue
        rows = (
            "".join(f"<td>{'<br>'.join(html.escape(c).splitlines())}</td>" for c in row)
            for row in block
        )
        parts.append(f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return "".join(parts)


@pytest.mark.browser
def test_the_whole_department_form(tmp_path: Path, browser: Any) -> None:
    whole_docx(tmp_path / "whole.docx")
    whole_xlsx(tmp_path / "whole.xlsx")
    (tmp_path / "whole.html").write_text(
        f"<html><meta charset=utf-8><body>{whole_body()}</body></html>", encoding="utf-8"
    )
    read = {
        kind: essence(read_file(tmp_path / f"whole.{kind}")) for kind in ("docx", "xlsx", "html")
    }
    # Small print, wide pages: a cell of two thousand characters goes on over page breaks.
    page = make.printable(whole_body()).replace("A4", "A4 landscape").replace("10pt", "9pt")
    (tmp_path / "whole.pdf").write_bytes(make.printed(browser, page.replace("avoid", "auto")))
    read["pdf"] = essence(read_file(tmp_path / "whole.pdf"))
    read["txt"] = essence(read_file(SAMPLE))
    assert len(read["txt"][2]) > 70
    compare(read)
