"""The one figure that is meant of those offered: by its number, or by words only it has."""

from __future__ import annotations

from assistant.likeness import with_likeness
from assistant.located import Located
from assistant.matching import concept_match, figure_text
from assistant.plan import Choose
from assistant.results import Reported, Result
from index_store.store import Store

_LEAST = 0.5  # of a word's match with what a figure is called


def choose(store: Store, plan: Choose) -> Result | None:
    """The figure chosen; None where no one of them is."""
    offered = [
        Located(report, report.figures[place.number])
        for place in plan.places
        for report in (store.report(place.report_id),)
    ]
    if plan.number is not None:
        if not -1 <= plan.number <= len(offered) or plan.number == 0:
            return None
        located = offered[plan.number - 1 if plan.number > 0 else -1]
        return Result(reported=(Reported(located),))
    if not plan.operand.concepts:
        return Result(reported=(Reported(offered[0]),)) if len(offered) == 1 else None
    operand = with_likeness(
        store, plan.operand, list({o.report.id: o.report for o in offered}.values())
    )
    worth = [
        sum(m for c in operand.concepts if (m := concept_match(c, _called(o))) >= _LEAST)
        for o in offered
    ]
    best = max(worth, default=0.0)
    meant = [o for o, w in zip(offered, worth, strict=True) if w == best and w > 0]
    return Result(reported=(Reported(meant[0]),)) if len(meant) == 1 else None


def _called(located: Located) -> str:
    figure, text = located.figure, figure_text(located.report, located.figure)
    aimed = "目标" if figure.role == "target" else ""
    return f"{text.label} {text.before} {figure.task or ''} {located.report.project or ''} {aimed}"
