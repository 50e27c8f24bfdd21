"""Several questions in one turn: 那2021年呢？增长了多少？"""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[？?])\s*")

_WHETHER = re.compile(r"(?:有没有|是否|有无|吗)(?!.*(?:多少|几))")
_HOW_MUCH = re.compile(r"[一总共都又]*(?:花|用|支出)(?:了|掉)?多少(?:钱|资金|万元)?[？?]?")


_CLAUSES = re.compile(r"[，,；;、]|\band\b(?=\W+(?:\w+\W+)?(?:how|what|which)\b)", re.I)
_ASKS = re.compile(
    r"多少|几(?!乎|经|近)|呢|多[长大高久远重]|什么|哪|吗|是否|有没有"
    r"|\b(?:how (?:many|much|long|far)|what|which)\b",
    re.I,
)


_CORRECTED = re.compile(r"说错|不对|不是|应该是|\b(?:sorry|rather|i mean)\b", re.I)


def clauses(text: str) -> list[str]:
    """The parts of a question that each ask something: 支出多少，改了多长.

    What asks nothing belongs to the part behind it. One that corrects itself stays whole.
    """
    if _CORRECTED.search(text):
        return [text]
    found: list[str] = []
    begin = 0
    ends = [*(m.start() for m in _CLAUSES.finditer(text)), len(text)]
    for end in ends:
        part = text[begin:end].strip(" ，,；;、")
        if _ASKS.search(part) or end == len(text):
            found.append(re.sub(r"^and\s+", "", part, flags=re.I))
            begin = end
    if found and not _ASKS.search(found[-1]):
        last = found.pop()
        if found:
            found[-1] += f"，{last}" if last else ""
    return found or [text]


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
