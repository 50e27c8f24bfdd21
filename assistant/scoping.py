"""Which reports a plan may use. Filters fail closed: an unknown year or office admits none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.finder import in_scope
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
    missing = tuple(
        year for year in scope.years if not in_scope(reports, scope.departments, (year,))
    )
    ids = tuple(in_scope(reports, scope.departments, scope.years))
    return Selection(ids, missing_years=missing)


def latest_year(reports: Sequence[ReportInfo], departments: Sequence[str]) -> int | None:
    """The newest fiscal year loaded for the departments."""
    years = [r.year for r in reports if r.year and (not departments or r.department in departments)]
    return max(years, default=None)
