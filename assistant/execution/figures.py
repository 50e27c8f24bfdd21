"""What every kind of plan is carried out with: finding, naming, computing, silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.calculator import Calculated, Quantity
from assistant.execution.again import same_again
from assistant.execution.sides import done_beside, is_target
from assistant.finder import LEAST_SURE, Finding, Match, find_figure
from assistant.located import Located
from assistant.plan import Operand, Place, Scope
from assistant.results import Computed, Conflict, Missing, Reported, Result, Silence
from assistant.sameness import named_alike
from index_store.store import ReportInfo, Store
from ingest.report import Role


def find(store: Store, operand: Operand, reports: Sequence[ReportInfo]) -> Finding:
    """The figure that an operand means among the reports; where it was found before, that one."""
    if operand.found and any(r.id == operand.found.report_id for r in reports):
        located = located_at(store, operand.found)
        return Finding(Match(located, cover=1.0, missing=0.0, score=1.0, chance=1.0))
    if again := same_again(store, operand, reports):
        return again
    if total := _total_of_project(store, operand, reports):
        return total
    return _done(operand, find_figure(store, operand, [r.id for r in reports]))


def _done(operand: Operand, finding: Finding) -> Finding:
    """What was done, where nobody asked for a target: 新会员 is no 新会员目标.

    A target counts for what was done against it, so that one of both is surer.
    """
    if operand.role is not None or not any(is_target(m.located) for m in finding.likely):
        return finding
    likely: dict[tuple[Decimal, str | None], Match] = {}
    for match in finding.likely:
        own = _done_for(match, finding.likely)
        before = likely.get(own.located.base_value)
        chance = own.chance + (before.chance if before else 0.0)
        likely[own.located.base_value] = replace(before or own, chance=chance)
    first, *others = sorted(likely.values(), key=lambda m: -m.chance)
    if finding.best and not is_target(finding.best.located):
        value = finding.best.located.base_value
        rivals = (
            m for m in finding.rivals if _done_for(m, finding.likely).located.base_value != value
        )
        return replace(finding, likely=(first, *others), rivals=tuple(rivals))
    if first.chance < LEAST_SURE:
        return replace(finding, likely=(first, *others))
    return Finding(first, nearest=first, likely=(first, *others))


def _done_for(match: Match, likely: Sequence[Match]) -> Match:
    """The match itself, or what was done where it is a target.

    That stands beside it, or is the likeliest of its name: a form's target, told in prose.
    """
    located = match.located
    if not is_target(located):
        return match
    done = done_beside(located) or next(
        (m.located for m in likely if _is_done(m.located, located)), None
    )
    if done is None:
        counted = [
            m for m in likely if m.chance >= _LEAST_DONE and _may_be_done(m.located, located)
        ]
        done = counted[0].located if len(counted) == 1 else None
    alike = done is not None and done.figure.base_unit == located.figure.base_unit
    return replace(match, located=done) if done and alike else match


def _is_done(other: Located, aim: Located) -> bool:
    return _may_be_done(other, aim) and named_alike(other.figure, aim.figure) >= _OF_ONE_NAME


def _may_be_done(other: Located, aim: Located) -> bool:
    one, two = other.figure, aim.figure
    same = other.report is aim.report and (one.base_unit, one.year) == (two.base_unit, two.year)
    return same and not is_target(other)


_LEAST_DONE = 0.15  # chance of the one figure that may be what was done, by any name
_OF_ONE_NAME = 0.75  # likeness of a target's name to that of what was done

_SPENT = re.compile(r"(?:全年|实际|预算|总)*(?:支出|执行|开支|花费)(?:数|额|总额|合计)?$")
_BUDGET = re.compile(r"(?:全年|调整后?的?|部门)*预算(?:数|额|总额|安排)?$")


def _total_of_project(
    store: Store, operand: Operand, reports: Sequence[ReportInfo]
) -> Finding | None:
    """A project's own spending or budget, asked plainly: the form's row of the total."""
    if len(reports) != 1 or not reports[0].project or not operand.concepts or operand.year:
        return None
    terms = [c for c in operand.concepts if not c.light] or [
        c for c in operand.concepts if len(c.forms) > 1
    ]
    for pattern, label in ((_SPENT, "全年执行数"), (_BUDGET, "全年预算数")):
        if not terms or not all(any(pattern.fullmatch(f) for f in c.forms) for c in terms):
            continue
        report = store.report(reports[0].id)
        for figure in report.figures:
            if figure.label == label and figure.role is Role.FUNDS:
                located = Located(report, figure)
                return Finding(Match(located, 1.0, 1.0, 0.0, 1.0))
    return None


def place_of(located: Located) -> Place:
    """Where a figure stands, to be spoken of later."""
    figures = located.report.figures
    number = next(n for n, f in enumerate(figures) if f is located.figure)
    return Place(located.report.id, number)


def located_at(store: Store, place: Place) -> Located:
    """The figure that stands at a place that was answered."""
    report = store.report(place.report_id)
    return Located(report, report.figures[place.number])


def of_departments(reports: Sequence[ReportInfo], scope: Scope) -> Sequence[ReportInfo]:
    """Without project forms, where a department's own is there and no project is asked for."""
    if scope.projects:
        return reports
    return [r for r in reports if r.project is None] or reports


