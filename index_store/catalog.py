"""The truth: reports, passages, figures, tasks and indicators in SQL.

Everything else in a store is derived from these tables. A report goes in or
out in one transaction, so a reader sees it wholly or not at all.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
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
from index_store.rows import (
    FIGURES,
    FIGURES_BY_LABEL,
    INDICATORS,
    META,
    METADATA,
    PASSAGES,
    REPORTS,
    TASKS,
    part_rows,
    report_of,
    report_row,
)
from ingest.report import (
    Report,
)

SCHEMA_VERSION = 3
_COUNTED_APART = 500  # reports whose parts are counted by name; of more, all are counted


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


@dataclass(frozen=True, slots=True)
class Called:
    """A figure by its name, without the report around it: where it stands and how much it is."""

    report_id: str
    number: int  # its position in Report.figures
    value: Decimal
    unit: str | None
    scale: Decimal  # of a base unit, in the unit
    base_unit: str | None
    role: str
    subject: str
    task: str | None
    doubtful: bool
    year: int | None


class Catalog:
    """The tables of one store."""

    def __init__(self, path: Path, *, timeout_s: float = 10.0) -> None:
        self.path = path
        self._engine = _engine(path, timeout_s)
        self._timeout_s = timeout_s
        self._mine = threading.local()
        try:
            METADATA.create_all(self._engine)
            with suppress(OperationalError):  # read-only, or somebody is writing: slower, no worse
                # A store made before there was this index gets it now.
                FIGURES_BY_LABEL.create(self._engine, checkfirst=True)
            with self._engine.begin() as connection:
                version = _get(connection, "schema")
                if version is None:
                    connection.execute(insert(META).values(key="schema", value=SCHEMA_VERSION))
                    connection.execute(insert(META).values(key="generation", value="0"))
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
            rows = connection.execute(select(REPORTS.c.id, REPORTS.c.source_hash))
            return {row.id: row.source_hash for row in rows}

    def put(self, *reports: Report) -> None:
        """Add reports or replace those of the same ids, in one transaction."""
        try:
            with self._engine.begin() as connection:
                for report in reports:
                    connection.execute(delete(REPORTS).where(REPORTS.c.id == report.id))
                    connection.execute(insert(REPORTS).values(report_row(report)))
                    for table, rows in part_rows(report):
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
            gone = connection.execute(delete(REPORTS).where(REPORTS.c.id == report_id))
            if not gone.rowcount:
                raise UnknownReport(f"no report {report_id} in the store; see `jixiao reports`")
            _bump(connection)

    def infos(self, known: Mapping[str, ReportInfo] = MappingProxyType({})) -> list[ReportInfo]:
        """All reports, by department, year and title.

        ``known`` are infos of before by id: what has not changed is not counted again.
        """
        with self._engine.connect() as connection:
            rows = connection.execute(select(REPORTS)).all()
            hashes = {i.id: i.source_hash for i in known.values()}
            changed = [r.id for r in rows if hashes.get(r.id) != r.source_hash]
            few = changed if len(changed) <= _COUNTED_APART else None

            def counts(table: Table, column: Any) -> dict[str, int]:
                query = select(table.c.report, func.count(column)).group_by(table.c.report)
                query = query if few is None else query.where(table.c.report.in_(few))
                return {row[0]: row[1] for row in connection.execute(query)} if changed else {}

            sections = counts(PASSAGES, PASSAGES.c.section.distinct())
            figures = counts(FIGURES, FIGURES.c.position)
            indicators = counts(INDICATORS, INDICATORS.c.position)
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
        columns = (REPORTS.c.id, REPORTS.c.file, REPORTS.c.source_hash, REPORTS.c.version)
        # A range of the key and no LIKE, which reads every report.
        numbered = (REPORTS.c.id > f"{report_id}.") & (REPORTS.c.id < f"{report_id}/")
        mine = (REPORTS.c.id == report_id) | numbered
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).where(mine).order_by(REPORTS.c.id))
            return [Held(*row) for row in rows]

    def figures_called(self, label: str) -> list[Called]:
        """The figures of all reports that have this very label, report by report."""
        names = ("report", "position", "value", "unit", "scale", "base_unit", "role", "subject",
                 "task", "doubtful", "year")  # fmt: skip
        query = select(*(FIGURES.c[name] for name in names)).where(FIGURES.c.label == label)
        with self._engine.connect() as connection:
            return [
                Called(
                    report, position, Decimal(value), unit, Decimal(scale), base_unit, role,
                    subject, task, bool(doubtful), year,
                )
                for report, position, value, unit, scale, base_unit, role, subject, task,
                doubtful, year in connection.execute(query)
            ]  # fmt: skip

    def get(self, report_id: str) -> Report:
        """A whole report.

        Raises:
            UnknownReport: there is none of this id.
        """
        with self._engine.connect() as connection:
            row = connection.execute(select(REPORTS).where(REPORTS.c.id == report_id)).one_or_none()
            if row is None:
                raise UnknownReport(f"no report {report_id} in the store; see `jixiao reports`")

            def parts(table: Table) -> Sequence[Any]:
                query = select(table).where(table.c.report == report_id)
                return connection.execute(query.order_by(table.c.position)).all()

            return report_of(row, parts(PASSAGES), parts(FIGURES), parts(TASKS), parts(INDICATORS))


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
    return connection.execute(select(META.c.value).where(META.c.key == key)).scalar_one_or_none()


def _set(connection: Connection, key: str, value: str) -> None:
    if _get(connection, key) is None:
        connection.execute(insert(META).values(key=key, value=value))
    else:
        connection.execute(update(META).where(META.c.key == key).values(value=value))


def _bump(connection: Connection) -> None:
    _set(connection, "generation", str(int(_get(connection, "generation") or 0) + 1))
