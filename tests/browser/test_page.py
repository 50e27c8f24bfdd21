"""What a visitor does on the page, in a real browser, over real reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from assistant.service import Assistant
from index_store.encoder.factory import load_encoder
from index_store.lock import write_lock
from index_store.store import Store
from ingest.errors import JixiaoError
from tests.conftest import SAMPLES
from ui.service import Service

from .chromium import ask
from .conftest import Open
from .reports import HOSTILE, HOSTILE_MARKDOWN, hostile_report, plain_report

pytestmark = pytest.mark.browser
ServePage = Callable[[Service], str]

TAX = "2022年员村街代征个人出租房屋税多少？"
RATE = "2022年员村街预算完成率是多少？"


def marked(page: Any, citation: Any) -> tuple[str, str]:
    """Click a citation in an answer; what is marked in its source, and its quote."""
    source = page.locator(citation.get_attribute("href"))
    citation.click()
    source.locator("mark").wait_for(state="visible")
    assert source.locator("mark").count() == 1
    return source.locator("mark").text_content(), source.locator(".jx-quote").text_content()


def upload(page: Any, paths: Sequence[Path]) -> Any:
    """Upload files; the list of what became of each, once it is there."""
    page.locator("input[type=file]").set_input_files([str(path) for path in paths])
    outcomes = page.locator("#jx-results li")
    outcomes.nth(len(paths) - 1).wait_for(timeout=60_000)
    return page.locator("#jx-results")


def requests_elsewhere(page: Any, address: str) -> list[str]:
    """The requests that went to another host than the page's own."""
    return [
        url
        for url in page.requested
        if urlsplit(url).scheme not in {"data", "blob"}
        and urlsplit(url).netloc != urlsplit(address).netloc
    ]


def test_a_chinese_question_gets_its_figure_with_unit_year_and_source(open_page: Open) -> None:
    page = open_page("zh-CN")
    assert page.locator(".jx-title").first.inner_text() == "绩效问答"
    assert page.locator("#jx-send").inner_text() == "提问"
    reply = ask(page, TAX)
    assert reply.locator(".jx-value").inner_text() == "2100.52"
    assert reply.locator(".jx-unit").inner_text() == "万元"
    about = reply.locator(".jx-about").inner_text()
    assert "2022年" in about
    assert "员村街道办事处" in about
    text, quote = marked(page, reply.locator(".jx-text .jx-cite").first)
    assert text == quote
    assert "代征个人出租房屋税2100.52万元" in text


def test_an_english_visitor_reads_english(open_page: Open) -> None:
    page = open_page("en-US")
    assert page.locator("#jx-send").inner_text() == "Ask"
    assert page.evaluate("document.documentElement.lang") == "en"
    reply = ask(page, "What was the budget completion rate of Yuancun in 2022?")
    assert reply.locator(".jx-value").inner_text() == "98.10"
    assert "As reported" in reply.locator(".jx-kind").inner_text()
    assert "budget completion rate" in reply.locator(".jx-text").inner_text()
    text, quote = marked(page, reply.locator(".jx-text .jx-cite").first)
    assert text == quote
    assert "98.10%" in text


def test_the_quote_stands_in_its_own_section_and_in_sight(open_page: Open) -> None:
    page = open_page()
    reply = ask(page, "2022年员村街开展了多少次“三会一课”？")
    assert reply.locator(".jx-qualifier").inner_text() == "超过"
    citation = reply.locator(".jx-text .jx-cite").first
    text, _ = marked(page, citation)
    assert "“三会一课”2000余次" in text
    source = page.locator(citation.get_attribute("href"))
    assert "部门整体绩效" in source.locator(".jx-path").inner_text()
    # The passage is longer than its box: the quote is scrolled into it.
    page.wait_for_function(
        """source => {
          const box = source.querySelector('.jx-passages').getBoundingClientRect();
          const mark = source.querySelector('mark').getBoundingClientRect();
          return mark.top >= box.top && mark.top < box.bottom
            && mark.top >= 0 && mark.top < innerHeight;
        }""",
        arg=source.element_handle(),
    )


