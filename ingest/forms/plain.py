"""Any document that is no official table: narrative reports, 决算 pages, and the rest.

Headings become the section path, by the source's own heading levels or by the
numbering of official prose (一、 （一） 1.); tables keep their caption and unit
line, and every figure in them the head of its column and row.
"""

from __future__ import annotations

import re

from ingest.document import Document, Paragraph, Table, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import indicator_columns, labels_of, with_joined_heads
from ingest.forms.headings import OTHER, side_of
from ingest.forms.identity import Identity, find_identity, report_id, year_warnings
from ingest.forms.plain_tables import PlainTables
from ingest.forms.project_rows import ProjectRows, project_head
from ingest.forms.tables import FormTables
from ingest.report import Report, Role

_NAMES = (
    ("部门决算", re.compile(r"决算")),
    ("绩效自评报告", re.compile(r"(?:绩效|自评|评价).*报告|报告.*绩效")),
)
_NUMBERED = (
    (1, re.compile(r"^第?[一二三四五六七八九十]{1,3}(?:、|[部章]分?|\s)")),
    (2, re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")),
    (3, re.compile(r"^\d{1,2}(?:[.．、](?!\d))")),
    (4, re.compile(r"^[（(]\d{1,2}[）)]")),
)
_LONGEST_HEADING = 45
_MOST_HEAD_ROWS = 3
_UNIT = re.compile(r"单位[:：]\s*(百万元|亿元|万元|千元|元)")
# Lines between a table's name and the table: 公开01表, 部门：…　金额单位：万元.
_ABOVE_TABLE = re.compile(
    r"^(?:公开|财决|预算)?\d*表?$|单位[:：]|^(?:部门|单位|编制)[^，。]{0,8}[:：]"
)


def recognises(document: Document) -> bool:
    """Every document."""
    return bool(document.blocks)


def parse(document: Document) -> Report:
    """Headings, prose and tables to passages and figures."""
    identity = find_identity(document, document.file)
    form = next((name for name, words in _NAMES if words.search(identity.title)), "document")
    parser = _Parser(identity)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parser.paragraph(block)
        elif project_head(block) is not None:
            parser.projects.unit = parser.unit
            parser.projects.table(block)
        elif heads_indicators(block):
            parser.indicators(block)
        else:
            parser.table(block)
    warnings = [] if form != "document" else ["没有识别出官方表格，按普通文件读取"]
    warnings += year_warnings(None, identity)
    if not identity.department:
        warnings.append("没有写明部门名称")
    if not identity.year:
        warnings.append("没有写明年度")
    return Report(
        id=report_id(identity.department, identity.year, form, identity.title, identity.version),
        title=identity.title,
        form=form,
        department=identity.department,
        year=identity.year,
        unit=identity.unit,
        file=document.file,
        source_hash=document.source_hash,
        passages=tuple(parser.builder.passages),
        figures=tuple(parser.builder.figures),
        tasks=tuple(parser.projects.tasks),
        indicators=tuple(parser.form.indicators),
        warnings=tuple(warnings),
        version=identity.version,
    )


class _Parser:
    """Walks the blocks once, with the headings in force."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.builder = ReportBuilder()
        self.headings: list[tuple[int, str]] = []
        self.caption = ""
        self.unit = identity.unit
        self.projects = ProjectRows(self.builder, identity.unit)
        self.tables = PlainTables(self.builder)
        self.form = FormTables(self.builder, identity.unit)

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.headings) or ("正文",)

    @property
    def role(self) -> Role:
        return side_of(self.section, Role.ACTUAL)

    def paragraph(self, block: Paragraph) -> None:
        text = block.text
        if stated := _UNIT.search(text):
            self.unit = stated.group(1)
        if text in self.identity.lines or not text.strip():
            if text.rstrip().endswith("表"):
                self.caption = text.strip()
            return
        if re.match(r"\s*注[:：]", text):
            # Notes explain; their numbers report nothing.
            self.builder.passage(text, ("注",), Role.NONE, block.place)
            return
        level = _heading_level(block)
        if level is not None:
            self.headings = [h for h in self.headings if h[0] < level]
            if self.headings and OTHER.search(self.section[-1]):
                # （一）预算编制不够精细: the point itself, of a list of problems or measures.
                self.builder.passage(text, self.section, Role.NONE, block.place)
            self.headings.append((level, text.strip()))
            self.caption = text.strip()
            return
        if len(text) <= _LONGEST_HEADING and not text.rstrip().endswith(("。", "；", ";")):
            self.caption = self.caption if _ABOVE_TABLE.search(text) else text.strip()
        self.builder.prose(text, self.section, self.role, block.place)

    def table(self, table: Table) -> None:
        section = (*self.section, self.caption) if self.caption else (*self.section, "表格")
        self.tables.table(table, tuple(dict.fromkeys(section)), self.role, self.unit)
        self.caption = ""

    def indicators(self, table: Table) -> None:
        """A table of indicators, as official forms have it, in the middle of a report."""
        self.form.close()
        for row in with_joined_heads(table).rows:
            labels = labels_of(row)
            text = "\t".join(cell.text for cell in row if cell.text)
            if not text or self.form.header(row, labels) or self.form.row(row, labels):
                continue
            self.builder.passage(text, self.section, Role.NONE, row_place(row))
        self.caption = ""


def heads_indicators(table: Table) -> bool:
    """Whether one of a table's first rows heads indicators with what was aimed at or done."""
    return any(
        {"target", "actual"} & set(indicator_columns(labels_of(row)).values())
        for row in with_joined_heads(table).rows[:_MOST_HEAD_ROWS]
    )


def _heading_level(block: Paragraph) -> int | None:
    """The level of a heading: the source's own, else by its numbering where it is short."""
    text = block.text.strip()
    if len(text) > _LONGEST_HEADING or text.endswith(("。", "；", ";", "，")):
        return None
    numbered = next((level for level, mark in _NUMBERED if mark.match(text)), None)
    if numbered is not None:
        return numbered
    return block.level
