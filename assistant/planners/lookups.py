"""Single figures: looked up, several at once, in another unit, or an official ratio."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Language
from assistant.calculator.ratios import COMPUTABLE, RATIOS
from assistant.lexicon import lexicon, wording
from assistant.plan import (
    AgainstTarget,
    Concept,
    Lookup,
    NamedRatio,
    Operand,
    Plan,
)
from assistant.planners.asked import Asked, names_something, without_cues, without_words
from assistant.planners.enumerations import enumerated
from assistant.planners.follow_ups import alike, is_follow_up
from assistant.terms import concepts, content_words
from ingest.report import Role

_CONVERT_ZH = re.compile(
    r"(?:请|再)?(?:换成|换算成|合成|合|换算为|换算到|折合成|折合|折算成|折算为|转换成|按|用|以)"
    r"(?P<unit>百万元|亿元|万元|千元|元|亿(?=$|[？?。呢]))(?:计算|计|表示|为单位|来说)?(?:是多少|呢)?"
    r"|(?:折合|合|换算成?|等于|是)(?:多少|几)(?:个)?(?P<asked>百万元|亿元|万元|千元|元)"
)
_YUAN = {
    "yuan": "元",
    "rmb": "元",
    "million yuan": "百万元",
    "hundred million yuan": "亿元",
    "100 million yuan": "亿元",
    "ten thousand yuan": "万元",
    "10,000 yuan": "万元",
    **{unit: unit for unit in ("百万元", "亿元", "万元", "千元", "元", "万", "亿")},
}
_CONVERT_EN = re.compile(
    r"\b(?:converted\s+)?(?:in|into|to)\s+(?P<unit>"
    + "|".join(sorted(_YUAN, key=len, reverse=True))
    + r")(?![a-z])",
    re.I,
)


_GAP = re.compile(
    r"超(?:出|额|过)|差额|差距|多出|\b(?:surplus|gap|difference|excess|shortfall)\b", re.I
)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*\d[^（）()]*[）)]")


def lookup(asked: Asked) -> Plan:
    """What is left when no other kind fits: the figure, or figures, asked for."""
    unit, rest = _unit_wanted(asked)
    last = asked.state.last
    if unit and isinstance(last, AgainstTarget) and _GAP.search(rest):
        return replace(last, beyond=True, whether=False, values=False, rate_only=False, unit=unit)
    if unit:
        rest = _IN_BRACKETS.sub(" ", rest)
    own = asked.operand(rest)
    operand = asked.in_force(own)
    taken_over = own if operand is not own else None
    if unit and operand.dimension is None:
        operand = replace(operand, dimension="money")
    before = asked.state.operand
    counts = bool(own.counters) and own.dimension != "money"
    if before and not counts and (same := _money_of_the_same(asked, rest, operand, before)):
        return Lookup((same,), asked.one_year(), unit)
    if is_follow_up(asked.text) and before and operand is not before:
        operand = alike(operand, before)
    if before and (joined := _done_otherwise(asked, rest, before)):
        return Lookup((joined,), asked.one_year(), unit)
    several = _several(asked)
    if not several and _BROKEN_DOWN.search(asked.rest):
        bare = asked.operand(_BROKEN_DOWN.sub(" ", asked.rest))
        if names_something(bare):
            return Lookup((bare,), asked.one_year(), unit, parts=True)
    if not several and not operand.required:
        operand = _of_a_part(asked, operand)
    return Lookup(several or (operand,), asked.one_year(), unit, taken_over)


# 分行业各有多少家, broken down by industry: the parts of a total.
_BROKEN_DOWN = re.compile(
    r"[分按]照?[\u4e00-\u9fff]{1,6}?(?:各|分别)(?:自|是|有|为|占)*(?=多少|几|$)"
    r"|\b(?:broken|split|break (?:it )?) ?down by (?:[a-z]+ ?){1,2}"
    r"|\bby (?:type|category|sector|industry)\b",
    re.I,
)
_PART_ZH = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:里面?|当中|之中|中)的?[，,]?(?P<part>[^里中，,。？?]{2,})(?:多少|几|$)"
)
_PART_EN = re.compile(
    r"^\W*(?:out )?of (?:the|all|those|these) [^,?]+,"
    r"\s*(?:how (?:many|much)|what)\s+(?P<part>[^?]+)",
    re.I,
)


def _of_a_part(asked: Asked, operand: Operand) -> Operand:
    """签约项目里投产的有几个: the answer is of the part, and the whole alone is none."""
    pattern = _PART_ZH if asked.language == "zh" else _PART_EN
    match = pattern.search(asked.rest)
    if match is None:
        return operand
    part = {c.surface for c in concepts(match["part"], asked.language) if not c.light}
    required = tuple(c.surface for c in operand.concepts if c.surface in part and not c.light)
    return replace(operand, required=required)


def names_only_an_office(asked: Asked) -> bool:
    """教育局 by itself: what there is of it is the answer."""
    question = asked.question
    named = question.departments or question.projects
    return bool(named) and not asked.operand().concepts


def _undone(concept: Concept) -> Concept:
    """矛盾纠纷 of 矛盾纠纷调解成功数: the thing without what was done to it."""
    verbs = "|".join(map(re.escape, sorted(wording().zh_verbs)))
    ending = re.compile(rf"(?<=.{{2}})(?:{verbs}|成功|数|量)+$")
    bare = tuple(dict.fromkeys(ending.sub("", form) for form in concept.forms))
    return replace(concept, surface=ending.sub("", concept.surface), forms=bare)


def _done_otherwise(asked: Asked, rest: str, before: Operand) -> Operand | None:
    """受理的呢: of the thing spoken of, what was done to it otherwise; never the same again."""
    own = concepts(rest, asked.language)
    verbs = tuple(c for c in own if c.light and c.surface in wording().zh_verbs)
    said = {c.surface for c in before.concepts}
    new = tuple(replace(c, light=False) for c in verbs if c.surface not in said)
    # A question that has nothing but a verb can only be of what was spoken of.
    alone = not (asked.question.departments or asked.question.names_a_year)
    if not new or any(not c.light for c in own) or not (alone or is_follow_up(asked.text)):
        return None
    kept = tuple(_undone(c) for c in before.concepts if c.surface not in wording().zh_verbs)
    counted = asked.operand(rest)
    if counted.counters and not set(counted.counters) & set(before.counters):
        return None  # 检查了几家 after a number of hazards counts something else
    return replace(
        before,
        concepts=(*new, *kept),
        text=" ".join((*(c.surface for c in new), *(c.surface for c in kept))),
        said=f"{before.said} {rest.strip()}",
        required=tuple(c.surface for c in (*new, *kept) if not c.light),
        kin=None,
        like=None,
        head=None,
    )


def _unit_wanted(asked: Asked) -> tuple[str | None, str]:
    """换成元, in million yuan: the unit, and the question without it."""
    if match := _CONVERT_ZH.search(asked.rest):
        unit = (match["unit"] or match["asked"]).replace("亿元", "亿").replace("亿", "亿元")
        return unit, asked.rest[: match.start()] + " " + asked.rest[match.end() :]
    if match := _CONVERT_EN.search(asked.rest):
        rest = asked.rest[: match.start()] + " " + asked.rest[match.end() :]
        return _YUAN[" ".join(match["unit"].lower().split())], rest
    return None, asked.rest


def named_ratio(asked: Asked) -> Plan | None:
    """预算完成率, budget completion rate; of a task or project where one is named"""
    text = asked.rest
    named = [(name, said, _longest(said, text)) for name, said in _ratios_said()]
    # 政府采购执行率 is not 执行率: the longest name is meant.
    named.sort(key=lambda each: -len(each[2] or ""))
    for name, said, match in named:
        if match is None and (spoken := _ratio_of_before(asked, said)):
            return NamedRatio(name, asked.one_year(), asked.says("compute"), (), spoken)
        if match is None:
            continue
        left = re.sub(re.escape(match), " ", text, count=1, flags=re.I)
        left = without_words(left, "compute")
        about = without_cues(asked.operand(left), "compute", "each_project", "actual")
        terms = tuple(c for c in about.concepts if not c.light and not of_money(c))
        return NamedRatio(name, asked.one_year(), asked.says("compute"), terms, asked.language)
    return None


def _ratios_said() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each official ratio with what it is called."""
    for name in COMPUTABLE:
        ratio = RATIOS[name]
        said = (name, *lexicon().chinese.get(name, ()), *ratio.aliases_zh)
        yield name, (*said, ratio.en, *ratio.aliases_en)


