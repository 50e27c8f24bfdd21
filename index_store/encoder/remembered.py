"""Vectors of the texts encoded last: the same labels stand in the forms of many offices."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index_store.encoder.base import Encoder

Vectors = NDArray[np.float32]
_KEPT = 30_000  # texts; of the shipped encoder some 30 MB
_LARGEST = 1_000  # texts of a call; more are words of a whole report, and pass by


class Remembered:
    """An encoder that makes no vector twice. A text's vector depends on nothing else."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._keeping = threading.Lock()  # many threads ask at once

    @property
    def name(self) -> str:
        """The encoder's."""
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text; see :class:`index_store.encoder.base.Encoder`."""
        if not texts or len(texts) > _LARGEST:
            return self._encoder.encode(texts)
        with self._keeping:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            # Copies: a row of a matrix would keep all of it in memory.
            known |= {t: row.copy() for t, row in zip(new, self._encoder.encode(new), strict=True)}
        with self._keeping:
            for text in dict.fromkeys(texts):
                self._vectors[text] = known[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > _KEPT:
                self._vectors.popitem(last=False)
        return np.stack([known[text] for text in texts])
