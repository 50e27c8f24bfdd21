"""The tables of a catalog, and reports as their rows and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table

from ingest.report import (
    Figure,
    Indicator,
    Passage,
    Place,
    Qualifier,
    Report,
    Role,
    Task,
)

METADATA = MetaData()
META = Table("meta", METADATA, Column("key", String, primary_key=True), Column("value", String))
REPORTS = Table(
    "reports",
    METADATA,
    Column("id", String, primary_key=True),
    *(Column(name, String) for name in ("title", "form", "department")),
    Column("year", Integer),
    *(Column(name, String) for name in ("unit", "file", "source_hash", "warnings")),
    *(Column(name, String) for name in ("project", "version")),
    *(Column(name, Integer) for name in ("ocr", "pages")),
)


def _part(name: str, *columns: Column[Any]) -> Table:
    """A table of a report's parts, in their order."""
    return Table(
        name,
        METADATA,
        Column("report", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
    )


PASSAGES = _part(
    "passages",
    *(Column(name, String) for name in ("text", "section", "role", "task", "indicators")),
    Column("page", Integer),
    Column("cell", String),
)
_FIGURE_TEXTS = (
    "label", "value", "text", "unit", "base_unit", "scale", "qualifier", "role", "subject",
    "context", "indicator", "task", "cell",
)  # fmt: skip
_FIGURE_NUMBERS = ("passage", "start", "end", "clause_start", "clause_end", "doubtful", "year")
FIGURES = _part(
    "figures",
    *(Column(name, String) for name in _FIGURE_TEXTS),
    *(Column(name, Integer) for name in _FIGURE_NUMBERS),
)
# What every office's report calls the same is looked up without reading the reports.
FIGURES_BY_LABEL = Index("figures_by_label", FIGURES.c.label)
TASKS = _part("tasks", *(Column(n, String) for n in ("name", "expected", "achieved", "funds")))
INDICATORS = _part(
    "indicators",
    *(Column(name, String) for name in ("name", "target", "actual", "task", "levels")),
    *(Column(name, String) for name in ("points", "score", "reason")),
    Column("passage", Integer),
    Column("task_position", Integer),  # the task it belongs to, if it is one of a task's
)


def report_row(report: Report) -> dict[str, Any]:
    """A report without its parts."""
    names = (
        "id", "title", "form", "department", "year", "unit", "file", "source_hash",
        "project", "version", "pages",
    )  # fmt: skip
    row = {name: getattr(report, name) for name in names}
    return row | {
        "ocr": int(report.ocr),
        "warnings": json.dumps(report.warnings, ensure_ascii=False),
    }


def part_rows(report: Report) -> list[tuple[Table, list[dict[str, Any]]]]:
    """The parts of a report, a list of rows a table."""

    def listed(values: Sequence[str]) -> str:
        return json.dumps(list(values), ensure_ascii=False)

    passages = [
        {
            "position": p.index, "text": p.text, "section": listed(p.section),
            "role": p.role.value, "task": p.task, "indicators": listed(p.indicators),
            "page": p.place.page, "cell": p.place.cell,
        }
        for p in report.passages
    ]  # fmt: skip
    figures = []
    for position, figure in enumerate(report.figures):
        row: dict[str, Any] = {n: getattr(figure, n) for n in (*_FIGURE_TEXTS, *_FIGURE_NUMBERS)}
        row["value"], row["scale"] = str(figure.value), str(figure.scale)
        row["qualifier"] = figure.qualifier.value if figure.qualifier else None
        row["role"], row["doubtful"] = figure.role.value, int(figure.doubtful)
        figures.append({"position": position, **row})
    tasks = [
        {"position": n, "name": t.name, "expected": t.expected, "achieved": t.achieved,
         "funds": t.funds}
        for n, t in enumerate(report.tasks)
    ]  # fmt: skip
    owned = [(i, n) for n, t in enumerate(report.tasks) for i in t.indicators]
    # A task's indicators are stored apart from the report's list: either may hold more.
    listed_apart: list[tuple[Indicator, int | None]] = [(i, None) for i in report.indicators]
    indicators = [
        {"position": position, "name": i.name, "target": i.target, "actual": i.actual,
         "task": i.task, "levels": listed(i.levels), "points": i.points, "score": i.score,
         "reason": i.reason, "passage": i.passage, "task_position": n}
        for position, (i, n) in enumerate([*listed_apart, *owned])
    ]  # fmt: skip
    parts = ((PASSAGES, passages), (FIGURES, figures), (TASKS, tasks), (INDICATORS, indicators))
    return [(table, [{"report": report.id, **row} for row in rows]) for table, rows in parts]


_ROLES = {role.value: role for role in Role}
_QUALIFIERS = {qualifier.value: qualifier for qualifier in Qualifier}


@lru_cache(maxsize=10_000)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _figure(
    label: str, value: str, text: str, unit: str | None, base_unit: str | None, scale: str,
    qualifier: str | None, role: str, subject: str, context: str, indicator: str | None,
    task: str | None, cell: str | None, passage: int, start: int, end: int, clause_start: int,
    clause_end: int, doubtful: int, year: int | None,
) -> Figure:  # fmt: skip
    """A figure from its columns, in the order of the table."""
    return Figure(
        label, Decimal(value), text, unit, base_unit, Decimal(scale),
        _QUALIFIERS[qualifier] if qualifier else None, _ROLES[role], passage, start, end,
        clause_start, clause_end, subject, context, indicator, task, bool(doubtful), cell, year,
    )  # fmt: skip


def report_of(
    row: Any,
    passages: Sequence[Any],
    figures: Sequence[Any],
    tasks: Sequence[Any],
    indicators: Sequence[Any],
) -> Report:
    """A report from its row and those of its parts, each in their order."""

    def indicator(r: Any) -> Indicator:
        return Indicator(
            r.name, r.target, r.actual, r.passage, r.task, tuple(json.loads(r.levels)),
            r.points, r.score, r.reason,
        )  # fmt: skip

    return Report(
        id=row.id, title=row.title, form=row.form, department=row.department, year=row.year,
        unit=row.unit, file=row.file, source_hash=row.source_hash,
        passages=tuple(
            Passage(
                p.position, p.text, _listed(p.section), _ROLES[p.role], p.task,
                _listed(p.indicators), Place(p.page, p.cell),
            )
            for p in passages
        ),
        figures=tuple(_figure(*f[2:]) for f in figures),
        tasks=tuple(
            Task(t.name, t.expected, t.achieved, t.funds,
                 tuple(indicator(i) for i in indicators if i.task_position == t.position))
            for t in tasks
        ),
        indicators=tuple(indicator(i) for i in indicators if i.task_position is None),
        warnings=tuple(json.loads(row.warnings)),
        project=row.project, version=row.version, ocr=bool(row.ocr), pages=row.pages,
    )  # fmt: skip
