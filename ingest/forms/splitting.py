"""Several reports in one file: cut where the next one's title stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block, Document, Paragraph, Table
from ingest.forms.vocabulary import plain_label

_TITLE = re.compile(r"(?:自评表|自评报告|绩效评价报告|评价表)\s*(?:[（(][^（）()]{1,12}[）)])?\s*$")
_LONGEST_TITLE = 60
_LEAST_TEXT = 300  # characters of prose that make a report without a table
# Lines above a title that belong to it.
_ABOVE = re.compile(r"^附(?:件|表)|单位[:：]|^[（(]?(?:19|20)\d{2}\s*年度?[）)]?$")


def split(document: Document) -> list[Document]:
    """The reports of a document, each a document of its own; one where there is but one."""
    segments: list[list[Block]] = [[]]
    for block in document.blocks:
        current = segments[-1]
        if _opens_another(block, current):
            above: list[Block] = []
            while (
                current and isinstance(current[-1], Paragraph) and _ABOVE.search(current[-1].text)
            ):
                above.insert(0, current.pop())
            segments.append([*above, block])
        else:
            current.append(block)
    return [replace(document, blocks=tuple(blocks)) for blocks in segments if blocks]


def _opens_another(block: Block, current: Sequence[Block]) -> bool:
    """Whether a block begins a report while another is being read."""
    if isinstance(block, Paragraph):
        text = block.text.strip()
        return len(text) <= _LONGEST_TITLE and bool(_TITLE.search(text)) and _has_body(current)
    return _names_project(block) and any(
        isinstance(before, Table) and _names_project(before) for before in current
    )


def _has_body(blocks: Sequence[Block]) -> bool:
    if any(isinstance(block, Table) for block in blocks):
        return True
    return sum(len(b.text) for b in blocks if isinstance(b, Paragraph)) >= _LEAST_TEXT


def _names_project(table: Table) -> bool:
    return any(plain_label(text) == "项目名称" for row in table.texts[:3] for text in row)
