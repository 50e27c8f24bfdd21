"""What was not done, as questions and reports say it: 没办结, unrectified, 未完成."""

from __future__ import annotations

import re

# Not 有没有, nor names (未成年人).
DENIED_ZH = re.compile(
    r"(?<!有)(?:没能|没有|没|未能|还未|尚未|未)(?!有|成年|来|婚|满|经|知|必|[？?]|$)"
    r"(?P<verb>[\u4e00-\u9fff]{1,4}?)(?:完成|完毕|完|好|成|掉|到)?(?=的|了|还|有|多少|几|[，,？?]|$)"
)
DENIED_EN = re.compile(
    r"\b(?:(?:left|still|remain(?:ed|ing)?|yet) )*"
    r"(?:un(?!employ|skill|relat|licens|qualif|us|spent|insur|treat)(?P<un>[a-z]+ed)"
    r"|not (?:yet )?(?:been )?(?P<no>[a-z]+ed))\b",
    re.I,
)
_SAYS_NOT = re.compile(r"[未没剩欠余不无缺]|尚")


def denies(text: str) -> bool:
    """Whether a question speaks of what was not done."""
    return bool(DENIED_ZH.search(text) or DENIED_EN.search(text))


def says_not(text: str) -> bool:
    """Whether what stands at a figure may be what was not done."""
    return bool(_SAYS_NOT.search(text))