def unsaid(sought: str, reports: Sequence[ReportInfo], nearest: Located | None = None) -> Result:
    """The reports searched do not say it; ``nearest`` is what they say that comes closest."""
    return Result(
        missing=(Missing(Silence.UNSAID, sought, nearest=nearest, searched=tuple(reports)),)
    )


def as_reported(finding: Finding) -> Result:
    """A finding as a result: rivals of another meaning make it a choice, of the same a conflict."""
    assert finding.best
    best = finding.best.located
    conflicts = [Conflict(best, m.located) for m in finding.conflicting]
    choices = []
    for rival in finding.rivals:
        other = rival.located
        if other.base_value[1] != best.base_value[1]:
            continue
        alike = name_of(other) == name_of(best) and other.report.project == best.report.project
        if other.figure.doubtful or alike:
            conflicts.append(Conflict(best, other))
        else:
            choices.append(other)
    if choices:
        return Result(choices=(best, *choices[:4]))
    return Result(reported=(Reported(best, finding.same),), conflicts=tuple(conflicts))


def merge(left: Result, right: Result) -> Result:
    """Both results, the left one first."""
    return Result(
        *((*getattr(left, name), *getattr(right, name)) for name in Result.__dataclass_fields__)
    )


def nothing(missing: Missing, reports: Sequence[ReportInfo]) -> Result:
    """No report of the year or office asked for; ``reports`` are those that were looked at."""
    return Result(missing=(replace(missing, searched=tuple(reports)),))


SCORE = re.compile(r"^(?:绩效)?(?:自评|综合)?(?:得分|总分)$")  # of a task or project as a whole


def name_of(located: Located) -> str:
    """What a figure is called in an answer."""
    figure = located.figure
    if figure.task and (figure.role is Role.FUNDS or SCORE.search(figure.label)):
        return f"{figure.task}（{figure.label}）"
    name = figure.label
    if figure.subject and figure.subject not in figure.label and len(figure.label) < 12:
        name = figure.label + ("·" if figure.label else "") + figure.subject
    aimed_at = figure.role is Role.TARGET and not any(w in name for w in ("目标", "预算", "计划"))
    return f"{name}（目标）" if aimed_at else name


def quantity(located: Located) -> Quantity:
    """A figure as the calculator takes it."""
    return Quantity(located.figure.value, located.figure.unit)


def as_computed(
    calculated: Calculated,
    name: str | None,
    label: str,
    label_en: str,
    operands: tuple[Located, ...],
    scope: tuple[Located, ...],
) -> Computed:
    report = scope[0].report
    return Computed(
        name=name,
        label=label,
        label_en=label_en,
        expression=calculated.expression,
        operands=operands,
        value=Decimal(calculated.value),
        unit=calculated.unit,
        year=scope[0].year,
        department=report.department,
    )
