"""Which reports or indicators satisfy a condition, the others shown beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant import calculator
from assistant.audit.findings import of_indicators
from assistant.audit.indicators import misses
from assistant.calculator import CalculationError, Quantity
from assistant.execution.figures import as_computed, find, of_departments, quantity, unsaid
from assistant.execution.levels import of_level
from assistant.execution.sides import target_of
from assistant.located import Located
from assistant.matching import concept_match
from assistant.passages import fallen_short
from assistant.plan import Bound, Concept, Filter, MissedTargets
from assistant.results import Computed, Reported, Result
from index_store.store import ReportInfo, Store
from ingest.report import Indicator, Report

_ANY = re.compile(r"^(?:项目|projects?|补助|经费)$", re.I)  # in the names of many projects
_LEAST_OF_A_PROJECT = 0.9  # match of a term with a project's name
_SAME = 0.9  # match of an excepted indicator with its name
_ONES = 24  # written out one by one where what is counted is no more


def bounded(store: Store, plan: Filter, reports: Sequence[ReportInfo]) -> Result:
    """The operand in each report; those beyond the bound are the answer."""
    points = [
        finding.best.located
        for info in of_departments(reports, plan.scope)
        if (finding := find(store, plan.operand, [info])).best
    ]
    if not points:
        return unsaid(plan.operand.words, reports)
    beyond = [p for p in points if is_beyond(p, plan.bound)]
    others = tuple(Reported(p) for p in points if p not in beyond)
    if not beyond:
        return Result(shown=others, none_of=(True,))
    beyond.sort(key=lambda p: p.figure.value)
    if plan.counted:
        return Result(shown=tuple(Reported(p) for p in beyond), computed=(count(beyond),))
    return Result(reported=tuple(Reported(p) for p in beyond))


def is_beyond(point: Located, bound: Bound) -> bool:
    """Whether a figure is on the bound's side; one of another kind of unit is not."""
    return is_beyond_bound(quantity(point), bound)


def is_beyond_bound(amount: Quantity, bound: Bound) -> bool:
    """The same of an amount by itself."""
    against = Quantity(bound.value, bound.unit or amount.unit)
    try:
        apart = calculator.difference(amount, against).value
    except CalculationError:
        return False
    return apart < Decimal(0) if bound.below else apart >= Decimal(0)


def missed(store: Store, plan: MissedTargets, reports: Sequence[ReportInfo]) -> Result:
    """The indicators that fell short, each with its target; none is an answer too.

    Targets stand in the indicator's own row, or in words at its task; where a report
    states neither, its own sentences say what was not reached.
    """
    upper, lower = ("分值", "得分") if plan.by_score else ("target", "actual")
    found = []
    points: list[Located] = []  # what was done, of each that fell short
    aims: list[Located] = []
    scores: list[Located] = []  # 得分, where the points are what was asked
    compared = False
    for info in reports:
        report = store.report(info.id)
        for indicator, row in _asked_for(report, plan):
            target, actual = row.get(upper, []), row.get(lower, [])
            if len(target) == 1 and len(actual) == 1:
                compared = True
                if misses(target[0], actual[0]):
                    found.append((report, indicator))
                    points += row.get("actual", [])[:1] or actual
                    scores += actual if plan.by_score else []
            elif len(actual) == 1 and not plan.by_score and (aim := target_of(actual[0])):
                compared = True
                if misses(aim, actual[0]):
                    points.append(actual[0])
                    aims.append(aim)
    if plan.counted and points:
        counted = count(points, plan.counter)
        return Result(indicators=tuple(found), shown=_shown(aims), computed=(counted,))
    if aims:
        done = tuple(Reported(p) for p in points)
        return Result(reported=done, shown=_shown(aims), indicators=tuple(found))
    if found:
        return Result(reported=_shown(scores), indicators=tuple(found))
    said = fallen_short(store, [r.id for r in reports])
    if said:
        return Result(quotations=tuple(said))
    return Result(none_of=(True,)) if compared else unsaid("指标的目标值", reports)


def forms_meant(plan: MissedTargets, reports: Sequence[ReportInfo]) -> Sequence[ReportInfo]:
    """Without the forms of projects, unless the question is about one: 库房改造项目.

    Projects are known by the question's terms; where it speaks of a project that none of
    them names, all forms are looked at.
    """
    if plan.scope.projects:
        return reports
    fits = {r.id: _fits(plan.of, r.project) for r in reports if r.project}
    best = max(fits.values(), default=0.0)
    if best >= _LEAST_OF_A_PROJECT:
        return [r for r in reports if fits.get(r.id) == best]
    of_one = bool(plan.scope.departments) or len({r.department for r in reports}) == 1
    whole = of_one and not plan.of_project
    return of_departments(reports, plan.scope) if whole else reports


def _fits(terms: Sequence[Concept], project: str) -> float:
    """The best match of a term with the name of a project; 项目 alone is none."""
    return max(
        (concept_match(c, project) for c in terms if not _ANY.search(c.surface)), default=0.0
    )


def _asked_for(
    report: Report, plan: MissedTargets
) -> list[tuple[Indicator, dict[str, list[Located]]]]:
    """The indicators of the levels named, all of them where none is, without those excepted."""
    entries = list(of_indicators(report))
    levels = [c for c in plan.of if any(of_level(i, c) for i, _ in entries)]
    if levels:
        entries = [e for e in entries if any(of_level(e[0], c) for c in levels)]
    if not plan.but:
        return entries
    return [e for e in entries if any(concept_match(c, e[0].name) < _SAME for c in plan.but)]


def _shown(points: Sequence[Located]) -> tuple[Reported, ...]:
    return tuple(Reported(p) for p in points)


def count(points: Sequence[Located], counter: str = "个") -> Computed:
    """How many there are, as a calculation over what was counted, in the counter asked in."""
    ones = " + ".join("1" for _ in points) if len(points) <= _ONES else f"1 × {len(points)}"
    counted = calculator.Calculated(Decimal(len(points)), counter, f"{ones} = {len(points)}")
    return as_computed(counted, None, "符合条件的个数", "how many", tuple(points), (points[0],))
