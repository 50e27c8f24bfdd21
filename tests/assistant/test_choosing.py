"""Which of several is meant, said after it was asked back; the other side of what was answered."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer, Status
from assistant.service import Assistant


def asked(assistant: Assistant, *turns: str) -> list[Answer]:
    conversation = assistant.new_conversation()
    return [conversation.ask(turn) for turn in turns]


def values(answer: Answer) -> list[str]:
    return [f"{f.value}{f.unit or ''}" for f in answer.figures]


@pytest.fixture(scope="module")
def asked_back(county: Assistant) -> Answer:
    """The shows' and the halls' project forms and the water bureau each state a satisfaction."""
    (answer,) = asked(county, "群众满意度是多少？")
    assert answer.status is Status.CLARIFY
    assert len(_offered(answer)) > 1
    return answer


def _offered(answer: Answer) -> list[str]:
    return re.findall(r"\*\*([^*]+)\*\*", answer.answer)


@pytest.mark.parametrize("said", ["第一个", "the first one", "第1个", "前者"])
def test_one_of_the_choices_by_its_number(county: Assistant, asked_back: Answer, said: str) -> None:
    _, chosen = asked(county, "群众满意度是多少？", said)
    assert chosen.status is Status.ANSWERED
    assert values(chosen) == _offered(asked_back)[:1]


def test_one_of_the_choices_by_its_office(county: Assistant) -> None:
    _, chosen = asked(county, "群众满意度是多少？", "水务局的")
    assert values(chosen) == ["94.5%"]


def test_a_number_beyond_the_choices_chooses_nothing(county: Assistant) -> None:
    _, chosen = asked(county, "群众满意度是多少？", "第5个")
    assert chosen.status is not Status.ANSWERED


def test_the_target_of_what_was_just_answered_and_back(county: Assistant) -> None:
    done, aim = asked(county, "水务局疏浚河道多少公里", "目标呢")
    assert values(done) == ["86公里"]
    assert values(aim) == ["90公里"]
    assert values(asked(county, "水务局计划新建水窖多少口", "实际呢")[-1]) == ["320口"]


def test_what_nobody_asked_for_is_not_given_again(county: Assistant) -> None:
    """How many were rejected? is not answered with those that were received."""
    received, rejected = asked(county, "水务局受理群众来信多少件", "其中退回的多少件")
    assert values(received) == ["512件"]
    assert values(rejected) != ["512件"]
    assert rejected.status is Status.NOT_FOUND


def test_a_list_of_things_asks_for_each(county: Assistant) -> None:
    (answer,) = asked(county, "戏曲下乡演出专项项目的全年预算、全年执行和执行率各是多少")
    assert {"80.00万元", "76.00万元"} <= set(values(answer))
    assert any(v.startswith("95.00") for v in values(answer))
