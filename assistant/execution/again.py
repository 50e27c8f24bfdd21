"""The same figure of another year's report, by what it is called there too.

Forms keep their names from year to year. What was answered for one year is, asked of
another, the figure of the same name, unit and side, where there is one and only one; a
search by the question's words could find its neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.finder import Finding, Match
from assistant.fitness import REQUIRED
from assistant.located import Located
from assistant.matching import concept_in_figure
from assistant.plan import Operand
from assistant.reading import reading
from index_store.store import ReportInfo, Store
from ingest.report import Figure, Role

_SHORTEST = 3  # characters of a name that is anybody's own


def same_again(store: Store, operand: Operand, reports: Sequence[ReportInfo]) -> Finding | None:
    """The figure named as the one answered before, in one other report; None: search for it."""
    place = operand.like
    if place is None or len(reports) != 1 or reports[0].id == place.report_id or operand.year:
        return None
    then = store.report(place.report_id)
    given = then.figures[place.number]
    if len(given.label) < _SHORTEST or (operand.role is Role.TARGET) is not _aimed(given):
        return None
    now = store.report(reports[0].id)
    if now.department != then.department or now.project != then.project:
        return None
    there = reading(then).texts[place.number]
    spoken = [c for c in operand.concepts if concept_in_figure(c, there) >= REQUIRED]
    texts = reading(now).texts
    alike = [
        Located(now, figure)
        for number, figure in enumerate(now.figures)
        if _named_so(figure, given)
        and all(concept_in_figure(c, texts[number]) >= REQUIRED for c in spoken)
    ]
    if not alike or len({located.base_value for located in alike}) > 1:
        return None
    return Finding(Match(alike[0], 1.0, 0.0, 1.0, 1.0), tuple(alike[1:]))


def _aimed(figure: Figure) -> bool:
    return figure.role is Role.TARGET


def _named_so(figure: Figure, given: Figure) -> bool:
    return (
        (figure.label, figure.subject, figure.base_unit, figure.year)
        == (given.label, given.subject, given.base_unit, given.year)
        and _aimed(figure) is _aimed(given)
        and figure.task == given.task
    )
