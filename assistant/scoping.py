"""Which reports a plan may use. Filters fail closed: an unknown year or office admits none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.holdings import holdings
from assistant.plan import Scope
from index_store.store import ReportInfo


@dataclass(frozen=True, slots=True)
class Selection:
    """Reports admitted, or what is missing, in words for both languages."""

    ids: tuple[str, ...]
    missing_years: tuple[int, ...] = ()
    missing_place: str | None = None


def select(reports: Sequence[ReportInfo], scope: Scope) -> Selection:
    """The reports a scope admits; every year asked for must be there for its departments."""
    if scope.unknown:
        return Selection((), missing_place=scope.unknown)
    held = holdings(reports).of_version(scope.version)
    who = (scope.departments, scope.projects)
    missing = tuple(year for year in scope.years if not held.of(*who, years=(year,)))
    admitted = held.latest if scope.latest else held.of(*who, years=scope.years)
    return Selection(tuple(r.id for r in admitted), missing_years=missing)


def years_of(reports: Sequence[ReportInfo], scope: Scope) -> tuple[int, ...]:
    """The fiscal years loaded for the scope's departments and projects, oldest first."""
    held = holdings(reports)
    if not scope.departments and not scope.projects:
        return held.years
    return tuple(sorted({r.year for r in held.of(scope.departments, scope.projects) if r.year}))


def of_version(reports: Sequence[ReportInfo], version: str | None) -> list[ReportInfo]:
    """One version of each report: the one named where there is such, else the one that counts."""
    return holdings(reports).of_version(version)
