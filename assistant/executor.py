"""Runs a plan over the store. No wording of answers, no understanding of questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.execution import arithmetic, changes, comparisons, filters, indicators, rates, tasks
from assistant.execution.beside import beside
from assistant.execution.choosing import choose
from assistant.execution.figures import merge, nothing, of_departments, unsaid
from assistant.execution.lookup import in_unit, of_a_part, one, several_of_one
from assistant.execution.offices import across_many, beyond_many
from assistant.execution.parts import parts_of
from assistant.execution.survey import ONE_BY_ONE
from assistant.holdings import holdings
from assistant.passages import find_sentences, section_sentences, stated_reasons
from assistant.plan import (
    Across,
    AgainstTarget,
    Beside,
    Choose,
    Compare,
    Difference,
    Explain,
    Filter,
    ListIndicators,
    ListReports,
    ListTasks,
    Lookup,
    MissedTargets,
    NamedRatio,
    Operand,
    PerHead,
    Plan,
    Refuse,
    Share,
    TaskFunds,
    Together,
)
from assistant.results import Missing, Reported, Result, Silence
from assistant.scoping import Selection, select
from assistant.terms import term
from index_store.store import ReportInfo, Store
from ingest.report import Role

# Plans that read each report from end to end: over so many they are of one office's.
_ONE_OFFICE = (MissedTargets, ListIndicators, ListTasks, TaskFunds)
_MOST_READ = 60


_PLANS = re.compile(
    r"打算|计划|准备|安排|拟|预计|将"
    r"|\b(?:will|plans?|planning|going to|intends?|expect(?:s|ed)?)\b",
    re.I,
)


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
            return nothing(Missing(Silence.PLACE, place=selection.missing_place), reports)
        if selection.missing_years and not isinstance(plan, Compare):
            elsewhere = self._said_elsewhere(plan, selection, reports)
            if elsewhere:
                return elsewhere
            return nothing(Missing(Silence.YEAR, years=selection.missing_years), reports)
        scoped = holdings(reports).chosen(selection.ids)
        result = self._dispatch(plan, selection, scoped)
        return replace(result, assumptions=plan.scope.assumptions)

    def _said_elsewhere(
        self, plan: Plan, selection: Selection, reports: Sequence[ReportInfo]
    ) -> Result | None:
        """A figure of a year whose report is not loaded, where a later report states it."""
        if isinstance(plan, NamedRatio) and not plan.about:
            named = Operand((term(plan.name),), dimension="percent", text=plan.name)
            plan = Lookup((named,), plan.scope)
        if not isinstance(plan, Lookup) or len(plan.scope.years) != 1:
            return None
        year = plan.scope.years[0]
        aimed = any(o.role is Role.TARGET or _PLANS.search(o.said) for o in plan.operands)
        ids = {
            r.id
            for r in reports
            if r.id in select(reports, replace(plan.scope, years=())).ids
            # What a report says of a year to come is what is planned.
            and ((r.year or year + 1) > year or aimed)
        }
        dated = tuple(replace(operand, year=year) for operand in plan.operands)
        result = self._dispatch(
            replace(plan, operands=dated), selection, holdings(reports).chosen(ids)
        )
        stated = result.reported and all(
            r.located.year == year and not of_a_part(r.located, plan.operands)
            for r in result.reported
        )
        if stated and not (result.missing or result.computed):
            return result
        return changes.year_before(self.store, plan, reports)

    def _dispatch(self, plan: Plan, selection: Selection, reports: Sequence[ReportInfo]) -> Result:
        if isinstance(plan, _ONE_OFFICE) and len(reports) > _MOST_READ:
            return nothing(Missing(Silence.TOO_MANY), reports)
        match plan:
            case Lookup():
                result = self._lookup(plan, reports)
                if plan.parts:
                    return _parts(result, plan, reports)
                return in_unit(result, plan.unit) if plan.unit else result
            case NamedRatio():
                return rates.ratio(self.store, plan, reports)
            case Share():
                return rates.share(self.store, plan, reports)
            case AgainstTarget():
                return rates.against_target(self.store, plan, reports)
            case PerHead():
                return arithmetic.per_head(self.store, plan, reports)
            case Together():
                return arithmetic.together(self.store, plan, reports)
            case Choose():
                return choose(self.store, plan) or unsaid(plan.operand.words, reports)
            case Beside():
                near = beside(self.store, plan, reports)
                return near or unsaid(plan.operand.words, reports)
            case Difference():
                return comparisons.difference(self.store, plan, reports)
            case TaskFunds():
                funds = tasks.task_funds(self.store, plan, reports)
                return in_unit(funds, plan.unit) if plan.unit else funds
            case Filter():
                infos = of_departments(reports, plan.scope)
                over = beyond_many if len(infos) > ONE_BY_ONE else filters.bounded
                return over(self.store, plan, infos)
            case MissedTargets():
                return filters.missed(self.store, plan, filters.forms_meant(plan, reports))
            case Across():
                infos = of_departments(reports, plan.scope)
                over_all = across_many if len(infos) > ONE_BY_ONE else comparisons.across
                return over_all(self.store, plan, infos)
            case Compare():
                return comparisons.compare(self.store, plan, selection, reports)
            case ListIndicators():
                return indicators.listed(self.store, plan, reports)
            case ListTasks():
                return tasks.listed(self.store, plan, reports)
            case Explain():
                return self._explain(plan, reports)
            case _:
                raise AssertionError(plan)

    def _lookup(self, plan: Lookup, reports: Sequence[ReportInfo]) -> Result:
        """Every operand; what is found stands although another is not."""
        named = len(plan.scope.departments) > 1
        if len(plan.operands) > 1 and (several := several_of_one(self.store, plan, reports)):
            return several
        results = [one(self.store, o, reports, side_by_side=named) for o in plan.operands]
        if len(results) > 1:
            # 小学和初中在校生: what one part leaves unsaid stands at its neighbour.
            last = plan.operands[-1]
            results = [
                r if r.reported or o is last else one(self.store, _lent(o, last), reports)
                for o, r in zip(plan.operands, results, strict=True)
            ]
        if len(results) > 1 and any(r.reported for r in results):
            results = [
                replace(r, missing=tuple(replace(m, partial=True) for m in r.missing))
                for r in results
            ]
        whole = Result()
        for result in results:
            whole = merge(whole, result)
        return whole

    def _explain(self, plan: Explain, reports: Sequence[ReportInfo]) -> Result:
        ids = [r.id for r in reports]
        reasons = stated_reasons(self.store, plan.operand, ids) if plan.reason else []
        if reasons:
            return Result(quotations=tuple(reasons))
        if plan.section:
            quotations = section_sentences(self.store, plan.section, plan.operand, ids)
        else:
            operand = plan.operand
            if plan.said:
                operand = replace(operand, concepts=(*operand.concepts, plan.said))
            quotations = find_sentences(
                self.store, operand, ids, reason=plan.reason, strict=plan.strict
            )
        if not quotations:
            return unsaid(plan.operand.words, reports)
        return Result(quotations=tuple(quotations))

    def _reports(self, plan: ListReports, reports: Sequence[ReportInfo]) -> Result:
        selection = select(reports, plan.scope)
        chosen = tuple(holdings(reports).chosen(selection.ids))
        if not chosen:
            return nothing(Missing(Silence.YEAR, years=selection.missing_years), reports)
        return Result(reports=chosen)


def _parts(result: Result, plan: Lookup, reports: Sequence[ReportInfo]) -> Result:
    """The parts of the figure found, that beside them; the whole by itself is no answer."""
    if len(result.reported) != 1:
        return result
    whole = result.reported[0]
    listed = parts_of(whole.located)
    if not listed:
        return unsaid(plan.operands[0].words, reports, whole.located)
    return Result(reported=tuple(Reported(p) for p in listed), shown=(whole,))


def _lent(operand: Operand, neighbour: Operand) -> Operand:
    """An operand with what its neighbour is of besides: silver, of the athletes' medals."""
    own = {c.surface for c in operand.concepts}
    return replace(
        operand,
        concepts=(*operand.concepts, *(c for c in neighbour.concepts if c.surface not in own)),
        required=tuple(c.surface for c in operand.concepts if not c.light),
        counters=operand.counters or neighbour.counters,
        text=f"{operand.text} {neighbour.text}",
        said=f"{operand.said} {neighbour.said}",
    )
