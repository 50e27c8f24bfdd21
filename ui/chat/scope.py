"""The scope in force above the question box: which office, which year."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.department_parts import parts
from assistant.service import InForce
from ui.service import ReportInfo

ALL = ""  # the choice that names none
_JOINT = "\n"  # between the names of several departments in force at once

Choices = list[tuple[str, str]]


def department_choices(reports: Sequence[ReportInfo], scope: InForce, everything: str) -> Choices:
    """The offices that can be chosen, by the name people use; what is in force among them."""
    departments = sorted({r.department for r in reports if r.department})
    short = [parts(department).own for department in departments]
    # Two places may each have a 水务局: then the full name tells them apart.
    shown = [
        own if short.count(own) == 1 else full for own, full in zip(short, departments, strict=True)
    ]
    choices = [(everything, ALL), *zip(shown, departments, strict=True)]
    value = department_value(scope)
    if value not in {choice for _, choice in choices}:
        choices.append(("、".join(parts(d).own for d in scope.departments), value))
    return choices


def year_choices(reports: Sequence[ReportInfo], scope: InForce, everything: str) -> Choices:
    """The years that can be chosen, the latest first."""
    years = {r.year for r in reports if r.year} | ({scope.year} if scope.year else set())
    return [(everything, ALL), *((str(y), str(y)) for y in sorted(years, reverse=True))]


def department_value(scope: InForce) -> str:
    """The choice that stands for the departments in force."""
    return _JOINT.join(scope.departments)


def year_value(scope: InForce) -> str:
    """The choice that stands for the year in force."""
    return str(scope.year) if scope.year else ALL


def chosen(department: str | None, year: str | None) -> InForce:
    """What two choices mean."""
    departments = tuple(name for name in (department or "").split(_JOINT) if name)
    return InForce(departments, int(year) if year and year.isdigit() else None)
