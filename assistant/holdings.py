"""The reports that are loaded, with what questions look up among them.

A store may hold tens of thousands of reports of thousands of offices; a question names
one or two. What would be searched for report by report is looked up here instead, made
once for as long as the store does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from assistant.department_index import DepartmentIndex
from assistant.departments import Aliases
from assistant.openings import Openings
from assistant.project_index import ProjectIndex
from index_store.store import ReportInfo
from ingest.versions import rank, without_version

_NONE: Aliases = MappingProxyType({})


class Holdings(list[ReportInfo]):
    """Reports as a list that nobody changes, and its indexes."""

    def __init__(self, reports: Iterable[ReportInfo] = (), aliases: Aliases = _NONE) -> None:
        super().__init__(reports)
        self.aliases = aliases
        self._versions: dict[str | None, Holdings] = {}

    @cached_property
    def departments(self) -> DepartmentIndex:
        """The departments, by the names that may mean them."""
        return DepartmentIndex({r.department for r in self if r.department}, self.aliases)

    @cached_property
    def latest(self) -> list[ReportInfo]:
        """Of each department, and each project, the reports of its last year."""
        last: dict[tuple[str | None, str | None], int] = {}
        for report in self:
            key = (report.department, report.project)
            last[key] = max(report.year or 0, last.get(key, 0))
        return [r for r in self if (r.year or 0) == last[(r.department, r.project)]]

    @cached_property
    def openings(self) -> Openings:
        """What the names of departments and projects begin with."""
        return Openings(self.departments.all, self.projects.names)

    @cached_property
    def versions(self) -> frozenset[str]:
        """What the reports call themselves: 送审稿."""
        return frozenset(r.version for r in self if r.version)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {report.id: place for place, report in enumerate(self)}

    @cached_property
    def _of_department(self) -> dict[str | None, list[int]]:
        found: dict[str | None, list[int]] = {}
        for place, report in enumerate(self):
            found.setdefault(report.department, []).append(place)
        return found

    @cached_property
    def _of_project(self) -> dict[str | None, list[int]]:
        found: dict[str | None, list[int]] = {}
        for place, report in enumerate(self):
            found.setdefault(report.project, []).append(place)
        return found

    @cached_property
    def _of_year(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = {}
        for place, report in enumerate(self):
            found.setdefault(report.year, []).append(place)
        return found

    @cached_property
    def projects(self) -> ProjectIndex:
        """The projects that have a form of their own."""
        return ProjectIndex(name for name in self._of_project if name)

    def of(
        self,
        departments: Sequence[str] = (),
        projects: Sequence[str] = (),
        years: Sequence[int] = (),
    ) -> list[ReportInfo]:
        """The reports of these departments, projects and years, in their order; () is any."""
        places: list[set[int]] = []
        if departments:
            places.append(_within(self._of_department, departments))
        if projects:
            places.append(_within(self._of_project, projects))
        if years:
            places.append(_within(self._of_year, years))
        return [self[n] for n in sorted(set.intersection(*places))] if places else self

    def chosen(self, ids: Iterable[str]) -> list[ReportInfo]:
        """The reports of these ids, in the order of all."""
        places = sorted(self._places[i] for i in set(ids) if i in self._places)
        return self if len(places) == len(self) else [self[place] for place in places]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The fiscal years, oldest first."""
        return tuple(sorted(year for year in self._of_year if year))

    def of_version(self, version: str | None) -> Holdings:
        """One version of each report: the one named where there is one, else what counts."""
        if version not in self.versions:
            version = None
        if version not in self._versions:
            self._versions[version] = Holdings(_of_version(self, version), self.aliases)
        return self._versions[version]


def holdings(reports: Sequence[ReportInfo], aliases: Aliases = _NONE) -> Holdings:
    """The reports with their indexes: as they are where they have them, else made anew."""
    return reports if isinstance(reports, Holdings) else Holdings(reports, aliases)


_Key = TypeVar("_Key")


def _within(table: Mapping[_Key | None, list[int]], keys: Iterable[_Key]) -> set[int]:
    return {place for key in set(keys) for place in table.get(key, ())}


def _of_version(reports: Sequence[ReportInfo], version: str | None) -> list[ReportInfo]:
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
