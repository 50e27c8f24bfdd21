"""Which reports a plan may use. Filters fail closed: an unknown year or office admits none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    missing = tuple(year for year in scope.years if not _admitted(reports, scope, (year,)))
    ids = tuple(r.id for r in _admitted(reports, scope, scope.years))
    return Selection(ids, missing_years=missing)


def _admitted(
    reports: Sequence[ReportInfo], scope: Scope, years: Sequence[int]
) -> list[ReportInfo]:
    """The reports of the scope's departments and projects and of these years."""
    return [
        r
        for r in reports
        if (not scope.departments or r.department in scope.departments)
        and (not scope.projects or r.project in scope.projects)
        and (not years or r.year in years)
    ]


def years_of(reports: Sequence[ReportInfo], scope: Scope) -> tuple[int, ...]:
    """The fiscal years loaded for the scope's departments and projects, oldest first."""
    return tuple(sorted({r.year for r in _admitted(reports, scope, ()) if r.year}))


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
