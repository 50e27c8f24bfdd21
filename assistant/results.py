"""What the executor found, before it is put into words in either language."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from assistant.located import Located
from index_store.store import ReportInfo
from ingest.report import Indicator, Report, Task


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as the report prints it, and the other places that print it too."""

    located: Located
    same: tuple[Located, ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that the calculator made from reported ones."""

    name: str | None  # the official ratio, if it has one
    label: str
    label_en: str
    expression: str
    operands: tuple[Located, ...]
    value: Decimal
    unit: str | None
    year: int | None
    department: str | None


@dataclass(frozen=True, slots=True)
class Verbal:
    """An indicator whose result is words: 达标."""

    report: Report
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a report's own words."""

    report: Report
    passage: int
    start: int
    end: int


class Silence(StrEnum):
    """Why there is no answer."""

    YEAR = "year"  # no report of that year is loaded
    PLACE = "place"  # no report of that office is loaded
    UNSAID = "unsaid"  # the reports are loaded and do not say
    NO_REPORTS = "no_reports"
    REFUSED = "refused"  # nothing that reports could say
    TOO_MANY = "too_many"  # offices that it fits; it is asked which are meant


@dataclass(frozen=True, slots=True)
class Missing:
    reason: Silence
    sought: str = ""
    place: str | None = None
    years: tuple[int, ...] = ()
    nearest: Located | None = None
    searched: tuple[ReportInfo, ...] = ()
    detail: str = ""
    partial: bool = False  # other things that were asked with it are answered


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of the reports give different values for what was asked."""

    taken: Located
    other: Located


@dataclass(frozen=True, slots=True)
class RateMismatch:
    """A stated rate that the report's own figures contradict."""

    stated: Located
    computed: Computed


@dataclass(frozen=True, slots=True)
class Listed:
    """How many of the things compared, or of those that are as was asked, are listed."""

    listed: int
    of: int


@dataclass(frozen=True, slots=True)
class Result:
    """Everything found for one plan; ``missing`` set means nothing was."""

    reported: tuple[Reported, ...] = ()
    shown: tuple[Reported, ...] = ()  # what a calculation starts from; not asked for itself
    computed: tuple[Computed, ...] = ()
    verbal: tuple[Verbal, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    indicators: tuple[tuple[Report, Indicator], ...] = ()
    tasks: tuple[tuple[Report, Task], ...] = ()
    reports: tuple[ReportInfo, ...] = ()
    choices: tuple[Located, ...] = ()
    missing: tuple[Missing, ...] = ()
    conflicts: tuple[Conflict | RateMismatch, ...] = ()
    assumptions: tuple[str, ...] = field(default=())
    none_of: tuple[bool, ...] = ()  # set where all were looked at and none is as was asked
    met: tuple[bool, ...] = ()  # whether a target was reached
    exceeds: tuple[bool, ...] = ()  # whether more was spent than budgeted
    listed: tuple[Listed, ...] = ()  # set where not all that was found is listed
