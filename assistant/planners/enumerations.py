"""Several things asked for at once, and what one of them leaves to its neighbours.

人工造林、封山育林、退化林修复分别多少; the number of schools, students and teachers;
silver and bronze; 新就业、再就业、困难人员就业三个数都要.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lexicon import wording
from assistant.plan import Concept
from assistant.planners.asked import Asked
from assistant.terms import concepts

_SPLIT_ZH = re.compile(
    r"[、，,]|以及|还有|加上|外加|再加|(?<=[\u4e00-\u9fff])[和与及跟](?=[\u4e00-\u9fff])"
)
_SPLIT_EN = re.compile(
    r"\s*(?:,|;|/|&|\+|\bplus\b)\s*(?:and\b)?\s*|\s+\b(?:and|vs\b\.?|versus)\s+", re.I
)
# What says that each of the things listed is asked for.
_EACH_ZH = re.compile(
    r"(?:分别|各自?|都)(?:是|有|为|要|给|做|建|完成|用|花|收|发|达到?|办|了)*.{0,6}(?:多少|几|什么|[？?]|$)"
    r"|[两二三四五六]个?(?:数|数字|数据|指标|都)(?:都要|分别|各|是多少|$).*$"
)
_EACH_EN = re.compile(
    r"\b(?:respectively|each|both|separately|all (?:two|three|four|five))\b", re.I
)
_LEAD_EN = re.compile(
    r"^.*?\b(?:the )?(?:numbers?|amounts?|values?|figures?|totals?) (?:of|for)\b"
    r"|^\s*(?:add(?:ing)?|sum)(?: up)?(?: the)?\b"
    r"|^.*?\b(?:give|list|show|state|need|want)(?: me| us)?\b"
    r"|^.*?\bwhat (?:is|are|was|were)\b|^.*?\bhow (?:many|much)\b",
    re.I,
)
_VERB_EN = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|had|went|got|compare|between|versus|vs|from|than)\b",
    re.I,
)
# Lab capacity + health education, actual spending together: what of each is added up.
_AMOUNT_EN = re.compile(
    r"\s*[,;:]\s*(?P<amount>(?:actual |total )?(?:money )?"
    r"(?:spent|spend(?:ing)?|expenditures?|costs?|budgets?))\b[^,;]*$",
    re.I,
)
_BARE_LIST = 3  # things that make a list without a word that asks
_ASKS_ZH = re.compile(r"多少|几|哪|吗|呢|什么|是否|有没有|怎|为何|多[高大久]")
_LONGEST_ITEM = {"zh": 16, "en": 7}  # characters, words


def enumerated(asked: Asked, *, loosely: bool = False) -> list[str]:
    """The things that a question lists, each with what it needs to be asked alone; [] if none.

    ``loosely`` is where the question itself says what is to be made of them (一共, in
    total): then two things joined by 和 are enough.
    """
    items = _chinese(asked, loosely) if asked.language == "zh" else _english(asked, loosely)
    if len(items) < 2:
        return []
    told = [concepts(i, asked.language) for i in items]
    # The first names a thing; what follows may be no more than an amount of it, or a verb.
    if not any(not c.light for c in told[0]) or not all(
        found or wording().says("spent", item) for found, item in zip(told, items, strict=True)
    ):
        return []
    rest = zip(items[1:], told[1:], strict=True)
    return [items[0], *(_filled(items[0], item, found) for item, found in rest)]


_DONE_EN = re.compile(r"^(?P<thing>.+?)\s+[a-z]+ed$", re.I)


def _filled(first: str, item: str, found: Sequence[Concept]) -> str:
    """fire roads built and repaired: the second is of the first one's thing."""
    thing = _DONE_EN.match(first)
    verb = len(item.split()) == 1 and item.lower().endswith("ed")
    return f"{thing['thing']} {item}" if thing and verb and all(c.light for c in found) else item


_SO_MANY_OF_THEM = re.compile(r"[这那]?[两二三四五六几]\s*[个项块笔样者]?")  # 两块一共


_AMOUNT_ASKED = re.compile(r"(?:实际|全年)*(?:花|支出|用|执行|开支|预算|投入)(?:了|掉)?")


def _chinese(asked: Asked, loosely: bool) -> list[str]:
    text = re.sub(r"[：:]", " ", asked.rest).strip()
    each = _EACH_ZH.search(text)
    if each is None and not loosely:
        # 全年预算、执行数、执行率: a bare list asks for all that it names.
        items = [i.strip() for i in _SPLIT_ZH.split(text.strip(" ？?。")) if i.strip()]
        bare = len(items) >= _BARE_LIST and not _ASKS_ZH.search(text)
        short = all(len(i) <= _LONGEST_ITEM["zh"] for i in items)
        return items if bare and short else []
    listed, *behind = (
        [text[: each.start()]]
        if each
        else re.split(r"一共|总共|合计|加起来|平均|之和|共", text, maxsplit=1)
    )
    items = [i.strip() for i in _SPLIT_ZH.split(listed) if i.strip()]
    if items and _SO_MANY_OF_THEM.fullmatch(items[-1]):
        items.pop()
    if any(len(i) > _LONGEST_ITEM["zh"] for i in items[1:]):
        return []
    amount = _AMOUNT_ASKED.search(behind[0]) if behind else None
    if amount and not any(_AMOUNT_ASKED.search(item) for item in items):
        return [f"{item}{amount.group()}" for item in items]  # of each what is added up
    return items


def _english(asked: Asked, loosely: bool) -> list[str]:
    text = asked.rest.strip(" ?.!:")
    head, colon, tail = text.partition(":")
    if colon and len(_SPLIT_EN.split(tail)) > 1 and concepts(head, "en"):
        return [f"{head} {item}" for item in _SPLIT_EN.split(tail) if item.strip()]
    amount = _AMOUNT_EN.search(text) if loosely else None
    if amount:
        text = text[: amount.start()]
    lead = _LEAD_EN.search(text)
    listed = text[lead.end() :] if lead else text
    items = [i.strip() for i in _SPLIT_EN.split(listed) if i.strip()]
    counted = lead and re.search(r"\bnumbers? (?:of|for)\b|\bhow many\b", lead.group(), re.I)
    short = all(len(i.split()) <= _LONGEST_ITEM["en"] for i in items)
    if len(items) < 2 or not short:
        return []
    each = bool(_EACH_EN.search(text)) or len(items) > 2 or loosely
    if not each and _VERB_EN.search(listed):
        return []
    if not each and lead is None and len(listed.split()) > _LONGEST_ITEM["en"] * 2:
        return []
    if amount:
        return [f"{item} {amount['amount']}" for item in items]
    return [f"how many {item}" for item in items] if counted else items
