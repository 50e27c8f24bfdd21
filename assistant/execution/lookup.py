"""One operand: its figure, a rate that follows from two, an indicator in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import calculator
from assistant.execution.figures import (
    as_computed,
    as_reported,
    find,
    merge,
    name_of,
    quantity,
    unsaid,
)
from assistant.execution.jointly import find_each
from assistant.execution.sides import actual_of, is_target, target_of
from assistant.execution.survey import ONE_BY_ONE, likeliest
from assistant.finder import find_indicator
from assistant.fitness import REQUIRED
from assistant.located import Located
from assistant.matching import concept_match
from assistant.measures import excludes
from assistant.plan import Concept, Lookup, Operand, Place
from assistant.results import Reported, Result, Verbal
from index_store.store import ReportInfo, Store
from ingest.report import Indicator, Report, Role
from ingest.units import parse_unit

_MOST_OFFICES = 4  # answered side by side; of more than so many it is asked which
_MOST_ASKED = 10  # offices searched, of more than can be searched one by one
_OF_EVERY_FORM = 3.0  # the same for what every department's form has
_BEHIND_BEST = 2.0  # how far another department's figure may be behind the best one's


_EVERY_FORM = re.compile(
    r"(?:实际支出|全年执行|年初预算|调整预算|全年预算|执行率|预算完成率|预算调整)数?$"
)


def one(
    store: Store, operand: Operand, reports: Sequence[ReportInfo], *, side_by_side: bool = False
) -> Result:
    """One operand; where it fits several departments of which none was named, a choice."""
    if operand.found and any(r.id == operand.found.report_id for r in reports):
        return as_reported(find(store, operand, reports))
    if operand.opposite and (other := _other_side(store, operand, operand.opposite, reports)):
        return other
    if operand.role is Role.TARGET and (aimed := _aimed_at(store, operand, reports)):
        return aimed
    groups: dict[str | None, list[ReportInfo]] = {}
    for report in reports:
        groups.setdefault(report.department, []).append(report)
    if len(groups) > ONE_BY_ONE:
        # Of very many offices those are searched that have the question's words.
        led = {info.department for info in likeliest(store, operand, reports, _MOST_ASKED)}
        groups = {name: own for name, own in groups.items() if name in led}
    found = {name: find(store, operand, own) for name, own in groups.items()}
    best = max((f.best.score for f in found.values() if f.best), default=0.0)
    apart = _OF_EVERY_FORM if _in_every_form(operand) else _BEHIND_BEST
    answered = {name: f for name, f in found.items() if f.best and f.best.score >= best - apart}
    if not answered and operand.dimension == "percent":
        derived = derived_rate(store, operand, reports)
        if derived:
            return derived
    unsure = [m for f in found.values() for m in f.unsure]
    if not answered and unsure:
        top = max(m.score for m in unsure)
        kept = sorted((m for m in unsure if m.score >= top - apart), key=lambda m: -m.score)
        return Result(choices=tuple(m.located for m in kept[:5]))
    if not answered:
        verbal = find_indicator(store, operand, [r.id for r in reports])
        # What was done is no answer to what was aimed at.
        asked = operand.year is None and operand.role is not Role.TARGET
        if asked and verbal and verbal[1].actual and operand.concepts:
            stated = _stated(verbal[0], verbal[1])
            # 购置消防车 2辆 does not say how many persons were saved.
            units = [r.located.figure.unit for r in stated.reported]
            if not any(excludes(operand.kinds, unit) for unit in units):
                return stated
        nearest = max(
            (f.nearest for f in found.values() if f.nearest),
            key=lambda m: m.cover,
            default=None,
        )
        return unsaid(operand.words, reports, nearest.located if nearest else None)
    open_ = [m for f in found.values() for m in f.unsure if m.score >= best - apart]
    if open_ and len(answered) < 2 and not side_by_side:
        # 满意度是多少: several are there, and one that stands out in one office is not the one.
        given = [f.best for f in answered.values() if f.best]
        return Result(choices=tuple(m.located for m in (*given, *open_)[:5]))
    if len(answered) > (_MOST_OFFICES if side_by_side else 1):
        found_first = sorted(answered.values(), key=lambda f: -f.best.score if f.best else 0.0)
        return Result(choices=tuple(f.best.located for f in found_first[:5] if f.best))
    result = Result()
    for finding in answered.values():
        result = merge(result, as_reported(finding))
    return result


def of_a_part(located: Located, operands: Sequence[Operand]) -> bool:
    """Whether an amount is of a part that nobody spoke of: “三公”经费实际支出 for 实际支出."""
    label = located.figure.label
    if located.figure.base_unit != "元":
        return False
    named = [c for operand in operands for c in operand.concepts]
    whole = max((f for c in named for f in c.forms if label.endswith(f)), key=len, default="")
    own = _WHENCE.sub("", label.removesuffix(whole)) if whole else ""
    return len(own) > 1 and not any(concept_match(c, own) >= REQUIRED for c in named)


_WHENCE = re.compile(r"^(?:全年|本年|当年|部门|年度|单位|整体|总|实际)+")


def several_of_one(store: Store, plan: Lookup, reports: Sequence[ReportInfo]) -> Result | None:
    """Several things of one report, each another figure; None where not all of them are found."""
    if len(reports) != 1 or any(o.role is Role.TARGET for o in plan.operands):
        return None
    jointly = find_each(store, plan.operands, reports)
    if not jointly.sure or any(finding.rivals for finding in jointly.findings):
        return None
    result = Result()
    for finding in jointly.findings:
        result = merge(result, as_reported(finding))
    return result


def _other_side(
    store: Store, operand: Operand, place: Place, reports: Sequence[ReportInfo]
) -> Result | None:
    """The target of the figure answered before, or what was done of a target."""
    if all(r.id != place.report_id for r in reports):
        return None
    report = store.report(place.report_id)
    given = Located(report, report.figures[place.number])
    aimed = operand.role is Role.TARGET
    if is_target(given) is aimed:
        return None
    other = target_of(given) if aimed else actual_of(given)
    return Result(reported=(Reported(other),)) if other else None


def _aimed_at(store: Store, operand: Operand, reports: Sequence[ReportInfo]) -> Result | None:
    """A target, by what was done where it is not found by its own words."""
    aimed = find(store, operand, reports)
    if aimed.best and is_target(aimed.best.located):
        return None  # as any other figure
    done = find(store, replace(operand, role=None), reports)
    if not done.best or done.rivals:
        return None
    located = done.best.located
    aim = located if is_target(located) else target_of(located)
    return Result(reported=(Reported(aim),)) if aim else None


def _in_every_form(operand: Operand) -> bool:
    """实际支出, 预算完成率: asked plainly, every department has it under one name or another."""
    terms = [c for c in operand.concepts if not c.light]
    return all(any(_EVERY_FORM.search(form) for form in c.forms) for c in terms)


def in_unit(result: Result, unit: str) -> Result:
    """The figures of a result in the unit asked for; those of another kind stay as they are."""
    shown, stay, made = [], [], []
    for reported in result.reported:
        located = reported.located
        wanted = unit + _for_each(located.figure.unit)
        try:
            amount = calculator.converted(quantity(located), wanted)
        except calculator.CalculationError:
            stay.append(reported)
            continue
        if amount.value == located.figure.value:  # in that unit already, however printed
            stay.append(reported)
            continue
        shown.append(reported)
        name = name_of(located)
        made.append(as_computed(amount, None, name, name, (located,), (located,)))
    return replace(
        result,
        reported=tuple(stay),
        shown=(*result.shown, *shown),
        computed=(*result.computed, *made),
    )


def _for_each(unit: str | None) -> str:
    """What a unit is for each of, with its stroke: 1.2万元/公里 in 元 is in 元/公里."""
    known = parse_unit(unit) if unit else None
    return f"/{known.each}" if known and known.each else ""


def _stated(report: Report, indicator: Indicator) -> Result:
    """What an indicator's row says was achieved: its figure where it has one, else its words."""
    achieved = [
        Located(report, f)
        for f in report.figures
        if f.passage == indicator.passage and f.role is Role.ACTUAL
    ]
    if len(achieved) == 1:
        return Result(reported=(Reported(achieved[0]),))
    return Result(verbal=(Verbal(report, indicator),))


def derived_rate(store: Store, operand: Operand, reports: Sequence[ReportInfo]) -> Result | None:
    """A rate that is not stated but follows from two counts side by side.

    受理诉求585宗，按时答复583宗 gives 按时答复率: a count over the one before it in
    its sentence, of the same unit and no smaller.
    """
    counted = replace(operand, dimension=None, concepts=_without_rate(operand.concepts))
    finding = find(store, counted, reports)
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
    if part.figure.unit in ("%", "分") or not before:
        return None
    whole = Located(part.report, before[-1])
    if whole.base_value[0] < part.base_value[0] or not whole.figure.value:
        return None
    rate = calculator.share(quantity(part), quantity(whole))
    label = f"{name_of(part)}占{name_of(whole)}的比例"
    computed = as_computed(
        rate,
        "占比",
        label,
        f"{name_of(part)} as a share of {name_of(whole)}",
        (part, whole),
        (part,),
    )
    return Result(shown=(Reported(part), Reported(whole)), computed=(computed,))


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
