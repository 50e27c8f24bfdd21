"""Why a file was refused and what was noted in reading it, in the reader's language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from assistant.answer import Language

_VARIES = re.compile(r"<(\w+)>")


def refusal_in(language: Language, reason: str) -> str:
    """A reason, as readers give it, in ``language``; one that is not known as it is."""
    return reason if language == "en" else _translated("refusals", "en", "zh", reason)


def note_in(language: Language, note: str) -> str:
    """A note of a report (``Report.warnings``) in ``language``."""
    return note if language == "zh" else _translated("notes", "zh", "en", note)


def _translated(kind: str, source: str, target: str, text: str) -> str:
    for pattern, into in _table(kind, source, target):
        if match := pattern.fullmatch(text):
            parts = _VARIES.split(into)
            parts[1::2] = (match[name] for name in parts[1::2])
            return "".join(parts)
    return text


@cache
def _table(kind: str, source: str, target: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple((_pattern(entry[source]), entry[target]) for entry in data[kind])


def _pattern(text: str) -> re.Pattern[str]:
    """The text with any words where something varies."""
    parts = _VARIES.split(text)
    fixed, names = parts[::2], parts[1::2]
    pattern = re.escape(fixed[0])
    for name, after in zip(names, fixed[1:], strict=True):
        pattern += f"(?P<{name}>.*?)" + re.escape(after)
    return re.compile(pattern, re.DOTALL)
