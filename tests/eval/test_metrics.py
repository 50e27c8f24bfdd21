"""Verdicts added up."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from eval.judge import Outcome, Share
from eval.metrics import evaluate, percentile
from tests.eval.answers import answered, exchange, expected, expecting, figure, other

RIGHT = (expecting(expected("2100.52"), quotes=("2100.52",)), answered(figure("2100.52")))
WRONG = (expecting(expected("2100.52")), answered(figure("900", "份")))
REFUSED = (expecting(expected("2100.52"), quotes=("1600",)), other(Status.NOT_FOUND))
RIGHTLY_REFUSED = (expecting(status=Status.NOT_FOUND), other(Status.NOT_FOUND))
INVENTED = (expecting(status=Status.NOT_FOUND), answered(figure("900", "份")))
EXTRA = (expecting(expected("2100.52")), answered(figure("2100.52"), figure("900", "份")))


@pytest.fixture
def result():
    pairs = [RIGHT, WRONG, REFUSED, RIGHTLY_REFUSED, INVENTED, EXTRA]
    return evaluate(
        exchange(wanted, answer, category="there" if index < 3 else "rest", elapsed_ms=index + 1.0)
        for index, (wanted, answer) in enumerate(pairs)
    )


def test_rates(result):
    scores = result.overall
    assert scores.turns == 6
    assert scores.accuracy == Share(3, 6)
    assert scores.wrong_figures == Share(2, 6)
    assert scores.refusal_precision == Share(1, 2)
    assert scores.refusal_recall == Share(1, 2)
    assert scores.silent == 2
    assert scores.citation_precision == Share(5, 5)
    assert scores.citation_recall == Share(1, 2)
    assert scores.figure_precision == Share(2, 5)
    assert sum(scores.outcomes.values()) == 6


def test_groups(result):
    assert result.by_category["there"].accuracy == Share(1, 3)
    assert result.by_category["rest"].accuracy == Share(2, 3)
    assert set(result.by_language) == {"zh"}


def test_misses_begin_with_the_worst(result):
    assert [miss.outcome for miss in result.misses] == [
        Outcome.WRONG_FIGURE,
        Outcome.WRONG_FIGURE,
        Outcome.REFUSED,
    ]


def test_latency(result):
    latency = result.overall.latency
    assert (latency.p50, latency.p95, latency.worst) == (3.0, 6.0, 6.0)


def test_nothing_counted_has_no_rate():
    scores = evaluate([]).overall
    assert scores.accuracy.rate is None
    assert scores.latency.worst == 0.0


def test_percentile():
    assert percentile(range(1, 101), 95) == 95
    assert percentile([7.0], 50) == 7.0
    assert percentile([], 50) == 0.0
