"""A comparison as people read it: a row a department or project, years, then what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Language
from assistant.calculator import Calculated
from assistant.comparing.table import Absence, Cell, Comparison, Subject
from assistant.comparing.words import HEADINGS, QUALIFIERS
from ingest.units import format_number

FLAG = "⚠"
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class GridCell:
    """``text`` is what is shown; ``citation`` the source to open, where it has one of its own."""

    text: str
    value: Decimal | None = None
    citation: int | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """``notes`` belong to the cells that are flagged or empty, in words."""

    title: str
    unit: str
    head: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    notes: tuple[str, ...]


def grid(
    comparison: Comparison, language: Language, names: Mapping[Subject, str] | None = None
) -> Grid:
    """The table in one of the languages; ``names`` are shorter ones of its subjects."""
    names = names or {subject: subject.name for subject in comparison.subjects}
    words = HEADINGS[language]
    unit = comparison.unit or words["none"]
    name = comparison.series.name
    english = comparison.series.english
    return Grid(
        title=f"{name} ({english})" if language == "en" and english else name,
        unit=words["unit"].format(unit=unit),
        head=tuple(_head(comparison, language, names)),
        rows=tuple(
            tuple(_row(comparison, subject, language, names)) for subject in comparison.subjects
        ),
        notes=tuple(_notes(comparison, language, names)),
    )


def _notes(
    comparison: Comparison, language: Language, names: Mapping[Subject, str]
) -> Iterator[str]:
    """A line a note: whose, of which year, what."""
    for note in comparison.notes:
        year = HEADINGS[language]["year"].format(year=note.year)
        mark = f"{FLAG} " if note.grave else ""
        colon = "：" if language == "zh" else ": "
        where = f"{names[note.subject]}{'' if language == 'zh' else ', '}{year}"
        yield f"{mark}{where}{colon}{note.said[language]}"


def year_pairs(comparison: Comparison) -> list[tuple[int, int]]:
    """The pairs of years that any row has a change between, in their order."""
    pairs = dict.fromkeys((c.since, c.until) for c in comparison.changes)
    return sorted(pairs, key=lambda pair: (pair[1] - pair[0] > 1, pair))


def _head(
    comparison: Comparison, language: Language, names: Mapping[Subject, str]
) -> Iterator[str]:
    words = HEADINGS[language]
    yield words["subject"]
    for year in comparison.years:
        yield words["year"].format(year=year)
    for since, until in year_pairs(comparison):
        yield words["points" if comparison.is_rate else "change"].format(since=since, until=until)
        if not comparison.is_rate:
            yield words["growth"].format(since=since, until=until)
    if len(comparison.years) == 1 and comparison.gaps:
        against = names[comparison.gaps[0].against]
        name = "gap_points" if comparison.is_rate else "gap"
        yield words[name].format(year=comparison.years[0], against=against)


def _row(
    comparison: Comparison, subject: Subject, language: Language, names: Mapping[Subject, str]
) -> Iterator[GridCell]:
    yield GridCell(names[subject])
    for year in comparison.years:
        yield _value(comparison.cells[subject, year], language)
    changes = {(c.since, c.until): c for c in comparison.changes if c.subject == subject}
    for pair in year_pairs(comparison):
        change = changes.get(pair)
        yield _made(change.difference if change else None)
        if not comparison.is_rate:
            yield _made(change.growth if change else None)
    if len(comparison.years) == 1 and comparison.gaps:
        gap = next((g for g in comparison.gaps if g.subject == subject), None)
        yield _made(gap.difference if gap else None)


def _value(cell: Cell, language: Language) -> GridCell:
    flagged = any(note.grave for note in cell.notes)
    mark = f" {FLAG}" if flagged else ""
    if cell.value is None:
        first = cell.others[0] if cell.absence is Absence.AMBIGUOUS and cell.others else None
        return GridCell(NOTHING + mark, citation=first, flagged=flagged)
    qualifier = QUALIFIERS[language][cell.qualifier] if cell.qualifier else ""
    return GridCell(
        f"{qualifier}{format_number(cell.value)}{mark}", cell.value, cell.citation, flagged
    )


def _made(calculated: Calculated | None) -> GridCell:
    """A difference or growth with its sign; its unit is that of the column."""
    if calculated is None:
        return GridCell(NOTHING)
    sign = "+" if calculated.value > 0 else ""
    return GridCell(f"{sign}{format_number(calculated.value)}", calculated.value)
