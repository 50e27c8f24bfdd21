"""Questions that no cue or pattern foresaw, as the reader understands them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.answer import Status
from assistant.conversation import State
from assistant.plan import Plan, Together
from assistant.service import Assistant
from assistant.settings import settings
from tests.assistant.asking import asked, over_text, values

# Invented.
REPORT = """松岭县人力资源和社会保障局2023年度部门整体支出绩效自评报告
一、部门基本情况
年末在编职工86人，聘用人员24人。
二、履职情况
全年受理劳动监察投诉412件，立案298件，办结287件，追回拖欠工资1936.4万元，涉及劳动者1570人。
开办技能培训班64期，培训学员3120人，其中取得职业技能证书2184人，培训支出468万元。
举办招聘会52场，进场企业1180家，达成就业意向6420人。
发放创业担保贷款365笔、5840万元，带动就业1095人。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from over_text("松岭县人社局2023.txt", REPORT, tmp_path_factory)


@pytest.mark.parametrize(
    ("questions", "result"),
    [
        # 2184 of 3120, 287 of 412, 86 and 24, 3120 for each of 64: as the report has them
        (("一共培训了多少学员", "拿到证的呢", "那拿证的占几成"), "70.00%"),
        (
            ("How many complaints came in?", "how many were closed?", "what share is that?"),
            "69.66%",
        ),
        (("在编的和聘用的拢共多少人",), "110人"),
        (("摊到每期培训班有多少学员",), "48.75"),
    ],
)
def test_what_is_made_of_things_in_any_words(
    assistant: Assistant, questions: Sequence[str], result: str
) -> None:
    answer = asked(assistant, *questions)
    assert answer.status is Status.ANSWERED, answer.answer
    assert any(value.startswith(result) for value in values(answer)), answer.answer


@pytest.mark.parametrize(
    ("questions", "figure"),
    [
        (("立案了多少件劳动监察的案子", "办结的呢"), "287件"),
        (("贷款放了多少笔", "一共多少钱"), "5840万元"),
        (("How many job fairs were held?", "and how many firms came?"), "1180家"),
    ],
)
def test_a_follow_up_is_read_with_the_question_before_it(
    assistant: Assistant, questions: Sequence[str], figure: str
) -> None:
    assert values(asked(assistant, *questions)) == [figure]


def test_several_things_are_answered_one_by_one(assistant: Assistant) -> None:
    answer = asked(assistant, "在编的和聘用的各有多少人")
    assert values(answer) == ["86人", "24人"]


def test_without_the_reader_the_rules_alone_plan(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def understood() -> Plan | None:
        question = "在编的和聘用的拢共多少人"
        return assistant.planner.plan(question, assistant.reports(), State()).understood

    assert isinstance(understood(), Together)
    monkeypatch.setenv("JIXIAO_READER", "none")
    settings.cache_clear()
    assert understood() is None


@pytest.mark.parametrize(
    ("question", "count"),
    [("社区文化室项目2023年设了几个三级指标", 7), ("列出社区文化室2023年的满意度指标", 1)],
)
def test_indicators_are_listed_and_counted(
    sample_assistant: Assistant, question: str, count: int
) -> None:
    # samples/culture-project-2023.pdf has seven rows of indicators, one of them 满意度.
    answer = sample_assistant.ask(question)
    assert answer.status is Status.ANSWERED
    if answer.calculations:
        assert values(answer) == [f"{count}个"]
        assert len(answer.citations) == count
    else:
        assert values(answer) == ["94.2%"]


def test_indicators_of_another_project_are_not_listed(sample_assistant: Assistant) -> None:
    assert sample_assistant.ask("列出校车项目的满意度指标").status is Status.NOT_FOUND
