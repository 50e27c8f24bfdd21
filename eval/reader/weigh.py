"""Fits how the reader's opinion counts beside what the ranker sees.

Only look-ups count that the network was not fitted to, and of them only those of plain
questions: with the parts of conversations among them, too much was asked back (open sets
75.2 % right instead of 76.3). What is measured is written beside
the weights: each source asked of weights that were fitted to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.ranking.features import AGAINST, Matrix
from assistant.ranking.model import Model, probabilities, save
from assistant.reader.network import network
from assistant.reader.second_look import (
    BY_LANGUAGE,
    FOR,
    NAMES,
    NULL_NAMES,
    READ,
    WEIGHTS,
    null_row,
    rows,
)
from eval.logit import fit_logit
from eval.ranker import Tally
from eval.reader.examples import TALK, Reading
from eval.reader.training import HELD

LEAST = (0.0, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
_MOST_DOUBT = 0.5
_PARTS = 6  # reports of ``fields`` that are held back together


@dataclass(frozen=True, slots=True)
class Seen:
    """A look-up as the second look sees it."""

    source: str
    english: bool
    rows: Matrix
    null: Matrix
    meant: NDArray[np.bool_]
    values: tuple[str, ...]
    silent: bool


def seen(reading: Reading) -> Seen:
    """The likeliest figures, read."""
    opinions = np.array(network().opinions(reading.put, reading.figures[:READ]))
    return Seen(
        reading.source,
        reading.english,
        rows(reading.rows[:READ].astype(float), opinions),
        null_row(reading.null, opinions, english=reading.english),
        np.array(reading.meant[:READ]),
        reading.values[:READ],
        not any(reading.meant),
    )


def fit(given: Sequence[Seen]) -> Model:
    """The weights of the second look; look-ups whose figure was not read teach nothing."""
    return fit_logit(
        [each for each in given if each.silent or each.meant.any()],
        NAMES,
        by_language=BY_LANGUAGE,
        speak_for=FOR,
        speak_against=AGAINST,
    )


def asked(model: Model, given: Sequence[Seen], least_sure: float) -> Tally:
    """What becomes of look-ups at a least chance."""
    total = Tally()
    for each in given:
        utilities = model.utilities(each.rows, english=each.english)
        chances = probabilities(utilities, model.null(each.null))
        best = int(np.argmax(utilities))
        value = each.values[best]
        sure = sum(c for c, v in zip(chances, each.values, strict=False) if v == value)
        answered = chances[-1] <= _MOST_DOUBT and sure >= least_sure
        if each.silent:
            total += Tally(spoke=1) if answered else Tally(silent=1)
        elif not answered:
            total += Tally(refused=1)
        else:
            total += Tally(right=1) if each.meant[best] else Tally(wrong=1)
    return total


def weigh(readings: Sequence[Reading]) -> None:
    """Fit, measure with each part left out, write the weights that ship."""
    held = [each for each in readings if HELD.search(each.source)]
    given = [seen(each) for each in held if not each.source.startswith(TALK)]
    curves = {kind: dict.fromkeys(LEAST, Tally()) for kind in ("sets", "fields")}
    for part in _parts({each.source for each in given}):
        apart = fit([each for each in given if each.source not in part])
        own = [each for each in given if each.source in part]
        for least in LEAST:
            curves["sets" if len(part) == 1 else "fields"][least] += asked(apart, own, least)
    for kind, curve in curves.items():
        for least, tally in curve.items():
            print(kind, least, tally)
    measured = {
        kind: {
            f"{least}": {name: getattr(tally, name) for name in Tally.__dataclass_fields__}
            for least, tally in curve.items()
        }
        for kind, curve in curves.items()
    }
    model = fit(given)
    save(model, {"examples": len(given), "held_out_by_least_sure": measured}, WEIGHTS,
         NAMES, NULL_NAMES)  # fmt: skip


def _parts(sources: set[str]) -> list[set[str]]:
    """Each labelled set by itself, the reports of ``fields`` in a few parts."""
    fields = sorted(source for source in sources if source[-1].isdigit() and source[-3:-2] == "-")
    alone = [{source} for source in sorted(sources.difference(fields))]
    return [*alone, *(set(fields[start::_PARTS]) for start in range(_PARTS))]
