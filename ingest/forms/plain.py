"""Any document that is no known form: sections, tables and figures all the same."""

from __future__ import annotations

from ingest.document import Document, Paragraph, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.identity import department_in_title, find_identity, report_id
from ingest.report import Report, Role


def recognises(document: Document) -> bool:
    """Every document."""
    return bool(document.blocks)


def parse(document: Document) -> Report:
    """Paragraphs as prose; each table row a passage, its cells labelled by head and row."""
    builder = ReportBuilder()
    identity = find_identity(document, document.file)
    section = ("正文",)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text not in identity.lines:
                builder.prose(block.text, section, Role.NONE, block.place)
            continue
        head = block.texts[0] if len(block.rows) > 1 else ()
        for cells, row in zip(block.rows, block.texts, strict=True):
            text = "\t".join(row)
            if not text.strip():
                continue
            passage = builder.passage(text, ("表格",), Role.NONE, row_place(cells))
            offset = 0
            for column, cell in enumerate(row):
                if column and cell and row is not head:
                    above = head[column] if column < len(head) else ""
                    label = " ".join(part for part in (row[0], above) if part)[:60]
                    builder.cell(
                        passage,
                        cell,
                        offset,
                        label=label,
                        unit=identity.unit,
                        address=cells[column].place.cell,
                    )
                offset += len(cell) + 1
    department = department_in_title(identity.title)
    warnings = ["没有识别出官方表格，按普通文件读取"]
    if not department:
        warnings.append("没有写明部门名称")
    if not identity.year:
        warnings.append("没有写明年度")
    return Report(
        id=report_id(department, identity.year, "document", identity.title),
        title=identity.title,
        form="document",
        department=department,
        year=identity.year,
        unit=identity.unit,
        file=document.file,
        source_hash=document.source_hash,
        passages=tuple(builder.passages),
        figures=tuple(builder.figures),
        warnings=tuple(warnings),
    )
