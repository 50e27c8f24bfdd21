"""Recall and reciprocal rank of a search."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from eval.judge import Share
from eval.questions import LabelledConversation, Turn
from eval.retrieval import evaluate_retrieval
from tests.eval.answers import expected, expecting


def ask(expectation, question="q"):
    return LabelledConversation(question, "task", "zh", "real", (Turn(question, expectation),))


def test_recall_and_rank():
    passages = ["居住证2.3万张", "税12100.52", "税 2100.52万元", *["别的"] * 6, "信访585宗"]
    scores = evaluate_retrieval(
        [
            ask(expecting(expected("2100.52"))),
            ask(expecting(expected("585", "宗"), quotes=("居住证", "信访585宗"))),
            ask(expecting(status=Status.NOT_FOUND)),
        ],
        lambda question: passages,
    )
    assert scores.questions == 2
    assert scores.recall == {1: Share(1, 3), 5: Share(2, 3), 10: Share(3, 3)}
    assert scores.mrr == pytest.approx((1 / 3 + 1) / 2)


def test_nothing_found():
    scores = evaluate_retrieval([ask(expecting(expected("1")))], lambda question: [])
    assert scores.mrr == 0.0
    assert evaluate_retrieval([], lambda question: []).questions == 0


def test_scores_of_two_sets_add_up():
    one = evaluate_retrieval([ask(expecting(expected("1")))], lambda question: ["1"])
    none = evaluate_retrieval([ask(expecting(expected("1")))], lambda question: ["2"])
    both = one + none
    assert (both.questions, both.mrr, both.recall[1]) == (2, 0.5, Share(1, 2))
