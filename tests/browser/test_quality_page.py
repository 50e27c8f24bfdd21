"""The page that measures the answers, as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assistant.service import Assistant
from eval.feedback import add_feedback, all_feedback, feedback_on
from eval.own import own_questions
from tests.conftest import SAMPLES
from ui.service import Service

from .accessibility import violations
from .conftest import Visit

pytestmark = pytest.mark.browser
READY = "#jx-kept .jx-line"
RATE = "员村街2022年预算完成率是多少"


@pytest.fixture
def measured(own_assistant: Assistant, serve_page: Callable[[Service], str]) -> str:
    """The address of a page over one report, with questions of its own."""
    own_assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    return serve_page(own_assistant)


def add(page: Any, question: str, answer: str, year: str = "") -> None:
    page.locator("#jx-new-question textarea").fill(question)
    page.locator("#jx-new-answer :is(input, textarea)").fill(answer)
    page.locator("#jx-new-year :is(input, textarea)").fill(year)
    page.locator("#jx-add-question").click()


def run(page: Any, chosen: str) -> Any:
    page.locator("#jx-set").get_by_label(chosen).check()
    page.locator("#jx-run").click()
    page.locator("#jx-result .jx-scores").wait_for(timeout=120_000)
    return page.locator("#jx-result")


def test_a_question_is_added_and_asked(
    visit: Visit, measured: str, own_assistant: Assistant
) -> None:
    page = visit("quality", READY, at=measured)
    add(page, RATE, "98.10%", "2022")
    page.get_by_text(f"已添加：{RATE}").wait_for()
    add(page, "2022年实际支出数是多少", "12198.34", "2022")  # on purpose not what the report says
    page.get_by_text("已添加：2022年实际支出数是多少").wait_for()
    assert len(own_questions(own_assistant.store.folder)) == 2
    result = run(page, "本单位的问题")
    assert "50.0%" in result.locator(".jx-scores").inner_text()
    miss = result.locator(".jx-finding")
    assert miss.count() == 1
    assert "12198.34" in miss.inner_text()  # what was expected
    assert "12198.33" in miss.inner_text()  # what was given


def test_what_is_missing_in_the_form_is_said(visit: Visit, measured: str) -> None:
    page = visit("quality", READY, at=measured, locale="en-US")
    page.locator("#jx-add-question").click()
    page.get_by_text("write the question first").wait_for()
    add(page, RATE, "")
    page.get_by_text("write the right answer").wait_for()
    add(page, RATE, "98.10%", "last year")
    page.get_by_text("four digits").wait_for()
    assert page.locator("#jx-new-question textarea").input_value() == RATE  # nothing typed is lost


def test_a_sheet_of_questions_is_asked(visit: Visit, measured: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["问题", "标准答案", "单位", "年度"])
    book.active.append([RATE, 98.10, "%", 2022])
    book.save(tmp_path / "q.xlsx")
    page = visit("quality", READY, at=measured)
    page.locator("#jx-set").get_by_label("表格中的问题").check()
    page.locator("#jx-run").click()
    page.get_by_text("请先选择问题表").wait_for()
    page.locator("#jx-sheet input[type=file]").set_input_files(str(tmp_path / "q.xlsx"))
    page.locator("#jx-sheet", has_text="q.xlsx").wait_for()
    result = run(page, "表格中的问题")
    assert "100.0%" in result.locator(".jx-scores").inner_text()
    with page.expect_download() as download:
        page.locator("#jx-template-file-button").click()
    download.value.save_as(tmp_path / "t.xlsx")
    headings = [cell.value for row in load_workbook(tmp_path / "t.xlsx").active for cell in row]
    assert {"问题", "标准答案"} <= set(headings)


def test_a_run_can_be_stopped(visit: Visit, measured: str) -> None:
    page = visit("quality", READY, at=measured)
    page.locator("#jx-set").get_by_label("产品自带的问题").check()
    page.locator("#jx-run").click()
    page.get_by_text("正在提问：").wait_for(timeout=120_000)
    page.locator("#jx-stop-run").click()
    page.locator("#jx-result .jx-scores").wait_for(timeout=60_000)
    assert "已停止" in page.locator("#jx-result").inner_text()
    page.locator("#jx-run").wait_for()  # it can be started again


def test_feedback_without_a_right_answer_is_filled_in(
    visit: Visit, measured: str, own_assistant: Assistant
) -> None:
    folder = own_assistant.store.folder
    comment = "应为98.08% <img src=x onerror=alert(1)>"
    add_feedback(folder, feedback_on(own_assistant.ask(RATE), False, comment=comment))
    page = visit("quality", "#jx-kept [data-jx-look]", at=measured)
    assert comment in page.locator("#jx-kept").inner_text()
    assert "待补充正确答案 1 条" in page.locator("#jx-kept").inner_text()
    page.locator("#jx-kept [data-jx-look]").click()
    page.wait_for_function(
        "text => document.querySelector('#jx-new-question textarea').value === text", arg=RATE
    )
    assert page.dialogs == []
    assert len(all_feedback(folder)) == 1


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_everyone_can_use_it(visit: Visit, measured: str, locale: str, width: int) -> None:
    page = visit("quality", READY, at=measured, locale=locale, width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.errors == []
