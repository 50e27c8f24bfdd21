"""What a right answer to a turn is, from its kind and the values of its things."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.reader.sentence import Kind
from eval.questions import load_questions
from eval.reader.conversations import Turn, Value
from eval.reader.talk import expected, held_back, lay_out_talk


def turn(kind: Kind, **values: str | None) -> Turn:
    made = {
        letter: None if value is None else Value(Decimal(value.split()[0]), value.split()[1])
        for letter, value in values.items()
    }
    return Turn(kind, "?", {letter: {0} for letter in made}, values=made)


@pytest.mark.parametrize(
    ("kind", "values", "result"),
    [
        (Kind.DIFF, {"A": "12 件", "B": "15 件"}, "3"),
        (Kind.SHARE, {"A": "12 件", "B": "15 件"}, "80.00"),
        (Kind.SUM, {"A": "12.5 万元", "B": "15 万元"}, "27.5"),
        (Kind.AVG, {"A": "12 件", "B": "15 件"}, "13.50"),
        (Kind.PER, {"A": "12 万元", "B": "15 户"}, "0.80"),
    ],
)
def test_results_are_computed(kind: Kind, values: dict[str, str], result: str) -> None:
    found = expected(turn(kind, **values), 2023)
    assert found is not None
    (computed,) = found["computed"]  # type: ignore[misc]
    assert computed["value"] == result


def test_of_units_that_differ_nothing_is_made() -> None:
    assert expected(turn(Kind.SUM, A="12 件", B="15 人"), 2023) is None
    assert expected(turn(Kind.SHARE, A="12 件", B="15 人"), 2023) is None


def test_what_is_not_there_is_not_found() -> None:
    assert expected(turn(Kind.LOOK, A=None), 2023) == {"status": "not_found"}
    assert expected(turn(Kind.LOOK, A=None, B="3 件"), 2023) is None
    assert expected(turn(Kind.WHY), 2023) is None


def test_held_back_conversations_are_a_labelled_set(tmp_path: Path) -> None:
    files = held_back()
    assert {file.stem[-2:] for file in files} == {"06", "12"}
    questions, reports = lay_out_talk(files[0], tmp_path)
    assert len(load_questions(questions)) > 30
    assert list(reports.glob("*.html"))
