"""How well the search alone finds what the answer needs, apart from answering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Status
from eval.judge import Share
from eval.quantities import squeeze, states
from eval.questions import Expectation, ExpectedValue, LabelledConversation

Search = Callable[[str], Sequence[str]]  # a question → passage texts, best first

CUTOFFS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """``recall[k]``: needles in the first k passages; ``mrr``: of the first useful passage."""

    questions: int
    recall: dict[int, Share]
    mrr: float

    def __add__(self, other: RetrievalScores) -> RetrievalScores:
        """The scores of two sets of questions as one."""
        questions = self.questions + other.questions
        reciprocal = self.mrr * self.questions + other.mrr * other.questions
        return RetrievalScores(
            questions,
            {k: share + other.recall.get(k, Share()) for k, share in self.recall.items()},
            reciprocal / questions if questions else 0.0,
        )


def evaluate_retrieval(
    conversations: Iterable[LabelledConversation],
    search: Search,
    cutoffs: Sequence[int] = CUTOFFS,
) -> RetrievalScores:
    """Search with the first question of every conversation that has an answer.

    Follow-ups are left out: they mean nothing without what came before them.
    """
    recall = {cutoff: Share() for cutoff in cutoffs}
    ranks: list[float] = []
    for conversation in conversations:
        turn = conversation.turns[0]
        needles = _needles(turn.expect)
        if turn.expect.statuses != (Status.ANSWERED,) or not needles:
            continue
        passages = list(search(turn.question))[: max(cutoffs)]
        for cutoff in cutoffs:
            found = sum(any(needle(text) for text in passages[:cutoff]) for needle in needles)
            recall[cutoff] += Share(found, len(needles))
        ranks.append(_reciprocal_rank(passages, needles))
    return RetrievalScores(len(ranks), recall, sum(ranks) / len(ranks) if ranks else 0.0)


Needle = Callable[[str], bool]


def _needles(expect: Expectation) -> list[Needle]:
    """The expected quotes; where there are none, the expected reported values."""
    if expect.quotes:
        return [_contains(squeeze(quote)) for quote in expect.quotes]
    return [_states(figure.values) for figure in expect.figures if not figure.optional]


def _contains(quote: str) -> Needle:
    return lambda text: quote in squeeze(text)


def _states(options: Sequence[ExpectedValue]) -> Needle:
    return lambda text: any(states(text, option.value, option.unit) for option in options)


def _reciprocal_rank(passages: Sequence[str], needles: Sequence[Needle]) -> float:
    for rank, text in enumerate(passages, start=1):
        if any(needle(text) for needle in needles):
            return 1 / rank
    return 0.0