def _longest(said: Sequence[str], text: str) -> str | None:
    """The longest of the names that a text has."""
    return max((w for w in said if w.lower() in text.lower()), key=len, default=None)


def _ratio_of_before(asked: Asked, said: Sequence[str]) -> Language | None:
    """控制率呢 after 三公经费: a ratio whose name begins with what was spoken of."""
    before = asked.state.operand
    core = content_words(asked.rest, asked.language)
    if before is None or len(core) < 2 or not core.endswith("率"):
        return None
    heads = {form.strip("“”") for c in before.concepts if not c.light for form in c.forms}
    joined = {re.sub(r"\W", "", head) + core for head in heads}
    return asked.language if any(word in joined for word in said) else None


# 年初预算、调整后预算和实际支出分别是多少: what is listed is asked for one by one.
_LISTED_ZH = re.compile(
    r"^(?P<list>.+?)(?:分别|各自?|一共各)(?:是|为|有|达到?)?(?:多少|几|怎|什么|[？?]|$)"
)
_LISTED_EN = (
    re.compile(r"[:：]\s*(?P<list>[^:?]+?,[^:?]+\band\b[^:?]+)\??$", re.I),
    re.compile(
        r"(?:what|how (?:much|many)) (?:was|were|is|are)\s+(?P<list>[^?]+?)\s*,?\s*respectively",
        re.I,
    ),
)
_ASKED_ZH = re.compile(r"多少|几[\u4e00-\u9fff]|是什么|为多大")
_ASKED_EN = re.compile(r"\b(?:how (?:many|much)|what|which)\b", re.I)


