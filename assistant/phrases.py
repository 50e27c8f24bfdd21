"""The sentences of answers, from phrases.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from assistant.answer import Language


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def phrase(name: str, language: Language, **values: object) -> str:
    """A sentence in one of the languages, its {names} filled in."""
    return _phrases()[name][language].format(**values)
