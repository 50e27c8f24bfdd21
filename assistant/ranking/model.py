"""The learned weights: rows of features to how surely each figure is meant, or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.ranking.features import NAMES, NULL_NAMES, Matrix

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Model:
    """``figures`` weighs a candidate's row, ``none`` the row that speaks for none of them."""

    figures: Matrix
    english: Matrix  # what is added for questions in English
    none: Matrix

    def utilities(self, rows: Matrix, *, english: bool) -> Matrix:
        """How well each candidate fits, on the logit scale."""
        fits: Matrix = rows @ self.figures
        if english:
            fits = fits + rows @ self.english
        return fits

    def null(self, row: Matrix) -> float:
        """How well it fits that none is meant, on the same scale."""
        return float(row @ self.none)


def probabilities(utilities: Matrix, null: float) -> Matrix:
    """The softmax of all choices; the last is that none is meant."""
    choices = np.append(utilities, null)
    risen = np.exp(choices - choices.max())
    chances: Matrix = risen / risen.sum()
    return chances


@cache
def model() -> Model:
    """The weights that ship; raises ``ValueError`` where they are not of these features."""
    return load(WEIGHTS, NAMES, NULL_NAMES, "python -m eval.ranker")


def load(path: Path, names: Sequence[str], null_names: Sequence[str], fitted_by: str) -> Model:
    """Weights that were saved; raises ``ValueError`` where they are not of these names."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    if set(kept["figures"]) != set(names) or set(kept["none"]) != set(null_names):
        raise ValueError(f"{path.name}: fitted to other features; run {fitted_by}")
    return Model(
        np.array([kept["figures"][name] for name in names]),
        np.array([kept["english"].get(name, 0.0) for name in names]),
        np.array([kept["none"][name] for name in null_names]),
    )


def save(
    model: Model,
    measured: dict[str, object],
    path: Path = WEIGHTS,
    names: Sequence[str] = NAMES,
    null_names: Sequence[str] = NULL_NAMES,
) -> None:
    """Write weights, with what was measured of them."""
    named = {
        "figures": dict(zip(names, model.figures.round(4).tolist(), strict=True)),
        "english": {n: round(float(v), 4) for n, v in zip(names, model.english, strict=True) if v},
        "none": dict(zip(null_names, model.none.round(4).tolist(), strict=True)),
        "measured": measured,
    }
    path.write_text(json.dumps(named, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
