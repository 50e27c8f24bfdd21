"""The names of projects that have a form of their own, looked up by what a text has of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Encode = Callable[[list[str]], Vectors | None]


class ProjectIndex:
    """Names of projects, ``names`` the longest first."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names), key=lambda n: (-len(n), n))
        self._vectors: Vectors | None = None

    def in_full(self, text: str) -> str | None:
        """The longest name that the text has whole."""
        return next((name for name in self.sharing(text) if name in text), None)

    def sharing(self, text: str) -> list[str]:
        """The names that have two characters after each other in common with the text."""
        pairs = {text[i : i + 2] for i in range(len(text))} | set(text)
        numbers = {n for pair in pairs & self._pairs.keys() for n in self._pairs[pair]}
        return [self.names[n] for n in sorted(numbers)]

    def vectors(self, encode: Encode) -> Vectors | None:
        """A vector a name, made once."""
        if self._vectors is None and self.names:
            self._vectors = encode(self.names)
        return self._vectors

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            for pair in {name[i : i + 2] for i in range(max(1, len(name) - 1))}:
                found.setdefault(pair, []).append(number)
        return found
