"""One thing in the reports of very many offices, which cannot all be searched for one answer.

Forms call a thing the same in every office. What a search finds in one of them is looked up
by its name in the others, from the catalog's table of figures; another office is searched
only where that name is not there. The reports themselves are read for what is shown alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.calculator import Quantity
from assistant.execution.figures import find, place_of
from assistant.located import Located
from assistant.plan import Operand, Place
from index_store.store import Called, ReportInfo, Store
from ingest.report import Role

ONE_BY_ONE = 24  # up to so many reports each is searched
_MOST_SEARCHES = 24  # of more of them: for the names that they have for a thing
_HITS = 60  # figures by their words, to see which report is searched next


@dataclass(frozen=True, slots=True)
class Standing:
    """How one office stands: its figure, and where that is to be found."""

    info: ReportInfo
    place: Place
    quantity: Quantity
    base_value: tuple[Decimal, str | None]

    def located(self, store: Store) -> Located:
        """The figure with its report, which is read now."""
        report = store.report(self.place.report_id)
        return Located(report, report.figures[self.place.number])


def survey(store: Store, operand: Operand, infos: Sequence[ReportInfo]) -> list[Standing]:
    """The figure that is meant in each report, in the order of the reports, where it has one."""
    left = {info.id: info for info in infos}
    standings: dict[str, Standing] = {}
    for _ in range(_MOST_SEARCHES):
        next_ = next(iter(likeliest(store, operand, list(left.values()), 1)), None)
        if next_ is None:
            break
        finding = find(store, operand, [next_])
        del left[next_.id]
        if not finding.best or finding.rivals:
            continue
        found = finding.best.located
        standings[next_.id] = _standing(next_, found)
        named = _called_so(store, found, left)
        standings.update(named)
        left = {id_: info for id_, info in left.items() if id_ not in named}
    return [standings[info.id] for info in infos if info.id in standings]


def likeliest(
    store: Store, operand: Operand, infos: Sequence[ReportInfo], most: int = ONE_BY_ONE
) -> list[ReportInfo]:
    """The reports that the words of a question lead to, the best first."""
    by_id = {info.id: info for info in infos}
    query = " ".join(form for c in operand.concepts for form in c.forms[:8])
    hits = store.search_figures(query, list(by_id), _HITS * most)
    found = dict.fromkeys(hit.report_id for hit in hits if hit.report_id in by_id)
    return [by_id[id_] for id_ in list(found)[:most]]


def _standing(info: ReportInfo, located: Located) -> Standing:
    figure = located.figure
    quantity = Quantity(figure.value, figure.unit)
    return Standing(info, place_of(located), quantity, located.base_value)


def _called_so(
    store: Store, found: Located, infos: Mapping[str, ReportInfo]
) -> dict[str, Standing]:
    """The figures of the same name, side and unit, of the reports that have just one value so."""
    of_report: dict[str, list[Called]] = {}
    for called in store.figures_called(found.figure.label):
        if called.report_id in infos and _alike(called, found):
            of_report.setdefault(called.report_id, []).append(called)
    return {
        id_: Standing(
            infos[id_],
            Place(id_, alike[0].number),
            Quantity(alike[0].value, alike[0].unit),
            _base(alike[0]),
        )
        for id_, alike in of_report.items()
        if len({_base(called) for called in alike}) == 1
    }


def _alike(called: Called, found: Located) -> bool:
    figure = found.figure
    return (
        called.subject == figure.subject
        and called.base_unit == figure.base_unit
        and (called.role == Role.TARGET.value) is (figure.role is Role.TARGET)
        and bool(called.task) is bool(figure.task)
        and not called.doubtful
        and called.year == figure.year
    )


def _base(called: Called) -> tuple[Decimal, str | None]:
    return (called.value * called.scale).normalize(), called.base_unit
