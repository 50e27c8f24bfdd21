"""The amounts of the tasks or projects that one report speaks of, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant import calculator
from assistant.execution.comparisons import made_of
from assistant.execution.figures import as_computed, merge, unsaid
from assistant.execution.filters import is_beyond
from assistant.finder import Located
from assistant.matching import concept_match
from assistant.plan import Bound, Concept, Operand, Over, TaskFunds
from assistant.results import Computed, Reported, Result
from index_store.store import ReportInfo, Store
from ingest.report import Report, Role

_OF_THE_KIND = 0.85  # least match of an amount's label with the one asked for


def task_funds(store: Store, plan: TaskFunds, reports: Sequence[ReportInfo]) -> Result:
    """The funds of a report's tasks or projects: sum, extreme, those beyond a bound."""
    result = Result()
    for info in reports:
        funds = _amounts_of_tasks(store.report(info.id), plan.amount)
        if not funds:
            continue
        if plan.bound:
            made = _beyond(funds, plan.bound)
            if plan.counted and made.reported:
                counted = _count([r.located for r in made.reported])
                made = Result(shown=made.reported, computed=(counted,))
        elif plan.over:
            name = (
                "主要任务资金" if funds[0].figure.label == "任务涉及资金" else funds[0].figure.label
            )
            made = made_of(_ranked(funds, plan), plan.over, name, "funds of the main tasks")
        else:
            made = Result(reported=tuple(Reported(f) for f in funds))
        result = merge(result, made)
    sought = plan.amount.words if plan.amount else "任务涉及资金"
    return result if result != Result() else unsaid(sought, reports)


def _amounts_of_tasks(report: Report, amount: Operand | None) -> list[Located]:
    """One amount a task: the kind asked for, else what the form calls the task's funds."""
    of_tasks = [
        Located(report, f) for f in report.figures if f.task and f.role is Role.FUNDS and not f.year
    ]
    said = amount.concepts if amount else ()
    wanted = [c for c in said if not c.light] or list(said)

    def fit(label: str) -> float:
        if wanted and label in ("任务涉及资金", "任务执行数"):
            return _OF_THE_KIND  # the only amount that a task of this form has
        if wanted:
            return max(max(concept_match(c, label), _same_kind(c, label)) for c in wanted)
        return {"任务涉及资金": 1.0, "任务执行数": 0.9, "支出": 0.9}.get(label, 0.0)

    labels = {located.figure.label for located in of_tasks}
    best = max(labels, key=lambda label: (fit(label), -len(label), label), default=None)
    if best is None or fit(best) < _OF_THE_KIND:
        return []
    chosen: dict[str, Located] = {}
    for located in of_tasks:
        if located.figure.label == best:
            chosen.setdefault(located.figure.task or "", located)
    return list(chosen.values()) if len(chosen) > 1 else []


def _same_kind(concept: Concept, label: str) -> float:
    """支出 is short for 实际支出数, 执行率 for 预算执行率."""
    tails = (form.removesuffix("数").removesuffix("收入") for form in concept.forms)
    return 0.95 if len(label) > 1 and any(tail.endswith(label) for tail in tails) else 0.0


def _ranked(funds: list[Located], plan: TaskFunds) -> list[Located]:
    """Without the largest, or smallest, that were named before: 第二低的呢."""
    down = plan.over is Over.MOST
    ordered = sorted(funds, key=lambda f: f.figure.value * f.figure.scale, reverse=down)
    return ordered[plan.rank - 1 :] if plan.over in (Over.MOST, Over.LEAST) else funds


def _beyond(points: Sequence[Located], bound: Bound) -> Result:
    """Those on the side of a bound; the others are shown where there is none."""
    beyond = [p for p in points if is_beyond(p, bound)]
    if not beyond:
        return Result(shown=tuple(Reported(p) for p in points), none_of=(True,))
    return Result(reported=tuple(Reported(p) for p in beyond))


def _count(points: Sequence[Located]) -> Computed:
    ones = " + ".join("1" for _ in points)
    counted = calculator.Calculated(Decimal(len(points)), "个", f"{ones} = {len(points)}")
    return as_computed(counted, None, "符合条件的个数", "how many", tuple(points), (points[0],))
