"""The scores of a run: how often right, how often wrong, how well cited, how fast."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Status
from eval.judge import Judgement, Outcome, Share, judge
from eval.runner import Exchange


@dataclass(frozen=True, slots=True)
class Latency:
    """Time to answer in milliseconds."""

    p50: float
    p95: float
    worst: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What a group of turns scored. Each rate keeps what it was counted from."""

    turns: int
    outcomes: dict[Outcome, int]
    accuracy: Share  # right, of all turns
    wrong_figures: Share  # a wrong figure, of all turns: the one that must be zero
    citation_precision: Share  # figures and operands that the quotes they cite bear out
    citation_recall: Share  # expected quotes that were cited
    figure_precision: Share  # figures given that were asked for
    refusal_precision: Share  # "not found" that was right, of all "not found"
    refusal_recall: Share  # "not found", of all turns where nothing is there
    wrong_years: Share  # of answers where a year was asked for, those of another: must be zero
    silent: int  # turns where nothing is there
    warnings: Share  # contradictions that were pointed out, of those that bear on the answer
    latency: Latency


@dataclass(frozen=True, slots=True)
class Result:
    """The scores of a run, whole and in groups, with every verdict."""

    overall: Scores
    by_category: dict[str, Scores]
    by_language: dict[str, Scores]
    judgements: tuple[Judgement, ...]

    @property
    def misses(self) -> list[Judgement]:
        """Every turn that was not flawless, the worst kind first."""
        return sorted(
            (judgement for judgement in self.judgements if not judgement.flawless),
            key=lambda judgement: _WORST_FIRST.index(judgement.outcome),
        )


_WORST_FIRST = (
    Outcome.FAILED,
    Outcome.WRONG_FIGURE,
    Outcome.UNREFUSED,
    Outcome.INCOMPLETE,
    Outcome.REFUSED,
    Outcome.ASKED_BACK,
    Outcome.RIGHT,
)


def evaluate(exchanges: Iterable[Exchange]) -> Result:
    """Judge every exchange and add up."""
    judgements = tuple(judge(exchange) for exchange in exchanges)
    return Result(
        overall=score(judgements),
        by_category=_grouped(judgements, lambda j: j.exchange.conversation.category),
        by_language=_grouped(judgements, lambda j: j.exchange.conversation.language),
        judgements=judgements,
    )


def score(judgements: Sequence[Judgement]) -> Scores:
    """Add up a group of verdicts."""
    outcomes = dict.fromkeys(Outcome, 0)
    for judgement in judgements:
        outcomes[judgement.outcome] += 1
    given = sum(_figures_given(judgement) for judgement in judgements)
    extra = sum(judgement.extra_figures for judgement in judgements)
    warned = [judgement.warned for judgement in judgements if judgement.warned is not None]
    return Scores(
        turns=len(judgements),
        outcomes=outcomes,
        accuracy=Share(outcomes[Outcome.RIGHT], len(judgements)),
        wrong_figures=Share(outcomes[Outcome.WRONG_FIGURE], len(judgements)),
        citation_precision=_sum(judgement.cited for judgement in judgements),
        citation_recall=_sum(judgement.found for judgement in judgements),
        figure_precision=Share(given - extra, given),
        refusal_precision=_refusal_precision(judgements),
        refusal_recall=_refusal_recall(judgements),
        wrong_years=Share(
            sum(bool(j.wrong_year) for j in judgements),
            sum(j.wrong_year is not None for j in judgements),
        ),
        silent=sum(map(_nothing_there, judgements)),
        warnings=Share(sum(warned), len(warned)),
        latency=_latency([judgement.exchange.elapsed_ms for judgement in judgements]),
    )


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile; 0 of nothing."""
    if not values:
        return 0.0
    rank = max(1, math.ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]


def _figures_given(judgement: Judgement) -> int:
    answer = judgement.exchange.answer
    return len(answer.figures) if answer is not None else 0


def _refused(judgement: Judgement) -> bool:
    answer = judgement.exchange.answer
    return answer is not None and answer.status is Status.NOT_FOUND


def _refusal_precision(judgements: Sequence[Judgement]) -> Share:
    refused = [judgement for judgement in judgements if _refused(judgement)]
    fair = sum(Status.NOT_FOUND in j.exchange.turn.expect.statuses for j in refused)
    return Share(fair, len(refused))


def _refusal_recall(judgements: Sequence[Judgement]) -> Share:
    nothing_there = [judgement for judgement in judgements if _nothing_there(judgement)]
    return Share(sum(_refused(judgement) for judgement in nothing_there), len(nothing_there))


def _nothing_there(judgement: Judgement) -> bool:
    return judgement.exchange.turn.expect.statuses == (Status.NOT_FOUND,)


def _latency(times: Sequence[float]) -> Latency:
    return Latency(percentile(times, 50), percentile(times, 95), max(times, default=0.0))


def _sum(shares: Iterable[Share]) -> Share:
    return sum(shares, Share())


def _grouped(judgements: Sequence[Judgement], key: Callable[[Judgement], str]) -> dict[str, Scores]:
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(key(judgement), []).append(judgement)
    return {name: score(groups[name]) for name in sorted(groups)}
