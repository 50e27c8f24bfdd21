"""What every encoder promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how near in meaning they are.

    ``name`` identifies the weights, not only the engine: vectors of encoders with
    different names must never be compared.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, of length 1; a text without any known piece is all zeros."""
        ...
