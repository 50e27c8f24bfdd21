"""What is made of several things that a question names: per head, added up, on average."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.fitness import counts_in
from assistant.measures import kinds_of
from assistant.plan import Concept, Difference, Operand, Over, PerHead, Plan, Share, Together
from assistant.planners.asked import Asked, names_something, without_cues
from assistant.planners.enumerations import enumerated
from assistant.planners.lists import made_of
from assistant.planners.told import as_told

_COUNTER = r"[个名位所家户人场次件宗起辆台株亩张份笔条处座间批盏]"
_PER_ZH = (
    re.compile(
        rf"平均(?:下来|算下来|到)?(?:每|一)(?P<heads>{_COUNTER}?(?:[\u4e00-\u9fff]{{1,6}}?)??)"
        r"(?=带|拿|能|可|得|有|花|领|用|收|发|补|欠|追|提供|来|接|一年|全年|每年|一次|大概|多少|几|的|是|要|$|[？?，])"
    ),
    re.compile(r"(?P<heads>[户人亩])均(?!可支配|纯?收入|寿命|预期|GDP)"),
    re.compile(
        rf"(?:合|摊到|相当于|折合|等于)(?:下来)?[每一](?P<heads>{_COUNTER})(?=多少|几|要|花|用|是)"
    ),
    re.compile(
        rf"每(?P<heads>{_COUNTER}?(?:[\u4e00-\u9fff]{{1,6}}?)?)平均"
        r"(?=带|拿|能|可|得|有|花|领|用|收|发|补|追|提供|多少|几|的|是|$)"
    ),
)
_NO_NOUN = "in|for|of|at|by|on|did|was|were|is|year|that|filed|served|handled|treated"
_PER_EN = (
    re.compile(
        r"\b(?:on average\b)?(?:\s*,)?\s*\b(?:per|for each|for every)\s+"
        rf"(?P<heads>(?:(?!(?:{_NO_NOUN})\b)[a-z-]+ ){{0,2}}?[a-z]+)\b"
        rf"(?=\s*(?:$|[?,.]|(?:{_NO_NOUN})\b))",
        re.I,
    ),
    re.compile(r"\beach (?P<heads>[a-z]+) (?:on average|in the mean)\b", re.I),
)
_AVERAGE_EN = re.compile(r"\b(?:on )?(?:the )?averages?\b|\bmean\b|\bplease\b", re.I)
_OF_PER = frozenset(["cent", "capita", "year", "month", "day", "annum", "head"])
_ADDED_EN = re.compile(
    r"\b(?:altogether|in total|combined|sum|add(?:ed|ing)?|together|averages?|mean"
    r"|total (?:of|number|amount|area|[a-z]+ of))\b",
    re.I,
)
_BOTH = re.compile(
    r"两个|两项|两者|二者|这[两三几]|\b(?:both|the two|these two|those two|them|these)\b", re.I
)
_THAT_SHARE = re.compile(
    r"^(?:那|这|它)?(?:占比|占(?:多少|百分之几|几成)|比例|比率)(?:是)?(?:多少|呢|几成)?[？?]?$"
    r"|^(?:and |so )?what (?:percentage|percent|share|proportion|part) is (?:that|it|this)\W*$",
    re.I,
)


def per_head(asked: Asked) -> Plan | None:
    """平均一个老师带几个学生, spending per pupil, average per fair."""
    patterns = _PER_ZH if asked.language == "zh" else _PER_EN
    match = next((m for p in patterns if (m := p.search(asked.rest))), None)
    if match is None or match["heads"].lower() in _OF_PER or not match["heads"]:
        return None
    rest = asked.rest[: match.start()] + " " + asked.rest[match.end() :]
    rest = _AVERAGE_EN.sub(" ", rest)
    amount = without_cues(asked.operand(rest), "average")
    heads = _heads(asked, match["heads"])
    if heads.counters and not names_something(heads):
        # 每辆车: the vehicles that were spoken of
        spoken = (o for o in asked.state.recent if o.counters == heads.counters)
        heads = next(spoken, heads)
    heads = _just_told(asked, heads) or heads
    if not names_something(amount) and asked.state.recent:
        amount = next((o for o in asked.state.recent if o.found != heads.found), amount)
    if not names_something(amount):
        return None
    return PerHead(amount, heads, asked.one_year(), stated=asked.operand())


def _just_told(asked: Asked, heads: Operand) -> Operand | None:
    """per company, after so many of them were told: these are divided by."""
    newest = asked.state.told[0] if asked.state.told else ()
    if not newest or asked.question.names_a_year:
        return None
    counted = [
        told
        for told in newest
        if counts_in(told.unit, heads.counters)
        or (asked.language == "en" and heads.kinds & kinds_of(told.unit))
    ]
    if len(counted) != 1:
        return None
    (told,) = counted
    return replace(heads, found=told.place, named=told.named)


def _heads(asked: Asked, said: str) -> Operand:
    """What is divided by: 户, 名教师, pupil; counted, never an amount."""
    if asked.language == "zh":
        counter = said[0] if re.match(_COUNTER, said) else ""
        noun = said[1:] if counter and len(said) > 1 else said if not counter else ""
        heads = asked.operand(noun) if len(noun) > 1 else Operand((), language="zh")
        counters = (counter,) if counter and counter != "个" else ()
        return replace(heads, counters=counters, dimension=None, role=None)
    heads = asked.operand(f"how many {said}s")
    spoken = tuple(replace(c, light=False) for c in heads.concepts) or (
        Concept(said, (said,), known=False),
    )
    return replace(heads, concepts=spoken, role=None)


def together(asked: Asked) -> Plan | None:
    """A和B一共多少, the average of the two: things named at once, or those answered before."""
    over = made_of(asked, (Over.TOTAL, Over.AVERAGE))
    if asked.says("share"):
        return None  # 两块加起来占总数多少
    if over is None or len(asked.question.years) > 1:
        return None
    if asked.language == "en" and not _ADDED_EN.search(asked.text):
        return None  # total income is a name
    operands = tuple(asked.operand(part) for part in enumerated(asked, loosely=True))
    if len(operands) > 1 and all(map(names_something, operands)):
        return Together(operands, over, asked.one_year())
    last = asked.state.last
    if isinstance(last, Together) and _BOTH.search(asked.text):
        return replace(last, over=over)
    own = without_cues(asked.operand(), "sum", "average")
    if names_something(own) or not _BOTH.search(asked.text) or len(asked.state.recent) < 2:
        return None
    return Together(tuple(reversed(asked.state.recent[:2])), over, asked.one_year())


def share_of_before(asked: Asked) -> Plan | None:
    """what percentage is that: the thing asked for last, of the one before it."""
    recent = asked.state.recent
    if part := _PART_SHARE.match(asked.rest.strip()):
        return _part_of_told(asked, part["part"])
    if len(recent) < 2 or not _THAT_SHARE.match(asked.rest.strip()):
        return None
    if not all(o.found for o in recent[:2]):
        return None
    return Share(recent[0], recent[1], asked.one_year())


_PART_SHARE = re.compile(
    r"^(?:那|其中)?(?P<part>[^，。？?占]{2,14}?)的?(?:占比|所占比例|比重)(?:是|有)?(?:多少|几成|多大)?呢?[？?]?$"
)


def _part_of_told(asked: Asked, words: str) -> Plan | None:
    """分散供养的占比 after the number of all who are provided for: a part of those."""
    told = asked.state.told[0] if asked.state.told else ()
    part = asked.operand(words)
    elsewhere = asked.question.names_a_year or asked.question.departments
    if len(told) != 1 or told[0].unit in ("%", None) or elsewhere or not names_something(part):
        return None
    whole = as_told(asked, told[0])
    stated = replace(asked.operand(), dimension="percent")
    return Share(replace(part, counters=whole.counters), whole, asked.one_year(), stated)


_OVERSPENT = re.compile(
    r"超支|超(?:出|过)?了?预算|超预算|\boverspen[dt]\b|\b(?:over|exceed(?:ed)?|beyond)\b.{0,30}\bbudget\b",
    re.I,
)


def overspent(asked: Asked) -> Plan | None:
    """Did it overspend: what was spent against the budget, of a thing that is named."""
    match = _OVERSPENT.search(asked.rest)
    if match is None or re.search(r"多少|how much|by what", asked.text, re.I):
        return None
    rest = re.sub(
        r"超支|超(?:出|过)?了?|预算|\boverspen[dt]\b|\bbudget\b", " ", asked.rest, flags=re.I
    )
    about = asked.in_force(asked.operand(rest))
    spent, budget = (
        asked.operand(word)
        for word in (("支出", "预算") if asked.language == "zh" else ("spending", "budget"))
    )
    terms = tuple(c for c in about.concepts if not c.light)
    required = tuple(c.surface for c in terms)
    first, second = (
        replace(
            amount,
            concepts=(*terms, *(replace(c, light=bool(terms)) for c in amount.concepts)),
            text=f"{about.text} {amount.text}",
            said=f"{about.said} {amount.said}",
            required=required,
            dimension="money",
        )
        for amount in (spent, budget)
    )
    return Difference(first, second, asked.one_year(), beyond=True)
