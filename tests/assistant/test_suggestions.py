"""What may be asked next: offered only where the reports answer it, and as meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Status
from assistant.service import Assistant
from assistant.suggestions import suggest
from tests.conftest import SAMPLES, open_store

TAX = "2022年员村街代征个人出租房屋税多少？"


@pytest.fixture(scope="module")
def one_report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that knows one office in one year."""
    store = open_store(tmp_path_factory.mktemp("one"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    yield assistant
    store.close()


def offered(assistant: Assistant, question: str) -> dict[str, str]:
    """The questions offered after the answer to one, by what their buttons say."""
    return {s.button: s.question for s in suggest(assistant, assistant.ask(question))}


def test_the_year_before_is_offered_where_it_is_loaded(sample_assistant: Assistant) -> None:
    question = offered(sample_assistant, TAX)["与2021年比较"]
    answer = sample_assistant.ask(question)
    # 2100.52 in yuancun-2022.txt, 1836.40 in yuancun-2021.txt
    assert [o.value for o in answer.calculations[0].operands] == ["2100.52", "1836.40"]


def test_nothing_is_offered_that_one_report_alone_cannot_answer(one_report: Assistant) -> None:
    assert [*offered(one_report, TAX)] == ["目标是多少"]


def test_the_target_offered_is_the_targets(one_report: Assistant) -> None:
    answer = one_report.ask(offered(one_report, TAX)["目标是多少"])
    assert [f.value for f in answer.figures] == ["1600"]


def test_the_share_offered_rests_on_the_amount_that_was_answered(
    sample_assistant: Assistant,
) -> None:
    asked = "员村街道办事处2023年出租屋管理专项经费用了多少资金？"
    answer = sample_assistant.ask(offered(sample_assistant, asked)["占实际支出的比例"])
    # 690.80 of 12805.18, both in yuancun-2023.txt: 5.394..., half up 5.39
    assert [(f.value, f.unit) for f in answer.figures if f.kind == "computed"] == [("5.39", "%")]


def test_asked_back_which_office_the_offices_are_offered(sample_assistant: Assistant) -> None:
    asked = "2022年实际支出数是多少？"
    assert sample_assistant.ask(asked).status is Status.CLARIFY
    question = offered(sample_assistant, asked)["棠东街道办事处"]
    assert sample_assistant.ask(question).figures[0].value == "8735.10"


def test_for_a_year_that_is_not_loaded_those_that_are_are_offered(
    sample_assistant: Assistant,
) -> None:
    found = offered(sample_assistant, "2020年员村街实际支出是多少")
    assert found["2021年"] == "2021年员村街实际支出是多少"
    assert sample_assistant.ask(found["2021年"]).figures[0].value == "11480.25"


@pytest.mark.parametrize(
    "question",
    [
        TAX,
        "2022年员村街预算完成率是多少？",
        "2022年社区文化室建设的执行率是多少",
        "What was the budget completion rate of Yuancun in 2022?",
        "What was the actual expenditure in 2022?",
    ],
)
def test_whatever_is_offered_is_answered(sample_assistant: Assistant, question: str) -> None:
    found = offered(sample_assistant, question)
    assert found
    for asked in found.values():
        assert sample_assistant.ask(asked).status is Status.ANSWERED
        assert asked != question


def test_the_scope_that_was_set_answers_a_question_that_names_none(
    sample_assistant: Assistant, tmp_path: Path
) -> None:
    conversation = sample_assistant.new_conversation()
    assert conversation.in_force() == ((), None)
    department = "广州市天河区人民政府棠东街道办事处"
    conversation.set_scope([department], 2022)
    assert conversation.ask("实际支出数是多少？").figures[0].value == "8735.10"
    # A question that names another office is answered for that one, which is then in force.
    assert conversation.ask("员村街2021年实际支出数是多少？").figures[0].value == "11480.25"
    assert conversation.in_force() == (("广州市天河区人民政府员村街道办事处",), 2021)
    conversation.set_scope([], None)
    assert conversation.in_force() == ((), None)


def test_the_others_of_a_ranking_are_shown_and_not_figures(sample_assistant: Assistant) -> None:
    answer = sample_assistant.ask("2022年哪个部门预算完成率最高")
    assert [f.value for f in answer.figures] == ["98.10"]
    assert {f.value for f in answer.shown} == {"95.78", "96.00"}
    assert "shown" not in answer.to_json()
