"""What the server itself says, in both languages (``words.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from assistant.answer import Language


@cache
def _words() -> dict[str, dict[str, str]]:
    text = (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(key: str, language: Language, **values: object) -> str:
    """A sentence, with its blanks filled in."""
    return _words()[key][language].format(**values)
