"""How well the tokens of a question and those of a figure answer each other.

Each token of one looks for the nearest of the other. What of the question finds nothing,
and what the figure says that nobody asked, speaks against it; how much, the network says
of each token (its gate).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text: a unit vector a token (tokens × width), their gates, and one of the whole."""

    tokens: Floats
    gates: Floats
    whole: Floats


@dataclass(frozen=True, slots=True)
class Worth:
    """What each part of the comparison is worth, as fitted with the network."""

    asked: float  # mean nearness of the question's tokens
    whole: float
    said: float  # mean nearness of the figure's
    asked_missing: float
    said_beside: float
    constant: float


def opinion(question: Encoded, figure: Encoded, worth: Worth) -> float:
    """How surely the figure is meant, on a logit scale on which 0 is that none is."""
    near = question.tokens.astype(np.float32) @ figure.tokens.astype(np.float32).T
    asked, said = near.max(1), near.max(0)
    ask, say = question.gates, figure.gates
    return float(
        worth.asked * (ask @ asked) / (ask.sum() + _TINY)
        + worth.whole * (question.whole @ figure.whole.astype(np.float32))
        + worth.said * (say @ said) / (say.sum() + _TINY)
        - worth.asked_missing * (ask @ (1 - asked))
        - worth.said_beside * (say @ (1 - said))
        + worth.constant
    )
