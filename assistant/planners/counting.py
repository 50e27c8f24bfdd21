"""In what a question counts: 有几项, 多少个."""

from __future__ import annotations

import re

_COUNTER = re.compile(r"(?:几|多少)([个项条])")


def counter_asked(text: str) -> str | None:
    """The measure word of what is counted, None where the question has none."""
    said = _COUNTER.search(text)
    return said.group(1) if said else None
