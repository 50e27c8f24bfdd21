"""Which of several: offices below 95%, projects under 90 points, indicators that fell short."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.plan import Concept, Filter, ListReports, MissedTargets, Operand, Plan
from assistant.planners.asked import Asked, cut, names_something, without_cues
from assistant.planners.bounds import find_bound
from assistant.planners.counting import counter_asked
from assistant.terms import term

_MISSED = re.compile(
    r"(?:哪些|哪几|几|多少|有无|什么)[个项]?(?:[一二三]级|绩效|关键)*指标[^，。？?]{0,8}"
    r"(?:没|未|不)(?:有)?(?:完成|做到|达|到|及格|合格)"
    r"|指标[^，。？?]{0,4}(?:没|未)(?:有)?(?:完成|达标|达到)[^，。？?]{0,4}(?:哪|几|多少)"
    r"|\b(?:which|what|how many)\b[^?]{0,20}\b(?:indicators?|targets?)\b[^?]{0,60}"
    r"\b(?:fell short|fall short|miss(?:ed)?|not (?:met|reached|achieved)|unmet|below target"
    r"|failed)\b",
    re.I,
)

# 有多少个部门, how many offices: those are counted, and no figure of theirs is.
_COUNTED_OFFICES = re.compile(
    r"(?:有|共有)?(?:多少|几)[个家]?(?:部门|单位|街道|街镇|镇街|机构|局)"
    r"|\bhow many\s+(?:of the\s+)?(?:offices?|departments?|bureaus?|sub-?\s?districts?|streets?)\b",
    re.I,
)


def bounded(asked: Asked) -> Plan | None:
    """哪些项目得分低于90分, which offices were below 95%."""
    which = next((c for c in ("each_project", "each_office", "each_year") if asked.says(c)), None)
    counted = _COUNTED_OFFICES.search(asked.rest)
    which = which or ("each_office" if counted else None)
    found = find_bound(asked)
    if which is None or found is None:
        return None
    if which == "each_project" and not asked.project_forms():
        return None  # those that one report speaks of are no forms of their own
    bound, rest = found
    rest = _COUNTED_OFFICES.sub(" ", rest)
    operand = without_cues(asked.operand(cut(rest, which)), which, "score")
    terms = [c for c in operand.concepts if not c.light]
    if terms and all("得分" in c.forms for c in terms):
        operand = _of_name(operand, "总分")  # a project's, not an indicator's
    if not names_something(operand) and asked.says("score"):
        operand = _of_name(operand, "总分")
    if not names_something(operand):
        return None
    scope = asked.scope
    if which == "each_office" and not asked.question.departments:
        scope = replace(scope, departments=())
    if which == "each_project" and not scope.projects:
        scope = replace(scope, projects=asked.project_forms())
    asked = replace(asked, scope=scope)
    if which == "each_year" and not scope.years:
        return Filter(operand, bound, replace(scope, years=asked.years_loaded()))
    return Filter(operand, bound, asked.one_year(), counted=bool(counted))


def _of_name(operand: Operand, name: str) -> Operand:
    """The same asked for by what forms call it, whatever the question's words were."""
    return replace(operand, concepts=(term(name),), text=name, said=name)


def missed(asked: Asked) -> Plan | None:
    """哪些指标没有完成目标"""
    counted = bool(
        re.search(r"(?<!哪)几[个项]|多少[个项]|how many|\bnumber of\b", asked.text, re.I)
    )
    by_score = asked.says("not_full_marks")
    if not by_score and not (asked.says("missed_targets") or _MISSED.search(asked.text)):
        return None
    excepted = _BUT.search(asked.rest)
    rest = asked.rest[: excepted.start()] + asked.rest[excepted.end() :] if excepted else asked.rest
    return MissedTargets(
        asked.one_year(),
        by_score=by_score,
        counted=counted,
        counter=counter_asked(asked.text) or "个",
        of=tuple(c for c in _terms(asked, rest) if not any(map(_ANY.fullmatch, c.forms))),
        but=_terms(asked, excepted["zh"] or excepted["en"]) if excepted else (),
        of_project=bool(_PROJECT.search(asked.text)),
    )


_ANY = re.compile(r"(?:[一二三]级|绩效|关键|考核)*指标")  # of no level in particular
_PROJECT = re.compile(r"项目|\bproject", re.I)


def _terms(asked: Asked, text: str) -> tuple[Concept, ...]:
    return tuple(c for c in asked.operand(text).concepts if not c.light)


# 除了预算执行率，还有哪些; which, apart from budget execution.
_BUT = re.compile(
    r"除(?:了|去)?(?P<zh>[^，。？?]{2,20}?)(?:以外|之外|外|[，,]|还有|其他)"
    r"|\b(?:apart from|besides|except(?: for)?|other than|excluding|leaving aside"
    r"|not counting|leaving out)\s+(?:the )?"
    r"(?P<en>[^,?]{2,40}?)(?=[,?)]|$)",
    re.I,
)


def projects(asked: Asked) -> Plan | None:
    """有哪些项目, how many projects are there: the project forms loaded."""
    if not asked.says("list_projects") or not asked.project_forms():
        return None
    if names_something(without_cues(asked.operand(), "list_projects", "each_project")):
        return None
    return ListReports(replace(asked.scope, projects=asked.project_forms()))
