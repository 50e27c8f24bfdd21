"""Questions for a name, a place or a day: who won, where it is, what brand, when it opened.

No figure answers them, however near its words are; the report's own sentences may, where
one speaks of the thing and says something of that kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.plan import Concept, Explain, Plan
from assistant.planners.asked import Asked


@dataclass(frozen=True, slots=True)
class _Kind:
    """How it is asked, and words that stand where it is said."""

    asked: re.Pattern[str]
    said: tuple[str, ...]


_KINDS = (
    _Kind(
        re.compile(
            r"是谁(?!的)|谁(?=负责|牵头|中标|供|做|修|来|当|管|带|投|提|给|干|建)|哪位"
            r"|哪些人|什么人|叫什么|姓什么|名字是?"
            r"|\bwho\b(?!\s+(?:did|has|have|had)\b)|\bwhose\b"
            r"|\bwhat (?:is|was) (?:his|her|their) names?\b",
            re.I,
        ),
        ("负责人", "中标", "名单", "承担单位", "牵头", "同志", "主任为", "局长为"),
    ),
    _Kind(
        re.compile(
            r"(?:什么|哪个|哪种|啥)(?:牌子|品牌|型号)|(?:哪家|哪几家|哪些|什么|哪个)(?:企业|公司|厂商|厂家|厂|供应商|机构)"
            r"|\b(?:what|which)\s+(?:brand|make|model|manufacturer|suppliers?|contractors?|vendors?|compan(?:y|ies)|firms?)\b",
            re.I,
        ),
        ("品牌", "型号", "有限公司", "集团", "股份"),
    ),
    _Kind(
        re.compile(
            r"(?:(?<!存)在|位于|坐落于?|设在|建在|放在|选址)(?:哪|什么地方)|什么地方|哪条路|具体(?:地址|位置)"
            r"|\bwhere\b(?=\s+(?:is|are|was|were|exactly|in))|\bwhat (?:address|location)\b",
            re.I,
        ),
        ("位于", "地址", "坐落", "设在", "选址", "地点"),
    ),
    _Kind(
        re.compile(
            r"什么时候|何时|哪一?天|哪个月|几月|几号|什么日期|具体时间"
            r"|^\W*when\b|\bwhat (?:date|day|month)\b|\bon which (?:date|day)\b|\bin which month\b",
            re.I,
        ),
        ("月", "季度", "年底", "上半年", "下半年"),
    ),
)
_A_NUMBER = re.compile(r"多少|几(?![月号家])|百分|how (?:many|much|long)|percent|rate\b", re.I)
_RANKED = ("most", "least", "spent_on", "reports", "list_projects", "list_tasks")


def name_asked(asked: Asked) -> Plan | None:
    """The sentences that say a name, place or day of what is spoken of."""
    kind = next((k for k in _KINDS if k.asked.search(asked.text)), None)
    if kind is None or _A_NUMBER.search(asked.text) or any(asked.says(cue) for cue in _RANKED):
        return None
    own = asked.operand(kind.asked.sub(" ", asked.rest))
    operand = asked.in_force(replace(own, role=None, dimension=None))
    said = Concept(kind.said[0], kind.said)
    terms = tuple(c for c in operand.concepts if not c.light)
    operand = replace(operand, concepts=terms, dimension=None, counters=(), kinds=frozenset())
    return Explain(operand, asked.one_year(), strict=True, said=said)
