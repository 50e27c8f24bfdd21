"""Single figures: looked up, against their target, or an official ratio."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Language
from assistant.calculator.ratios import COMPUTABLE, RATIOS
from assistant.lexicon import lexicon, wording
from assistant.plan import (
    AgainstTarget,
    Concept,
    Lookup,
    MissedTargets,
    NamedRatio,
    Operand,
    Plan,
)
from assistant.planners.asked import Asked, names_something, without_cues, without_words
from assistant.planners.enumerations import enumerated
from assistant.planners.follow_ups import alike, is_follow_up
from assistant.terms import concepts, content_words
from ingest.report import Role

_RATE_OF_IT = re.compile(
    r"^(?:那|它的|目标)?(?:完成率|完成比例|完成了百分之几)(?:是|为|有)?(?:多少|几)?呢?[？?]?$"
    r"|^(?:and )?(?:what(?:'s| is| was) )?the completion rate\W*$",
    re.I,
)
# 到90%了吗: the target is named with its value.
_REACHES = re.compile(
    r"(?:有没有|是否)?(?:达?到|够|超过)了?\s*\d+(?:\.\d+)?\s*(?:%|％|[\u4e00-\u9fff]{0,3}?)了?(?:吗|没有?|么)"
)
_WHETHER = re.compile(r"吗|没有?[？?]?$|是否|^\s*(?:did|was|were|has|have)\b", re.I)
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
    operand = asked.in_force(asked.operand(rest))
    if unit and operand.dimension is None:
        operand = replace(operand, dimension="money")
    before = asked.state.operand
    if before and (same := _money_of_the_same(asked, rest, operand, before)):
        return Lookup((same,), asked.one_year(), unit)
    if is_follow_up(asked.text) and before and operand is not before:
        operand = alike(operand, before)
    if before and (joined := _done_otherwise(asked, rest, before)):
        return Lookup((joined,), asked.one_year(), unit)
    return Lookup(_several(asked) or (operand,), asked.one_year(), unit)


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
    return replace(
        before,
        concepts=(*new, *kept),
        text=" ".join((*(c.surface for c in new), *(c.surface for c in kept))),
        required=tuple(c.surface for c in (*new, *kept) if not c.light),
        kin=None,
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


def against_target(asked: Asked) -> Plan | None:
    """完成目标了吗, 超了多少, 到90%了吗"""
    operand = asked.operand()
    before = asked.state.operand
    own = without_words(asked.rest, "reached", "percent", "points", "beyond")
    follows_target = (
        not names_something(asked.operand(own))
        and before is not None
        and before.role is Role.TARGET
    )
    reached = (asked.says("target") or follows_target) and asked.says("reached")
    asks_whether = bool(_WHETHER.search(asked.rest.strip(" ，,。")))
    whether = asked.says("whether_met") or (reached and asks_whether)
    if bound := _REACHES.search(asked.rest):
        operand = asked.operand(asked.rest[: bound.start()] + " " + asked.rest[bound.end() :])
        whether = True
    if follows_target:
        operand = replace(operand, concepts=())
    beside_target = isinstance(asked.state.last, AgainstTarget)
    spoken = before is not None and (before.role is not None or beside_target)
    if _RATE_OF_IT.match(asked.rest.strip()) and spoken:
        return AgainstTarget(
            asked.in_force(replace(operand, concepts=())), asked.one_year(), rate_only=True
        )
    if not asked.says("completion") and not reached and not whether:
        return None
    bare = without_cues(operand, "completion", "target", "reached", "actual", "whether_met")
    if whether and before is None and not names_something(bare):
        return MissedTargets(asked.one_year())  # did it reach its targets: which it did not
    return AgainstTarget(
        asked.in_force(bare),
        asked.one_year(),
        beyond=asked.says("beyond") and not whether,
        rate_only=asked.says("percent") and not asked.says("points") and not whether,
        gap_only=asked.says("points") or "还差" in asked.text,
        whether=whether
        and not re.search(r"多少|百分之|how (?:much|many)|by what", asked.text, re.I),
    )


_ASKS_GAP = re.compile(
    r"差[了着]?(?:多少|几|距)|[超多少高低][了出过]?(?:多少|几|百分)|还差|相差"
    r"|by (?:how (?:much|many)|what)"
    r"|how (?:much|far|many) (?:[a-z]+ )?(?:over|above|below|short|more|less)"
    r"|\bgap\b",
    re.I,
)


def against_again(asked: Asked) -> Plan | None:
    """差几所, by how much in percent: what lies between the two sides just answered."""
    last = asked.state.last
    if not isinstance(last, AgainstTarget) or not _ASKS_GAP.search(asked.rest):
        return None
    if asked.question.names_a_year or asked.question.departments:
        return None
    own = without_words(_ASKS_GAP.sub(" ", asked.rest), "reached", "percent", "beyond", "target")
    if names_something(without_cues(asked.operand(own), "more_than", "completion")):
        return None
    percent = bool(re.search(r"百分|%|percent", asked.rest, re.I))
    short = bool(re.search(r"差|少|低|short|below|less", asked.rest, re.I)) and not percent
    return replace(
        last,
        values=False,
        whether=False,
        rate_only=percent,
        beyond=not short,
        gap_only=short,
    )


def both_sides(asked: Asked) -> Plan | None:
    """目标和实际各是多少, planned vs actually built, supposed to win … and did they get."""
    rest = asked.rest
    if not _TARGET_AND_ACTUAL.search(rest) and not _asks_both(asked):
        return None
    pieces = re.split(r"[,，;；?？]|\bvs\b\.?|\bversus\b", rest)
    pieces = [p for p in pieces if re.search(r"\w", p)]
    operands = [asked.operand(without_words(p, "target", "actual", "done")) for p in pieces]
    own = next((o for o in operands if names_something(o)), None)
    operand = own or asked.operand(without_words(rest, "target", "actual", "done"))
    operand = asked.in_force(without_cues(operand, "target", "actual", "side_by_side", "done"))
    if not names_something(operand):
        return None
    return AgainstTarget(replace(operand, role=None), asked.one_year(), values=True)


def _asks_both(asked: Asked) -> bool:
    """A clause that asks what was aimed at beside one that asks what was done."""
    clauses = re.split(
        r"[,，;；?？]|\bvs\b\.?|\bversus\b|\band\b|\bbut\b|(?<=[多少几个])(?=实际|最后|最终)",
        asked.rest,
    )
    aimed = [
        n
        for n, c in enumerate(clauses)
        if wording().says("target", c) or re.search(r"\bplan(?:ned)?\b", c, re.I)
    ]
    done = [n for n, c in enumerate(clauses) if wording().says("done", c) and n not in aimed]
    asks = len(re.findall(r"多少|几|呢|\bhow (?:many|much)\b|\bwhat\b", asked.rest, re.I))
    # What was done is asked for in a clause of its own: …, and the result?
    asks += any(not names_something(asked.operand(without_words(clauses[n], "done"))) for n in done)
    if asks > 1 and len(aimed) == 1 and not done:
        # 更新了多少辆，计划多少: the aim named by itself, beside what was done
        own = without_words(clauses[aimed[0]], "target")
        done = [] if names_something(asked.operand(own)) else [0]
    held = re.search(r"\bvs\b|versus", asked.rest, re.I)
    return bool(aimed and done and (asks > 1 or held))


def named_ratio(asked: Asked) -> Plan | None:
    """预算完成率, budget completion rate; of a task or project where one is named"""
    text = asked.rest
    for name in COMPUTABLE:
        ratio = RATIOS[name]
        said = (
            name,
            *lexicon().chinese.get(name, ()),
            *ratio.aliases_zh,
            ratio.en,
            *ratio.aliases_en,
        )
        said = tuple(sorted(said, key=len, reverse=True))
        match = next((w for w in said if w.lower() in text.lower()), None)
        if match is None and (spoken := _ratio_of_before(asked, said)):
            return NamedRatio(name, asked.one_year(), asked.says("compute"), (), spoken)
        if match is None:
            continue
        left = re.sub(re.escape(match), " ", text, count=1, flags=re.I)
        left = without_words(left, "compute")
        about = without_cues(asked.operand(left), "compute", "each_project", "actual")
        named = tuple(c for c in about.concepts if not c.light and not of_money(c))
        return NamedRatio(name, asked.one_year(), asked.says("compute"), named, asked.language)
    return None


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
_TARGET_AND_ACTUAL = re.compile(
    r"(?:目标|指标值|计划|预期|年初)[^，。；？]{0,6}[、和与及跟][^，。；？]{0,4}(?:实际|完成)"
    r"|(?:实际|完成)[^，。；？]{0,6}[、和与及跟][^，。；？]{0,4}(?:目标|指标值|计划|预期)"
    r"|\btarget\b[^?]{0,60}\band\b[^?]{0,20}\bactual\b"
    r"|\b(?:planned|targets?|expected)\b[^,;?]{0,12}(?:\bvs?\b\.?|versus|against|and)[^,;?]{0,8}"
    r"\b(?:actual(?:ly)?|achieved|built|done|completed)\b"
    r"|\b(?:vs\b\.?|versus|against|compared (?:with|to)) (?:the |its |their )?"
    r"(?:plan|target|goal)\b"
    r"|\bactual\b[^,;?]{0,12}(?:\bvs?\b\.?|versus|against|and)[^,;?]{0,8}\b(?:planned|targets?)\b",
    re.I,
)


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
    parts = list(listed) or enumerated(asked) or _parts(asked)
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


def of_money(concept: Concept) -> bool:
    """预算, 支出: which amount, not of what."""
    return any(
        re.fullmatch(r"(?:年初|调整后?|全年|实际)?(?:预算|支出|执行|花费)(?:数|额|收入)?", f)
        for f in concept.forms
    )
