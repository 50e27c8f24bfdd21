"""Asking as one is used to: stop, edit, ask again, ask on, come back, pass on."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from .chromium import ask
from .conftest import Open

pytestmark = pytest.mark.browser

TAX = "2022年员村街代征个人出租房屋税多少？"
RATE = "2022年员村街预算完成率是多少？"


def value(page: Any) -> str:
    """The headline of the last answer."""
    return str(page.locator("#jx-chat .bot-row").last.locator(".jx-value").inner_text())


def finished(page: Any, answers: int) -> None:
    """Wait until so many answers stand, whole."""
    page.locator(".jx-foot").nth(answers - 1).wait_for(timeout=30_000)


@pytest.mark.parametrize(
    ("locale", "width", "question", "button", "figures"),
    [
        ("zh-CN", 1440, TAX, "与2021年比较", ["264.12", "14.38"]),
        (
            "en-US",
            390,
            "How much rental tax was collected by Yuancun in 2022?",
            "Compare with 2021",
            ["264.12", "14.38"],
        ),
    ],
)
def test_what_may_be_asked_next_is_one_click(
    open_page: Open, locale: str, width: int, question: str, button: str, figures: list[str]
) -> None:
    page = open_page(locale, width=width)
    ask(page, question)
    page.get_by_role("button", name=button).click()
    finished(page, 2)
    # 2100.52 − 1836.40, and that over 1836.40
    said = page.locator("#jx-chat .bot-row").last.locator(".jx-text").inner_text()
    for figure in figures:
        assert figure in said


def test_years_side_by_side_are_a_chart_and_a_table(open_page: Open) -> None:
    page = open_page()
    reply = ask(page, "员村街2021年到2023年实际支出分别是多少？")
    assert reply.locator(".jx-column-name").all_inner_texts() == ["2021年", "2022年", "2023年"]
    assert reply.locator(".jx-column-value").all_inner_texts() == [
        "11480.25",
        "12198.33",
        "12805.18",
    ]
    heights = [b.bounding_box()["height"] for b in reply.locator(".jx-column-bar").all()]
    assert heights[0] / heights[2] == pytest.approx(11480.25 / 12805.18, abs=0.02)  # from zero
    assert reply.locator(".jx-figures tbody tr").count() == 3


def test_a_ranking_is_bars_the_longest_first(open_page: Open) -> None:
    page = open_page(width=390)
    reply = ask(page, "2022年哪个部门预算完成率最高")
    assert reply.locator(".jx-bar-value").all_inner_texts() == ["98.10", "96.00", "95.78"]
    assert reply.locator(".jx-bar-name").first.inner_text() == "员村街道办事处"


def test_a_question_is_edited_and_what_followed_goes(open_page: Open) -> None:
    page = open_page()
    ask(page, TAX)
    ask(page, "目标呢？")
    page.locator(".jx-do-edit-1").click()
    box = page.locator("#jx-question textarea")
    page.wait_for_function("() => document.querySelector('#jx-question textarea').value")
    assert box.input_value() == TAX
    assert page.locator("#jx-editing").is_visible()
    box.fill(RATE)
    box.press("Enter")
    page.locator(".jx-question", has_text=RATE).wait_for()
    finished(page, 1)
    assert page.locator(".jx-question").all_inner_texts() == [RATE]
    assert value(page) == "98.10"


def test_editing_is_given_up_with_escape(open_page: Open) -> None:
    page = open_page()
    ask(page, TAX)
    page.locator(".jx-do-edit-1").click()
    page.locator("#jx-editing").wait_for()
    page.locator("#jx-question textarea").press("Escape")
    page.locator("#jx-editing").wait_for(state="hidden")
    ask(page, "目标呢？")
    assert page.locator(".jx-question").count() == 2


def test_a_question_is_asked_again(open_page: Open) -> None:
    page = open_page()
    ask(page, TAX)
    ask(page, RATE)
    page.locator(".jx-do-retry-2").click()
    finished(page, 2)
    assert page.locator(".jx-question").all_inner_texts() == [TAX, RATE]
    assert value(page) == "98.10"


def test_the_scope_in_force_is_seen_and_changed(open_page: Open) -> None:
    page = open_page()
    department, year = page.locator("#jx-department input"), page.locator("#jx-year input")
    assert department.input_value() == "全部部门"
    ask(page, TAX)
    page.wait_for_function("() => document.querySelector('#jx-year input').value === '2022'")
    assert department.input_value() == "员村街道办事处"
    year.click()
    page.get_by_role("option", name="2021").click()
    page.wait_for_timeout(500)
    ask(page, "预算完成率是多少？")
    assert value(page) == "96.55"


def test_a_conversation_is_there_again_after_a_reload(open_page: Open) -> None:
    page = open_page()
    ask(page, TAX)
    page.locator(".jx-past li").wait_for()
    page.reload()
    finished(page, 1)
    assert page.locator(".jx-question").all_inner_texts() == [TAX]
    assert page.locator(".jx-source").count() > 0
    ask(page, "目标呢？")  # it knows what was spoken of
    assert value(page) == "1600"
    page.locator("#jx-new").click()
    page.locator(".jx-welcome").wait_for()
    page.locator(".jx-past .jx-do", has_text=TAX).click()
    finished(page, 2)
    assert page.locator(".jx-question").all_inner_texts() == [TAX, "目标呢？"]


def test_a_link_asks_its_questions_once(open_page: Open, address: str) -> None:
    page = open_page(at=f"{address}/?q={quote(TAX + chr(10) + '目标呢？')}")
    finished(page, 2)
    assert value(page) == "1600"
    page.wait_for_function("() => !location.search")
    link = page.locator(".jx-link").last
    assert quote("目标呢？") in link.get_attribute("href")
    assert quote(TAX) in link.get_attribute("href")


def test_an_answer_is_stopped_with_escape(open_page: Open) -> None:
    page = open_page()
    box = page.locator("#jx-question textarea")
    box.fill("员村街2021年到2023年实际支出分别是多少？")
    box.press("Enter")
    page.locator("#jx-stop").wait_for(timeout=10_000)
    page.keyboard.press("Escape")
    page.locator("#jx-send").wait_for(timeout=10_000)
    # Either the key came in time and it says so, or the answer was already there.
    page.locator("#jx-chat .bot-row").locator(":is(.jx-hint, .jx-foot)").first.wait_for()
    assert ask(page, RATE).locator(".jx-value").inner_text() == "98.10"


@pytest.mark.parametrize("width", [1440, 390])
def test_one_reads_on_from_the_question_just_asked(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    ask(page, RATE)
    ask(page, "员村街2021年到2023年实际支出分别是多少？")  # a long answer
    page.wait_for_timeout(500)
    box = page.locator(".jx-question").last.bounding_box()
    chat = page.locator("#jx-chat").bounding_box()
    assert chat["y"] - 1 <= box["y"] < chat["y"] + 120


def test_keys(open_page: Open) -> None:
    page = open_page()
    box = page.locator("#jx-question textarea")
    box.fill("2022年员村街")
    box.press("Shift+Enter")
    box.press_sequentially("预算完成率")
    assert box.input_value() == "2022年员村街\n预算完成率"
    assert page.locator(".jx-question").count() == 0
    box.evaluate("element => element.blur()")
    page.keyboard.press("/")
    assert box.evaluate("element => element === document.activeElement")
    assert "/" not in box.input_value()


def test_on_a_narrow_screen_sources_and_conversations_lie_over_the_chat(open_page: Open) -> None:
    page = open_page(width=390, height=844)
    reply = ask(page, TAX)
    assert page.locator("#jx-right").is_hidden()
    reply.locator(".jx-text .jx-cite").first.click()
    assert page.locator(".jx-source.jx-chosen mark").is_visible()
    page.get_by_role("button", name="回到对话").click()
    assert page.locator("#jx-right").is_hidden()
    page.locator(".jx-side-open").click()
    assert page.locator("#jx-new").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#jx-new").is_hidden()
