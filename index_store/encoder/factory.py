"""Which encoder a setting means."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from index_store.encoder.base import Encoder

BUILTIN = "builtin"
MODEL = Path(__file__).parent / "model"


def encoder_name(setting: str | None) -> str:
    """The name of the encoder that ``setting`` chooses, without loading it.

    A store compares it with the name its vectors were made under.
    """
    if _is_builtin(setting):
        return _builtin_name()
    assert setting is not None
    return setting.strip()


def load_encoder(setting: str | None) -> Encoder:
    """``None``, empty or ``"builtin"``: the shipped model; otherwise a name or folder."""
    if _is_builtin(setting):
        from index_store.encoder.static import StaticEncoder

        return StaticEncoder(MODEL)
    from index_store.encoder.sentence import SentenceEncoder

    return SentenceEncoder(encoder_name(setting))


def _is_builtin(setting: str | None) -> bool:
    return setting is None or setting.strip().lower() in ("", BUILTIN)


@lru_cache(maxsize=1)
def _builtin_name() -> str:
    from index_store.encoder.static import folder_name

    return folder_name(MODEL)
