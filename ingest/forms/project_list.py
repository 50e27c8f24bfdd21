"""项目支出绩效自评情况汇总表: many projects in one table, a row each, and little else."""

from __future__ import annotations

import re

from ingest.document import Document, Paragraph, Table
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import is_header, labels_of
from ingest.forms.headings import has_chapters
from ingest.forms.identity import Identity, find_identity, report_id, year_warnings
from ingest.forms.project_rows import ProjectRows, project_head
from ingest.report import Report, Role

FORM = "项目支出绩效自评汇总表"


def recognises(document: Document) -> bool:
    """Whether a table lists projects and little else is there: no chapters, no indicators."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    others = [table for table in tables if project_head(table) is None]
    headed = any(is_header(labels_of(row)) for table in others for row in table.rows)
    return len(others) < len(tables) and not headed and not has_chapters(document)


def parse(document: Document) -> Report:
    """The report of a list of projects; other tables and text stay as they are."""
    parser = _Parser(find_identity(document, FORM))
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parser.paragraph(block)
        else:
            parser.rows.table(block)
    return parser.report(document)


class _Parser:
    """Walks the blocks once."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.builder = ReportBuilder()
        self.rows = ProjectRows(self.builder, identity.unit)

    def paragraph(self, block: Paragraph) -> None:
        if block.text in self.identity.lines or not block.text.strip():
            return
        if re.match(r"\s*注[:：]", block.text):
            self.builder.passage(block.text, ("注",), Role.NONE, block.place)
        else:
            self.builder.prose(block.text, ("正文",), Role.NONE, block.place)

    def report(self, document: Document) -> Report:
        """Everything read, with warnings of what is not said."""
        identity = self.identity
        warnings = [*self.builder.warnings, *year_warnings(None, identity)]
        if not identity.department:
            warnings.append("没有写明部门名称")
        if not identity.year:
            warnings.append("没有写明年度")
        return Report(
            id=report_id(
                identity.department, identity.year, FORM, identity.title, identity.version
            ),
            title=identity.title,
            form=FORM,
            department=identity.department,
            year=identity.year,
            unit=identity.unit,
            file=document.file,
            source_hash=document.source_hash,
            passages=tuple(self.builder.passages),
            figures=tuple(self.builder.figures),
            tasks=tuple(self.rows.tasks),
            warnings=tuple(warnings),
            version=identity.version,
        )