@pytest.mark.parametrize(
    ("locale", "question", "warning", "formula"),
    [
        ("zh-CN", RATE, "按其自身数字计算为98.08%", "12198.33 ÷ 12436.77 × 100% = 98.08%"),
        (
            "en-US",
            "What was the budget completion rate of Yuancun in 2022?",
            "its own figures give 98.08%",
            "12198.33 ÷ 12436.77 × 100% = 98.08%",
        ),
    ],
)
def test_a_report_that_contradicts_itself_is_a_visible_warning(
    open_page: Open, locale: str, question: str, warning: str, formula: str
) -> None:
    page = open_page(locale)
    reply = ask(page, question)
    assert reply.locator(".jx-value").inner_text() == "98.10"
    reply.locator(".jx-warnings").scroll_into_view_if_needed()
    assert reply.locator(".jx-warnings").is_visible()
    assert warning in reply.locator(".jx-warnings").inner_text()
    assert reply.locator(".jx-formula").inner_text() == formula


@pytest.mark.parametrize(
    ("locale", "question", "kind"),
    [
        ("zh-CN", "2022年员村街实际支出比2021年增长多少？", "计算得出"),
        ("en-US", "How much did Yuancun's actual spending grow from 2021 to 2022?", "Computed"),
    ],
)
def test_a_calculation_shows_its_formula_and_each_operand_opens(
    open_page: Open, locale: str, question: str, kind: str
) -> None:
    page = open_page(locale)
    reply = ask(page, question)
    assert reply.locator(".jx-value").inner_text() == "718.08"
    assert reply.locator(".jx-kind").inner_text() == kind
    formulas = reply.locator(".jx-formula").all_inner_texts()
    assert formulas == [
        "12198.33 − 11480.25 = 718.08万元",
        "(12198.33 − 11480.25) ÷ 11480.25 × 100% = 6.25%",
    ]
    operands = reply.locator(".jx-calculation").first.locator("tr")
    assert operands.count() == 2
    for value, operand in zip(("12198.33", "11480.25"), operands.all(), strict=True):
        assert value in operand.inner_text()
        text, quote = marked(page, operand.locator(".jx-cite"))
        assert text == quote
        assert value in text


def test_of_several_figures_none_stands_out_and_a_long_answer_is_read_from_its_top(
    open_page: Open,
) -> None:
    page = open_page(height=600)
    reply = ask(page, "员村街2021年到2023年实际支出分别是多少？")
    assert reply.locator(".jx-head").count() == 0
    for value in ("11480.25万元", "12198.33万元", "12805.18万元"):
        assert value in reply.locator(".jx-text").inner_text()
    page.wait_for_function(
        """() => {
          const box = document.querySelector('#jx-chat .bubble-wrap');
          const top = box.getBoundingClientRect().top;
          const asked = document.querySelector('.jx-question').getBoundingClientRect().top;
          return box.scrollHeight > box.clientHeight && asked >= top && asked < top + 60;
        }"""
    )


@pytest.mark.parametrize(
    ("locale", "question", "status", "thing"),
    [
        ("zh-CN", "2022年员村街有多少只大熊猫？", "报告中未查到", "大熊猫"),
        ("en-US", "How many pandas does Yuancun have in 2022?", "Not in the reports", "pandas"),
    ],
)
def test_what_no_report_says_is_not_found(
    open_page: Open, locale: str, question: str, status: str, thing: str
) -> None:
    page = open_page(locale)
    reply = ask(page, question)
    assert reply.locator(".jx-status").inner_text() == status
    assert thing in reply.locator(".jx-text").inner_text()
    assert reply.locator(".jx-value, .jx-cite").count() == 0


def test_a_follow_up_leans_on_the_question_before(open_page: Open) -> None:
    page = open_page()
    first = ask(page, TAX)
    second = ask(page, "目标呢？")
    assert second.locator(".jx-value").inner_text() == "1600"
    # The sources of the first answer are folded away, but still open from its marks.
    text, quote = marked(page, first.locator(".jx-text .jx-cite").first)
    assert text == quote
    assert "2100.52" in text


def test_a_new_conversation_forgets(open_page: Open) -> None:
    page = open_page()
    ask(page, TAX)
    page.locator("#jx-new").click()
    page.locator(".jx-welcome").wait_for()
    assert page.locator(".jx-source").count() == 0
    assert ask(page, "目标呢？").locator(".jx-value", has_text="1600").count() == 0


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_example_is_answered_by_a_click(open_page: Open, locale: str) -> None:
    page = open_page(locale)
    examples = page.locator(".jx-example:visible")
    examples.first.wait_for()
    questions = examples.all_inner_texts()
    assert len(questions) >= 3
    for number, question in enumerate(questions):
        page.locator(".jx-example", has_text=question).click()
        page.locator(".jx-answered .jx-foot").wait_for()
        assert page.locator(".jx-question").inner_text() == question
        assert page.locator(".jx-answered .jx-cite").first.is_visible()
        if number < len(questions) - 1:
            page.locator("#jx-new").click()
            page.locator(".jx-welcome").wait_for()


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
    ask(page, TAX)  # had the first Enter sent anything, it would stand before this question
    assert page.locator(".jx-question").all_inner_texts() == [TAX]


