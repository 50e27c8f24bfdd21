"""Lists, ranks, counts and reasons, of a question whose kind the reader knows.

What there is of a group (tasks, projects, indicators) and what is told in words: the kind
says what is wanted, a word says of which group.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.plan import (
    Explain,
    ListIndicators,
    ListTasks,
    MissedTargets,
    Operand,
    Over,
    Plan,
    TaskFunds,
)
from assistant.planners.asked import Asked, names_something
from assistant.planners.bounds import find_bound
from assistant.planners.lists import without_indicators
from assistant.reader.sentence import Kind, Sentence

_TASKS = re.compile(r"任务|项目|专项|\b(?:tasks?|projects?|programmes?|programs?)\b", re.I)
_INDICATORS = re.compile(r"指标|\bindicators?\b", re.I)
_AIMS = re.compile(r"指标|目标|\b(?:indicators?|targets?|goals?)\b", re.I)
_MARKS = re.compile(r"扣|得分|失分|丢分|满分|\b(?:points?|marks?|scores?)\b", re.I)
# 收缴率到底多少 asks for a figure, however it is put.
_COUNTS = re.compile(r"几|多少|数量|个数|\bhow many\b|\bnumber of\b|\bcount\b", re.I)
_HOW_MUCH = re.compile(r"多少|几[成个家户处]|\bhow (?:much|many)\b", re.I)
_SECTIONS = {Kind.PROBLEMS: "存在问题", Kind.MEASURES: "改进措施或下一步计划"}
_OVER = {Kind.MOST: Over.MOST, Kind.LEAST: Over.LEAST}
GROUPS = frozenset(
    [
        *(Kind.LIST, Kind.COUNT, Kind.MOST, Kind.LEAST, Kind.FILTER, Kind.MISSED),
        *(Kind.WHY, Kind.HOW, Kind.PROBLEMS, Kind.MEASURES),
    ]
)


def of_group(asked: Asked, sentence: Sentence) -> Plan | None:
    """The plan, or None where the group is none that reports have."""
    kind, scope = sentence.kind, asked.one_year()
    named = _named(asked, sentence)
    if kind in (Kind.WHY, Kind.HOW, *_SECTIONS):
        if kind is Kind.HOW and _HOW_MUCH.search(asked.rest):
            return None
        section = _SECTIONS.get(kind)
        if section is None and not names_something(named):
            return None
        return Explain(named, scope, section, reason=kind is Kind.WHY)
    if kind is Kind.MISSED:
        by_score = bool(_MARKS.search(asked.rest))
        told = by_score or _AIMS.search(asked.rest)
        return MissedTargets(scope, by_score=by_score) if told else None
    if kind in (Kind.LIST, Kind.COUNT):
        counted = kind is Kind.COUNT and bool(_COUNTS.search(asked.rest))
        if _INDICATORS.search(asked.rest):
            own = asked.operand(without_indicators(asked.rest))
            return ListIndicators(own, scope, counted)
        return ListTasks(scope, counted) if _TASKS.search(asked.rest) else None
    if not _TASKS.search(asked.rest):
        return None
    amount = named if names_something(named) else None
    if kind in _OVER:
        return TaskFunds(_OVER[kind], scope, amount)
    bound = find_bound(asked)
    return TaskFunds(None, scope, amount, bound[0]) if bound else None


def _named(asked: Asked, sentence: Sentence) -> Operand:
    """The first thing of the question, or what is in force where it names none."""
    if not sentence.things:
        return asked.state.operand or asked.operand("")
    words = sentence.things[0].words
    return replace(asked.operand(words), said=asked.rest, named=words)
