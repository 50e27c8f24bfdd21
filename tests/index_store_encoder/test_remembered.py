"""Vectors that are remembered are those that the encoder makes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index_store.encoder.factory import load_encoder
from index_store.encoder.remembered import Remembered


class Counting:
    """The shipped encoder, with what it was asked for."""

    def __init__(self) -> None:
        self._encoder = load_encoder(None)
        self.name, self.dimensions = self._encoder.name, self._encoder.dimensions
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return self._encoder.encode(texts)


def test_no_text_is_encoded_twice_and_every_vector_is_the_encoders() -> None:
    plain = Counting()
    remembered = Remembered(plain)
    first = ["实际支出数", "预算完成率", "实际支出数", ""]
    second = ["petitions", "预算完成率"]
    for texts in (first, second):
        assert np.array_equal(remembered.encode(texts), load_encoder(None).encode(texts))
    assert sorted(plain.asked) == sorted({*first, *second})


def test_the_words_of_a_whole_report_push_nothing_out() -> None:
    plain = Counting()
    remembered = Remembered(plain)
    remembered.encode(["实际支出数"])
    remembered.encode([f"词{n}" for n in range(2_000)])
    remembered.encode(["实际支出数"])
    assert plain.asked.count("实际支出数") == 1


def test_nothing_has_no_vectors() -> None:
    assert Remembered(load_encoder(None)).encode([]).shape[0] == 0