def test_a_port_in_use_is_a_clear_error(service: Service, address: str) -> None:
    from assistant.settings import Settings
    from ui.server.run import served

    taken = urlsplit(address).port or 0
    with (
        pytest.raises(JixiaoError, match="choose another --port"),
        served(cast(Any, service), Settings(), port=taken),
    ):
        pass


def test_an_error_of_ours_is_shown_as_the_one_line_it_is(
    own_assistant: Assistant, serve_page: ServePage, open_page: Open
) -> None:
    own_assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    # The settings were changed to another encoder since the reports were read.
    changed = Store.open(
        own_assistant.store.folder, encoder=lambda: load_encoder(None), encoder_name="another"
    )
    page = open_page(at=serve_page(Assistant(changed)))
    error = ask(page, "2022年为什么垃圾分类做得好？").locator(".jx-error").inner_text()
    assert "jixiao rebuild" in error
    assert ask(page, "2022年预算完成率是多少？").locator(".jx-value").inner_text() == "98.10"
    changed.close()


def test_an_unexpected_error_shows_no_details(
    own_assistant: Assistant, serve_page: ServePage, open_page: Open
) -> None:
    own_assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    page = open_page(at=serve_page(own_assistant))
    for file in own_assistant.store.folder.glob("catalog.sqlite*"):
        file.write_bytes(b"damaged" * 1000)
    error = ask(page, RATE).locator(".jx-error").inner_text()
    assert "程序出错" in error
    assert "sqlite" not in error.lower()


@pytest.mark.parametrize(
    ("locale", "empty", "read", "question"),
    [
        ("zh-CN", "还没有报告", "已读入", "2023年实际支出数是多少？"),
        ("en-US", "No reports yet", "Read", "What was the actual expenditure in 2023?"),
    ],
)
def test_an_uploaded_report_can_be_asked_about_at_once(
    own_assistant: Assistant,
    serve_page: ServePage,
    open_page: Open,
    tmp_path: Path,
    locale: str,
    empty: str,
    read: str,
    question: str,
) -> None:
    page = open_page(locale, at=serve_page(own_assistant))
    assert empty in page.locator("#jx-reports").inner_text()
    assert page.locator(".jx-example").count() == 0
    path = plain_report(tmp_path)
    results = upload(page, [path])
    assert results.locator(".jx-read .jx-state").inner_text() == read
    assert results.locator(".jx-read .jx-file").inner_text() == path.name
    assert "2023年度天园街道办事处" in page.locator("#jx-reports").inner_text()
    page.locator(".jx-example", has_text=question).wait_for()
    reply = ask(page, question)
    assert reply.locator(".jx-value").inner_text() == "987.60"
    text, _ = marked(page, reply.locator(".jx-text .jx-cite").first)
    assert "987.60" in text


