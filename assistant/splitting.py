"""Several questions in one turn: 那2021年呢？增长了多少？"""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[？?])\s*")


def split_questions(text: str, max_chars: int) -> list[str]:
    """The questions of a turn; a turn over the limit stays whole, to be refused as such."""
    if len(text) > max_chars:
        return [text]
    parts = [part.strip() for part in _END.split(text)]
    kept = [part for part in parts if re.search(r"\w", part)]
    return kept[:5] or [text]
