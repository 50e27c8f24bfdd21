"""The page that compares an indicator, as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.service import Assistant
from ui.service import Service

from .accessibility import violations
from .conftest import Visit
from .reports import hostile_report

pytestmark = pytest.mark.browser
READY = ".jx-table a.jx-cell"


def choose(page: Any, text: str) -> None:
    """Type an indicator and press Enter."""
    box = page.locator("#jx-indicator input")
    box.fill(text)
    box.press("Enter")


def cells(page: Any, office: str) -> list[str]:
    """The values of a row, as they are read."""
    row = page.locator(".jx-table tbody tr", has_text=office)
    return [text.split("\n")[0].strip() for text in row.locator("td").all_inner_texts()]


def test_every_value_opens_its_source(visit: Visit) -> None:
    page = visit("compare", READY)
    choose(page, "预算完成率")
    page.get_by_role("link", name="98.10").wait_for()
    link = page.locator(".jx-table tbody tr", has_text="员村街道办事处").locator("a.jx-cell").nth(1)
    assert link.inner_text() == "98.10"
    link.click()
    source = page.locator(link.get_attribute("href"))
    source.locator("mark").wait_for(state="visible")
    assert "98.10%" in source.locator("mark").text_content()
    assert "2022" in source.inner_text()


def test_a_doubt_is_marked_and_explained(visit: Visit) -> None:
    page = visit("compare", READY)
    choose(page, "预算完成率")
    page.locator(".jx-flag").wait_for()
    assert page.locator(".jx-flag").count() == 1
    assert "98.08%" in page.locator(".jx-notes .jx-grave").inner_text()


def test_typed_in_english_it_is_found_and_chart_and_table_say_the_same(visit: Visit) -> None:
    page = visit("compare", READY, locale="en-US")
    choose(page, "rental tax")
    page.get_by_role("link", name="2100.52").wait_for()
    # 2100.52 − 1836.40 = 264.12, of 1836.40 that is 14.38 %
    row = cells(page, "员村街道办事处")
    assert row[:4] == ["1836.40", "2100.52", "2265.80", "+264.12"]
    assert "+14.38%" in page.locator(".jx-table").inner_text()
    points = page.locator("#jx-plot .jx-point").all_text_contents()
    assert sorted(points) == sorted(["1836.40", "2100.52", "2265.80", "1012.36"])


def test_one_year_compares_the_offices(visit: Visit) -> None:
    page = visit("compare", READY)
    choose(page, "实际支出数")
    page.get_by_role("link", name="12198.33").wait_for()
    for year in ("2021", "2023"):
        page.locator("#jx-years").get_by_label(year).uncheck()
    page.locator("#jx-plot .jx-bar-list").wait_for()
    # 8735.10 − 12198.33
    assert cells(page, "棠东街道办事处") == ["8735.10", "-3463.23"]
    bars = page.locator(".jx-bar-number").all_inner_texts()
    assert bars == ["12198.33", "12173.28", "8735.10"]


def test_a_missing_year_says_why(visit: Visit) -> None:
    page = visit("compare", READY)
    choose(page, "实际支出数")
    page.get_by_role("link", name="12198.33").wait_for()
    notes = page.locator(".jx-notes").inner_text()
    assert "棠东街道办事处2021年：没有载入2021年的报告" in notes


def test_what_is_unknown_or_means_several_is_said(visit: Visit) -> None:
    page = visit("compare", READY)
    choose(page, "养老院入住率")
    page.get_by_text("没有“养老院入住率”这样的指标").wait_for()
    choose(page, "居住证")
    page.locator(".jx-alike").wait_for()
    assert "办理居住证" in page.locator(".jx-alike").inner_text()
    assert "受理居住证" in page.locator(".jx-alike").inner_text()


def test_the_table_is_downloaded_with_its_sources(visit: Visit, tmp_path: Path) -> None:
    page = visit("compare", READY)
    choose(page, "预算完成率")
    page.locator(".jx-flag").wait_for()
    with page.expect_download() as download:
        page.locator("#jx-compare-file-button").click()
    path = tmp_path / "out.xlsx"
    download.value.save_as(path)
    table, sources = load_workbook(path)
    values = {cell.value for row in table for cell in row}
    assert {96.55, 98.65, 95.78} <= values
    assert any("98.10%" in str(cell.value) for row in sources for cell in row)


def test_without_reports_it_says_what_to_do(
    visit: Visit, own_assistant: Assistant, serve_page: Callable[[Service], str]
) -> None:
    page = visit("compare", ".jx-action", at=serve_page(own_assistant))
    assert "还没有可以对比的报告" in page.locator("#jx-compare").inner_text()
    page.locator(".jx-action").click()
    page.locator("#jx-reports-page").wait_for()


def test_a_hostile_report_is_only_text(
    visit: Visit,
    own_assistant: Assistant,
    serve_page: Callable[[Service], str],
    tmp_path: Path,
) -> None:
    own_assistant.ingest_files([hostile_report(tmp_path)])
    address = serve_page(own_assistant)
    page = visit("compare", READY, at=address)
    choose(page, "实际支出数")
    page.get_by_role("link", name="987.60").click()
    page.locator("#jx-panel mark").first.wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.dialogs == []
    assert page.locator("#jx-compare script, #jx-compare img").count() == 0
    assert all(url.startswith((address, "data:", "blob:")) for url in page.requested)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_everyone_can_use_it(visit: Visit, locale: str, width: int) -> None:
    page = visit("compare", READY, locale=locale, width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.errors == []
