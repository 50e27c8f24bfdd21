"""A follow-up is the plan before with the slots replaced that it names.

那2021年呢, And Yuancun's?, 林业局的: another year, office or project; 指标要求呢, and the
target?: the other side; 第二年也给我. What the question does not name stays as it was.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.lexicon import wording
from assistant.plan import (
    Across,
    AgainstTarget,
    Beside,
    Compare,
    Filter,
    ListReports,
    Lookup,
    Measure,
    Operand,
    Place,
    Plan,
    Refuse,
    Scope,
    Share,
)
from assistant.planners.asked import Asked, names_something, without_words
from assistant.planners.follow_ups import alike, is_follow_up
from assistant.terms import concepts
from ingest.report import Role

# Words of a follow-up that name nothing: 也给我, the same two figures, then.
_FILLER = re.compile(
    r"也(?:给|要|查)?我?|同样|一样|总有|还有|原来|最初|那个|这个|数据|数字|情况|(?<=[划标成际])数"
    r"|\b(?:at )?(?:the )?(?:end|close) of(?: the year)?\b|\byear[- ]end\b"
    r"|\b(?:same|questions?|things?|figures?|numbers?|values?|again|too|either|likewise|then|ones?|results?)\b",
    re.I,
)

# What is to be made of figures is no slot: 超了多少, what percentage of it was reached.
_OPERATORS = (
    *("percent", "compare", "more_than", "beyond", "completion", "whether_met", "share"),
    *("average", "sum", "reason", "explain", "left_over", "most", "least", "compute"),
)


def revised(asked: Asked) -> Plan | None:
    """The plan before, of another year, office or project, or of the other side."""
    last, question = asked.state.last, asked.question
    if last is None or isinstance(last, (Refuse, ListReports)) or question.new_topic:
        return None
    side = _side_named(asked)
    elsewhere = question.names_a_year or question.departments or question.projects
    if not (side or elsewhere) or any(map(asked.says, _OPERATORS)) or _own_words(asked):
        return None
    if elsewhere and (several := _several_before(asked)):
        return Lookup(several, asked.one_year())
    plan = _elsewhere(asked, last) if elsewhere else last
    answered = asked.state.answered
    opposite = answered[0] if side and not elsewhere and len(answered) == 1 else None
    return _on_side(plan, side, opposite) if side else plan


def swapped(asked: Asked) -> Plan | None:
    """teachers too? 虫灾的成灾率呢: the same asked of another thing."""
    last = asked.state.last
    if not isinstance(last, (Compare, AgainstTarget, Share)) or not is_follow_up(asked.text):
        return None
    own = asked.operand()
    if not names_something(own) or asked.question.new_topic:
        return None
    scope = _changed(asked, last.scope)
    if isinstance(last, Share):
        return replace(last, part=alike(own, last.part), scope=scope, stated=None)
    operand = alike(own, replace(last.operand, role=None))
    if isinstance(last, Compare):
        return replace(last, operand=operand, scope=scope, measure=Measure.VALUES)
    return replace(last, operand=operand, scope=scope, values=True)


def _own_words(asked: Asked) -> bool:
    """Whether the question names something of its own beside the slots."""
    text = without_words(_FILLER.sub(" ", asked.rest), "target", "actual", "done")
    verbs = wording().zh_verbs if asked.state.operand else frozenset()
    left = [c for c in concepts(text, asked.language) if c.surface not in verbs or not c.light]
    return bool(left)


_SO_MANY = re.compile(
    r"[这那]?(?P<zh>[两二三四])个?(?:数|项|都)|\bsame (?P<en>two|three|four)\b", re.I
)
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "two": 2, "three": 3, "four": 4}


def _several_before(asked: Asked) -> tuple[Operand, ...]:
    """The same two figures: the things spoken of last, in the order they were."""
    match = _SO_MANY.search(asked.rest)
    if match is None:
        return ()
    count = _NUMBERS[match["zh"] or match["en"].lower()]
    recent = asked.state.recent[:count]
    return tuple(replace(o, found=None, kin=None) for o in reversed(recent)) if count > 1 else ()


def _side_named(asked: Asked) -> Role | None:
    if asked.says("target"):
        return Role.TARGET
    before = asked.state.operand
    aimed = before is not None and before.role is Role.TARGET
    return Role.ACTUAL if asked.says("actual") or (aimed and asked.says("done")) else None


def _elsewhere(asked: Asked, last: Plan) -> Plan:
    one_year = asked.question.names_a_year and len(asked.scope.years) < 2
    if one_year and isinstance(last, (Compare, Across, Filter)):
        return Lookup((last.operand,), asked.one_year())
    if isinstance(last, Beside):  # what stood beside a figure is sought by its name elsewhere
        return Lookup((asked.state.operand or last.operand,), _changed(asked, last.scope))
    return replace(last, scope=_changed(asked, last.scope))


def _changed(asked: Asked, scope: Scope) -> Scope:
    """The scope before, with the years, offices and projects that the question names."""
    anew = not scope.years or asked.question.names_a_year or asked.year_is_open
    named = asked.one_year() if anew else asked.scope
    moved = bool(asked.question.departments or asked.question.projects)
    return replace(
        named,
        years=named.years or scope.years,
        projects=named.projects if moved or named.projects else scope.projects,
    )


def _on_side(plan: Plan, side: Role, opposite: Place | None) -> Plan:
    def turned(operand: Operand) -> Operand:
        return replace(operand, role=side, found=None, like=None, opposite=opposite)

    match plan:
        case Lookup(operands=operands):
            return replace(plan, operands=tuple(turned(o) for o in operands))
        case AgainstTarget(operand=operand, scope=scope):
            return Lookup((turned(operand),), scope)
        case Compare(operand=operand) | Across(operand=operand):
            return replace(plan, operand=turned(operand))
        case _:
            return plan
