"""Any other sentence-transformers model, by name or folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import JixiaoError


class SentenceEncoder:
    """A sentence-transformers model; the library is imported when the first one is made."""

    def __init__(self, model: str) -> None:
        self._name = model
        self._model: Any = _load(model)
        self._dimensions = int(self._model.get_embedding_dimension() or 0)

    @property
    def name(self) -> str:
        """The name or folder that was asked for."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text; see :class:`index_store.encoder.base.Encoder`."""
        if not texts:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        # A model in half precision divides nothing by nothing for an empty text.
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))


def _load(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(model)
    # Missing files, no network, a folder of something else: each raises its own kind.
    except Exception as error:
        reason = str(error).strip().splitlines()
        raise JixiaoError(
            f"embedding model {model!r} cannot be loaded: give the folder of a downloaded "
            f'sentence-transformers model, or "builtin" for the shipped one '
            f"({reason[0] if reason else type(error).__name__})"
        ) from error
