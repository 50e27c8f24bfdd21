"""Questions for a name, for what there is and for what was added, for parts and for gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Status
from assistant.conversation import State
from assistant.lexicon import lexicon
from assistant.plan import Explain
from assistant.service import Assistant
from tests.conftest import open_store

REPORTS = {
    2022: """梅岭县公安局2022年度部门整体支出绩效自评报告
一、部门基本情况
年末实有民警487人、辅警963人，培训民警6104人次。
二、绩效目标完成情况
查处违纪民警4人、辅警11人。建成无人机巡逻点6个。签约项目68个。
道路交通事故死亡11人，死亡人数同比减少3人。电信诈骗案件立案861起，破案297起。
油茶林年末面积16.62万亩，新造油茶林1.32万亩。
""",
    2023: """梅岭县公安局2023年度部门整体支出绩效自评报告
一、部门基本情况
年末实有民警496人、辅警1012人，培训民警6350人次。
二、绩效目标完成情况
查处违纪民警2人、辅警8人。建成无人机巡逻点9个。签约项目71个。
道路交通事故死亡9人。电信诈骗案件立案742起，破案318起。
库房改造由青山建设有限公司中标，5月12日开工。
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = tmp_path_factory.mktemp("files")
    for year, text in REPORTS.items():
        (files / f"{year}.txt").write_text(text, encoding="utf-8")
    store = open_store(tmp_path_factory.mktemp("store"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    assert all(o.problem is None for o in assistant.ingest_files([files]))
    yield assistant
    store.close()


@pytest.mark.parametrize(
    "question",
    [
        "2023年建成的无人机巡逻点是什么牌子的",
        "2022年签约项目是哪些企业签的",
        "2022年查处的违纪民警是谁",
        "2022年建成的无人机巡逻点在哪里",
        "Who were the police officers disciplined in 2022?",
        "What brand are the drones of 2023?",
    ],
)
def test_no_figure_answers_who_where_or_what_brand(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NOT_FOUND, answer.answer
    assert answer.figures == ()


def test_a_sentence_that_says_the_name_answers(assistant: Assistant) -> None:
    answer = assistant.ask("2023年库房改造是哪家公司中标的")
    assert answer.status is Status.ANSWERED
    assert "青山建设有限公司" in answer.answer


@pytest.mark.parametrize(
    "question", ["2022年存在哪些问题", "2022年哪些单位支出最多", "经费花在哪里了", "谁的支出更高"]
)
def test_other_questions_with_such_words_ask_for_no_name(
    assistant: Assistant, question: str
) -> None:
    plan = assistant.planner.plan(question, assistant.reports(), State()).plan
    assert not (isinstance(plan, Explain) and plan.said)


def test_what_there_is_is_neither_added_nor_counted_in_times(assistant: Assistant) -> None:
    there = assistant.ask("2022年油茶林有多少亩")
    assert [f.value for f in there.figures] == ["16.62"], there.answer
    added = assistant.ask("2022年新造了多少亩油茶林")
    assert [f.value for f in added.figures] == ["1.32"], added.answer
    police = assistant.ask("2022年县公安局有多少民警")
    assert "6104" not in [f.value for f in police.figures]


def test_a_unit_of_its_own_is_not_answered_in_another(assistant: Assistant) -> None:
    assert assistant.ask("2022年无人机飞了多少架次").figures == ()


def test_a_part_is_not_answered_with_its_whole(assistant: Assistant) -> None:
    assert assistant.ask("2022年签约项目里投产的有几个").figures == ()


def test_what_became_of_a_thing_is_not_the_thing(assistant: Assistant) -> None:
    answer = assistant.ask("2022年道路交通事故死亡多少人")
    assert [f.value for f in answer.figures] == ["11"], answer.answer


def test_how_many_more_is_the_difference_alone(assistant: Assistant) -> None:
    answer = assistant.ask("2023年签约项目比2022年多几个")
    assert [(f.value, f.kind) for f in answer.figures] == [("3", "computed")], answer.answer
    grown = assistant.ask("2023年签约项目比2022年增长了百分之几")
    assert [f.value for f in grown.figures] == ["4.41"], grown.answer


def test_years_without_their_word_are_years(assistant: Assistant) -> None:
    answer = assistant.ask("签约项目2023比2022多了几个")
    assert [f.value for f in answer.figures] == ["3"], answer.answer


@pytest.mark.parametrize(
    ("asked", "reported"),
    [("烟雾报警器", "烟感"), ("老百姓", "群众"), ("打官司", "诉讼"), ("拉垃圾", "垃圾清运")],
)
def test_everyday_words_lead_to_those_of_reports(asked: str, reported: str) -> None:
    forms = lexicon().chinese.get(asked, ())
    assert any(reported in form for form in forms), forms
