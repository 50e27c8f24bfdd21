"""Where a quote stands on the page of a PDF: the right place, or none."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from ingest.pipeline import read_file
from ingest.readers.pdf_places import PageText, Rectangle
from tests.conftest import SAMPLES

PROJECT = SAMPLES / "culture-project-2023.pdf"  # a ruled form
NARRATIVE = SAMPLES / "water-report-2023.pdf"  # running text


def text_at(data: bytes, page: int, place: Rectangle) -> str:
    """The characters whose middle is in a rectangle, as another library sees them."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        shown = pdf.pages[page - 1]
        width, height = float(shown.width), float(shown.height)
        return "".join(
            char["text"]
            for char in shown.chars
            if place.x0 * width <= (char["x0"] + char["x1"]) / 2 <= place.x1 * width
            and place.top * height <= (char["top"] + char["bottom"]) / 2 <= place.bottom * height
        ).replace(" ", "")


@pytest.mark.parametrize("path", [PROJECT, NARRATIVE], ids=["form", "running text"])
def test_every_figure_is_found_where_it_is_printed(path: object) -> None:
    data, report = path.read_bytes(), read_file(path)  # type: ignore[attr-defined]
    pages: dict[int, PageText] = {}
    assert len(report.figures) > 10
    for figure in report.figures:
        passage = report.passages[figure.passage]
        page = passage.place.page or 0
        text = pages.setdefault(page, PageText.read(data, page))
        places = text.places(passage.text, figure.start, figure.end)
        # A few characters of these fonts are radicals: only the number is compared.
        printed = "".join(text_at(data, page, place) for place in places)
        assert figure.text in printed, figure


def test_a_figure_printed_several_times_is_found_by_its_row() -> None:
    data, report = PROJECT.read_bytes(), read_file(PROJECT)
    text = PageText.read(data, 1)
    rows = [p.text for p in report.passages if "\t126.46" in p.text]
    assert len(rows) == 2  # 年度资金总额 and 其中：当年财政拨款
    tops = {text.places(row, row.index("126.46"), row.index("126.46") + 6)[0].top for row in rows}
    assert len(tops) == 2


def test_what_stands_there_twice_is_marked_nowhere() -> None:
    text = PageText.read(PROJECT.read_bytes(), 1)
    assert text.places("126.46", 0, 6) == []


@pytest.mark.parametrize("passage", ["126.47", "26.4", "年度资金总额：\t999.99", " "])
def test_what_is_not_there_is_marked_nowhere(passage: str) -> None:
    text = PageText.read(PROJECT.read_bytes(), 1)
    assert text.places(passage, 0, len(passage)) == []


def test_a_page_that_is_a_picture_or_missing_has_no_places() -> None:
    scan = (SAMPLES / "schools-project-2022-scan.pdf").read_bytes()
    assert PageText.read(scan, 1).places("225.72", 0, 6) == []
    assert PageText.read(scan, 99).places("225.72", 0, 6) == []
