"""Differences, sums and extremes over things, years and offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant import calculator
from assistant.calculator import CalculationError
from assistant.execution.changes import stated_change
from assistant.execution.counterparts import counterparts
from assistant.execution.figures import (
    as_computed,
    as_reported,
    find,
    located_at,
    merge,
    name_of,
    nothing,
    of_departments,
    quantity,
    unsaid,
)
from assistant.execution.jointly import find_each
from assistant.execution.lookup import one
from assistant.finder import Finding, Match
from assistant.located import Located
from assistant.plan import Across, Compare, Difference, Measure, Operand, Over
from assistant.results import Missing, Reported, Result, Silence
from assistant.scoping import Selection
from index_store.store import ReportInfo, Store


def difference(store: Store, plan: Difference, reports: Sequence[ReportInfo]) -> Result:
    """One thing less another of the same year."""
    said = find(store, plan.stated, reports) if plan.stated else None
    if said and said.best and not said.rivals:
        return as_reported(said)
    jointly = find_each(store, (plan.first, plan.second), reports)
    found = jointly.findings
    for operand, finding in zip((plan.first, plan.second), found, strict=True):
        if not finding.best:
            near = finding.nearest.located if finding.nearest else None
            return unsaid(operand.words, reports, near)
    first, second = (f.best.located for f in found if f.best)
    if first.figure is second.figure or not jointly.sure:
        return unsaid(f"{plan.first.words} − {plan.second.words}", reports, first)
    try:
        gap = calculator.difference(quantity(first), quantity(second))
        if gap.value < 0 and not plan.ordered:
            first, second = second, first
            gap = calculator.difference(quantity(first), quantity(second))
    except CalculationError:
        return unsaid(f"{plan.first.words} − {plan.second.words}", reports, first)
    label = f"{name_of(first)}与{name_of(second)}之差"
    label_en = f"{name_of(first)} minus {name_of(second)}"
    if plan.beyond:
        return Result(
            exceeds=(gap.value > 0,),
            reported=(Reported(first), Reported(second)),
            computed=(as_computed(gap, None, label, label_en, (first, second), (first,)),),
        )
    both = tuple(Reported(f.best.located, f.same) for f in found if f.best)
    return Result(
        reported=both if plan.values else (),
        shown=() if plan.values else both,
        computed=(as_computed(gap, None, label, label_en, (first, second), (first,)),),
    )


def across(store: Store, plan: Across, reports: Sequence[ReportInfo]) -> Result:
    """The operand in each report of the scope, then what is made of them."""
    points: list[Located] = []
    silent: list[ReportInfo] = []
    infos = of_departments(reports, plan.scope)
    findings = [find(store, plan.operand, [info]) for info in infos]
    infos, findings = _that_say_it(infos, findings, plan)
    if len({info.department for info in infos}) == 1 and (own := counterparts(findings)):
        points, findings = own, []  # one office over the years: one thing
    for info, finding in zip(infos, findings, strict=False):
        if finding.best and not (finding.rivals and not points):
            points.append(_like(finding, points) or finding.best.located)
        elif finding.rivals:
            return as_reported(finding)
        else:
            silent.append(info)
    if not points or (silent and plan.over in (Over.TOTAL, Over.AVERAGE)):
        return unsaid(plan.operand.words, silent or reports)
    points.sort(key=lambda p: (p.report.year or 0, p.report.department or ""))
    name = name_of(points[-1])
    try:
        return made_of(points, plan.over, name, name)
    except CalculationError:
        return Result(reported=tuple(Reported(p) for p in points))


def _that_say_it(
    infos: Sequence[ReportInfo], findings: list[Finding], plan: Across
) -> tuple[Sequence[ReportInfo], list[Finding]]:
    """Without the offices none of whose reports says it, where nobody named an office."""
    if plan.scope.departments or plan.over not in (Over.TOTAL, Over.AVERAGE):
        return infos, findings
    say = {info.department for info, f in zip(infos, findings, strict=True) if f.best}
    kept = [n for n, info in enumerate(infos) if info.department in say]
    return ([infos[n] for n in kept], [findings[n] for n in kept]) if kept else (infos, findings)


def compare(
    store: Store, plan: Compare, selection: Selection, reports: Sequence[ReportInfo]
) -> Result:
    """The operand in each year (or department), then difference and growth."""
    # The thing is sought that is compared, by its terms: not the change that is asked for.
    named = plan.operand.named or plan.operand.words
    plan = replace(plan, operand=replace(plan.operand, said=named, before=(), found=None))
    years = tuple(sorted(plan.scope.years))
    by_year = len(years) > 1
    given = _given(store, plan, years) if by_year else []
    missing = () if given else selection.missing_years
    if by_year and any(_of_year(store, plan.operand, y, reports) is None for y in missing):
        if said := _said_change(store, plan, reports):
            return said
        result = nothing(Missing(Silence.YEAR, plan.operand.words, years=missing), reports)
        known = one(store, plan.operand, reports)
        return replace(merge(known, result), missing=result.missing) if reports else result
    keys = list(years) if by_year else list(plan.scope.departments)
    if not keys:
        return one(store, plan.operand, reports)
    findings = list(given)
    for key in [] if given else keys:
        group = [r for r in reports if (r.year if by_year else r.department) == key]
        finding = find(store, plan.operand, group)
        if isinstance(key, int) and not finding.best:
            finding = _of_year(store, plan.operand, key, reports) or finding
        findings.append(finding)
    points = [f.best.located for f in given if f.best] if given else counterparts(findings)
    if points is None:
        return _apart(plan, findings, keys, reports)
    shown = [
        Reported(p, f.same if f.best and f.best.located is p else ())
        for p, f in zip(points, findings, strict=True)
    ]
    points = _counterparts(points)
    first, last = points[0], points[-1]
    if first.figure is last.figure:
        return unsaid(plan.operand.words, reports, first)
    try:
        pair = (last, first) if by_year else (first, last)
        change = calculator.difference(quantity(pair[0]), quantity(pair[1]))
    except CalculationError:
        return Result(reported=tuple(shown))
    name = name_of(last)
    computed = []
    if by_year:
        year_span = f"{years[0]}—{years[-1]}"
        labels = (f"{name}{years[-1]}年比{years[0]}年增减", f"change in {name}, {year_span}")
    else:
        labels = (f"{name}之差", f"difference in {name}")
    if plan.less and by_year and change.value < 0:
        change = calculator.difference(quantity(first), quantity(last))
        pair = (first, last)
        labels = (
            f"{name}{years[-1]}年比{years[0]}年减少",
            f"decrease in {name}, {years[0]}—{years[-1]}",
        )
    computed.append(as_computed(change, None, *labels, pair, (last if by_year else pair[0],)))
    gap_alone = plan.measure is Measure.GAP
    if by_year and last.figure.unit != "%" and first.figure.value != 0 and not gap_alone:
        down = plan.less and change_of(first, last) < 0 and plan.measure is Measure.GROWTH
        growth = (calculator.decline if down else calculator.growth)(
            quantity(last), quantity(first)
        )
        rate = as_computed(
            growth,
            None if down else "同比增长率" if years[-1] - years[0] == 1 else "增长率",
            f"{name}{years[-1]}年比{years[0]}年{'降幅' if down else '增长率'}",
            f"{'fall in' if down else 'growth of'} {name}, {year_span}",
            (last, first),
            (last,),
        )
        computed = [rate] if plan.measure is Measure.GROWTH else [*computed, rate]
    if plan.measure is Measure.VALUES:
        return Result(reported=tuple(shown), computed=tuple(computed))
    return Result(shown=tuple(shown), computed=tuple(computed))


def change_of(first: Located, last: Located) -> Decimal:
    """How much more the last one is than the first, in base units."""
    return last.base_value[0] - first.base_value[0]


def _given(store: Store, plan: Compare, years: Sequence[int]) -> list[Finding]:
    """The figures that were answered for these years just before, one of each."""
    found = {located.year: located for located in (located_at(store, p) for p in plan.answered)}
    if set(found) != set(years):
        return []
    return [Finding(Match(found[year], 1.0, 0.0, 1.0, 1.0)) for year in years]


def _apart(
    plan: Compare,
    findings: Sequence[Finding],
    keys: Sequence[int | str | None],
    reports: Sequence[ReportInfo],
) -> Result:
    """What was found in some of the reports, where it is not the same thing in all of them."""
    found = [f for f in findings if f.best]
    if found and found[0].rivals and len(found) == len(findings):
        return as_reported(found[0])
    of = {key: [r for r in reports if key in (r.year, r.department)] for key in keys}
    silent = next(
        ((k, f) for k, f in zip(keys, findings, strict=True) if not f.best),
        (keys[-1], findings[-1]),
    )
    near = silent[1].nearest.located if silent[1].nearest else None
    told = unsaid(plan.operand.words, of[silent[0]], near)
    first = [Reported(f.best.located, f.same) for f in found if f.best][:1]
    return replace(told, reported=tuple(first) if len(found) < len(findings) else ())


def _said_change(store: Store, plan: Compare, reports: Sequence[ReportInfo]) -> Result | None:
    """The change since the year before in the report's own words, where only it is loaded."""
    earlier, *later = sorted(plan.scope.years)
    if later != [earlier + 1]:
        return None
    finding = find(store, plan.operand, [r for r in reports if r.year == later[0]])
    if not finding.best or finding.rivals:
        return None
    for now in (finding.best.located, *finding.same):
        if change := stated_change(now):
            return Result(reported=(Reported(change[0]),), shown=(Reported(now),))
    return None


