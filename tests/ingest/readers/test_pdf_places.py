"""Where a quote stands on a page: the right place, or none."""

from __future__ import annotations

import io
from collections.abc import Callable

import pdfplumber
import pytest
from PIL import Image

from ingest.pipeline import read_file
from ingest.readers import ocr
from ingest.readers.page_view import PageView, page_view
from ingest.readers.pdf_places import PageText, Rectangle
from tests.conftest import SAMPLES

PROJECT = SAMPLES / "culture-project-2023.pdf"  # a ruled form
NARRATIVE = SAMPLES / "water-report-2023.pdf"  # running text


def text_of(data: bytes, page: int) -> PageText:
    """The text of a page that is there."""
    return seen(data, page).text


def seen(data: bytes, page: int) -> PageView:
    view = page_view(data, page)
    assert view is not None
    return view


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
        text = pages.setdefault(page, text_of(data, page))
        places = text.places(passage.text, figure.start, figure.end)
        # A few characters of these fonts are radicals: only the number is compared.
        printed = "".join(text_at(data, page, place) for place in places)
        assert figure.text in printed, figure


def test_a_figure_printed_several_times_is_found_by_its_row() -> None:
    data, report = PROJECT.read_bytes(), read_file(PROJECT)
    text = text_of(data, 1)
    rows = [p.text for p in report.passages if "\t126.46" in p.text]
    assert len(rows) == 2  # 年度资金总额 and 其中：当年财政拨款
    tops = {text.places(row, row.index("126.46"), row.index("126.46") + 6)[0].top for row in rows}
    assert len(tops) == 2


def test_what_stands_there_twice_is_marked_nowhere() -> None:
    text = text_of(PROJECT.read_bytes(), 1)
    assert text.places("126.46", 0, 6) == []


@pytest.mark.parametrize("passage", ["126.47", "26.4", "年度资金总额：\t999.99", " "])
def test_what_is_not_there_is_marked_nowhere(passage: str) -> None:
    text = text_of(PROJECT.read_bytes(), 1)
    assert text.places(passage, 0, len(passage)) == []


SCAN = SAMPLES / "schools-project-2022-scan.pdf"


def askew() -> bytes:
    """The scan's page as a picture that lay askew on the scanner."""
    page = seen(SCAN.read_bytes(), 1).picture
    out = io.BytesIO()
    page.rotate(1.5, fillcolor="white", resample=Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


@pytest.mark.skipif(not ocr.is_installed(), reason="the OCR extra is not installed")
@pytest.mark.parametrize("data", [SCAN.read_bytes, askew], ids=["scan", "askew"])
def test_a_figure_of_a_scan_is_marked_where_it_stands(data: Callable[[], bytes]) -> None:
    view, report = seen(data(), 1), read_file(SCAN)
    amounts = [f for f in report.figures if f.text in {"240.00", "228.00", "225.72"}]
    assert len(amounts) == 6  # of the year, and of it from the budget
    places = []
    for figure in amounts:
        row = report.passages[figure.passage].text
        (place,) = view.text.places(row, figure.start, figure.end)
        # What a person sees there, read once more from that piece of the picture alone.
        assert figure.text in printed_at(view, place)
        places.append(place)
    assert len(set(places)) == 6


def printed_at(view: PageView, place: Rectangle) -> str:
    """The text recognised in the marked part of a picture, put on white paper."""
    width, height = view.picture.size
    box = (place.x0 * width - 4, place.top * height - 4, place.x1 * width + 4,
           place.bottom * height + 4)  # fmt: skip
    part = view.picture.crop(tuple(map(round, box)))
    paper = Image.new("RGB", (part.width + 200, part.height + 200), "white")
    paper.paste(part, (100, 100))
    return "".join(piece.text for piece in ocr.recognise(paper, 1, 1.0).pieces)


def test_without_recognition_a_page_that_is_a_picture_has_no_places() -> None:
    assert PageText(None).places("225.72", 0, 6) == []
    assert page_view(SCAN.read_bytes(), 99) is None
    assert page_view(b"no picture at all", 1) is None
