"""The page of reports, as a person uses it: add, look through, keep, find, remove, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.service import Assistant
from tests.conftest import SAMPLES
from ui.service import Service

from .accessibility import violations
from .conftest import Visit
from .reports import hostile_report, plain_report

pytestmark = pytest.mark.browser
ServePage = Callable[[Service], str]
READY = "#jx-loaded .jx-table, #jx-loaded .jx-hint"


def choose(page: Any, paths: Sequence[Path]) -> Any:
    """Choose files; the list of what became of them."""
    page.locator("#jx-files input[type=file]").set_input_files([str(path) for path in paths])
    page.locator("#jx-outcomes tbody tr").nth(len(paths) - 1).wait_for(timeout=60_000)
    return page.locator("#jx-outcomes")


def test_files_are_looked_through_before_they_are_kept(
    visit: Visit, own_assistant: Assistant, serve_page: ServePage, tmp_path: Path
) -> None:
    page = visit("reports", READY, at=serve_page(own_assistant))
    assert "还没有报告" in page.locator("#jx-loaded").inner_text()
    bad = tmp_path / "坏文件.pdf"
    bad.write_bytes(b"%PDF-1.7 half")
    listed = choose(page, [plain_report(tmp_path), bad])
    assert "2 个文件：读出 1 份报告，1 个文件未能读取" in listed.inner_text()
    assert "PDF 已损坏或不完整，请重新发送" in listed.inner_text()
    listed.get_by_role("button", name="查看").click()
    view = page.locator("#jx-view")
    view.get_by_text("尚未载入").wait_for()
    assert "补种321棵" in view.inner_text()
    assert "987.60" in view.locator("mark").all_inner_texts()
    assert own_assistant.reports() == []  # looking stores nothing
    page.locator("#jx-keep").click()
    page.get_by_text("已载入 1 份报告").wait_for(timeout=60_000)
    assert [r.file for r in own_assistant.reports()] == ["附件2（天园街）.txt"]
    page.locator("#jx-loaded tbody tr", has_text="天园街道办事处").wait_for()


def test_what_was_read_can_be_thrown_away(
    visit: Visit, own_assistant: Assistant, serve_page: ServePage, tmp_path: Path
) -> None:
    page = visit("reports", READY, at=serve_page(own_assistant), locale="en-US")
    choose(page, [plain_report(tmp_path)])
    page.locator("#jx-discard").click()
    page.get_by_text("nothing was loaded").wait_for()
    assert page.locator("#jx-keep").is_hidden()
    assert own_assistant.reports() == []


def test_a_report_is_removed_only_when_it_was_confirmed(
    visit: Visit, own_assistant: Assistant, serve_page: ServePage
) -> None:
    own_assistant.ingest_files([SAMPLES / "yuancun-2022.txt", SAMPLES / "yuancun-2023.txt"])
    page = visit("reports", READY, at=serve_page(own_assistant))
    page.locator("#jx-loaded tbody tr", has_text="2022").get_by_role("button").click()
    page.locator("#jx-remove").click()
    page.get_by_text("确定移除“员村街道办事处 · 2022年”吗").wait_for()
    page.locator("#jx-remove-no").click()
    page.locator("#jx-sure").wait_for(state="hidden")
    assert len(own_assistant.reports()) == 2
    page.locator("#jx-remove").click()
    page.locator("#jx-remove-yes").click()
    page.get_by_text("已移除“员村街道办事处 · 2022年”").wait_for()
    assert [r.year for r in own_assistant.reports()] == [2023]
    assert page.locator("#jx-loaded tbody tr").count() == 1


def test_reports_are_found_by_a_few_words(visit: Visit) -> None:
    page = visit("reports", "#jx-loaded tbody tr")
    everything = page.locator("#jx-loaded tbody tr").count()
    page.locator("#jx-find input, #jx-find textarea").fill("水务局 2023")
    page.get_by_text("共 1 份报告").wait_for()
    assert everything > 10
    page.locator("#jx-find input, #jx-find textarea").fill("没有的局")
    page.get_by_text("没有符合“没有的局”的报告").wait_for()


def test_all_figures_are_exported(visit: Visit, tmp_path: Path) -> None:
    page = visit("reports", "#jx-loaded tbody tr")
    with page.expect_download() as download:
        page.locator("#jx-export-file-button").click()
    path = tmp_path / "out.xlsx"
    download.value.save_as(path)
    values = [cell.value for row in load_workbook(path)["figures"] for cell in row]
    assert 2100.52 in values


def test_a_note_of_reading_is_said_in_the_visitors_language(visit: Visit) -> None:
    page = visit("reports", "#jx-loaded tbody tr", locale="en-US")
    note = page.locator(".jx-note", has_text="hidden sheet").first
    assert "was not read" in note.inner_text()


def test_a_hostile_report_is_only_text(
    visit: Visit, own_assistant: Assistant, serve_page: ServePage, tmp_path: Path
) -> None:
    address = serve_page(own_assistant)
    page = visit("reports", READY, at=address)
    listed = choose(page, [hostile_report(tmp_path)])
    listed.get_by_role("button", name="查看").click()
    page.locator("#jx-view mark").first.wait_for()
    page.locator("#jx-keep").click()
    page.get_by_text("已载入 1 份报告").wait_for(timeout=60_000)
    page.locator("#jx-loaded [data-jx-look]").click()
    page.locator("#jx-remove").click()
    page.locator("#jx-sure").wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.dialogs == []
    assert page.locator("#jx-reports-page script, #jx-reports-page img").count() == 0
    assert all(url.startswith((address, "data:", "blob:")) for url in page.requested)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_everyone_can_use_it(visit: Visit, locale: str, width: int) -> None:
    page = visit("reports", "#jx-loaded tbody tr", locale=locale, width=width)
    page.locator("#jx-loaded [data-jx-look]").first.click()
    page.locator("#jx-view mark").first.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.errors == []
