"""What stands in one cell: the figure of an indicator in the reports of one subject and year.

The indicator's own label comes first, then the glossary's other names of it, then a
label made of nothing but wordings of its terms; a figure that is called otherwise
says so. A label that says more (流感疫苗 for 疫苗) is another thing, and the cell stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.calculator import Quantity
from assistant.comparing.indicators import Catalogue, SeriesKey, bare_rate
from assistant.execution.figures import quantity
from assistant.located import Located
from index_store.store import ReportInfo, Store
from ingest.report import Role

_MOST_VALUES = 3  # one label with more values in a report names no one thing


@dataclass(frozen=True, slots=True)
class Found:
    """The figure, other places with another value, and whether its label is another one."""

    best: Located
    others: tuple[Located, ...] = ()
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class TooMany:
    """The label stands there with so many different values."""

    values: tuple[Located, ...]


def look_up(
    store: Store,
    catalogue: Catalogue,
    names: Sequence[Sequence[SeriesKey]],
    year: int,
    infos: Sequence[ReportInfo],
    others: Sequence[ReportInfo],
) -> Found | TooMany | None:
    """The indicator in the reports of a year, or in ``others`` that speak of that year.

    ``names`` are those of ``Catalogue.names_of``, the surest first.
    """
    for level, keys in enumerate(names):
        for reports, dated in ((infos, False), (others, True)):
            places = [
                Located(store.report(info.id), store.report(info.id).figures[index])
                for info in reports
                for key in keys
                for index in catalogue.places(info.id, key)
            ]
            places = [p for p in places if _of_year(p, year, dated=dated)]
            if places:
                return _sorted_out(places, renamed=level > 0)
    return None


def amount(located: Located) -> Quantity:
    """The value and unit as printed; a bare rate in percent."""
    if bare_rate(located.figure):
        return Quantity(located.figure.value * 100, "%")
    return quantity(located)


def _of_year(located: Located, year: int, *, dated: bool) -> bool:
    stated = located.figure.year
    return stated == year if dated else stated in (None, year)


def _sorted_out(places: Sequence[Located], *, renamed: bool) -> Found | TooMany:
    """The likeliest of several places, and those that say otherwise."""
    best = min(places, key=_plainest)
    values = {_value(p): p for p in reversed(places)}
    others = tuple(p for value, p in values.items() if value != _value(best))
    if len(values) > _MOST_VALUES or (renamed and others):
        return TooMany(tuple(values.values()))
    return Found(best, others, renamed)


def _plainest(located: Located) -> tuple[bool, bool, bool]:
    """What is not doubted before what is, the form's own fields before running text."""
    figure = located.figure
    return (figure.doubtful, figure.role is not Role.FUNDS, figure.indicator is None)


def _value(located: Located) -> tuple[object, ...]:
    printed = amount(located)
    if printed.unit == "%":
        return (printed.value.normalize(), "%")
    return located.base_value
