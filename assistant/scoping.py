"""Which reports a plan may use. Filters fail closed: an unknown year or office admits none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.finder import in_scope
from assistant.plan import Scope
from index_store.store import ReportInfo
from ingest.versions import rank, without_version


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
    reports = of_version(reports, scope.version)
    missing = tuple(
        year for year in scope.years if not in_scope(reports, scope.departments, (year,))
    )
    ids = tuple(in_scope(reports, scope.departments, scope.years))
    return Selection(ids, missing_years=missing)


def latest_year(reports: Sequence[ReportInfo], departments: Sequence[str]) -> int | None:
    """The newest fiscal year loaded for the departments."""
    years = [r.year for r in reports if r.year and (not departments or r.department in departments)]
    return max(years, default=None)


def of_version(reports: Sequence[ReportInfo], version: str | None) -> list[ReportInfo]:
    """One version of each report: the one named where there is such, else the one that counts."""
    versions: dict[tuple[object, ...], list[ReportInfo]] = {}
    for report in reports:
        title = without_version(report.title)
        key = (report.department, report.year, report.form, report.project, title)
        versions.setdefault(key, []).append(report)
    return [
        next((r for r in group if version and r.version == version), None)
        or max(group, key=lambda r: rank(r.version))
        for group in versions.values()
    ]
