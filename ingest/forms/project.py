"""项目支出绩效自评表, the finance ministry's project form (财预〔2020〕10号) and its variants.

Layout: fields in label-value pairs; funds with a column a kind of amount and a
row a source; the yearly goal in two columns; indicators on three levels whose
first columns are merged over many rows; the total score. Where a format has no
merged cells, an empty cell below a level belongs to the level above it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ingest.document import Cell, Document, Paragraph, Table, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import (
    UNIT_IN_LABEL,
    goal_columns,
    indicator_columns,
    is_header,
    known_names,
    labels_of,
    with_joined_heads,
)
from ingest.forms.headings import has_chapters, is_heading
from ingest.forms.identity import Identity, find_identity, report_id, year_warnings
from ingest.forms.indicator_rows import INDICATORS
from ingest.forms.plain_tables import PlainTables
from ingest.forms.project_rows import project_head
from ingest.forms.tables import FormTables
from ingest.forms.vocabulary import by_variant, form_data
from ingest.report import Report, Role

_NUMERIC = re.compile(r"^\s*[-−]?\d[\d,，.]*\s*[%％\u4e00-\u9fff]{0,4}\s*$")
_LEAST_HEADS, _LEAST_NUMBERS = 3, 2  # of a table apart: heads, and numbers in most of its rows
_LONGEST_CAPTION = 30


@cache
def _names() -> dict[str, dict[str, str]]:
    data = form_data(Path(__file__).with_suffix(".toml"))
    return {group: by_variant(data[group]) for group in data if group != "name"}


@cache
def _form() -> str:
    return str(form_data(Path(__file__).with_suffix(".toml"))["name"])


def recognises(document: Document) -> bool:
    """Whether some table names a project and has the columns of its indicators or funds."""
    names = _names()
    has_project = False
    has_columns = False
    chapters = has_chapters(document)
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        indicators = any(indicator_columns(labels_of(row)) for row in block.rows)
        if project_head(block) is not None and (chapters or not indicators):
            continue  # a report's list of its projects is no form of one
        for row in block.rows:
            labels = labels_of(row)
            has_project |= any(names["fields"].get(label) == "project" for label in labels)
            has_columns |= is_header(labels)
    return has_project and has_columns


def parse(document: Document) -> Report:
    """The report of a recognised document; what could not be placed stays as text."""
    parser = _Parser(find_identity(document, _form()))
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parser.paragraph(block)
        elif parser.is_apart(block):
            parser.table_apart(block)
        else:
            for row in with_joined_heads(block).rows:
                parser.row(row)
    return parser.report(document)


class _Parser:
    """Walks the rows once; header rows say what the rows below them are."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.names = _names()
        self.builder = ReportBuilder()
        self.fields: dict[str, str] = {}
        self.tables = FormTables(self.builder, identity.unit)
        self.notes = False
        self.columns: dict[int, str] = {}  # fields that have a column of the indicators
        self.above = ""  # the line before a table, which may be its name
        self.heading = "正文"  # the line above the running text, where there is one

    # -- where a row belongs -------------------------------------------------

    def paragraph(self, block: Paragraph) -> None:
        if block.text in self.identity.lines or block.text == self.identity.title:
            return
        self.tables.announced(block.text)
        self.above = block.text if len(block.text) <= _LONGEST_CAPTION else ""
        self.notes = self.notes or bool(re.match(r"\s*注[:：]", block.text))
        if self.notes:
            self.builder.passage(block.text, ("注",), Role.NONE, block.place)
        elif is_heading(block.text):
            self.heading = block.text.strip()
        else:
            self.builder.prose(block.text, (self.heading,), Role.NONE, block.place)

    def is_apart(self, table: Table) -> bool:
        """Whether a table has a head of its own and no row that the form knows."""
        rows = [labels_of(row) for row in table.rows]
        known = self.names["fields"].keys() | known_names()["totals"].keys()
        if any(is_header(r) or goal_columns(r) or known.intersection(r) for r in rows):
            return False
        head, *below = table.rows
        names = [cell.text for cell in head if cell.text]
        numeric = sum(
            sum(bool(_NUMERIC.match(cell.text)) for cell in row) >= _LEAST_NUMBERS for row in below
        )
        named = len(names) >= _LEAST_HEADS and not any(re.search(r"\d", name) for name in names)
        return named and numeric * 2 > len(below) > 1

    def table_apart(self, table: Table) -> None:
        """分项工程 | 合同价 | 本年完成, below 分项资金安排（万元）: read as in any document."""
        stated = UNIT_IN_LABEL.search(self.above)
        unit = stated.group(1) if stated else self.tables.unit
        section = UNIT_IN_LABEL.sub("", self.above).strip() or "表格"
        PlainTables(self.builder).table(table, (section,), Role.ACTUAL, unit)

    def row(self, row: tuple[Cell, ...]) -> None:
        labels = labels_of(row)
        if not any(cell.text for cell in row):
            return
        if self.tables.header(row, labels):
            fields = {i: self.names["columns"].get(la) for i, la in enumerate(labels)}
            self.columns = {i: field for i, field in fields.items() if field}
            return
        if self.columns and self.tables.part == INDICATORS:
            self._column_fields(row)
        if any(label in self.names["fields"] for label in labels) and self._fields(row, labels):
            self.tables.subject = self.project
        elif not self.tables.row(row, labels):
            self._other(row)

    # -- rows ----------------------------------------------------------------

    def _fields(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Label and value side by side; False where no label has a value."""
        waiting: str | None = None
        taken = False
        for cell, label in zip(row, labels, strict=True):
            if label in self.names["fields"]:
                waiting = self.names["fields"][label]
            elif cell.text and waiting:
                self.fields.setdefault(waiting, cell.text.replace("\n", ""))
                waiting, taken = None, True
        if taken:
            text = "\t".join(cell.text for cell in row if cell.text)
            self.builder.passage(text, ("表头",), Role.NONE, row_place(row))
        return taken

    def _column_fields(self, row: tuple[Cell, ...]) -> None:
        """部门 | 年度 | 项目名称 | 三级指标 | …: office, year and project on every row."""
        for index, field in self.columns.items():
            if index < len(row) and row[index].text:
                self.fields.setdefault(field, row[index].text.strip())
                if field == "project":
                    self.tables.subject = row[index].text.strip()

    @property
    def project(self) -> str | None:
        name = self.fields.get("project")
        return _CODE.sub("", name) if name else None

    def _other(self, row: tuple[Cell, ...]) -> None:
        """A row of no known kind is kept as text, its figures with it."""
        label = next((c.text for c in row if c.text), "")[:40]
        prose = [c for c in row if len(c.text) > 40]
        for cell in prose:
            self.builder.prose(
                cell.text, (self.tables.part or "表头", label), Role.NONE, cell.place
            )
        short = "\t".join(c.text for c in row if c.text and c not in prose)
        if short and not prose:
            self.builder.prose(
                short, (self.tables.part or "表头",), Role.NONE, row_place(row), task=self.project
            )

    # -- the report ----------------------------------------------------------

    def report(self, document: Document) -> Report:
        """Everything read, with warnings of what a project form should have and has not."""
        warnings = list(self.builder.warnings)
        department = self.fields.get("department") or self.fields.get("unit")
        department = department or self.identity.department
        if department:
            department = _office(department)
        stated = _year(self.fields.get("year"))
        year = stated or self.identity.year
        warnings += year_warnings(stated, self.identity)
        missing = [
            ("没有写明项目名称", self.project),
            ("没有写明主管部门", department),
            ("没有写明年度", year),
            ("没有绩效指标：表格可能不完整", self.tables.indicators),
        ]
        warnings += [warning for warning, there in missing if not there]
        title = self.identity.title
        return Report(
            id=report_id(
                department,
                year,
                _form(),
                f"{title}\x1f{self.project or ''}",
                self.identity.version,
            ),
            title=_titled(title, self.project),
            form=_form(),
            department=department,
            year=year,
            unit=self.tables.unit,
            file=document.file,
            source_hash=document.source_hash,
            passages=tuple(self.builder.passages),
            figures=tuple(self.builder.figures),
            indicators=tuple(self.tables.indicators),
            warnings=tuple(warnings),
            project=self.project,
            version=self.identity.version,
        )


_CODE = re.compile(r"^[0-9A-Z]{3,}[-－—:：\s]*(?=[\u4e00-\u9fff“])|[（(]\d+[）)]$")


def _office(name: str) -> str:
    """An office without its code (219-贵池区…) and without the system's 局本级, 局部门."""
    name = _CODE.sub("", name).strip()
    return re.sub(r"(?<=[局委办厅院处中心府会])(?:部门|本级|（本级）|（部门）)$", "", name)


def _titled(title: str, project: str | None) -> str:
    """The form's title with the project in it: all project forms have the same title."""
    return title if not project or project in title else f"{title}（{project}）"


def _year(text: str | None) -> int | None:
    found = re.search(r"(?:19|20)\d{2}", text or "")
    return int(found.group()) if found else None