def _counterparts(points: list[Located]) -> list[Located]:
    """Beside a value of another year that a sentence compares with, the one it compares."""
    if len(points) != 2 or not points[0].figure.year or points[1].figure.year:
        return points
    then, now = points
    if now.figure.passage == then.figure.passage or now.report is not then.report:
        return points
    label = then.figure.label
    compared = [
        f
        for f in now.report.figures
        if f.passage == then.figure.passage
        and f.year is None
        and f.base_unit == then.figure.base_unit
        and f.end <= then.figure.start
        and (f.label.endswith(label) or label.endswith(f.label))
    ]
    return [then, Located(now.report, compared[-1])] if compared else points


def _of_year(
    store: Store, operand: Operand, year: int, reports: Sequence[ReportInfo]
) -> Finding | None:
    """What reports of other years say of a year: 2022年全年实际支出为… in that of 2023."""
    finding = find(
        store, replace(operand, year=year, found=None), [r for r in reports if r.year != year]
    )
    return finding if finding.best else None


def made_of(points: Sequence[Located], over: Over, label: str, label_en: str) -> Result:
    """Sum, average or extreme of figures of one kind, the others shown beside it."""
    quantities = [quantity(p) for p in points]
    if over in (Over.TOTAL, Over.AVERAGE):
        made = (calculator.total if over is Over.TOTAL else calculator.average)(quantities)
        names = {
            Over.TOTAL: (f"{label}合计", f"{label_en} in total"),
            Over.AVERAGE: (f"{label}平均", f"average of {label_en}"),
        }[over]
        computed = as_computed(made, None, *names, tuple(points), (points[-1],))
        return Result(shown=tuple(Reported(p) for p in points), computed=(computed,))
    first = points[0]
    for point, amount in zip(points, quantities, strict=True):
        if (
            calculator.difference(amount, quantity(first)).value * (1 if over is Over.MOST else -1)
            > 0
        ):
            first = point
    others = [p for p in points if p is not first]
    if len({p.base_value[1] for p in points}) == 1:
        others.sort(key=lambda p: p.base_value[0], reverse=over is Over.MOST)
    return Result(reported=(Reported(first),), shown=tuple(Reported(p) for p in others))


def _like(finding: Finding, points: Sequence[Located]) -> Located | None:
    """Of several candidates the one labelled as the figure already taken for another year."""
    if not points or not finding.best:
        return finding.best.located if finding.best else None
    wanted = (points[0].figure.label, points[0].figure.subject)
    for match in (finding.best, *finding.rivals, *finding.conflicting):
        if (match.located.figure.label, match.located.figure.subject) == wanted:
            return match.located
    return finding.best.located
