"""Runs a plan over the store. No wording of answers, no understanding of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant import calculator
from assistant.calculator import Calculated, CalculationError, Quantity
from assistant.finder import Finding, Located, find_figure, find_indicator
from assistant.passages import find_sentences, section_sentences
from assistant.plan import (
    Across,
    AgainstTarget,
    Compare,
    Concept,
    Difference,
    Explain,
    ListIndicators,
    ListReports,
    ListTasks,
    Lookup,
    Measure,
    NamedRatio,
    Operand,
    Over,
    Plan,
    Refuse,
    Share,
    TaskFunds,
)
from assistant.results import (
    Computed,
    Conflict,
    Missing,
    RateMismatch,
    Reported,
    Result,
    Silence,
    Verbal,
)
from assistant.scoping import Selection, select
from assistant.terms import term
from index_store.store import ReportInfo, Store
from ingest.report import Role

# The figures that the stated ratios of the whole-department form come from.
RATIO_OPERANDS = {
    "预算完成率": ("实际支出数", "部门调整预算收入"),
    "预算调整率": ("年度预算调整数", "部门年初预算收入"),
}


class Executor:
    """Plans to results over one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def run(self, plan: Plan, reports: Sequence[ReportInfo]) -> Result:
        """The result of a plan; what is not there is a result too."""
        if isinstance(plan, Refuse):
            return Result(missing=(Missing(Silence.REFUSED, detail=plan.reason.value),))
        if not reports:
            return Result(missing=(Missing(Silence.NO_REPORTS),))
        if isinstance(plan, ListReports):
            return self._reports(plan, reports)
        selection = select(reports, plan.scope)
        if selection.missing_place:
            return self._nothing(Missing(Silence.PLACE, place=selection.missing_place), reports)
        if selection.missing_years and not isinstance(plan, Compare):
            return self._nothing(Missing(Silence.YEAR, years=selection.missing_years), reports)
        scoped = [r for r in reports if r.id in selection.ids]
        result = self._dispatch(plan, selection, scoped)
        return replace(result, assumptions=plan.scope.assumptions)

    def _dispatch(self, plan: Plan, selection: Selection, reports: Sequence[ReportInfo]) -> Result:
        match plan:
            case Lookup():
                return self._lookup(plan, reports)
            case NamedRatio():
                return self._ratio(plan, reports)
            case Share():
                return self._share(plan, reports)
            case AgainstTarget():
                return self._against_target(plan, reports)
            case Difference():
                return self._difference(plan, reports)
            case TaskFunds():
                return self._task_funds(plan, reports)
            case Across():
                return self._across(plan, reports)
            case Compare():
                return self._compare(plan, selection, reports)
            case ListIndicators():
                return self._indicators(plan, reports)
            case ListTasks():
                tasks = [
                    (self.store.report(r.id), t)
                    for r in reports
                    for t in self.store.report(r.id).tasks
                ]
                return Result(tasks=tuple(tasks)) if tasks else self._unsaid("", reports)
            case Explain():
                return self._explain(plan, reports)
            case _:
                raise AssertionError(plan)

    # -- look-ups ---------------------------------------------------------

    def _lookup(self, plan: Lookup, reports: Sequence[ReportInfo]) -> Result:
        result = Result()
        for operand in plan.operands:
            result = _merge(result, self._one(operand, reports))
        return result

    def _one(self, operand: Operand, reports: Sequence[ReportInfo]) -> Result:
        """One operand, once a department where several are in scope."""
        groups: dict[str | None, list[str]] = {}
        for report in reports:
            groups.setdefault(report.department, []).append(report.id)
        found = {name: find_figure(self.store, operand, ids) for name, ids in groups.items()}
        answered = {name: f for name, f in found.items() if f.best}
        if not answered and operand.dimension == "percent":
            derived = self._derived_rate(operand, reports)
            if derived:
                return derived
        if not answered:
            verbal = find_indicator(self.store, operand, [r.id for r in reports])
            if verbal and verbal[1].actual and operand.concepts:
                return Result(verbal=(Verbal(verbal[0], verbal[1]),))
            nearest = max(
                (f.nearest for f in found.values() if f.nearest),
                key=lambda m: m.cover,
                default=None,
            )
            return self._unsaid(operand.words, reports, nearest.located if nearest else None)
        result = Result()
        for finding in answered.values():
            result = _merge(result, _reported(finding))
        return result

    def _derived_rate(self, operand: Operand, reports: Sequence[ReportInfo]) -> Result | None:
        """A rate that is not stated but follows from two counts side by side.

        受理诉求585宗，按时答复583宗 gives 按时答复率: a count over the one before it in
        its sentence, of the same unit and no smaller.
        """
        counted = replace(operand, dimension=None, concepts=_without_rate(operand.concepts))
        finding = self._figure(counted, reports)
        if not finding.best or finding.rivals:
            return None
        part = finding.best.located
        before = [
            f
            for f in part.report.figures
            if f.passage == part.figure.passage
            and f.end <= part.figure.start
            and f.base_unit == part.figure.base_unit
            and "。" not in part.passage.text[f.end : part.figure.start]
            and "；" not in part.passage.text[f.end : part.figure.start]
        ]
        if part.figure.unit == "%" or not before:
            return None
        whole = Located(part.report, before[-1])
        if whole.base_value[0] < part.base_value[0] or not whole.figure.value:
            return None
        rate = calculator.share(_quantity(part), _quantity(whole))
        label = f"{_name(part)}占{_name(whole)}的比例"
        computed = _computed(
            rate,
            "占比",
            label,
            f"{_name(part)} as a share of {_name(whole)}",
            (part, whole),
            (part,),
        )
        return Result(shown=(Reported(part), Reported(whole)), computed=(computed,))

    def _figure(self, operand: Operand, reports: Sequence[ReportInfo]) -> Finding:
        return find_figure(self.store, operand, [r.id for r in reports])

    # -- calculations -----------------------------------------------------

    def _ratio(self, plan: NamedRatio, reports: Sequence[ReportInfo]) -> Result:
        result = Result()
        for report in reports:
            funds = {
                f.label: Located(self.store.report(report.id), f)
                for f in self.store.report(report.id).figures
                if f.role is Role.FUNDS and not f.task
            }
            stated = funds.get(plan.name)
            upper, lower = (funds.get(name) for name in RATIO_OPERANDS[plan.name])
            computed = None
            if upper and lower:
                computed = _computed(
                    calculator.ratio(plan.name, _quantity(upper), _quantity(lower)),
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
                result = _merge(result, Result(conflicts=(RateMismatch(stated, computed),)))
            if stated and not (plan.compute and computed):
                result = _merge(result, Result(reported=(Reported(stated),)))
            elif computed:
                result = _merge(result, Result(computed=(computed,)))
        if result == Result():
            operand = Operand((term(plan.name),), dimension="percent")
            return self._one(operand, reports)
        return result

    def _share(self, plan: Share, reports: Sequence[ReportInfo]) -> Result:
        part = self._figure(plan.part, reports)
        whole = self._figure(plan.whole, reports)
        for operand, finding in ((plan.part, part), (plan.whole, whole)):
            if not finding.best and plan.stated:
                stated = self._figure(plan.stated, reports)
                if stated.best and stated.best.located.figure.unit in {"%", None}:
                    return _reported(stated)
            if not finding.best:
                near = finding.nearest.located if finding.nearest else None
                return self._unsaid(operand.words, reports, near)
            if finding.rivals:
                return _reported(finding)
        assert part.best
        assert whole.best
        first, second = part.best.located, whole.best.located
        if first.figure is second.figure:
            return self._unsaid(f"{plan.part.words} / {plan.whole.words}", reports, first)
        if first.figure.unit == "%" and second.figure.unit != "%":
            return Result(reported=(Reported(first, part.same),))
        try:
            share = calculator.share(_quantity(first), _quantity(second))
        except CalculationError:
            return self._unsaid(f"{plan.part.words} / {plan.whole.words}", reports, first)
        return Result(
            computed=(
                _computed(
                    share,
                    "占比",
                    f"{_name(first)}占{_name(second)}的比例",
                    f"share of {_name(first)} in {_name(second)}",
                    (first, second),
                    (first,),
                ),
            )
        )

    def _against_target(self, plan: AgainstTarget, reports: Sequence[ReportInfo]) -> Result:
        actual = self._figure(replace(plan.operand, role=Role.ACTUAL, dimension=None), reports)
        target = self._figure(replace(plan.operand, role=Role.TARGET, dimension=None), reports)
        if not actual.best or actual.best.located.figure.role is not Role.ACTUAL:
            return self._unsaid(plan.operand.words, reports)
        if not target.best or target.best.located.figure.role is not Role.TARGET:
            return (
                _merge(_reported(actual), Result())
                if actual.best and not plan.operand.dimension
                else self._unsaid(plan.operand.words + " 目标", reports, actual.best.located)
            )
        done, aim = actual.best.located, target.best.located
        try:
            rate = calculator.ratio("完成率", _quantity(done), _quantity(aim))
            gap = calculator.difference(_quantity(done), _quantity(aim))
        except CalculationError:
            return self._unsaid(plan.operand.words, reports, done)
        name = _name(done)
        off = calculator.ratio("偏差率", _quantity(done), _quantity(aim))
        completed = _computed(
            rate, "完成率", f"{name}目标完成率", f"completion rate of {name}", (done, aim), (done,)
        )
        deviation = _computed(
            off,
            "偏差率",
            f"{name}偏差率",
            f"deviation of {name} from its target",
            (done, aim),
            (done,),
        )
        apart = _computed(
            gap, None, f"{name}与目标之差", f"{name}, actual minus target", (done, aim), (done,)
        )
        computed: tuple[Computed, ...] = (completed, apart)
        if plan.beyond:
            computed = (deviation,) if plan.rate_only else (apart, deviation)
        elif plan.rate_only:
            computed = (completed,)
        return Result(
            shown=(Reported(done, actual.same), Reported(aim, target.same)), computed=computed
        )

    def _difference(self, plan: Difference, reports: Sequence[ReportInfo]) -> Result:
        found = []
        for operand in (plan.first, plan.second):
            finding = self._figure(operand, reports)
            if not finding.best:
                near = finding.nearest.located if finding.nearest else None
                return self._unsaid(operand.words, reports, near)
            found.append(finding)
        first, second = (f.best.located for f in found if f.best)
        try:
            gap = calculator.difference(_quantity(first), _quantity(second))
            if gap.value < 0 and not plan.ordered:
                first, second = second, first
                gap = calculator.difference(_quantity(first), _quantity(second))
        except CalculationError:
            return self._unsaid(f"{plan.first.words} − {plan.second.words}", reports, first)
        label = f"{_name(first)}与{_name(second)}之差"
        label_en = f"{_name(first)} minus {_name(second)}"
        return Result(
            shown=tuple(Reported(f.best.located, f.same) for f in found if f.best),
            computed=(_computed(gap, None, label, label_en, (first, second), (first,)),),
        )

    def _task_funds(self, plan: TaskFunds, reports: Sequence[ReportInfo]) -> Result:
        """Sum or extreme of the funds of a report's main tasks, report by report."""
        result = Result()
        for info in reports:
            report = self.store.report(info.id)
            funds = [Located(report, f) for f in report.figures if f.task and f.role is Role.FUNDS]
            if funds:
                made = _made_of(funds, plan.over, "主要任务资金", "funds of the main tasks")
                result = _merge(result, made)
        return result if result != Result() else self._unsaid("任务涉及资金", reports)

    def _across(self, plan: Across, reports: Sequence[ReportInfo]) -> Result:
        """The operand in each report of the scope, then what is made of them."""
        points: list[Located] = []
        silent: list[ReportInfo] = []
        for info in reports:
            finding = self._figure(plan.operand, [info])
            if finding.best and not (finding.rivals and not points):
                points.append(_like(finding, points) or finding.best.located)
            elif finding.rivals:
                return _reported(finding)
            else:
                silent.append(info)
        if not points or (silent and plan.over in (Over.TOTAL, Over.AVERAGE)):
            return self._unsaid(plan.operand.words, silent or reports)
        points.sort(key=lambda p: (p.report.year or 0, p.report.department or ""))
        name = _name(points[-1])
        try:
            return _made_of(points, plan.over, name, name)
        except CalculationError:
            return Result(reported=tuple(Reported(p) for p in points))

    def _compare(
        self, plan: Compare, selection: Selection, reports: Sequence[ReportInfo]
    ) -> Result:
        """The operand in each year (or department), then difference and growth."""
        years = tuple(sorted(plan.scope.years))
        by_year = len(years) > 1
        missing = selection.missing_years
        if by_year and missing:
            result = self._nothing(
                Missing(Silence.YEAR, plan.operand.words, years=missing), reports
            )
            known = self._one(plan.operand, reports)
            return replace(_merge(known, result), missing=result.missing) if reports else result
        points: list[Located] = []
        shown: list[Reported] = []
        keys = list(years) if by_year else list(plan.scope.departments)
        for key in keys:
            group = [r for r in reports if (r.year if by_year else r.department) == key]
            finding = self._figure(plan.operand, group)
            if not finding.best:
                near = finding.nearest.located if finding.nearest else None
                silent = self._unsaid(plan.operand.words, group, near)
                return replace(silent, reported=tuple(shown))
            if finding.rivals:
                chosen = _like(finding, points)
                if chosen is None:
                    return _reported(finding)
                points.append(chosen)
            else:
                points.append(finding.best.located)
            shown.append(Reported(points[-1], finding.same))
        first, last = points[0], points[-1]
        try:
            pair = (last, first) if by_year else (first, last)
            change = calculator.difference(_quantity(pair[0]), _quantity(pair[1]))
        except CalculationError:
            return Result(reported=tuple(shown))
        name = _name(last)
        computed = []
        if by_year:
            year_span = f"{years[0]}—{years[-1]}"
            labels = (f"{name}{years[-1]}年比{years[0]}年增减", f"change in {name}, {year_span}")
        else:
            labels = (f"{name}之差", f"difference in {name}")
        computed.append(_computed(change, None, *labels, pair, (pair[0],)))
        if by_year and last.figure.unit != "%" and first.figure.value != 0:
            growth = calculator.growth(_quantity(last), _quantity(first))
            rate = _computed(
                growth,
                "同比增长率" if years[-1] - years[0] == 1 else "增长率",
                f"{name}{years[-1]}年比{years[0]}年增长率",
                f"growth of {name}, {year_span}",
                (last, first),
                (last,),
            )
            computed = [rate] if plan.measure is Measure.GROWTH else [*computed, rate]
        if plan.measure is Measure.VALUES:
            return Result(reported=tuple(shown), computed=tuple(computed))
        return Result(shown=tuple(shown), computed=tuple(computed))

    # -- lists and words --------------------------------------------------

    def _indicators(self, plan: ListIndicators, reports: Sequence[ReportInfo]) -> Result:
        from assistant.matching import concept_match

        entries = [
            (self.store.report(r.id), i)
            for r in reports
            for i in self.store.report(r.id).indicators
        ]
        wanted = [c for c in plan.operand.concepts if not c.light]
        if wanted:

            def fits(task: str) -> float:
                return sum(concept_match(c, task) for c in wanted) / len(wanted)

            best = max((fits(i.task or "") for _, i in entries), default=0.0)
            entries = [e for e in entries if fits(e[1].task or "") == best] if best >= 0.45 else []
        if not entries:
            return self._unsaid(plan.operand.words, reports)
        return Result(indicators=tuple(entries))

    def _explain(self, plan: Explain, reports: Sequence[ReportInfo]) -> Result:
        ids = [r.id for r in reports]
        if plan.section:
            quotations = section_sentences(self.store, plan.section, plan.operand, ids)
        else:
            quotations = find_sentences(self.store, plan.operand, ids)
        if not quotations:
            return self._unsaid(plan.operand.words, reports)
        return Result(quotations=tuple(quotations))

    def _reports(self, plan: ListReports, reports: Sequence[ReportInfo]) -> Result:
        selection = select(reports, plan.scope)
        chosen = tuple(r for r in reports if r.id in selection.ids)
        if not chosen:
            return self._nothing(Missing(Silence.YEAR, years=selection.missing_years), reports)
        return Result(reports=chosen)

    def _unsaid(
        self, sought: str, reports: Sequence[ReportInfo], nearest: Located | None = None
    ) -> Result:
        return Result(
            missing=(Missing(Silence.UNSAID, sought, nearest=nearest, searched=tuple(reports)),)
        )

    def _nothing(self, missing: Missing, reports: Sequence[ReportInfo]) -> Result:
        return Result(missing=(replace(missing, searched=tuple(reports)),))


def _made_of(points: Sequence[Located], over: Over, label: str, label_en: str) -> Result:
    """Sum, average or extreme of figures of one kind, the others shown beside it."""
    quantities = [_quantity(p) for p in points]
    if over in (Over.TOTAL, Over.AVERAGE):
        made = (calculator.total if over is Over.TOTAL else calculator.average)(quantities)
        names = {
            Over.TOTAL: (f"{label}合计", f"{label_en} in total"),
            Over.AVERAGE: (f"{label}平均", f"average of {label_en}"),
        }[over]
        computed = _computed(made, None, *names, tuple(points), (points[-1],))
        return Result(shown=tuple(Reported(p) for p in points), computed=(computed,))
    first = points[0]
    for point, quantity in zip(points, quantities, strict=True):
        if (
            calculator.difference(quantity, _quantity(first)).value
            * (1 if over is Over.MOST else -1)
            > 0
        ):
            first = point
    others = tuple(Reported(p) for p in points if p is not first)
    return Result(reported=(Reported(first),), shown=others)


def _reported(finding: Finding) -> Result:
    """A finding as a result: rivals of another meaning make it a choice, of the same a conflict."""
    assert finding.best
    best = finding.best.located
    conflicts = []
    choices = []
    for rival in finding.rivals:
        other = rival.located
        if other.base_value[1] != best.base_value[1]:
            continue
        if other.figure.doubtful or _name(other) == _name(best):
            conflicts.append(Conflict(best, other))
        else:
            choices.append(other)
    if choices:
        return Result(choices=(best, *choices[:4]))
    return Result(reported=(Reported(best, finding.same),), conflicts=tuple(conflicts))


def _like(finding: Finding, points: Sequence[Located]) -> Located | None:
    """Of several candidates the one labelled as the figure already taken for another year."""
    if not points or not finding.best:
        return finding.best.located if finding.best else None
    wanted = (points[0].figure.label, points[0].figure.subject)
    for match in (finding.best, *finding.rivals):
        if (match.located.figure.label, match.located.figure.subject) == wanted:
            return match.located
    return finding.best.located


def _name(located: Located) -> str:
    """What a figure is called in an answer."""
    figure = located.figure
    if figure.task and figure.role is Role.FUNDS:
        return f"{figure.task}（{figure.label}）"
    if figure.subject and figure.subject not in figure.label and len(figure.label) < 12:
        return figure.label + ("·" if figure.label else "") + figure.subject
    return figure.label


def _without_rate(concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """The counted thing of a rate: 按时答复率 → 按时答复."""
    return tuple(
        replace(
            c,
            surface=c.surface.removesuffix("率"),
            forms=tuple(f.removesuffix("率") for f in c.forms),
        )
        for c in concepts
    )


def _quantity(located: Located) -> Quantity:
    return Quantity(located.figure.value, located.figure.unit)


def _computed(
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
        year=report.year,
        department=report.department,
    )


def _merge(left: Result, right: Result) -> Result:
    return Result(
        *((*getattr(left, name), *getattr(right, name)) for name in Result.__dataclass_fields__)
    )