def test_uploaded_files_are_reported_one_by_one(
    own_assistant: Assistant, serve_page: ServePage, open_page: Open, tmp_path: Path
) -> None:
    good = plain_report(tmp_path)
    bad = {
        "自评表.docx": (b"PK\x03\x04 cut short", "damaged"),
        "空白.txt": (b"\n", "empty"),
        "程序.exe": (b"MZ\x00", "unknown type .exe"),
    }
    for name, (data, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    page = open_page(at=serve_page(own_assistant))
    results = upload(page, [good, *(tmp_path / name for name in bad)])
    assert good.name in results.locator(".jx-read").inner_text()
    for name, (_, reason) in bad.items():
        refused = results.locator(".jx-refused", has_text=name)
        assert refused.locator(".jx-state").inner_text() == "未读入"
        assert reason in refused.locator(".jx-detail").inner_text()
    assert page.locator("#jx-reports li").count() == 1  # the good one


def test_an_upload_while_another_process_writes_is_told_so(
    own_assistant: Assistant, serve_page: ServePage, open_page: Open, tmp_path: Path
) -> None:
    store = Store.open(own_assistant.store.folder, lock_timeout_s=0.2)
    page = open_page(at=serve_page(Assistant(store)))
    with write_lock(store.folder / "lock", 1):
        page.locator("input[type=file]").set_input_files(str(plain_report(tmp_path)))
        error = page.locator("#jx-results .jx-error")
        error.wait_for(timeout=30_000)
    assert "another process is writing" in error.inner_text()
    assert "还没有报告" in page.locator("#jx-reports").inner_text()
    store.close()


def assert_harmless(page: Any, address: str, before: int) -> None:
    """No element, link or request came of hostile text, and no script ran."""
    assert page.locator("img, script, iframe").count() == before
    for link in page.locator("#jx-chat a, #jx-panel a, #jx-side a").all():
        assert link.get_attribute("href").startswith(("#jx-", "./?q=", "./source/"))
    pieces = ":is(.jx-answer, .jx-question, #jx-panel, #jx-side)"
    assert page.locator(f"{pieces} :is(img, script, b, i, code, iframe)").count() == 0
    assert requests_elsewhere(page, address) == []
    assert not [url for url in page.requested if urlsplit(url).path == "/x"]
    assert page.evaluate("window.hacked") is None
    assert page.dialogs == []
    assert page.errors == []


def test_a_hostile_report_stays_text(
    own_assistant: Assistant, serve_page: ServePage, open_page: Open, tmp_path: Path
) -> None:
    address = serve_page(own_assistant)
    page = open_page(at=address)
    before = page.locator("img, script, iframe").count()
    upload(page, [hostile_report(tmp_path)])
    assert "[点我](javascript:" in page.locator("#jx-reports").inner_text()
    page.locator(".jx-example", has_text=HOSTILE).wait_for()

    counted = ask(page, "2023年补种行道树多少棵？")
    assert counted.locator(".jx-value").inner_text() == "321"
    assert "<img src=x" in counted.locator(".jx-about").inner_text()
    assert "[点我](javascript:" in counted.locator(".jx-about").inner_text()
    for number in range(counted.locator(".jx-text .jx-cite").count()):
        text, quote = marked(page, counted.locator(".jx-text .jx-cite").nth(number))
        assert text == quote

    quoted = ask(page, "2023年存在哪些问题？")
    assert HOSTILE in quoted.locator(".jx-text").inner_text()
    text, quote = marked(page, quoted.locator(".jx-text .jx-cite").first)
    assert text == quote
    assert HOSTILE in text
    assert "[点我](javascript:" in page.locator("#jx-panel").text_content()
    assert_harmless(page, address, before)


def test_a_hostile_question_stays_text(open_page: Open, address: str) -> None:
    page = open_page()
    before = page.locator("img, script, iframe").count()
    question = f"2022年员村街{HOSTILE}**x**{HOSTILE_MARKDOWN}[1]有多少？"
    ask(page, question)
    assert page.locator(".jx-question").inner_text() == question
    assert_harmless(page, address, before)


def test_no_request_leaves_the_machine(open_page: Open, address: str) -> None:
    page = open_page()
    reply = ask(page, RATE)
    marked(page, reply.locator(".jx-text .jx-cite").first)
    assert requests_elsewhere(page, address) == []
    assert page.errors == []


def assert_no_sideways_scroll(page: Any) -> None:
    widths = page.evaluate(
        "['html', '#jx-chat .bubble-wrap'].map(s => document.querySelector(s))"
        ".map(e => e.scrollWidth - e.clientWidth)"
    )
    assert widths == [0, 0]


@pytest.mark.parametrize("question", [RATE, "2022年员村街实际支出比2021年增长多少？"])
def test_a_narrow_screen_never_scrolls_sideways(open_page: Open, question: str) -> None:
    page = open_page(width=390, height=844)
    reply = ask(page, question)
    marked(page, reply.locator(".jx-text .jx-cite").first)
    assert_no_sideways_scroll(page)


def test_long_unbroken_text_does_not_widen_a_narrow_screen(
    own_assistant: Assistant, serve_page: ServePage, open_page: Open, tmp_path: Path
) -> None:
    own_assistant.ingest_files([hostile_report(tmp_path)])
    page = open_page(width=390, height=844, at=serve_page(own_assistant))
    reply = ask(page, "2023年补种行道树多少棵？")
    marked(page, reply.locator(".jx-text .jx-cite").first)
    assert_no_sideways_scroll(page)
