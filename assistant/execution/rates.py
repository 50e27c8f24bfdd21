"""Official ratios, shares and completion of targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import calculator
from assistant.audit.indicators import misses
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
from assistant.execution.jointly import find_each, told_apart
from assistant.execution.lookup import one
from assistant.execution.sides import actual_of, is_target, target_of
from assistant.execution.survey import ONE_BY_ONE
from assistant.finder import Match
from assistant.fitness import REQUIRED
from assistant.located import Located
from assistant.matching import concept_in_figure, figure_text
from assistant.plan import AgainstTarget, NamedRatio, Operand, Share
from assistant.results import Computed, RateMismatch, Reported, Result
from assistant.sameness import LEAST_ALIKE, named_alike
from assistant.terms import concepts, dimension_of, term
from index_store.store import ReportInfo, Store
from ingest.report import Report, Role

# The figures that the stated ratios of the whole-department form come from.
_LEAST_OF_A_SHARE = 0.55  # of an operand's terms that its figure covers
_MOST_OF_STATED = 0.35  # of a question that a rate which a report states may leave out
_MOST_MISSING = 0.4  # of an operand's terms that its figure may leave out, where two are divided
_OFFERED = 5  # offices named where it is asked which of very many is meant
_MOST_PROJECTS = 6  # whose rates are answered beside each other where none is named
RATIO_OPERANDS = {
    "预算完成率": ("实际支出数", "部门调整预算收入"),
    "预算调整率": ("年度预算调整数", "部门年初预算收入"),
}


# What else is divided where the report does not state the ratio itself.
_SOUGHT = {
    "预算完成率": ("实际支出数", "部门调整预算收入"),
    "预算调整率": ("年度预算调整数", "部门年初预算收入"),
    "三公经费控制率": ("三公经费实际支出", "三公经费预算"),
    "政府采购执行率": ("实际采购金额", "政府采购预算"),
    "结转结余率": ("结转结余", "部门调整预算收入"),
}


def ratio(store: Store, plan: NamedRatio, reports: Sequence[ReportInfo]) -> Result:
    """An official ratio: as stated, checked against its figures, or computed from them."""
    result = Result()
    if not plan.about and plan.name in RATIO_OPERANDS:
        for report in reports:
            result = merge(result, _of_the_form(store, plan, report))
            if len(reports) > ONE_BY_ONE and len(result.reported) >= _OFFERED:
                # Of very many offices it is asked which is meant.
                return Result(choices=tuple(r.located for r in result.reported))
    if result != Result():
        return result
    if not plan.about and plan.name == "预算完成率":
        of_projects = [c for r in reports if (c := _of_the_project(store, r))]
        if len(of_projects) == 1:
            return of_projects[0]
        if 1 < len(of_projects) <= _MOST_PROJECTS:
            for of_project in of_projects:  # one beside the other, each by its name
                result = merge(result, of_project)
            return result
    stated = Operand((*plan.about, term(plan.name)), dimension="percent", language=plan.language)
    stated = replace(stated, required=tuple(c.surface for c in stated.concepts if not c.light))
    said = one(store, stated, reports)
    if not said.missing and not plan.compute:
        return said
    computed = [m for report in reports if (m := _from_operands(store, plan, report))]
    return Result(computed=tuple(computed)) if computed else said


def _of_the_form(store: Store, plan: NamedRatio, info: ReportInfo) -> Result:
    """The ratio that the whole-department form states beside the figures it comes from."""
    report = store.report(info.id)
    funds = {
        f.label: Located(report, f) for f in report.figures if f.role is Role.FUNDS and not f.task
    }
    stated = funds.get(plan.name) or _told_by_name(report, plan.name)
    upper, lower = (funds.get(name) for name in RATIO_OPERANDS[plan.name])
    computed = _divided(plan.name, upper, lower) if upper and lower else None
    conflicts: tuple[RateMismatch, ...] = ()
    if stated and computed and stated.figure.value != computed.value:
        conflicts = (RateMismatch(stated, computed),)
    if stated and not (plan.compute and computed):
        return Result(reported=(Reported(stated),), conflicts=conflicts)
    return Result(computed=(computed,), conflicts=conflicts) if computed else Result()


def _told_by_name(report: Report, name: str) -> Located | None:
    """The office's own rate in running text, called just so: 全年预算执行率97.60%."""
    forms = {f"{before}{form}" for form in term(name).forms for before in _BEFORE_A_RATE}
    found = [
        Located(report, f)
        for f in report.figures
        if f.label in forms and f.unit == "%" and not (f.task or f.indicator or f.year or f.cell)
        if f.role in (Role.ACTUAL, Role.FUNDS)
    ]
    return found[0] if len({x.base_value for x in found}) == 1 else None


