"""Which of several: offices below 95%, projects under 90 points, indicators that fell short."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.plan import Bound, Filter, ListReports, MissedTargets, Plan
from assistant.planners.asked import Asked, cut, names_something, without_cues
from assistant.terms import term
from ingest.units import UNIT_PATTERN

_BELOW = r"不足|不到|低于|少于|小于|未达到?|没达到|没到|below|under|less than|lower than|fewer than"
_ABOVE = r"不低于|不少于|高于|超过|大于|多于|达到|above|over|more than|higher than|at least"
_BOUND = re.compile(
    rf"(?P<above>{_ABOVE})?(?P<below>{_BELOW})?\s*(?P<number>\d+(?:\.\d+)?)\s*"
    rf"(?P<unit>percent|points|{UNIT_PATTERN})?(?:的|及以[上下]|以[上下])?",
    re.I,
)
_UNITS = {"percent": "%", "points": "分"}


def bounded(asked: Asked) -> Plan | None:
    """哪些项目得分低于90分, which offices were below 95%."""
    which = next((c for c in ("each_project", "each_office", "each_year") if asked.says(c)), None)
    match = next((m for m in _BOUND.finditer(asked.rest) if m["above"] or m["below"]), None)
    if which is None or match is None:
        return None
    rest = asked.rest[: match.start()] + " " + asked.rest[match.end() :]
    operand = without_cues(asked.operand(cut(rest, which)), which, "score")
    if not names_something(operand):
        operand = replace(operand, concepts=(term("总分"),)) if asked.says("score") else operand
    if not names_something(operand):
        return None
    unit = _UNITS.get((match["unit"] or "").lower(), match["unit"])
    bound = Bound(Decimal(match["number"]), unit, below=bool(match["below"]))
    scope = asked.scope
    if which == "each_office" and not asked.question.departments:
        scope = replace(scope, departments=())
    if which == "each_project" and not scope.projects:
        scope = replace(scope, projects=_projects(asked))
    asked = replace(asked, scope=scope)
    if which == "each_year" and not scope.years:
        return Filter(operand, bound, replace(scope, years=asked.years_loaded()))
    return Filter(operand, bound, asked.one_year())


def missed(asked: Asked) -> Plan | None:
    """哪些指标没有完成目标"""
    if not asked.says("missed_targets"):
        return None
    return MissedTargets(asked.one_year())


def projects(asked: Asked) -> Plan | None:
    """有哪些项目, how many projects are there: the project forms loaded."""
    if not asked.says("list_projects") or not _projects(asked):
        return None
    if names_something(without_cues(asked.operand(), "list_projects", "each_project")):
        return None
    return ListReports(replace(asked.scope, projects=_projects(asked)))


def _projects(asked: Asked) -> tuple[str, ...]:
    departments = asked.scope.departments
    return tuple(
        sorted(
            {
                r.project
                for r in asked.reports
                if r.project and (not departments or r.department in departments)
            }
        )
    )
