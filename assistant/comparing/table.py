"""A comparison: which cells it has, what changed between them, what has to be said about them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.answer import Citation, Language
from assistant.calculator import Calculated
from assistant.comparing.indicators import Series
from ingest.report import Qualifier


class Absence(StrEnum):
    """Why a cell is empty."""

    NO_REPORT = "no_report"  # no report of that year is loaded
    UNSAID = "unsaid"  # it is loaded and does not say it
    AMBIGUOUS = "ambiguous"  # it says it several times, with so many values that none is the one


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Whose figures a row holds: a department's own, or those of one of its projects."""

    department: str
    project: str = ""

    @property
    def name(self) -> str:
        """The project with its department, or the department."""
        return f"{self.department} · {self.project}" if self.project else self.department


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader has to know about a cell; ``grave`` where a figure may be wrong."""

    subject: Subject
    year: int
    said: dict[Language, str]
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in the table's unit; ``printed`` is how its report has it.

    ``citation`` is the place it stands in, ``others`` are places with another value.
    """

    subject: Subject
    year: int
    value: Decimal | None = None
    unit: str | None = None
    printed: str = ""
    qualifier: Qualifier | None = None
    citation: int | None = None
    others: tuple[int, ...] = ()
    absence: Absence | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """From one year to a later one. Rates change in 百分点 and have no growth."""

    subject: Subject
    since: int
    until: int
    difference: Calculated
    growth: Calculated | None


@dataclass(frozen=True, slots=True)
class Gap:
    """One subject less the first one in the same year."""

    subject: Subject
    against: Subject
    year: int
    difference: Calculated
    share: Calculated | None  # how much more or less, in percent of the first one


@dataclass(frozen=True, slots=True)
class Comparison:
    """``cells`` has one for every subject and year; ``unit`` is that of all values.

    ``passages`` (citation id → report id, passage index) opens the sources.
    """

    series: Series
    unit: str | None
    subjects: tuple[Subject, ...]
    years: tuple[int, ...]
    cells: dict[tuple[Subject, int], Cell]
    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]
    citations: tuple[Citation, ...]
    passages: dict[int, tuple[str, int]]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note, row by row."""
        return tuple(n for s in self.subjects for y in self.years for n in self.cells[s, y].notes)

    @property
    def is_rate(self) -> bool:
        """Whether differences are percentage points."""
        return self.unit == "%"
