"""Which of several: offices below 95%, projects under 90 points, indicators that fell short."""

from __future__ import annotations

from dataclasses import replace

from assistant.plan import Filter, ListReports, MissedTargets, Plan
from assistant.planners.asked import Asked, cut, names_something, without_cues
from assistant.planners.bounds import find_bound
from assistant.terms import term


def bounded(asked: Asked) -> Plan | None:
    """哪些项目得分低于90分, which offices were below 95%."""
    which = next((c for c in ("each_project", "each_office", "each_year") if asked.says(c)), None)
    found = find_bound(asked)
    if which is None or found is None:
        return None
    bound, rest = found
    operand = without_cues(asked.operand(cut(rest, which)), which, "score")
    terms = [c for c in operand.concepts if not c.light]
    if terms and all("得分" in c.forms for c in terms):
        operand = replace(operand, concepts=(term("总分"),))  # a project's, not an indicator's
    if not names_something(operand):
        operand = replace(operand, concepts=(term("总分"),)) if asked.says("score") else operand
    if not names_something(operand):
        return None
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
    if asked.says("not_full_marks"):
        return MissedTargets(asked.one_year(), by_score=True)
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
