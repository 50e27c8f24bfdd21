"""The pure pieces of the page: text that stays text, figures, sources, positions."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_text import beginnings
from assistant.service import Assistant
from ui.markup import blocks, escape, foreign
from ui.render import amount, answer_html, copy_text, question_html
from ui.service import FileResult
from ui.sources import Turn, panel_html, passage_html, reports_html, results_html
from ui.text import LANGUAGES, browser_language, chosen_language, labels

from .reports import HOSTILE, HOSTILE_MARKDOWN, hostile_report

TAX = "2022年员村街代征个人出租房屋税多少？"
RATE = "2022年员村街预算完成率是多少？"
_TAGS = re.compile(r"<[^>]*>")


def _cite(number: int) -> str:
    return f'<a href="#jx-{number}">[{number}]</a>'


def _shown(markup: str) -> str:
    return html.unescape(_TAGS.sub("", markup))


def _turn(assistant: Assistant, question: str, number: int = 1) -> Turn:
    """A question answered from real reports, as the page keeps it."""
    answer = assistant.ask(question)
    cited = {report_id for report_id, _ in answer.passages.values()}
    return Turn(number, answer, {report_id: assistant.report(report_id) for report_id in cited})


@given(st.text())
def test_escaped_text_has_no_markup_and_reads_the_same(text: str) -> None:
    escaped = escape(text)
    assert not set(escaped) & set("<>\"'`*_[]()!|~$:\\\n\r")
    if not re.search(r"[\x00-\x1f\x7f-\x9f]", text):  # HTML has no such characters
        assert html.unescape(escaped) == text


@given(st.text(alphabet="<>a1[]()*|-\\\n `!&;$:数。"))
def test_an_answer_can_only_make_the_tags_we_write(text: str) -> None:
    tags = set(re.findall(r"</?([a-z]+)", blocks(text, _cite)))
    assert tags <= {"p", "br", "strong", "a", "ul", "ol", "li", "div", "table", "tr", "th", "td"}
    assert "\n" not in blocks(text, _cite)


@given(st.text(alphabet="a1[]*\\数。 \n", max_size=200), st.integers(1, 30))
def test_an_answer_written_out_ends_whole(text: str, steps: int) -> None:
    pieces = list(beginnings(text, steps))
    assert pieces[-1] == text
    assert all(text.startswith(piece) for piece in pieces)


def test_writing_out_never_cuts_a_number_or_a_mark() -> None:
    text = "税2100.52万元[12]。"
    for piece in beginnings(text, 100):
        assert not re.search(r"\[\d*$", piece)
        assert not re.search(r"\d$", piece) or piece.endswith("2100.52")


def test_blocks_of_an_answer() -> None:
    text = "一、**98.08%**[1]\n\n3. 甲\n4. 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    markup = blocks(text, _cite)
    assert "<strong>98&#46;08&#37;</strong>" in markup
    assert '<a href="#jx-1">[1]</a>' in markup
    assert '<ol start="3"><li>甲</li><li>乙</li></ol>' in markup
    assert "<tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>" in markup


def test_a_backslash_keeps_what_follows_literal() -> None:
    assert _shown(blocks(r"\*\*不是粗体\*\* \[1\]", _cite)) == "**不是粗体** [1]"


def test_a_question_is_shown_as_typed() -> None:
    shown = question_html(f"{HOSTILE}\n{HOSTILE_MARKDOWN}")
    assert _TAGS.findall(shown) == ['<div class="jx-question">', "<br>", "</div>"]


def test_a_mark_without_citation_is_no_link(sample_assistant: Assistant) -> None:
    answer = sample_assistant.ask(TAX)
    markup = answer_html(replace(answer, answer=answer.answer + "[9]"), 1)
    assert "#jx-source-1-1" in markup
    assert "#jx-source-1-9" not in markup
    assert "[9]" in _shown(markup)


def test_headline_names_figure_unit_year_department(sample_assistant: Assistant) -> None:
    answer = sample_assistant.ask(TAX)
    head = _shown(answer_html(answer, 1).split('<div class="jx-text">')[0])
    for part in ("2100.52", "万元", "2022年", "员村街道办事处", "报告原文数字", "[1]"):
        assert part in head


def test_a_qualified_figure_keeps_its_qualifier(sample_assistant: Assistant) -> None:
    turn = _turn(sample_assistant, "2022年员村街开展了多少次“三会一课”？")
    head = answer_html(turn.answer, 1, turn.reports).split('<div class="jx-text">')[0]
    assert "超过2000次" in _shown(head)


def test_a_calculation_shows_its_operands(sample_assistant: Assistant) -> None:
    shown = _shown(answer_html(sample_assistant.ask(RATE), 1))
    assert "12198.33 ÷ 12436.77 × 100% = 98.08%" in shown
    assert "部门调整预算收入12436.77万元[3]" in shown
    assert "报告所列预算完成率为98.10%，但按其自身数字计算为98.08%" in shown


def test_unfinished_answer_has_no_cards_yet(sample_assistant: Assistant) -> None:
    answer = sample_assistant.ask(RATE)
    assert "jx-calculation" not in answer_html(answer, 1, upto=answer.answer[:10])


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [("98.08", "%", "98.08%"), ("2", None, "2"), ("3", "km", "3 km"), ("5", "万元", "5万元")],
)
def test_amounts(value: str, unit: str | None, shown: str) -> None:
    assert amount(value, unit) == shown


def test_marks_stand_by_position_not_by_search() -> None:
    markup = passage_html("300元，另300元", 5, 9)
    assert markup == "300元，<mark>另300</mark>元"


def test_a_mark_may_hold_a_tab() -> None:
    assert _shown(re.findall("<mark>(.*)</mark>", passage_html("甲\t12\t乙", 0, 4))[0]) == "甲\t12"


def test_an_opened_source_shows_section_and_neighbours(sample_assistant: Assistant) -> None:
    shown = _shown(panel_html([_turn(sample_assistant, RATE)], "zh"))
    assert "年度预算调整数\t370.24" in shown
    assert "出租屋" not in shown  # another section


def test_a_quote_that_no_longer_stands_there_is_not_marked(sample_assistant: Assistant) -> None:
    turn = _turn(sample_assistant, RATE)
    moved = {
        report_id: replace(
            report, passages=tuple(replace(p, text="已更换" + p.text) for p in report.passages)
        )
        for report_id, report in turn.reports.items()
    }
    for reports in ({}, moved):
        markup = panel_html([replace(turn, reports=reports)], "zh")
        assert "<mark>" not in markup
        assert "无法在原文中定位" in markup
        assert "98.10%" in _shown(markup)


def test_earlier_answers_stay_in_the_panel(sample_assistant: Assistant) -> None:
    turns = [_turn(sample_assistant, TAX, 1), _turn(sample_assistant, RATE, 2)]
    markup = panel_html(turns, "zh")
    assert 'id="jx-source-1-1"' in markup
    assert 'id="jx-source-2-3"' in markup
    assert TAX in _shown(markup)


def test_copied_text_carries_its_sources(sample_assistant: Assistant) -> None:
    copied = copy_text(sample_assistant.ask(TAX))
    assert "**" not in copied
    assert "代征个人出租房屋税为 2100.52万元 [1]" in copied
    assert "（yuancun-2022.txt）：「出租屋管理：代征个人出租房屋税2100.52万元」" in copied


def test_lists_escape_names_and_problems(own_assistant: Assistant, tmp_path: Path) -> None:
    own_assistant.ingest_files([hostile_report(tmp_path)])
    infos = own_assistant.reports()
    results = [FileResult(HOSTILE, None, HOSTILE), FileResult("a.txt", HOSTILE, None)]
    warned = [replace(infos[0], title=HOSTILE, warnings=(HOSTILE,))]
    assert "[点我](javascript:" in _shown(reports_html(infos, "zh"))
    for markup in (reports_html(warned, "zh"), results_html(results, "en")):
        assert "<img" not in markup
        assert HOSTILE in _shown(markup)


def test_every_word_exists_in_both_languages() -> None:
    zh, en = (labels(language) for language in LANGUAGES)
    assert zh.keys() == en.keys()
    for key in zh:
        assert zh[key].strip()
        assert en[key].strip()
        assert set(re.findall(r"{\w+}", zh[key])) == set(re.findall(r"{\w+}", en[key]))


@pytest.mark.parametrize(
    ("cookie", "language"),
    [
        ("jx-language=en", "en"),
        ("a=b; jx-language=zh", "zh"),
        ("jx-language=fr", "zh"),
        (";", "zh"),
    ],
)
def test_the_language_chosen_on_the_page_comes_first(cookie: str, language: str) -> None:
    assert chosen_language(cookie, "zh-CN") == language


@pytest.mark.parametrize(
    ("header", "language"), [("zh-TW,zh", "zh"), ("en-US", "en"), (None, "en"), ("de,zh", "en")]
)
def test_browser_language(header: str | None, language: str) -> None:
    assert browser_language(header) == language


def test_an_english_answer_names_things_in_english_and_says_what_is_chinese(
    sample_assistant: Assistant,
) -> None:
    answer = sample_assistant.ask("What was the budget completion rate of Yuancun in 2022?")
    markup = answer_html(answer, 1)
    head = _shown(markup.split('<div class="jx-text">')[0])
    assert "budget completion rate 预算完成率" in head
    shown = _shown(markup)
    assert "Calculation · budget completion rate" in shown
    assert "2022 actual expenditure" in shown
    outside = re.sub(r'<span lang="zh"[^>]*>[^<]*</span>', "", markup)
    assert re.findall(r"[\u4e00-\u9fff]+", _shown(outside)) == []


def test_a_chinese_answer_is_left_as_it_is(sample_assistant: Assistant) -> None:
    assert "lang=" not in answer_html(sample_assistant.ask(RATE), 1)


@given(st.text(alphabet='a 员村，街·<b>"1'))
def test_marking_what_is_chinese_changes_no_text(text: str) -> None:
    assert _shown(foreign(text)) == _shown(escape(text))
