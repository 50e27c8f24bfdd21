"""Checking a figure against the paper: the original beside the passage, the place marked."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from tests.conftest import SAMPLES
from ui.service import Service

from .chromium import ask
from .conftest import Open

pytestmark = pytest.mark.browser


def opened(page: Any, question: str) -> Any:
    """Ask, click the first citation; its source, opened."""
    citation = ask(page, question).locator(".jx-text .jx-cite").first
    citation.click()
    source = page.locator(citation.get_attribute("href"))
    source.locator(".jx-original-frame").wait_for(timeout=30_000)
    return source


def marked(picture: Any) -> float:
    """How much of a picture is marked, of 1."""
    return float(
        picture.evaluate(
            """(image) => {
              const canvas = document.createElement("canvas");
              [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
              const context = canvas.getContext("2d");
              context.drawImage(image, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              let count = 0;
              for (let at = 0; at < data.length; at += 4) {
                if (data[at] > 240 && data[at + 1] > 190 && data[at + 2] < 110) count += 1;
              }
              return count / (data.length / 4);
            }"""
        )
    )


@pytest.mark.parametrize(
    ("locale", "width", "question"),
    [
        ("zh-CN", 1440, "2023年社区文化室建设的执行率是多少"),
        ("en-US", 390, "2023年社区文化室建设的执行率是多少"),
    ],
)
def test_a_pdf_shows_its_page_with_the_place_marked(
    open_page: Open, locale: str, width: int, question: str
) -> None:
    page = open_page(locale, width=width)
    source = opened(page, question)
    picture = source.locator(".jx-original-frame img")
    assert picture.get_attribute("alt").startswith("culture-project-2023.pdf")
    yellow = marked(picture)
    assert 0.0005 < yellow < 0.05  # some words of the page, not the page
    assert source.locator(".jx-original .jx-faint").count() == 0


def test_a_scan_is_marked_where_the_text_was_recognised(open_page: Open) -> None:
    page = open_page()
    source = opened(page, "2022年校园安防设备升级的全年执行数是多少")
    assert 0.0005 < marked(source.locator(".jx-original-frame img")) < 0.05
    assert "扫描件" in source.locator(".jx-original").inner_text()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2022年社区文化室建设的全年执行数是多少", "120.00"),  # .docx
        ("2021年社区文化室建设的全年执行数是多少", "84.20"),  # .xls
    ],
)
def test_a_table_shows_its_cell_marked(open_page: Open, question: str, value: str) -> None:
    page = open_page()
    source = opened(page, question)
    cell = source.locator(".jx-sheet td.jx-here")
    assert cell.inner_text() == value
    assert cell.locator("mark").count() == 1
    row = cell.locator("xpath=..").locator("mark").all_inner_texts()
    assert row[0].startswith("年度资金总额")


def test_the_original_file_is_given_by_id_and_nothing_by_path(
    open_page: Open, address: str, service: Service
) -> None:
    page = open_page()
    source = opened(page, "2023年社区文化室建设的执行率是多少")
    with page.expect_download() as download:
        source.locator(".jx-file-link").click()
    assert download.value.suggested_filename == "culture-project-2023.pdf"
    got = sha256(download.value.path().read_bytes()).hexdigest()
    assert got == sha256((SAMPLES / "culture-project-2023.pdf").read_bytes()).hexdigest()
    report = service.reports()[0].id
    for path in (
        "source/..%2Fcatalog.sqlite/file",
        "source/nobody/file",
        f"source/{report}/page/1?passage=0&start=0&end=5",
        f"source/{report}/table?passage=0&start=9&end=2&cell=A1",
        f"source/{report}/table?passage=x&start=0&end=2&cell=A1",
    ):
        assert page.request.get(f"{address}/{path}").status == 404
    answer = page.request.get(f"{address}/source/{report}/file")
    assert "attachment" in answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]


def test_the_next_and_the_previous_source(open_page: Open) -> None:
    page = open_page()
    reply = ask(page, "2022年员村街预算完成率是多少？")
    reply.locator(".jx-text .jx-cite").first.click()
    chosen = page.locator(".jx-source.jx-chosen .jx-number-badge")
    assert chosen.inner_text() == "1"
    page.get_by_role("button", name="下一条").click()
    assert chosen.inner_text() == "2"
    assert page.locator(".jx-source.jx-chosen mark").is_visible()
    page.get_by_role("button", name="上一条").click()
    page.get_by_role("button", name="上一条").click()
    assert chosen.inner_text() == "3"  # from the first to the last
