"""Several questions in one turn: 那2021年呢？增长了多少？"""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[？?])\s*")

_WHETHER = re.compile(r"(?:有没有|是否|有无|吗)(?!.*(?:多少|几))")
_HOW_MUCH = re.compile(r"[一总共都又]*(?:花|用|支出)(?:了|掉)?多少(?:钱|资金|万元)?[？?]?")


def split_questions(text: str, max_chars: int) -> list[str]:
    """The questions of a turn; a turn over the limit stays whole, to be refused as such."""
    if len(text) > max_chars:
        return [text]
    kept: list[str] = []
    for part in (part.strip() for part in _END.split(text)):
        if kept and _HOW_MUCH.fullmatch(part) and _WHETHER.search(kept[-1]):
            kept[-1] += part  # 因公出国有没有花钱？花了多少？ asks about one thing
        elif re.search(r"\w", part):
            kept.append(part)
    return kept[:5] or [text]
