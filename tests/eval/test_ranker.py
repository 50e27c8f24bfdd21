"""Fitting the ranker: it learns from examples what speaks for a figure, and when to be silent."""

from __future__ import annotations

import numpy as np

from assistant.ranking.features import NAMES, NULL_NAMES
from eval.ranker import Example, ask, fit

_COVER = NAMES.index("cover")


def _example(covers: list[float], meant: int | None) -> Example:
    rows = np.zeros((len(covers), len(NAMES)))
    rows[:, _COVER] = covers
    null = np.zeros(len(NULL_NAMES))
    null[0] = 1.0
    right = np.array([n == meant for n in range(len(covers))])
    return Example("made", "?", False, rows, null, right, tuple(map(str, range(len(covers)))))


def _made() -> list[Example]:
    return [
        *(_example([0.9, 0.2, 0.1], 0) for _ in range(30)),
        *(_example([0.1, 0.3, 0.95], 2) for _ in range(30)),
        *(_example([0.3, 0.2, 0.1], None) for _ in range(30)),
    ]


def test_it_takes_the_figure_that_covers_most() -> None:
    tally = ask(fit(_made()), [_example([0.15, 0.9], 1)], 0.5, 0.5)
    assert (tally.right, tally.wrong) == (1, 0)


def test_it_is_silent_where_nothing_covers_enough() -> None:
    tally = ask(fit(_made()), [_example([0.25, 0.3, 0.2], None)], 0.5, 0.5)
    assert (tally.silent, tally.spoke) == (1, 0)


def test_a_stricter_threshold_answers_no_more() -> None:
    fitted = fit(_made())
    asked = [_example([c, 0.2], 0) for c in (0.4, 0.5, 0.6, 0.7, 0.8)]
    answered = [ask(fitted, asked, sure, 0.5).right for sure in (0.3, 0.6, 0.9)]
    assert answered == sorted(answered, reverse=True)


def test_two_equally_good_figures_are_not_answered_with_one() -> None:
    tally = ask(fit(_made()), [_example([0.9, 0.9], 0)], 0.6, 0.5)
    assert tally.refused == 1
