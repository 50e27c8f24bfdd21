"""The shipped encoder: a static embedding read with numpy, tokenizers and safetensors alone.

It reads the same folder as sentence-transformers and gives the same vectors,
without the seconds that importing torch takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ingest.errors import JixiaoError

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
_TENSOR = "embedding.weight"
_BATCH = 1024  # texts at a time, which bounds the memory of a large index


class StaticEncoder:
    """The mean of one vector a piece, scaled to length 1."""

    def __init__(self, folder: Path) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            weights = load_file(folder / WEIGHTS)[_TENSOR]
        # tokenizers raises a bare Exception for a missing or damaged file.
        except Exception as error:
            raise JixiaoError(
                f"{folder}: the embedding model cannot be read "
                f"({TOKENIZER} and {WEIGHTS} expected): {error}"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        # Kept in half precision: rows are widened as they are used.
        self._weights: NDArray[np.float16] = weights
        self._name = folder_name(folder)

    @property
    def name(self) -> str:
        """Changes with the weights or the tokenizer."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._weights.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text; see :class:`index_store.encoder.base.Encoder`."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            encodings = self._tokenizer.encode_batch(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start):
                if encoding.ids:
                    # The mean and the sum point the same way; only the direction is kept.
                    vectors[row] = self._weights[encoding.ids].sum(axis=0, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


def folder_name(folder: Path) -> str:
    """The encoder's name: the folder's content in short, so that a retrained model is noticed."""
    digest = hashlib.sha256()
    for file in (TOKENIZER, WEIGHTS):
        try:
            digest.update((folder / file).read_bytes())
        except OSError as error:
            raise JixiaoError(f"{folder}: the embedding model lacks {file}") from error
    return f"jixiao-static-{digest.hexdigest()[:12]}"
