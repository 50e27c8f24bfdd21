"""Fits a conditional logit with one more choice than there are figures: that none is meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.ranking.features import Matrix
from assistant.ranking.model import Model

_STEADINESS = 3.0  # L2 penalty on standardised weights


class Choice(Protocol):
    """One question: what is seen of each figure and of none, and which are meant."""

    @property
    def english(self) -> bool: ...
    @property
    def rows(self) -> Matrix: ...
    @property
    def null(self) -> Matrix: ...
    @property
    def meant(self) -> NDArray[np.bool_]: ...


def fit_logit(
    given: Sequence[Choice],
    names: Sequence[str],
    *,
    by_language: Sequence[str],
    speak_for: Collection[str],
    speak_against: Collection[str],
) -> Model:
    """Weights by maximum likelihood with an L2 penalty.

    ``names`` are those of the columns of ``rows``; ``by_language`` those whose worth is
    another one in English. What can only speak for or against a figure keeps its sign.
    """
    from scipy.optimize import minimize

    everything = np.vstack([e.rows for e in given])
    mean, spread = everything.mean(0), everything.std(0) + 1e-6
    both = [names.index(name) for name in by_language]
    size, shared, none = len(names), len(both), len(given[0].null)
    scaled = (everything - mean) / spread
    counts = np.array([len(e.rows) for e in given])
    of = np.repeat(np.arange(len(given)), counts)  # the example of each row
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    english_rows = np.repeat([e.english for e in given], counts)[:, None]
    stacked = np.hstack([scaled, scaled[:, both] * english_rows])
    speaks = np.vstack([e.null for e in given])
    meant = np.concatenate([e.meant for e in given]).astype(float)
    silent = np.array([not e.meant.any() for e in given], dtype=float)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        own, null = weights[: size + shared], weights[size + shared :]
        fits, nothing = stacked @ own, speaks @ null
        top = np.maximum(np.maximum.reduceat(fits, starts), nothing)
        risen, still = np.exp(fits - top[of]), np.exp(nothing - top)
        everyone = np.add.reduceat(risen, starts) + still
        right = np.add.reduceat(risen * meant, starts) + still * silent + 1e-30
        pull = risen / everyone[of] - risen * meant / right[of]
        pull_null = still / everyone - still * silent / right
        penalty = 0.5 * _STEADINESS * float(own @ own) + 0.05 * float(null @ null)
        slope = np.concatenate([stacked.T @ pull, speaks.T @ pull_null])
        slope += np.concatenate([_STEADINESS * own, 0.1 * null])
        return penalty - float(np.log(right / everyone).sum()), slope

    start = np.zeros(size + shared + none)
    bounds = [
        (0.0 if n in speak_for else None, 0.0 if n in speak_against else None)
        for n in (*names, *by_language)
    ] + [(None, None)] * none
    options = {"maxiter": 200}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    english = np.zeros(size)
    english[both] = found[size : size + shared]
    figures, english = found[:size] / spread, english / spread
    # The mean shifts every choice but that none is meant: it belongs to that one.
    null = found[size + shared :].copy()
    null[0] += float(mean @ figures)
    null[1] += float(mean @ english)
    return Model(figures, english, null)
