"""Pairs of Chinese characters, and how rare they are among the figures of some reports."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_FLOOR = 0.3  # what even a pair that stands everywhere is worth


@lru_cache(maxsize=50_000)
def grams(text: str) -> frozenset[str]:
    """The character pairs of a text; a character that stands alone is one too."""
    found: set[str] = set()
    for chunk in _CHINESE.findall(text):
        if len(chunk) == 1:
            found.add(chunk)
        found.update(chunk[i : i + 2] for i in range(len(chunk) - 1))
    return frozenset(found)


class Rarity:
    """What a pair of characters says: the rarer, the more (inverse document frequency)."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        self._counted = Counter(gram for text in texts for gram in text)
        self._size = len(texts)

    def of(self, gram: str) -> float:
        """Weight of one pair."""
        return math.log((self._size + 1) / (self._counted.get(gram, 0) + 1)) + _FLOOR

    def total(self, found: Iterable[str]) -> float:
        """Weight of some pairs together."""
        return sum(map(self.of, found))
