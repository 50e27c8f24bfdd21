"""Conversations that the reader learns from: what is marked, and what is taken over."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.reader.sentence import Kind
from eval.reader.conversations import Turn, Value, conversations
from eval.reader.fields import FIELDS

TALK = """look	今年[A 培训]了多少[A 护工]	A=412 人
look	[A 考出证的]呢{A 护工}	A=388 人
look	how many [B drop-outs] and [A transfers]?	A=none; B=7 -
share	回到培训，通过率算多少{A 考出证的}{B 培训}{B 护工}	A=388 人; B=412 人

why	为什么没完成	-
"""


@pytest.fixture
def talk(tmp_path: Path) -> list[list[Turn]]:
    file = tmp_path / "talk.conv"
    file.write_text(TALK, encoding="utf-8")
    return list(conversations(file))


def test_things_are_marked_in_the_plain_question(talk: list[list[Turn]]) -> None:
    first = talk[0][0]
    assert first.text == "今年培训了多少护工"
    assert first.words("A") == "培训 护工"
    assert first.values == {"A": Value(Decimal(412), "人")}


def test_words_are_taken_over_from_the_last_question(talk: list[list[Turn]]) -> None:
    follow = talk[0][1]
    assert follow.before == ("今年培训了多少护工",)
    assert follow.words("A") == "考出证的 护工"


def test_none_is_no_value_and_a_dash_any_unit(talk: list[list[Turn]]) -> None:
    both = talk[0][2]
    assert both.letters == ["A", "B"]
    assert both.values == {"A": None, "B": Value(Decimal(7), None)}


def test_each_value_has_its_own_unit(tmp_path: Path) -> None:
    file = tmp_path / "talk.conv"
    file.write_text(
        "sum	[A 花坛]和[B 草坪]加起来	A=12 处; B=3.5 万平方米\n", encoding="utf-8"
    )
    ((turn,),) = conversations(file)
    assert [value.unit for value in turn.values.values() if value] == ["处", "万平方米"]


def test_what_lies_further_back_stands_for_the_question_before_the_last(
    talk: list[list[Turn]],
) -> None:
    # 考出证的 was said in the last but one question, 培训 and 护工 in the first: both cannot
    # be read, so the turn is left out.
    assert [t.kind for t in talk[0]] == [Kind.LOOK, Kind.LOOK, Kind.LOOK]


def test_a_new_conversation_takes_nothing_over(talk: list[list[Turn]]) -> None:
    assert talk[1] == [Turn(Kind.WHY, "为什么没完成", {})]


@pytest.mark.parametrize("file", sorted(FIELDS.glob("*.conv")), ids=lambda f: f.stem)
def test_the_conversations_of_the_project_are_well_formed(file: Path) -> None:
    report = file.with_suffix(".txt").read_text(encoding="utf-8").replace(",", "")
    turns = [turn for talk in conversations(file) for turn in talk]
    assert len(turns) > 50
    for turn in turns:
        for letter, value in turn.values.items():
            assert letter in turn.letters or letter not in "ABCD", turn.text
            assert value is None or f"{value.number}" in report, turn.text
