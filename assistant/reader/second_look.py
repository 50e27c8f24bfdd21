"""What the ranker sees and what the reader makes of it, weighed together.

The figures that are likeliest by the ranker are read. What is seen of them and the reader's
opinion become one, by a conditional logit with the choice that none is meant, as the
ranker's own; fitted by ``python -m eval.reader weigh``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from assistant.ranking import features
from assistant.ranking.features import Matrix
from assistant.ranking.model import Model, load

READ = 8  # figures that are read, the likeliest by the ranker
SURE_UNREAD = 0.95  # chance of a value by the ranker alone from which nothing is read
WEIGHTS = Path(__file__).with_name("weights.json")
NAMES = (*features.NAMES, "reader", "reader_behind")
BY_LANGUAGE = (*features.BY_LANGUAGE, "reader", "reader_behind")
FOR = (*features.FOR, "reader", "reader_behind")
NULL_NAMES = (*features.NULL_NAMES, "best", "best_english", "best_above_none", "lead")
_MOST_LEAD = 6.0


def rows(seen: Matrix, opinions: Matrix) -> Matrix:
    """What is seen of each figure, the reader's opinion, and how far that is behind the best."""
    return np.column_stack([seen, opinions, opinions - opinions.max()])


def null_row(seen: Matrix, opinions: Matrix, *, english: bool) -> Matrix:
    """What speaks for none of them: also the reader's best opinion, and by how much it leads."""
    best, second = np.sort(opinions)[::-1][:2] if len(opinions) > 1 else (opinions[0], -np.inf)
    more = (best, best * english, max(best, 0.0), min(best - second, _MOST_LEAD))
    return np.array([*seen, *more], dtype=float)


def together(
    seen: Matrix, null: Matrix, read: Sequence[int], opinions: Matrix, *, english: bool
) -> tuple[Matrix, float]:
    """Utilities of all figures and of none, on one scale.

    ``read`` are the places of the figures that ``opinions`` are of; of the others the
    reader is taken to have its lowest.
    """
    everyone = np.full(len(seen), opinions.min())
    everyone[list(read)] = opinions
    weights = second_model()
    return (
        weights.utilities(rows(seen, everyone), english=english),
        weights.null(null_row(null, opinions, english=english)),
    )


@cache
def second_model() -> Model:
    """The weights that ship; raises ``ValueError`` where they are not of these names."""
    return load(WEIGHTS, NAMES, NULL_NAMES, "python -m eval.reader")
