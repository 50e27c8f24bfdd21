"""Questions that lean on the one before: And Yuancun's? 那环卫呢？"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Language
from assistant.conversation import State
from assistant.lexicon import english_words
from assistant.plan import Explain, Lookup, Operand, Plan


def is_follow_up(text: str) -> bool:
    """那环卫呢？ and what about sanitation? take over what was asked before of another thing."""
    return bool(
        re.search(
            r"^(?:那|再)|呢[？?]?$|^[^，,。]{1,8}呢[，,]|^[^，。？?多少几哪什]{1,7}的[？?]?$|也(?:是|一样)?吗[？?]?$",
            text,
        )
        or re.match(r"(?:and|what about|how about)\b", text.lower())
        or re.search(r"\b(?:too|as well)\s*[？?]?$", text.lower())
    )


_SHORT = {"zh": 8, "en": 4}  # characters, words of what is no whole question
_LEANS = re.compile(
    r"^\W*(?:那|那么)?其中|^[^，。？?多少几哪什]{1,7}的[？?]?$"
    r"|\bof (?:those|these|them|which)\b|\b(?:to|by|for|with|in) (?:them|it)\b",
    re.I,
)


def leans(text: str) -> bool:
    """Whether a question is part of the one before: 其中完成整改的呢, of those."""
    return bool(_LEANS.search(text))


def is_fragment(text: str, language: Language) -> bool:
    """Whether a question is a part of a sentence that the one before makes whole."""
    length = len(text) if language == "zh" else len(english_words(text))
    return is_follow_up(text) or leans(text) or length <= _SHORT[language]


def alike(operand: Operand, before: Operand) -> Operand:
    """The new thing, asked in the way of the one before: its unit, side and light words."""
    light = tuple(c for c in before.concepts if c.light and c not in operand.concepts)
    return replace(
        operand,
        concepts=(*operand.concepts, *light),
        dimension=operand.dimension or (None if operand.counters else before.dimension),
        role=operand.role or before.role,
        kin=None if operand.counters and operand.counters != before.counters else before.kin,
    )


def in_context(plan: Plan, state: State) -> Plan | None:
    """A short follow-up read together with what was spoken of: 那按时答复率呢？"""
    if isinstance(plan, Explain) and state.operand and plan.section is None:
        return replace(plan, operand=state.operand)
    if not isinstance(plan, Lookup) or len(plan.operands) != 1 or not state.operand:
        return None
    own, before = plan.operands[0], state.operand
    if own == before or len([c for c in own.concepts if not c.light]) > 2:
        return None
    joined = replace(
        own,
        concepts=tuple({c.surface: c for c in (*own.concepts, *before.concepts)}.values()),
        text=f"{own.text} {before.text}",
        said=f"{before.said} {own.said}",
        required=tuple(c.surface for c in own.concepts if not c.light),
        dimension=own.dimension or (None if own.counters or own.kinds else before.dimension),
    )
    return replace(plan, operands=(joined,))
