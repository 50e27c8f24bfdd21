"""Tokens that answer each other speak for a figure; what finds nothing speaks against it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.interaction import Encoded, Worth, opinion

WORTH = Worth(asked=6.0, whole=6.0, said=4.0, asked_missing=0.5, said_beside=0.2, constant=-6.0)
WIDTH = 6


def text(*axes: int, gates: tuple[float, ...] | None = None) -> Encoded:
    """A text whose tokens point along the axes given."""
    tokens = np.eye(WIDTH, dtype=np.float32)[list(axes)]
    whole = tokens.sum(0)
    return Encoded(
        tokens,
        np.array(gates or (1.0,) * len(axes), dtype=np.float32),
        whole / np.linalg.norm(whole),
    )


def test_a_figure_that_says_the_same_is_the_surest() -> None:
    asked = text(0, 1)
    assert opinion(asked, text(0, 1), WORTH) == pytest.approx(10.0, abs=1e-4)
    assert opinion(asked, text(0, 1), WORTH) > opinion(asked, text(0, 2), WORTH)


def test_what_nobody_asked_speaks_against_a_figure_less_than_what_it_lacks() -> None:
    asked, same = text(0, 1), opinion(text(0, 1), text(0, 1), WORTH)
    more, less = opinion(asked, text(0, 1, 2), WORTH), opinion(asked, text(0), WORTH)
    assert less < more < same


def test_a_token_that_counts_for_nothing_may_be_missing() -> None:
    figure = text(0)
    counted = opinion(text(0, 1), figure, WORTH)
    light = opinion(text(0, 1, gates=(1.0, 1e-6)), figure, WORTH)
    assert light > counted


@given(
    st.lists(st.integers(0, WIDTH - 1), min_size=1, max_size=8),
    st.lists(st.integers(0, WIDTH - 1), min_size=1, max_size=8),
)
def test_the_order_of_tokens_is_nothing(asked: list[int], said: list[int]) -> None:
    before = opinion(text(*asked), text(*said), WORTH)
    after = opinion(text(*reversed(asked)), text(*sorted(said)), WORTH)
    assert after == pytest.approx(before, abs=1e-4)


def test_no_part_is_left_out() -> None:
    asked, said = text(0, 1), text(1, 2)
    for name in Worth.__dataclass_fields__:
        without = replace(WORTH, **{name: 0.0})
        assert opinion(asked, said, without) != opinion(asked, said, WORTH), name
