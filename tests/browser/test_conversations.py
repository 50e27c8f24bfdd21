"""A conversation stays whole: asked early, in two windows, after the server began anew."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from benchmarks.serving import free_port
from tests.conftest import SAMPLES, open_store
from ui.server.accounts import Accounts, Role
from ui.server.run import served

from .chromium import ask
from .conftest import Open
from .test_login import PASSWORD, log_in, opened

pytestmark = pytest.mark.browser

TAX = "2022年员村街代征个人出租房屋税多少？"
RATE = "2022年员村街预算完成率是多少？"


def questions(page: Any) -> list[str]:
    """Those that stand in the chat."""
    return list(page.locator("#jx-chat .jx-question").all_inner_texts())


def values(page: Any, answers: int) -> list[str]:
    """The headlines of the answers, once so many stand there."""
    page.locator("#jx-chat .jx-foot").nth(answers - 1).wait_for(timeout=30_000)
    return list(page.locator("#jx-chat .jx-value").all_inner_texts())


class Door:
    """Keeps the page's events from the server until it is opened."""

    def __init__(self, page: Any) -> None:
        self.held: list[Any] = []
        self._open = False
        page.route("**/queue/join*", self._come)

    def _come(self, route: Any) -> None:
        # A question passes: it is what is asked before the page has done what opens it.
        if self._open or any(TAX in str(part) for part in _data(route)):
            self._open = True
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        """Let through what was held back, and all that comes."""
        self._open = True
        for route in self.held:
            route.continue_()


def _data(route: Any) -> list[Any]:
    return list(json.loads(route.request.post_data)["data"])


def test_a_question_sent_before_the_page_has_opened_its_conversation_is_answered(
    browser: Any, address: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    door = Door(page)
    page.goto(address)
    reply = ask(page, TAX)
    assert door.held, "nothing was held back: the test shows nothing"
    assert reply.locator(".jx-value").inner_text() == "2100.52"
    door.open()
    page.locator(".jx-past li").wait_for()
    page.locator("#jx-reports li").first.wait_for(state="attached")
    assert questions(page) == [TAX]
    assert ask(page, "目标呢？").locator(".jx-value").inner_text() == "1600"
    context.close()


def test_what_is_being_typed_while_the_page_opens_stays(browser: Any, address: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    door = Door(page)
    page.goto(address)
    box = page.locator("#jx-question textarea")
    box.fill("2022年员村街")
    page.wait_for_timeout(300)
    assert door.held
    door.open()
    page.locator(".jx-welcome").wait_for()
    assert box.input_value() == "2022年员村街"
    context.close()


def test_two_windows_show_one_conversation(open_page: Open, address: str) -> None:
    first = open_page()
    ask(first, TAX)
    first.locator(".jx-past li").wait_for()
    second = first.context.new_page()
    second.goto(address)
    assert values(second, 1) == ["2100.52"]
    ask(second, RATE)
    ask(first, "与2021年比呢？")
    # The first window goes on from what was asked in the second, and shows it.
    assert questions(first) == [TAX, RATE, "与2021年比呢？"]
    second.reload()
    values(second, 3)
    assert questions(second) == questions(first)


def test_a_list_of_conversations_keeps_those_of_another_window(
    open_page: Open, address: str
) -> None:
    first = open_page()
    ask(first, TAX)
    first.locator(".jx-past li").wait_for()
    second = first.context.new_page()
    second.goto(address)
    values(second, 1)
    second.locator("#jx-new").click()
    second.locator(".jx-welcome").wait_for()
    ask(second, RATE)
    second.locator(".jx-past li", has_text=RATE).wait_for()
    ask(first, "目标呢？")
    first.locator(".jx-past li", has_text=RATE).wait_for()
    first.reload()
    first.locator(".jx-past li", has_text=RATE).wait_for()
    assert first.locator(".jx-past li", has_text=TAX).count() == 1


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Assistant]:
    store = open_store(tmp_path)
    assistant = Assistant(store)
    assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    Accounts(tmp_path).add("reader", PASSWORD, Role.READER)
    yield assistant
    store.close()


def test_a_conversation_that_comes_back_after_a_restart_counts_as_one_question(
    browser: Any, kept: Assistant
) -> None:
    settings, port = Settings(questions_per_minute=3), free_port()
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    with served(kept, settings, port=port) as address:
        page.goto(f"{address}/")
        log_in(page, "reader")
        opened(page)
        for question in (TAX, "目标呢？", RATE):
            ask(page, question)
        page.locator(".jx-past li").wait_for()
    with served(kept, settings, port=port) as address:
        page.goto(f"{address}/")
        opened(page)
        assert values(page, 3) == ["2100.52", "1600", "98.10"]
        ask(page, "2022年员村街实际支出数是多少？")
        assert len(values(page, 4)) == 4
    context.close()


def test_two_threads_do_not_answer_one_question_twice(sample_assistant: Assistant) -> None:
    from ui.chat.session import Session

    session = Session(sample_assistant.new_conversation)
    session.take(TAX)
    got: list[bool] = []
    both = threading.Barrier(2)

    def answer() -> None:
        with session.answering() as entry:
            got.append(entry is not None)
            both.wait(5)

    threads = [threading.Thread(target=answer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, True]
