"""Conversations are played in order, each without the others' past."""

from __future__ import annotations

import itertools

from eval.questions import LabelledConversation, Turn
from eval.runner import run
from tests.eval.answers import answered, expecting, figure


class Recorder:
    def __init__(self):
        self.asked = []

    def new_conversation(self):
        return Talk(self)


class Talk:
    def __init__(self, recorder):
        self.turns = []
        recorder.asked.append(self.turns)

    def ask(self, question):
        self.turns.append(question)
        if question == "boom":
            raise RuntimeError("no store")
        return answered(figure("1"))


def labelled(name, *questions):
    return LabelledConversation(
        name, "task", "zh", "real", tuple(Turn(q, expecting(texts=("x",))) for q in questions)
    )


def test_each_conversation_starts_anew():
    recorder = Recorder()
    exchanges = run([labelled("a", "1", "2"), labelled("b", "3")], recorder)
    assert recorder.asked == [["1", "2"], ["3"]]
    assert [exchange.turn.question for exchange in exchanges] == ["1", "2", "3"]


def test_an_error_does_not_stop_the_run():
    exchanges = run([labelled("a", "boom", "2")], Recorder())
    assert exchanges[0].answer is None
    assert exchanges[0].error == "RuntimeError: no store"
    assert exchanges[1].answer is not None


def test_time_and_progress():
    ticks = itertools.count(0.0, 0.25)
    seen = []
    [exchange] = run([labelled("a", "1")], Recorder(), seen.append, clock=lambda: next(ticks))
    assert exchange.elapsed_ms == 250
    assert seen == [exchange]