_BEFORE_A_RATE = ("", "部门", "年度", "全年", "部门整体", "整体", "总体")


def _of_the_project(store: Store, info: ReportInfo) -> Result | None:
    """What a project's form states in its row of the total, or its figures give."""
    report = store.report(info.id)
    if not info.project:
        return None
    total = {
        f.label: Located(report, f)
        for f in reversed(report.figures)
        if f.role is Role.FUNDS and report.passages[f.passage].section[:1] == ("项目资金",)
    }
    stated = total.get("执行率") or total.get("预算执行率")
    upper, lower = total.get("全年执行数"), total.get("全年预算数")
    if stated:
        return Result(reported=(Reported(stated),), shown=(Reported(stated),))
    if not upper or not lower or not lower.figure.value:
        return None
    made = calculator.ratio("执行率", quantity(upper), quantity(lower))
    label = f"{report.project}执行率"
    computed = as_computed(made, "执行率", label, label, (upper, lower), (upper,))
    return Result(shown=(Reported(lower), Reported(upper)), computed=(computed,))


def _from_operands(store: Store, plan: NamedRatio, info: ReportInfo) -> Computed | None:
    """The ratio from its operands, wherever the report has both and leaves no doubt."""
    found = []
    for name in _SOUGHT[plan.name]:
        named = tuple(replace(c, light=False) for c in concepts(name, "zh"))
        # Of a task or project the general words are enough: its name says which.
        wanted = (*plan.about, *(replace(c, light=bool(plan.about)) for c in named))
        required = tuple(c.surface for c in (plan.about or named))
        operand = Operand(wanted, dimension="money", text=name, required=required)
        finding = find(store, operand, [info])
        if not finding.best or finding.rivals:
            return None
        found.append(finding.best.located)
    upper, lower = found
    if upper.figure is lower.figure or not lower.figure.value or not _of_one(upper, lower):
        return None
    try:
        return _divided(plan.name, upper, lower)
    except CalculationError:
        return None


def _of_one(upper: Located, lower: Located) -> bool:
    """Whether two amounts are of the same task, or of one that the other's label names."""
    one, other = upper.figure.task, lower.figure.task
    if one == other:
        return True
    if one and other:
        return False
    return bool((one and one in lower.figure.label) or (other and other in upper.figure.label))


def _divided(name: str, upper: Located, lower: Located) -> Computed:
    made = calculator.ratio(name, quantity(upper), quantity(lower))
    label = f"{upper.figure.task}{name}" if upper.figure.task else name
    return as_computed(made, name, label, label, (upper, lower), (upper,))


