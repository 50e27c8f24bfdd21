"""Which of several things that a question names: A和B哪个多, which has more, A or B."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.plan import Operand, Over, Plan, Together
from assistant.planners.asked import Asked, names_something, without_cues
from assistant.planners.lists import made_of

# 游客和产权人，哪个更满意; 食品、知产、价格案件中最少的是哪类; 抢险多还是救火多
_WHICH_ZH = re.compile(
    r"^(?P<list>[^，,？?]*?[、和与跟及][^，,？?]*?)"
    r"(?:[这两三四五六几]+[个项类种块]?)?(?:当中|之中|中|里面|里)?的?[，,\s]*"
    r"(?P<what>(?:哪|谁|最)[^，,？?]*)(?:[，,][^？?]*)?[？?]?$"
)
_OR_ZH = re.compile(
    r"^(?P<a>[\u4e00-\u9fff]{2,12}?)(?P<what>更?[多少高低大])还是(?P<b>[\u4e00-\u9fff]{2,12}?)(?P=what)"
)
_WHICH_EN = re.compile(
    r"^\W*(?:and )?(?:which|what)(?: one| of (?:them|these|the \w+))?\b(?P<what>[^,:?]*?)[,:]\s*"
    r"(?P<list>[^?]+?\bor\b[^?]+)\??$",
    re.I,
)
_SPLIT_ZH = re.compile(r"[、，,]|以及|还有|(?<=[\u4e00-\u9fff])[和与跟及](?=[\u4e00-\u9fff])")
_SPLIT_EN = re.compile(r"\s*,\s*(?:or\b)?\s*|\s+\bor\b\s+", re.I)
_ASKS = re.compile(
    r"哪[一个家项类种块边方者样]*|谁|的?是|最|更|比较|对|多|少|高|低|大|小|排在?第一"
)
_MORE_EN = re.compile(
    r"\b(?:has|have|had|is|are|was|were|did|got|get|with|the|more|most|fewer|fewest|less|least"
    r"|higher|highest|lower|lowest|larger|largest|smaller|smallest|bigger|biggest|greater)\b",
    re.I,
)
_DOWNWARD = re.compile(r"[少低小]|\b(?:fewer|fewest|less|least|low\w*|small\w*)\b", re.I)
_LONGEST = 14  # characters of a thing that is listed


def whichever(asked: Asked) -> Plan | None:
    """The largest, or the smallest, of the things named; the others are shown beside it."""
    if len(asked.question.years) > 1 or len(asked.question.departments) > 1:
        return None
    zh = asked.language == "zh"
    if zh and (match := _OR_ZH.search(asked.rest.strip())):
        items, what = [match["a"], match["b"]], match["what"]
    else:
        found = (_WHICH_ZH if zh else _WHICH_EN).match(asked.rest.strip())
        if found is None:
            return None
        split = _SPLIT_ZH if zh else _SPLIT_EN
        items = [i.strip() for i in split.split(found["list"]) if i.strip()]
        what = found["what"]
    if len(items) < 2 or (zh and any(len(i) > _LONGEST for i in items)):
        return None
    over = Over.LEAST if _DOWNWARD.search(what) else Over.MOST
    if made_of(asked, (Over.TOTAL, Over.AVERAGE)):
        return None
    shared = (_ASKS if zh else _MORE_EN).sub(" ", what).strip()
    operands = tuple(
        without_cues(asked.operand(f"{i} {shared}" if zh else f"{shared} {i}"), "most", "least")
        for i in items
    )
    if not all(map(names_something, operands)):
        return None
    return Together(_alike(operands), over, asked.one_year())


def _alike(operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """食品、价格、广告案件: what the last one counts, all of them do."""
    last = operands[-1]
    named = [c for c in last.concepts if not c.light]
    counted = [replace(named[-1], light=True)] if len(named) > 1 else []
    return tuple(
        replace(
            o,
            concepts=(*o.concepts, *(c for c in counted if c.surface not in o.words)),
            counters=o.counters or last.counters,
            dimension=o.dimension or last.dimension,
            kinds=o.kinds or last.kinds,
        )
        for o in operands
    )
