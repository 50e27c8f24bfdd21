"""The vectors of the pieces while they are trained: what the teacher says, and each one's own.

A piece's vector is one linear map of the teacher's, the same for all, plus a part that
only this piece has, times how much it counts. Pieces that the training sees rarely
follow the map that the others have learned.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from index_store.encoder.teacher import Teacher
from index_store.encoder.vocabulary import WORD_START

_SPREAD = 4.0  # length of a vector at the start, of the size that the training ends with
_SHARED_RATE = 0.1  # how much slower the map learns than the pieces' own parts


def taught_pieces(tokenizer: Tokenizer, teacher: Teacher, kept: Path | None = None) -> Tensor:
    """The teacher's vectors of a tokenizer's pieces, each language about its own middle.

    The teacher tells the languages apart before anything else; what is the same in both
    must come near. Its vectors take a quarter of an hour: they are kept in the file
    ``kept`` and taken from there by the next training.
    """
    size = tokenizer.get_vocab_size()
    texts = [(tokenizer.id_to_token(n) or "").removeprefix(WORD_START) for n in range(size)]
    known = _read(kept) if kept is not None and kept.is_file() else {}
    missing = sorted({text for text in texts if text not in known})
    known.update(zip(missing, teacher.encode(missing), strict=True))
    if kept is not None and missing:
        np.savez(kept, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    vectors = np.stack([known[text] for text in texts])
    chinese = np.array([any("\u3400" <= char <= "\u9fff" for char in text) for text in texts])
    for language in (chinese, ~chinese):
        vectors[language] -= vectors[language].mean(axis=0)
    return functional.normalize(torch.from_numpy(vectors), dim=1)


def _read(file: Path) -> dict[str, NDArray[np.float32]]:
    with np.load(file) as kept:
        vectors = kept["vectors"].astype(np.float32)
        return dict(zip(kept["texts"].tolist(), vectors, strict=True))


class PieceVectors(nn.Module):
    """Trainable vectors of pieces, started from ``taught``."""

    def __init__(self, taught: Tensor, dimensions: int) -> None:
        super().__init__()
        self._taught = taught
        axes = torch.linalg.eigh(taught.T @ taught).eigenvectors  # the largest come last
        self.map = nn.Parameter(axes[:, -dimensions:] * _SPREAD)
        self.own = nn.Parameter(torch.randn(len(taught), dimensions) * 0.02)
        self.weight = nn.Parameter(torch.zeros(len(taught), 1))  # logarithm

    def forward(self, pieces: Tensor, begins: Tensor) -> Tensor:
        """Unit vectors of texts: ``pieces`` in a row, a text from each of ``begins``."""
        used, place = torch.unique(pieces, return_inverse=True)
        return functional.normalize(
            functional.embedding_bag(place, self._of(used), begins, mode="mean"), dim=1
        )

    def all(self) -> Tensor:
        """The vector of every piece."""
        with torch.no_grad():
            return self._of(torch.arange(len(self._taught)))

    def groups(self, rate: float) -> list[dict[str, Any]]:
        """The parameters with their rates, as an optimizer takes them."""
        return [
            {"params": [self.map], "lr": rate * _SHARED_RATE},
            {"params": [self.own], "lr": rate},
            {"params": [self.weight], "lr": rate / 2},
        ]

    def _of(self, pieces: Tensor) -> Tensor:
        shared = self._taught[pieces] @ self.map
        return (shared + self.own[pieces]) * torch.exp(self.weight[pieces])