def _money_of_the_same(
    asked: Asked, rest: str, operand: Operand, before: Operand
) -> Operand | None:
    """花了多少, 不是，我问的是预算: another amount of what was spoken of."""
    own = [c for c in concepts(rest, asked.language) if not c.light]
    spoken = own or wording().says("spent", rest) or any(map(of_money, operand.concepts))
    about = tuple(c for c in before.concepts if not c.light and not of_money(c))
    elsewhere = asked.question.years or asked.question.departments or asked.question.projects
    if not spoken or elsewhere or not about or any(not of_money(c) for c in own):
        return None
    amount = tuple(replace(c, light=True) for c in operand.concepts)
    named = [c for c in amount if any(of_money(o) and o.surface == c.surface for o in own)]
    required = tuple(c.surface for c in (*about, *named))
    return replace(operand, concepts=(*about, *amount), head=None, required=required)


# What is made of figures: a list of things beside such words is no list of questions.
_MADE_OF = (
    *("share", "compare", "more_than", "sum", "average", "most", "least", "trend"),
    *("explain", "reason", "left_over", "whether_met", "completion", "reached", "missed_targets"),
    *("list_indicators", "list_tasks", "list_projects", "tasks"),
)


def listed(asked: Asked) -> Plan | None:
    """三公预算、实际支出和控制率各多少: things listed, official ratios among them."""
    if len(asked.question.years) > 1 or any(map(asked.says, _MADE_OF)):
        return None
    parts = enumerated(asked)
    several = _several(asked, parts) if len(parts) > 1 else ()
    return Lookup(several, asked.one_year()) if several else None