def share(store: Store, plan: Share, reports: Sequence[ReportInfo]) -> Result:
    """One figure as a share of another, or the rate that the report states for it."""
    whole = find(store, plan.whole, reports)
    if plan.more:
        return _share_together(store, plan, reports)
    part = find(store, plan.part, reports)
    if whole.best and (part.best is None or _of_another_unit(part.best, whole.best)):
        # A part is counted as its whole is.
        unit = whole.best.located.figure.base_unit or ""
        counted = replace(plan.part, dimension=dimension_of(unit), counters=(unit,) if unit else ())
        again = find(store, counted, reports)
        part = again if again.best else part
    if part.best and not whole.best and _is_spent(part.best.located):
        # 公务接待费 as a share of 三公经费: of what was spent on it.
        words = (*plan.whole.concepts, replace(term("实际支出数"), light=True))
        again = find(store, replace(plan.whole, concepts=words, dimension="money"), reports)
        whole = again if again.best else whole
    jointly = told_apart((part, whole))
    part, whole = jointly.findings
    for operand, finding in ((plan.part, part), (plan.whole, whole)):
        if not finding.best and plan.stated:
            stated = find(store, plan.stated, reports)
            whole_said = (
                stated.best is not None
                and stated.best.missing <= _MOST_OF_STATED
                and _speaks_of(stated.best.located, plan.part, plan.whole)
                and _may_be_share(stated.best.located, plan)
            )
            if stated.best and whole_said and stated.best.located.figure.unit in {"%", None}:
                return as_reported(stated)
        if not finding.best:
            near = finding.nearest.located if finding.nearest else None
            return unsaid(operand.words, reports, near)
        if finding.rivals:
            return as_reported(finding)
        lacking = finding.best.missing > _MOST_MISSING or finding.best.cover < _LEAST_OF_A_SHARE
        if lacking and not operand.named:  # the reader knows other words for it
            return unsaid(operand.words, reports, finding.best.located)
    assert part.best
    assert whole.best
    first, second = part.best.located, whole.best.located
    same = first.base_value == second.base_value and (
        named_alike(first.figure, second.figure) >= LEAST_ALIKE
    )
    if first.figure is second.figure or same or not jointly.sure:
        return unsaid(f"{plan.part.words} / {plan.whole.words}", reports, first)
    if first.figure.unit == "%" and second.figure.unit != "%" and not plan.part.named:
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


def _is_spent(located: Located) -> bool:
    figure = located.figure
    return figure.base_unit == "元" and not is_target(located) and "预算" not in figure.label


def _share_together(store: Store, plan: Share, reports: Sequence[ReportInfo]) -> Result:
    """Several parts added up as a share of the whole."""
    parts = (plan.part, *plan.more)
    jointly = find_each(store, (*parts, plan.whole), reports)
    found = [f.best.located for f in jointly.findings if f.best]
    sought = f"{' + '.join(p.words for p in parts)} / {plan.whole.words}"
    if not jointly.sure or any(f.rivals for f in jointly.findings):
        return unsaid(sought, reports, found[0] if found else None)
    *of, whole = found
    try:
        made = calculator.share_of_sum([quantity(p) for p in of], quantity(whole))
        if made.value > 100:
            raise CalculationError("parts are never more than their whole")
    except CalculationError:
        return unsaid(sought, reports, of[0])
    names = "、".join(map(name_of, of))
    label, label_en = f"{names}合计占{name_of(whole)}的比例", f"{names} in {name_of(whole)}"
    computed = as_computed(made, "占比", label, label_en, (*of, whole), (of[0],))
    return Result(shown=tuple(Reported(f) for f in found), computed=(computed,))


def _speaks_of(located: Located, part: Operand, whole: Operand) -> bool:
    """Whether a stated rate is of the part at all, and not of the whole by another name."""
    text = figure_text(located.report, located.figure)
    shared = {c.surface for c in whole.concepts}
    terms = [c for c in part.concepts if not c.light and c.surface not in shared]
    return not terms or any(concept_in_figure(c, text) >= REQUIRED for c in terms)


# Rates that are of something else than a part in its whole: 项目支出执行率.
_NO_SHARE = re.compile(r"执行|进度|完成率|增长|增幅|下降|降幅|提高|同比|满意")


def _may_be_share(located: Located, plan: Share) -> bool:
    """Whether a rate can be that of a part, unless the question calls it by its name."""
    other = _NO_SHARE.search(located.figure.label)
    return other is None or other.group() in f"{plan.part.text} {plan.whole.text}"


