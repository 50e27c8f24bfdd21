"""Asks the labelled questions, each conversation on its own, and keeps what came back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer
from eval.questions import LabelledConversation, Turn


class Conversation(Protocol):
    """Something that remembers what was asked before."""

    def ask(self, question: str) -> Answer:
        """The answer to one question."""
        ...


class Answerer(Protocol):
    """Anything whose conversations can be scored: the product, or a rival."""

    def new_conversation(self) -> Conversation:
        """A conversation without a past."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn as it was played. ``answer`` is None where asking failed with ``error``."""

    conversation: LabelledConversation
    position: int  # of the turn, from 0
    answer: Answer | None
    error: str | None
    elapsed_ms: float  # measured here, whatever the answer says of itself

    @property
    def turn(self) -> Turn:
        return self.conversation.turns[self.position]


def run(
    conversations: Iterable[LabelledConversation],
    answerer: Answerer,
    progress: Callable[[Exchange], None] | None = None,
    clock: Callable[[], float] = time.perf_counter,
    stopped: Callable[[], bool] = lambda: False,
) -> list[Exchange]:
    """Ask every turn of every conversation, in order; what was asked until it is ``stopped``."""
    exchanges: list[Exchange] = []
    for conversation in conversations:
        if stopped():
            break
        for exchange in _play(conversation, answerer, clock):
            exchanges.append(exchange)
            if progress is not None:
                progress(exchange)
    return exchanges


def _play(
    labelled: LabelledConversation, answerer: Answerer, clock: Callable[[], float]
) -> Iterator[Exchange]:
    conversation = answerer.new_conversation()
    for position, turn in enumerate(labelled.turns):
        answer: Answer | None = None
        error: str | None = None
        started = clock()
        try:
            answer = conversation.ask(turn.question)
        except Exception as failure:  # a crash is a result too, and the other questions go on
            error = f"{type(failure).__name__}: {failure}"
        if not turn.scored:
            continue
        yield Exchange(labelled, position, answer, error, (clock() - started) * 1000)
