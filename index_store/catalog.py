"""The truth: reports, passages, figures, tasks and indicators in SQL.

Everything else in a store is derived from these tables. A report goes in or
out in one transaction, so a reader sees it wholly or not at all.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, OperationalError

from index_store.errors import StoreError, StoreLocked, UnknownReport
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

SCHEMA_VERSION = 3
_COUNTED_APART = 500  # reports whose parts are counted by name; of more, all are counted

_metadata = MetaData()
_meta = Table("meta", _metadata, Column("key", String, primary_key=True), Column("value", String))
_reports = Table(
    "reports",
    _metadata,
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
        _metadata,
        Column("report", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
    )


_passages = _part(
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
_figures = _part(
    "figures",
    *(Column(name, String) for name in _FIGURE_TEXTS),
    *(Column(name, Integer) for name in _FIGURE_NUMBERS),
)
_tasks = _part("tasks", *(Column(n, String) for n in ("name", "expected", "achieved", "funds")))
_indicators = _part(
    "indicators",
    *(Column(name, String) for name in ("name", "target", "actual", "task", "levels")),
    *(Column(name, String) for name in ("points", "score", "reason")),
    Column("passage", Integer),
    Column("task_position", Integer),  # the task it belongs to, if it is one of a task's
)


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A report without its contents; ``sections``, ``figures``, ``indicators`` are counts."""

    id: str
    title: str
    form: str
    department: str | None
    year: int | None
    unit: str | None
    file: str
    source_hash: str
    sections: int
    figures: int
    indicators: int
    warnings: tuple[str, ...]
    project: str | None = None
    version: str | None = None
    ocr: bool = False
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What tells the versions of one report apart."""

    id: str
    file: str
    source_hash: str
    version: str | None


class Catalog:
    """The tables of one store."""

    def __init__(self, path: Path, *, timeout_s: float = 10.0) -> None:
        self.path = path
        self._engine = _engine(path, timeout_s)
        self._timeout_s = timeout_s
        self._mine = threading.local()
        try:
            _metadata.create_all(self._engine)
            with self._engine.begin() as connection:
                version = _get(connection, "schema")
                if version is None:
                    connection.execute(insert(_meta).values(key="schema", value=SCHEMA_VERSION))
                    connection.execute(insert(_meta).values(key="generation", value="0"))
                elif version != str(SCHEMA_VERSION):
                    raise StoreError(
                        f"{path.parent}: the store is of version {version}, this program's is "
                        f"{SCHEMA_VERSION}; read the reports into another one with --store"
                    )
        except OperationalError as error:
            raise _explain(error, path) from error
        except DatabaseError as error:
            raise StoreError(
                f"{path}: not a catalog of this program, or damaged; restore it from a copy, "
                "or move the folder away and read the reports again"
            ) from error

    def close(self) -> None:
        """Give back the connections; those of other threads go with their threads."""
        self._engine.dispose()
        self._mine = threading.local()

    def generation(self) -> int:
        """A number that grows with every change.

        Asked for before every use of what is kept in memory, a hundred times a question:
        so past SQLAlchemy, which takes twenty times as long, on a connection a thread.
        """
        connection = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = sqlite3.connect(
                self.path, timeout=self._timeout_s, isolation_level=None
            )
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self.path}: cannot be read ({error})") from error
        return int(row[0]) if row else 0

    def meta(self, key: str) -> str | None:
        """A remembered fact of the store, such as its encoder's name."""
        with self._engine.connect() as connection:
            return _get(connection, key)

    def set_meta(self, key: str, value: str) -> None:
        """Remember a fact of the store."""
        with self._engine.begin() as connection:
            _set(connection, key, value)

    def hashes(self) -> dict[str, str]:
        """Report id → content hash, of all reports."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_reports.c.id, _reports.c.source_hash))
            return {row.id: row.source_hash for row in rows}

    def put(self, *reports: Report) -> None:
        """Add reports or replace those of the same ids, in one transaction."""
        try:
            with self._engine.begin() as connection:
                for report in reports:
                    connection.execute(delete(_reports).where(_reports.c.id == report.id))
                    connection.execute(insert(_reports).values(_report_row(report)))
                    for table, rows in _part_rows(report):
                        if rows:
                            connection.execute(insert(table), rows)
                _bump(connection)
        except OperationalError as error:
            raise _explain(error, self.path) from error

    def remove(self, report_id: str) -> None:
        """Take a report out.

        Raises:
            UnknownReport: there is none of this id.
        """
        with self._engine.begin() as connection:
            gone = connection.execute(delete(_reports).where(_reports.c.id == report_id))
            if not gone.rowcount:
                raise UnknownReport(f"no report {report_id} in the store; see `jixiao reports`")
            _bump(connection)

    def infos(self, known: Mapping[str, ReportInfo] = MappingProxyType({})) -> list[ReportInfo]:
        """All reports, by department, year and title.

        ``known`` are infos of before by id: what has not changed is not counted again.
        """
        with self._engine.connect() as connection:
            rows = connection.execute(select(_reports)).all()
            hashes = {i.id: i.source_hash for i in known.values()}
            changed = [r.id for r in rows if hashes.get(r.id) != r.source_hash]
            few = changed if len(changed) <= _COUNTED_APART else None

            def counts(table: Table, column: Any) -> dict[str, int]:
                query = select(table.c.report, func.count(column)).group_by(table.c.report)
                query = query if few is None else query.where(table.c.report.in_(few))
                return {row[0]: row[1] for row in connection.execute(query)} if changed else {}

            sections = counts(_passages, _passages.c.section.distinct())
            figures = counts(_figures, _figures.c.position)
            indicators = counts(_indicators, _indicators.c.position)
            anew = set(changed)
            found = [
                ReportInfo(
                    r.id, r.title, r.form, r.department, r.year, r.unit, r.file, r.source_hash,
                    sections.get(r.id, 0), figures.get(r.id, 0), indicators.get(r.id, 0),
                    tuple(json.loads(r.warnings)), r.project, r.version, bool(r.ocr), r.pages,
                )
                if r.id in anew
                else known[r.id]
                for r in rows
            ]  # fmt: skip
        return sorted(found, key=lambda r: (r.department or "", r.year or 0, r.title, r.id))

    def held(self, report_id: str) -> list[Held]:
        """The versions held of a report: its id, and that id with a number behind it."""
        columns = (_reports.c.id, _reports.c.file, _reports.c.source_hash, _reports.c.version)
        # A range of the key and no LIKE, which reads every report.
        numbered = (_reports.c.id > f"{report_id}.") & (_reports.c.id < f"{report_id}/")
        mine = (_reports.c.id == report_id) | numbered
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).where(mine).order_by(_reports.c.id))
            return [Held(*row) for row in rows]

    def get(self, report_id: str) -> Report:
        """A whole report.

        Raises:
            UnknownReport: there is none of this id.
        """
        with self._engine.connect() as connection:
            row = connection.execute(
                select(_reports).where(_reports.c.id == report_id)
            ).one_or_none()
            if row is None:
                raise UnknownReport(f"no report {report_id} in the store; see `jixiao reports`")

            def parts(table: Table) -> Sequence[Any]:
                query = select(table).where(table.c.report == report_id)
                return connection.execute(query.order_by(table.c.position)).all()

            return _report(
                row, parts(_passages), parts(_figures), parts(_tasks), parts(_indicators)
            )


def _engine(path: Path, timeout_s: float) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": timeout_s, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for a writer
        cursor.close()

    return engine


def _explain(error: OperationalError, path: Path) -> StoreError:
    if "locked" in str(error):
        return StoreLocked(
            f"{path.parent}: another process is writing to the store; wait until it is done"
        )
    return StoreError(f"{path}: cannot be opened ({error.orig})")


def _get(connection: Connection, key: str) -> str | None:
    return connection.execute(select(_meta.c.value).where(_meta.c.key == key)).scalar_one_or_none()


def _set(connection: Connection, key: str, value: str) -> None:
    if _get(connection, key) is None:
        connection.execute(insert(_meta).values(key=key, value=value))
    else:
        connection.execute(update(_meta).where(_meta.c.key == key).values(value=value))


def _bump(connection: Connection) -> None:
    _set(connection, "generation", str(int(_get(connection, "generation") or 0) + 1))


def _report_row(report: Report) -> dict[str, Any]:
    names = (
        "id", "title", "form", "department", "year", "unit", "file", "source_hash",
        "project", "version", "pages",
    )  # fmt: skip
    row = {name: getattr(report, name) for name in names}
    return row | {
        "ocr": int(report.ocr),
        "warnings": json.dumps(report.warnings, ensure_ascii=False),
    }


def _part_rows(report: Report) -> list[tuple[Table, list[dict[str, Any]]]]:
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
    parts = ((_passages, passages), (_figures, figures), (_tasks, tasks), (_indicators, indicators))
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


def _report(
    row: Any,
    passages: Sequence[Any],
    figures: Sequence[Any],
    tasks: Sequence[Any],
    indicators: Sequence[Any],
) -> Report:
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
