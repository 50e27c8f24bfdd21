"""Which reading of a question is answered, and which figure of the report is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.answer import Status
from assistant.service import Assistant
from assistant.settings import settings
from tests.assistant.asking import asked, over_text, values

# Invented.
REPORT = """白石县民政局2022年度部门整体支出绩效自评报告
一、部门基本情况
年末在编职工48人，其中女职工19人。全额拨款事业单位12家，差额拨款事业单位5家。
二、履职情况
全县养老机构26家，提供床位3140张，其中护理型床位1702张，入住老人1988人。
开展干部业务培训14期，培训干部612人次。
计划生育特别扶助对象236人，发放特别扶助金354万元。
办理结婚登记2840对，离婚登记655对。
新发展志愿者目标450人，实际发展523人。
社会保险费收入7.20亿元，非税收入1.80亿元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from over_text("白石县民政局2022.txt", REPORT, tmp_path_factory)


@pytest.mark.parametrize(
    "question", ["今年有几家养老机构", "How many care homes are there this year?"]
)
def test_this_year_is_that_of_the_report_where_no_later_one_is_loaded(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert values(answer) == ["26家"]
    assert "2026" in " ".join(answer.warnings), answer.warnings
    assert "2022" in " ".join(answer.warnings), answer.warnings


@pytest.mark.parametrize(
    ("questions", "result"),
    [
        # 354 of 236, 19 of 48, 2840 less 655: as the report has them
        (("特扶对象有多少人", "发了多少扶助金", "平均一个人多少"), "15000"),
        (("特扶对象有多少人", "发下去多少钱", "一个人一年合多少"), "15000"),
        (("在编职工多少人", "女的呢", "占几成"), "39.58%"),
        (("多少对结婚登记", "离婚的呢", "差多少"), "2185对"),
    ],
)
def test_what_was_answered_is_what_is_reckoned_with(
    assistant: Assistant, questions: Sequence[str], result: str
) -> None:
    answer = asked(assistant, *questions)
    assert answer.status is Status.ANSWERED, answer.answer
    assert any(value.startswith(result) for value in values(answer)), answer.answer


def test_the_more_of_two_is_told_of_the_figures_answered(assistant: Assistant) -> None:
    answer = asked(assistant, "社保费收了多少", "非税呢", "哪个多")
    assert values(answer) == ["7.20亿元", "1.80亿元"]


@pytest.mark.parametrize(
    "questions",
    [
        ("开展干部培训几期", "女干部多少"),
        ("养老机构几家", "来的人次"),
        ("离婚登记多少对", "调解离婚多少对"),
        ("有几家养老机构", "日间照料的呢"),
        ("办了多少对结婚登记", "涉外的几对"),
        ("How many care homes are there?", "what did they cost"),
    ],
)
def test_a_follow_up_is_not_answered_with_what_only_sounds_alike(
    assistant: Assistant, questions: Sequence[str]
) -> None:
    assert asked(assistant, *questions).status is not Status.ANSWERED


def test_the_reader_is_asked_where_the_rules_find_nothing(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 差额 is how much to the rules.
    questions = ("全额拨款的单位有几家", "差额拨款的几家")
    assert values(asked(assistant, *questions)) == ["5家"]
    monkeypatch.setenv("JIXIAO_READER", "none")
    settings.cache_clear()
    assert asked(assistant, *questions).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("新志愿者发展了多少", "523人"),
        ("新志愿者的目标是多少", "450人"),
        ("How many new volunteers were there?", "523人"),
    ],
)
def test_what_was_done_is_meant_where_no_target_is_asked(
    assistant: Assistant, question: str, figure: str
) -> None:
    assert values(assistant.ask(question)) == [figure]


def test_a_sum_of_things_listed_is_one_figure(assistant: Assistant) -> None:
    # 2840 and 655, as the report has them
    answer = assistant.ask("marriages and divorces put together")
    assert values(answer)[-1] == "3495对", answer.answer
