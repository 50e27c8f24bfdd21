"""Where the terms of the field stand in a Chinese question, none of which is cut in two."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.terms import concepts

_LONGEST = 6  # characters; longer ones are cut by what is asked of them


@lru_cache(maxsize=5_000)
def whole_terms(text: str) -> tuple[tuple[int, int], ...]:
    """Begin and end of each, in their order."""
    known = {c.surface for c in concepts(text, "zh") if c.known and _is_one(c.surface)}
    return tuple(sorted(m.span() for word in known for m in re.finditer(re.escape(word), text)))


def _is_one(word: str) -> bool:
    """罚了 says more than 罚: that it is over."""
    return 2 <= len(word) <= _LONGEST and not word.endswith("了")
