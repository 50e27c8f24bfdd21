"""What a visitor takes away from the chat, and what they say of an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.service import Assistant
from eval.feedback import all_feedback
from eval.own import own_questions
from tests.conftest import SAMPLES
from ui.service import Service

from .accessibility import violations
from .chromium import ask
from .conftest import Visit

pytestmark = pytest.mark.browser
READY = ".jx-welcome"
RATE = "员村街2022年预算完成率是多少"


@pytest.fixture
def asked(own_assistant: Assistant, serve_page: Callable[[Service], str]) -> str:
    """The address of a chat over one report."""
    own_assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    return serve_page(own_assistant)


def test_a_conversation_is_taken_away_in_three_formats(visit: Visit, tmp_path: Path) -> None:
    page = visit("", READY)
    page.locator("#jx-take-word-button").click()
    page.get_by_text("对话中还没有回答").wait_for()
    ask(page, RATE)
    ask(page, "那2021年呢？")
    for name, suffix in (("word", ".docx"), ("markdown", ".md"), ("excel", ".xlsx")):
        with page.expect_download() as download:
            page.locator(f"#jx-take-{name}-button").click()
        download.value.save_as(tmp_path / f"out{suffix}")
    text = "\n".join(p.text for p in Document(str(tmp_path / "out.docx")).paragraphs)
    markdown = (tmp_path / "out.md").read_text("utf-8")
    cells = {c.value for row in load_workbook(tmp_path / "out.xlsx").active for c in row}
    assert "98.10%" in text
    assert "96.55%" in text  # what the sample of 2021 states
    assert "**98.10%**[^1]" in markdown
    assert {98.1, 96.55} <= cells


def test_thumbs_up_makes_a_labelled_question(
    visit: Visit, asked: str, own_assistant: Assistant
) -> None:
    page = visit("", READY, at=asked)
    ask(page, RATE).locator(".jx-do-right-1").click()
    page.get_by_text("已记为答对").wait_for()
    folder = own_assistant.store.folder
    (question,) = own_questions(folder)
    assert question.turns[0].question == RATE
    assert str(question.turns[0].expect.figures[0].values[0].value) == "98.10"
    page.locator("#jx-opinion-comment :is(input, textarea)").fill("核对无误")
    page.locator("#jx-opinion-send").click()
    page.get_by_text("已记录，谢谢").wait_for()
    assert all_feedback(folder)[-1].comment == "核对无误"
    assert len(own_questions(folder)) == 1  # one answer, one question


def test_thumbs_down_asks_what_is_right(visit: Visit, asked: str, own_assistant: Assistant) -> None:
    page = visit("", READY, at=asked, locale="en-US")
    ask(page, "What was the budget completion rate of Yuancun in 2022?").locator(
        ".jx-do-wrong-1"
    ).click()
    page.get_by_text("What is wrong with the answer").wait_for()
    assert all_feedback(own_assistant.store.folder) == []
    page.locator("#jx-opinion-expected :is(input, textarea)").fill("98.08%")
    page.locator("#jx-opinion-send").click()
    page.get_by_text("Kept, thank you").wait_for()
    (kept,) = all_feedback(own_assistant.store.folder)
    assert (kept.right, kept.expected) == (False, "98.08%")


@pytest.mark.parametrize("width", [1440, 390])
def test_everyone_can_say_it(visit: Visit, asked: str, width: int) -> None:
    page = visit("", READY, at=asked, width=width)
    ask(page, RATE).locator(".jx-do-wrong-1").click()
    page.locator("#jx-opinion").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
