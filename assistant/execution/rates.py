"""Official ratios, shares and completion of targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import calculator
from assistant.calculator import CalculationError
from assistant.execution.figures import (
    as_computed,
    as_reported,
    find,
    merge,
    name_of,
    quantity,
    unsaid,
)
from assistant.execution.lookup import one
from assistant.finder import Located
from assistant.plan import AgainstTarget, NamedRatio, Operand, Share
from assistant.results import Computed, RateMismatch, Reported, Result
from assistant.terms import term
from index_store.store import ReportInfo, Store
from ingest.report import Role

# The figures that the stated ratios of the whole-department form come from.
_MOST_MISSING = 0.4  # of an operand's terms that its figure may leave out, where two are divided
RATIO_OPERANDS = {
    "预算完成率": ("实际支出数", "部门调整预算收入"),
    "预算调整率": ("年度预算调整数", "部门年初预算收入"),
}


def ratio(store: Store, plan: NamedRatio, reports: Sequence[ReportInfo]) -> Result:
    """An official ratio: as stated, checked against its figures, or computed from them."""
    result = Result()
    for report in reports:
        funds = {
            f.label: Located(store.report(report.id), f)
            for f in store.report(report.id).figures
            if f.role is Role.FUNDS and not f.task
        }
        stated = funds.get(plan.name)
        upper, lower = (funds.get(name) for name in RATIO_OPERANDS[plan.name])
        computed = None
        if upper and lower:
            computed = as_computed(
                calculator.ratio(plan.name, quantity(upper), quantity(lower)),
                plan.name,
                plan.name,
                plan.name,
                (upper, lower),
                (upper,),
            )
        if stated is None and computed is None:
            continue
        differs = stated and computed and stated.figure.value != computed.value
        if stated and computed and differs:
            result = merge(result, Result(conflicts=(RateMismatch(stated, computed),)))
        if stated and not (plan.compute and computed):
            result = merge(result, Result(reported=(Reported(stated),)))
        elif computed:
            result = merge(result, Result(computed=(computed,)))
    if result == Result():
        operand = Operand((term(plan.name),), dimension="percent")
        return one(store, operand, reports)
    return result


def share(store: Store, plan: Share, reports: Sequence[ReportInfo]) -> Result:
    """One figure as a share of another, or the rate that the report states for it."""
    part = find(store, plan.part, reports)
    whole = find(store, plan.whole, reports)
    for operand, finding in ((plan.part, part), (plan.whole, whole)):
        if not finding.best and plan.stated:
            stated = find(store, plan.stated, reports)
            if stated.best and stated.best.located.figure.unit in {"%", None}:
                return as_reported(stated)
        if not finding.best:
            near = finding.nearest.located if finding.nearest else None
            return unsaid(operand.words, reports, near)
        if finding.rivals:
            return as_reported(finding)
        if finding.best.missing > _MOST_MISSING:
            return unsaid(operand.words, reports, finding.best.located)
    assert part.best
    assert whole.best
    first, second = part.best.located, whole.best.located
    if first.figure is second.figure:
        return unsaid(f"{plan.part.words} / {plan.whole.words}", reports, first)
    if first.figure.unit == "%" and second.figure.unit != "%":
        return Result(reported=(Reported(first, part.same),))
    try:
        share = calculator.share(quantity(first), quantity(second))
        if share.value > 100:
            raise CalculationError("a part is never more than its whole")
    except CalculationError:
        return unsaid(f"{plan.part.words} / {plan.whole.words}", reports, first)
    return Result(
        computed=(
            as_computed(
                share,
                "占比",
                f"{name_of(first)}占{name_of(second)}的比例",
                f"share of {name_of(first)} in {name_of(second)}",
                (first, second),
                (first,),
            ),
        )
    )


def against_target(store: Store, plan: AgainstTarget, reports: Sequence[ReportInfo]) -> Result:
    """What was done against what was aimed at: rate, difference, deviation."""
    actual = find(store, replace(plan.operand, role=Role.ACTUAL, dimension=None), reports)
    target = find(store, replace(plan.operand, role=Role.TARGET, dimension=None), reports)
    if not actual.best or actual.best.located.figure.role is not Role.ACTUAL:
        return unsaid(plan.operand.words, reports)
    if not target.best or target.best.located.figure.role is not Role.TARGET:
        return unsaid(plan.operand.words + " 目标", reports, actual.best.located)
    done, aim = actual.best.located, target.best.located
    try:
        rate = calculator.ratio("完成率", quantity(done), quantity(aim))
        gap = calculator.difference(quantity(done), quantity(aim))
    except CalculationError:
        return unsaid(plan.operand.words, reports, done)
    name = name_of(done)
    off = calculator.ratio("偏差率", quantity(done), quantity(aim))
    completed = as_computed(
        rate, "完成率", f"{name}目标完成率", f"completion rate of {name}", (done, aim), (done,)
    )
    deviation = as_computed(
        off,
        "偏差率",
        f"{name}偏差率",
        f"deviation of {name} from its target",
        (done, aim),
        (done,),
    )
    apart = as_computed(
        gap, None, f"{name}与目标之差", f"{name}, actual minus target", (done, aim), (done,)
    )
    computed: tuple[Computed, ...] = (completed, apart)
    if plan.beyond:
        computed = (deviation,) if plan.rate_only else (apart, deviation)
    elif plan.gap_only:
        computed = (apart,)
    elif plan.rate_only:
        computed = (completed,)
    return Result(
        shown=(Reported(done, actual.same), Reported(aim, target.same)), computed=computed
    )
