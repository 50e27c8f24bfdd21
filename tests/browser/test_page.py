"""What a visitor does on the page, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from ingest.errors import JixiaoError

from .chromium import ask
from .conftest import Open
from .fake_service import FakeService

pytestmark = pytest.mark.browser


def marked(page: Any, citation: Any) -> tuple[str, str]:
    """Click a citation in an answer; what is marked in its source, and its quote."""
    source = page.locator(citation.get_attribute("href"))
    citation.click()
    source.locator("mark").wait_for(state="visible")
    assert source.locator("mark").count() == 1
    return source.locator("mark").text_content(), source.locator(".jx-quote").text_content()


def test_a_chinese_question_gets_its_figure_with_unit_year_and_source(open_page: Open) -> None:
    page = open_page("zh-CN")
    assert page.locator(".jx-title").first.inner_text() == "绩效问答"
    assert page.locator("#jx-send").inner_text() == "提问"
    reply = ask(page, "2022年代征个人出租房屋税多少？")
    assert reply.locator(".jx-value").inner_text() == "2100.52"
    assert reply.locator(".jx-unit").inner_text() == "万元"
    assert "2022年" in reply.locator(".jx-about").inner_text()
    assert reply.locator(".jx-warnings").is_visible()
    text, quote = marked(page, reply.locator(".jx-text .jx-cite").first)
    assert text == quote
    assert "2100.52" in text


def test_an_english_visitor_reads_english(open_page: Open) -> None:
    page = open_page("en-US")
    assert page.locator("#jx-send").inner_text() == "Ask"
    assert page.evaluate("document.documentElement.lang") == "en"
    reply = ask(page, "What was the budget completion rate in 2022?")
    assert reply.locator(".jx-value").inner_text() == "98.08"
    assert "÷" in reply.locator(".jx-formula").inner_text()
    for index in range(reply.locator(".jx-text .jx-cite").count()):
        text, quote = marked(page, reply.locator(".jx-text .jx-cite").nth(index))
        assert text == quote


def test_a_follow_up_leans_on_the_question_before(open_page: Open) -> None:
    page = open_page()
    first = ask(page, "2022年代征个人出租房屋税多少？")
    second = ask(page, "目标呢？")
    assert second.locator(".jx-value").inner_text() == "1600"
    # The sources of the first answer are folded away, but still open from its marks.
    text, quote = marked(page, first.locator(".jx-text .jx-cite").first)
    assert text == quote
    assert "2100.52" in text


def test_a_new_conversation_forgets(open_page: Open) -> None:
    page = open_page()
    ask(page, "2022年代征个人出租房屋税多少？")
    page.locator("#jx-new").click()
    page.locator(".jx-welcome").wait_for()
    assert page.locator(".jx-source").count() == 0
    assert ask(page, "目标呢？").locator(".jx-not_found, .jx-status").count() > 0


def test_an_example_is_asked_by_a_click(open_page: Open) -> None:
    page = open_page()
    page.locator(".jx-example").first.click()
    page.locator(".jx-foot").first.wait_for()
    assert page.locator(".jx-value").first.is_visible()


def test_an_empty_question_gets_a_hint(open_page: Open) -> None:
    page = open_page()
    assert "请先输入问题" in ask(page, "   ").inner_text()


def test_an_input_method_keeps_its_enter(open_page: Open) -> None:
    page = open_page()
    page.locator("#jx-question textarea").fill("shui")
    page.evaluate(
        """document.querySelector('#jx-question textarea').dispatchEvent(new KeyboardEvent(
        'keydown', {key: 'Enter', bubbles: true, cancelable: true, isComposing: true}))"""
    )
    page.wait_for_timeout(500)
    assert page.locator("#jx-chat .user-row").count() == 0


def test_a_port_in_use_is_a_clear_error(address: str) -> None:
    from ui.app import serve

    with pytest.raises(JixiaoError, match="choose another --port"):
        serve(FakeService(), "127.0.0.1", urlsplit(address).port or 0, block=False)


def test_an_error_is_one_line_without_details(open_page: Open) -> None:
    page = open_page()
    assert "请重新读入" in ask(page, "故障").locator(".jx-error").inner_text()
    unexpected = ask(page, "崩溃").locator(".jx-error").inner_text()
    assert "程序出错" in unexpected
    assert "secret" not in unexpected


def test_uploaded_files_are_reported_one_by_one(open_page: Open, report_file: Path) -> None:
    bad = report_file.with_name("照片.jpg")
    bad.write_bytes(b"\xff\xd8")
    page = open_page()
    page.locator("#jx-upload input[type=file]").set_input_files([str(report_file), str(bad)])
    page.locator("#jx-results .jx-read").wait_for()
    assert report_file.name in page.locator("#jx-results .jx-read").inner_text()
    assert "照片.jpg" in page.locator("#jx-results .jx-refused").inner_text()
    assert "2023年度天园街道" in page.locator("#jx-reports").inner_text()
    page.set_viewport_size({"width": 1366, "height": 480})  # a full column never squeezes the box
    assert page.locator("#jx-upload").bounding_box()["height"] > 100


def test_hostile_text_stays_text(open_page: Open) -> None:
    page = open_page()
    before = page.locator("img, script, iframe").count()
    question = '备注 <img src=x onerror="window.hacked=1"> **x** [y](javascript:window.hacked=1)'
    reply = ask(page, question)
    asked = page.locator(".jx-question").inner_text()
    assert asked == question
    text, quote = marked(page, reply.locator(".jx-text .jx-cite").first)
    assert text == quote
    assert "<script>window.hacked=1</script>" in text
    assert page.locator("img, script, iframe").count() == before
    for link in page.locator("#jx-chat a, #jx-panel a").all():
        assert link.get_attribute("href").startswith("#jx-")
    assert page.locator(".jx-answer :is(img, script, b, code, iframe)").count() == 0
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.dialogs == []


def test_no_request_leaves_the_machine(open_page: Open, address: str) -> None:
    page = open_page()
    ask(page, "2022年预算完成率是多少？")
    elsewhere = [
        url
        for url in page.requested
        if urlsplit(url).scheme not in {"data", "blob"}
        and urlsplit(url).netloc != urlsplit(address).netloc
    ]
    assert elsewhere == []
    assert page.errors == []


@pytest.mark.parametrize("question", ["2022年预算完成率是多少？", "备注"])
def test_a_narrow_screen_never_scrolls_sideways(open_page: Open, question: str) -> None:
    page = open_page(width=390, height=844)
    reply = ask(page, question)
    marked(page, reply.locator(".jx-text .jx-cite").first)
    widths = page.evaluate(
        "['html', '#jx-chat .bubble-wrap'].map(s => document.querySelector(s))"
        ".map(e => e.scrollWidth - e.clientWidth)"
    )
    assert widths == [0, 0]