def _of_another_unit(one: Match, other: Match) -> bool:
    units = {m.located.figure.base_unit for m in (one, other)}
    return len(units) > 1 and "%" not in units


def against_target(store: Store, plan: AgainstTarget, reports: Sequence[ReportInfo]) -> Result:
    """What was done against what was aimed at: both values, rate, difference, deviation."""
    done, aim = _both_sides(store, plan.operand, reports)
    if done is None and aim is None and plan.whether:
        return one(store, plan.operand, reports)  # 达标, in words
    if done is None or aim is None:
        known = done or aim
        if known and (plan.whether or plan.values):
            lacking = unsaid(plan.operand.words + (" 目标" if done else " 实际"), reports).missing
            partial = tuple(replace(m, partial=True) for m in lacking)
            return Result(reported=(Reported(known),), missing=partial)
        return unsaid(plan.operand.words + (" 目标" if done else ""), reports, known)
    if plan.values and not plan.gap_only:
        return Result(reported=(Reported(aim), Reported(done)))
    try:
        rate = calculator.ratio("完成率", quantity(done), quantity(aim))
        gap = calculator.difference(quantity(done), quantity(aim))
    except CalculationError:
        return Result(reported=(Reported(aim), Reported(done)))
    if plan.whether:
        return Result(met=(not misses(aim, done),), reported=(Reported(done), Reported(aim)))
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
    if plan.unit:
        try:
            inside = calculator.converted(calculator.Quantity(gap.value, gap.unit), plan.unit)
        except CalculationError:
            return unsaid(plan.operand.words, reports, done)
        gap = replace(gap, value=inside.value, unit=inside.unit, expression=_in(gap, inside))
    apart = as_computed(gap, None, *_gap_names(done), (done, aim), (done,))
    if plan.gap_only and gap.value < 0:  # 还差8所, not 差-8所
        short = calculator.difference(quantity(aim), quantity(done))
        names = (f"{name}距目标还差", f"{name}, short of its target by")
        apart = as_computed(short, None, *names, (aim, done), (done,))
    computed: tuple[Computed, ...] = (completed, apart)
    if done.figure.unit == "%":
        computed = (apart,)  # a percentage of a percentage says nothing
    if plan.beyond:
        computed = (deviation,) if plan.rate_only else (apart, deviation)
        if done.figure.unit == "%":
            computed = (apart,)  # between rates, in points
    elif plan.gap_only:
        computed = (apart,)
    elif plan.rate_only:
        computed = (completed,)
    if plan.values:
        return Result(reported=(Reported(aim), Reported(done)), computed=computed)
    return Result(shown=(Reported(done), Reported(aim)), computed=computed)


def _both_sides(
    store: Store, operand: Operand, reports: Sequence[ReportInfo]
) -> tuple[Located | None, Located | None]:
    """What was done and what was aimed at: one is found, the other stands beside it."""
    plain = replace(operand, dimension=operand.dimension if operand.counters else None)
    for role in (Role.ACTUAL, Role.TARGET):
        finding = find(store, replace(plain, role=role), reports)
        if not finding.best:
            continue
        located = finding.best.located
        if is_target(located):
            if done := actual_of(located):
                return done, located
        elif aim := target_of(located):
            return located, aim
        elif role is Role.TARGET or (located.figure.role is not Role.FUNDS):
            other = find(store, replace(plain, role=Role.TARGET, found=None), reports)
            aimed = other.best.located if other.best else None
            return located, aimed if aimed and is_target(aimed) else None
    return None, None


def _in(gap: calculator.Calculated, inside: calculator.Calculated) -> str:
    """(9350 − 8000) ÷ 10000: the difference, then its unit changed."""
    return f"({gap.expression}) {inside.expression.split(' ', 1)[1]}"


def _gap_names(done: Located) -> tuple[str, str]:
    name = name_of(done)
    return f"{name}与目标之差", f"{name}, actual minus target"
