"""The largest, the sum, or those beyond a bound, over more offices than can be listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.execution.comparisons import made_of
from assistant.execution.figures import name_of, unsaid
from assistant.execution.filters import count, is_beyond_bound
from assistant.execution.survey import Standing, survey
from assistant.plan import Across, Filter, Over
from assistant.results import Listed, Missing, Reported, Result, Silence
from index_store.store import ReportInfo, Store

_LISTED = 10  # of those that are as was asked
_MOST_CITED = 200  # that a sum or a count is made of: each is an operand with its citation


def across_many(store: Store, plan: Across, infos: Sequence[ReportInfo]) -> Result:
    """The largest or smallest with the next ones; the sum or average of not too many."""
    made_of_all = plan.over in (Over.TOTAL, Over.AVERAGE)
    if made_of_all and len(infos) > _MOST_CITED:
        return _too_many(infos)
    standings = _of_one_kind(survey(store, plan.operand, infos))
    if not standings:
        return unsaid(plan.operand.words, infos)
    if made_of_all:
        if len(standings) < len(infos):
            known = {s.info.id for s in standings}
            return unsaid(plan.operand.words, [i for i in infos if i.id not in known])
        points = [s.located(store) for s in standings]
        made = made_of(points, plan.over, name_of(points[-1]), name_of(points[-1]))
        return _listing(made, made.shown)
    ordered = sorted(standings, key=lambda s: s.base_value[0], reverse=plan.over is Over.MOST)
    first, *others = (Reported(s.located(store)) for s in ordered[:_LISTED])
    return Result(reported=(first,), shown=tuple(others), listed=_first_of(len(standings)))


def beyond_many(store: Store, plan: Filter, infos: Sequence[ReportInfo]) -> Result:
    """Those beyond the bound, the farthest first; how many they are, where that is asked."""
    standings = survey(store, plan.operand, infos)
    if not standings:
        return unsaid(plan.operand.words, infos)
    beyond = [s for s in standings if is_beyond_bound(s.quantity, plan.bound)]
    if not beyond:
        near = [Reported(s.located(store)) for s in standings[:_LISTED]]
        return Result(shown=tuple(near), none_of=(True,))
    if plan.counted and len(beyond) > _MOST_CITED:
        return _too_many(infos)
    beyond.sort(key=lambda s: s.base_value[0], reverse=not plan.bound.below)
    if plan.counted:
        points = [s.located(store) for s in beyond]
        shown = tuple(Reported(point) for point in points)
        return _listing(Result(computed=(count(points),), shown=shown), shown)
    found = tuple(Reported(s.located(store)) for s in beyond[:_LISTED])
    return Result(reported=found, listed=_first_of(len(beyond)))


def _of_one_kind(standings: Sequence[Standing]) -> list[Standing]:
    """Those in the unit that most are in: amounts of other kinds are not compared."""
    units = Counter(s.base_value[1] for s in standings)
    if not units:
        return []
    commonest = units.most_common(1)[0][0]
    return [s for s in standings if s.base_value[1] == commonest]


def _listing(result: Result, shown: Sequence[Reported]) -> Result:
    """The result with the first few of what it was made of told one by one."""
    return replace(result, shown=tuple(shown[:_LISTED]), listed=_first_of(len(shown)))


def _first_of(found: int) -> tuple[Listed, ...]:
    """That only the first few of so many are listed, where there are more."""
    return (Listed(_LISTED, found),) if found > _LISTED else ()


def _too_many(infos: Sequence[ReportInfo]) -> Result:
    return Result(missing=(Missing(Silence.TOO_MANY, searched=tuple(infos)),))