def _several(asked: Asked, listed: Sequence[str] = ()) -> tuple[Operand, ...]:
    """Several things asked at once: 全托和日托床位分别多少, how many A and how many B.

    A part that names nothing of its own speaks of the first one's thing.
    """
    parts = list(listed) or _counted_twice(asked) or enumerated(asked) or _parts(asked)
    if len(parts) < 2:
        return ()
    operands = [asked.operand(p) for p in parts]
    whole = asked.operand()
    if whole.counters:
        operands = [replace(o, counters=o.counters or whole.counters) for o in operands]
    first = asked.in_force(operands[0])
    if not names_something(first):
        return ()
    return (
        first,
        *(_completed(asked, p, o, first) for p, o in zip(parts[1:], operands[1:], strict=True)),
    )


# 监测对象是多少户多少人: one thing in two counters.
_TWICE = re.compile(
    r"(?P<thing>[^，。；、？?]{2,}?)(?:是|有|共|一共)*(?:多少|几)(?P<one>[户人家个宗件场处次名])"
    r"[、，,和及]?\s*(?:多少|几)(?P<other>[户人家个宗件场处次名])"
)


def _counted_twice(asked: Asked) -> list[str]:
    match = _TWICE.search(asked.rest) if asked.language == "zh" else None
    if match is None or match["one"] == match["other"]:
        return []
    return [f"{match['thing']}多少{match[c]}" for c in ("one", "other")]


def _parts(asked: Asked) -> list[str]:
    """The parts of a question that each ask for something."""
    text = asked.rest
    if asked.language == "zh":
        if match := _LISTED_ZH.search(text):
            listed = re.split(
                r"[、，,]|以及|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])", match["list"]
            )
            if len([p for p in listed if p.strip()]) > 1:
                return [p for p in listed if p.strip()]
        parts = re.split(r"[，,；;、]|(?:以及|还有)|(?<=多少[\u4e00-\u9fff])[和与]", text)
        return [p for p in parts if _ASKED_ZH.search(p)]
    for pattern in _LISTED_EN:
        if match := pattern.search(text):
            listed = re.split(r",\s*(?:and\b)?|\band\b", match["list"])
            before = text[: match.start("list")]
            return [f"{before} {p}" for p in listed if p.strip()]
    parts = re.split(
        r"[,;]?\s*\band\b(?=\s+(?:how|what|which)\b)|[,;](?=\s*(?:how|what|which)\b)",
        text,
        flags=re.I,
    )
    return [p for p in parts if _ASKED_EN.search(p)]


def _completed(asked: Asked, part: str, operand: Operand, first: Operand) -> Operand:
    """A later part with what it leaves unsaid: 目标是多少，实际收了多少; 几场、多少人参加."""
    own = [c for c in concepts(part, asked.language) if not c.light]
    if any(not of_money(c) for c in own):
        return operand
    role = operand.role or (Role.ACTUAL if first.role is Role.TARGET else None)
    about = tuple(c for c in first.concepts if not of_money(c))
    if not own and not wording().says("spent", part):
        return replace(
            first,
            role=role,
            counters=operand.counters or first.counters,
            dimension=operand.dimension or (None if operand.counters else first.dimension),
            head=None if operand.counters else first.head,
            concepts=(*first.concepts, *(c for c in operand.concepts if c.light)),
        )
    if not any(not c.light for c in about):
        return operand
    # 三公经费预算多少，实际花了多少: the money asked for now, of the same thing.
    return replace(operand, concepts=(*about, *operand.concepts), role=role, head=None)


def of_money_alone(operand: Operand) -> bool:
    """Whether nothing but an amount is asked for: 调整后预算, and actually spent?"""
    named = any(of_money(c) for c in operand.concepts)
    return named and all(of_money(c) for c in operand.concepts if not c.light)


def of_money(concept: Concept) -> bool:
    """预算, 支出: which amount, not of what."""
    return any(
        re.fullmatch(r"(?:年初|调整后?|全年|实际)?(?:预算|支出|执行|花费)(?:数|额|收入)?", f)
        for f in concept.forms
    )
