"""The page of contradictions, as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.service import Assistant
from tests.conftest import SAMPLES
from ui.service import Service

from .accessibility import violations
from .conftest import Visit

pytestmark = pytest.mark.browser
READY = ".jx-finding"


def test_a_finding_quotes_its_places_and_each_opens(visit: Visit) -> None:
    page = visit("audit", READY)
    # The samples have one contradiction: 98.10 % stated, 12198.33 ÷ 12436.77 = 98.08 %.
    assert "发现 1 处" in page.locator(".jx-summary").inner_text()
    assert "98.08%" in page.locator(".jx-said").inner_text()
    quotes = page.locator(".jx-quote-link")
    assert [q.split()[-1] for q in quotes.all_inner_texts()] == ["98.10%", "12198.33", "12436.77"]
    for number, value in enumerate(("98.10%", "12198.33", "12436.77")):
        quotes.nth(number).click()
        source = page.locator(quotes.nth(number).get_attribute("href"))
        source.locator("mark").wait_for(state="visible")
        assert value in source.locator("mark").text_content()


def test_findings_are_filtered_by_severity_and_report(visit: Visit) -> None:
    page = visit("audit", READY)
    page.locator("#jx-severities").get_by_label("提示").uncheck()
    page.get_by_text("没有发现矛盾").wait_for()
    page.locator("#jx-severities").get_by_label("提示").check()
    page.locator(READY).wait_for()
    box = page.locator("#jx-audited input")
    box.fill("2023")
    page.get_by_role("option", name="员村街道办事处 · 2023年").click()
    page.get_by_text("核查了 1 份报告，没有发现矛盾").wait_for()


def test_the_findings_are_downloaded(visit: Visit, tmp_path: Path) -> None:
    page = visit("audit", READY, locale="en-US")
    with page.expect_download() as download:
        page.locator("#jx-audit-file-button").click()
    path = tmp_path / "out.xlsx"
    download.value.save_as(path)
    head, *rows = load_workbook(path).active.values
    assert "Severity" in head
    assert len(rows) == 3
    assert {row[0] for row in rows} == {"note"}


def test_a_sound_report_and_no_report_say_so(
    visit: Visit, own_assistant: Assistant, serve_page: Callable[[Service], str]
) -> None:
    address = serve_page(own_assistant)
    page = visit("audit", ".jx-action", at=address, locale="en-US")
    assert "nothing to audit yet" in page.locator("#jx-audit").inner_text()
    own_assistant.ingest_files([SAMPLES / "yuancun-2023.txt"])
    page = visit("audit", ".jx-well", at=address, locale="en-US")
    assert "Reports checked: 1. No contradictions" in page.locator(".jx-well").inner_text()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_everyone_can_use_it(visit: Visit, locale: str, width: int) -> None:
    page = visit("audit", READY, locale=locale, width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.errors == []
