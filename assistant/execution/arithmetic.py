"""Things divided by or added to each other: per head, in total, on average."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import calculator
from assistant.calculator import CalculationError
from assistant.execution.beside import beside
from assistant.execution.comparisons import made_of
from assistant.execution.figures import (
    as_computed,
    as_reported,
    find,
    name_of,
    place_of,
    quantity,
    unsaid,
)
from assistant.execution.jointly import find_each, told_apart
from assistant.execution.sides import is_target
from assistant.located import Located
from assistant.plan import Beside, Operand, PerHead, Together
from assistant.results import Reported, Result
from index_store.store import ReportInfo, Store


def per_head(store: Store, plan: PerHead, reports: Sequence[ReportInfo]) -> Result:
    """One figure divided by the number of what stands beside it, or is found elsewhere."""
    said = find(store, plan.stated, reports) if plan.stated else None
    if said and said.best and not said.rivals and _of_each(said.best.located):
        return as_reported(said)
    read = bool(plan.heads.named or plan.heads.found)  # it is known what both are called
    if read:
        upper, lower = find_each(store, (plan.amount, plan.heads), reports).findings
    else:
        upper, lower = find(store, plan.amount, reports), None
    if upper.best and _of_each(upper.best.located):
        return as_reported(upper)
    if not upper.best:
        near = upper.nearest.located if upper.nearest else None
        return unsaid(plan.amount.words, reports, near)
    amount = upper.best.located
    heads = lower.best.located if lower and lower.best else _heads(store, plan, amount, reports)
    if heads is None:
        return unsaid(plan.heads.words or "/".join(plan.heads.counters), reports, amount)
    if heads.figure is amount.figure:
        # 平均每人多少钱 after a number of people: what stands beside them is shared out
        money = Operand((), dimension="money")
        shared = beside(store, Beside(money, place_of(heads), plan.scope), reports)
        if shared is None or plan.stated is None or plan.stated.dimension != "money":
            return unsaid(plan.amount.words, reports, amount)
        amount = shared.reported[0].located
    # 助学贷款364人、297.5万元 are shared out; 接待21批次、168人次 are no average.
    alike = name_of(amount) == name_of(heads) and amount.figure.base_unit != "元"
    if alike or (is_target(heads) and not is_target(amount)):
        # What was done for each that was aimed at is a rate, and no average.
        return unsaid(plan.amount.words, reports, amount)
    try:
        made = calculator.per_head(quantity(amount), quantity(heads))
    except CalculationError:
        return unsaid(plan.heads.words, reports, amount)
    counter = next(iter(plan.heads.counters), None)
    counted = heads.figure.base_unit if read else None
    of = counter or counted or plan.heads.words or heads.figure.subject or ""
    label = f"{name_of(amount)}（平均每{of}）"
    label_en = f"{name_of(amount)} per {of}"
    return Result(
        shown=(Reported(amount), Reported(heads)),
        computed=(as_computed(made, None, label, label_en, (amount, heads), (amount,)),),
    )


_OF_EACH = re.compile(r"[人户生场亩师校日]均|平均|每[人户名个次场所]")


def _of_each(located: Located) -> bool:
    """Whether the report states a figure per head itself: 人均培训成本, 元/人."""
    figure = located.figure
    return "/" in (figure.unit or "") or bool(_OF_EACH.search(figure.label))


def _heads(
    store: Store, plan: PerHead, amount: Located, reports: Sequence[ReportInfo]
) -> Located | None:
    own = [r for r in reports if r.id == amount.report.id]
    near = beside(store, Beside(plan.heads, place_of(amount), plan.scope), reports)
    if near:
        return near.reported[0].located
    if not any(not c.light for c in plan.heads.concepts):
        return None
    found = find(store, plan.heads, own)
    return found.best.located if found.best and not found.rivals else None


def together(store: Store, plan: Together, reports: Sequence[ReportInfo]) -> Result:
    """Several things of one report, added up or averaged."""
    points: list[Located] = []
    jointly = find_each(store, plan.operands, reports)
    findings = list(jointly.findings)
    for place, operand in enumerate(plan.operands):
        finding = findings[place]
        if not finding.best:
            finding = find(store, _with_neighbour(operand, plan.operands), reports)
            findings[place] = finding
            jointly = told_apart(findings)
        if not finding.best:
            return unsaid(operand.words, reports)
        near = None
        if points and not operand.found and not operand.named:
            # Things that are added up stand beside each other where they can.
            near = beside(store, Beside(operand, place_of(points[0]), plan.scope), reports)
        points.append(near.reported[0].located if near else finding.best.located)
    if not jointly.sure:
        return unsaid(" + ".join(o.words for o in plan.operands), reports, points[0])
    if len({id(p.figure) for p in points}) < len(points) or _two_sides_of_one(points):
        return unsaid(" + ".join(o.words for o in plan.operands), reports, points[0])
    name = "、".join(name_of(p) for p in points)
    try:
        made = made_of(points, plan.over, name, name)
    except CalculationError:
        return unsaid(" + ".join(o.words for o in plan.operands), reports, points[0])
    # Of things named, each was asked for: the most comes first.
    return made if made.computed else Result(reported=(*made.reported, *made.shown))


def _two_sides_of_one(points: Sequence[Located]) -> bool:
    """Whether two of them are target and actual of one indicator, and so not two things."""
    rows = [(p.report.id, p.figure.passage, p.figure.indicator) for p in points]
    rows = [row for row in rows if row[2] is not None]
    return len(set(rows)) < len(rows)


def _with_neighbour(operand: Operand, others: Sequence[Operand]) -> Operand:
    """An operand with the words of the others, its own being required."""
    own = {c.surface for c in operand.concepts}
    lent = {c.surface: c for o in others for c in o.concepts if c.surface not in own}
    return replace(
        operand,
        concepts=(*operand.concepts, *lent.values()),
        required=tuple(c.surface for c in operand.concepts if not c.light),
    )
