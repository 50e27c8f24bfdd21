"""What a report itself says of a change: 城镇新增就业13264人，比上年增加1108人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import calculator
from assistant.calculator import CalculationError
from assistant.execution.figures import as_computed, find, name_of, quantity
from assistant.located import Located
from assistant.plan import Lookup
from assistant.results import Reported, Result
from assistant.scoping import years_of
from index_store.store import ReportInfo, Store

_UP = r"增加|增长|提高|上升|多|增幅|扩大|提升|增"
_DOWN = r"减少|下降|降低|减|少|降|回落|缩减"
_BESIDE = r"(?:同比|环比|净|又|再|共|各|约|近|了|率|幅|幅度|为|达|达到|至)"  # no 少儿读者
_CHANGE = re.compile(
    rf"(?:比|较|同比|环比)[^，。；]{{0,14}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    rf"|^{_BESIDE}*(?:(?P<up2>{_UP})|(?P<down2>{_DOWN})){_BESIDE}*$"
)
_NEAR = 2  # figures after the one that changed, among which its change is


def stated_change(located: Located) -> tuple[Located, int] | None:
    """The change that a sentence states right after a figure, and its direction (1 or -1)."""
    figure, text = located.figure, located.passage.text
    following = [
        f for f in located.report.figures if f.passage == figure.passage and f.start >= figure.end
    ]
    for other in following[:_NEAR]:
        between = text[figure.end : other.start]
        if re.search(r"[；。\t\n]", between):
            return None
        match = _CHANGE.search(between.split("，")[-1])
        if match:
            return Located(located.report, other), 1 if match["up"] or match["up2"] else -1
        if len(between) > 2 and re.search(r"[\u4e00-\u9fff]{2,}", between) and "年" not in between:
            return None
    return None


def year_before(store: Store, plan: Lookup, reports: Sequence[ReportInfo]) -> Result | None:
    """A value of the year before a report's, from its own value and the change it states."""
    year = plan.scope.years[0]
    if len(plan.operands) != 1 or year + 1 not in years_of(reports, plan.scope):
        return None
    scope = replace(plan.scope, years=(year + 1,))
    later = [
        r
        for r in reports
        if r.year == year + 1 and (not scope.departments or r.department in scope.departments)
    ]
    finding = find(store, replace(plan.operands[0], found=None), later)
    if not finding.best or finding.rivals:
        return None
    places = (finding.best.located, *finding.same)
    stated = ((place, stated_change(place)) for place in places)
    found = next(((place, change) for place, change in stated if change), None)
    if found is None or found[1][0].figure.base_unit != found[0].figure.base_unit:
        return None
    now, (by, direction) = found
    try:
        made = (
            calculator.difference(quantity(now), quantity(by))
            if direction > 0
            else calculator.total([quantity(now), quantity(by)])
        )
    except CalculationError:
        return None
    name = name_of(now)
    computed = as_computed(made, None, f"{name}（{year}年）", f"{name}, {year}", (now, by), (now,))
    return Result(shown=(Reported(now), Reported(by)), computed=(replace(computed, year=year),))
