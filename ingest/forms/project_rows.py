"""A table that lists projects, a row each, in whatever report it stands.

The head names the project, its amounts, its rate and score, and often what was done;
every figure of a row belongs to the row's project.
"""

from __future__ import annotations

import re

from ingest.document import Cell, Table, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import UNIT_IN_LABEL, fund_columns, labels_of
from ingest.forms.grid import spread
from ingest.forms.vocabulary import plain_label
from ingest.report import Passage, Role, Task

_PROJECT = frozenset({"项目名称", "专项名称", "一级项目名称", "二级项目名称"})
_LEAST_AMOUNTS = 2
_LEAST_PROJECTS = 2
_TOTAL = re.compile(r"^(?:合计|总计|小计)$")
_RATES = frozenset({"执行率"})
_SCORES = frozenset({"得分", "分值"})
_COUNT = re.compile(r"^\s*[-−]?[\d,，.]+\s*[%％]?\s*$|^[—－\-/]*$")


def project_head(table: Table) -> tuple[int, int, dict[int, str]] | None:
    """(row of the head, column of the project, column → amount), where there are any."""
    for number, row in enumerate(table.rows[:4]):
        labels = labels_of(row)
        project = next((i for i, label in enumerate(labels) if label in _PROJECT), None)
        amounts = fund_columns(labels)
        below = table.rows[number + 1 :]
        if project is None or len(set(amounts.values()) - _SCORES - _RATES) < _LEAST_AMOUNTS:
            continue
        first = min(amounts)
        rows = [
            r for r in below if len(r) > first and _COUNT.match(r[first].text) and r[first].text
        ]
        if project < first and len(rows) >= _LEAST_PROJECTS:
            return number, project, amounts
    return None


class ProjectRows:
    """Reads such tables into a builder; ``tasks`` are the projects met, with what they spent."""

    def __init__(self, builder: ReportBuilder, unit: str | None) -> None:
        self.builder = builder
        self.unit = unit
        self.tasks: list[Task] = []

    def table(self, table: Table) -> None:
        head = project_head(table)
        grid = spread(table)
        for number, (row, full) in enumerate(zip(table.rows, grid, strict=True)):
            text = "\t".join(cell.text for cell in row if cell.text)
            if not text:
                continue
            if head is None or number <= head[0]:
                self.builder.passage(text, ("项目",), Role.NONE, row_place(row))
            else:
                heads = list(grid[head[0]])
                self._project(row, full, heads, head[1], head[2], text)

    def _project(
        self,
        row: tuple[Cell, ...],
        full: list[str],
        heads: list[str],
        project: int,
        amounts: dict[int, str],
        text: str,
    ) -> None:
        """A row: the project's amounts by their heads, what was done as running text."""
        name = re.sub(r"\s+", "", full[project]) if project < len(full) else ""
        first = next((re.sub(r"\s+", "", part) for part in full if part.strip()), "")
        task = None if _TOTAL.match(name) or _TOTAL.match(first) else name or None
        section = ("项目", task or "合计")
        passage = self.builder.passage(text, section, Role.FUNDS, row_place(row), task=task)
        offset, spent = 0, None
        for index, cell in enumerate(row):
            if not cell.text:
                continue
            if index in amounts and _COUNT.match(cell.text):
                self._amount(passage, cell, offset, amounts[index], heads[index], task)
                spent = cell.text if amounts[index] == "全年执行数" else spent
            elif index > project and index not in amounts and not _COUNT.match(cell.text):
                self.builder.prose_in_row(passage, cell.text, offset, cell.place.cell)
            offset += len(cell.text) + 1
        if task:
            self.tasks.append(Task(task, "", "", spent))

    def _amount(
        self, passage: Passage, cell: Cell, offset: int, kind: str, head: str, task: str | None
    ) -> None:
        stated = UNIT_IN_LABEL.search(head)
        unit = stated.group(1) if stated else self.unit
        if kind in _RATES:
            unit = "%" if re.search(r"[%％]", head) or _above_two(cell.text) else None
        elif kind in _SCORES:
            unit = "分"
        label = plain_label(head)
        self.builder.cell(
            passage,
            cell.text,
            offset,
            label=label if task else f"{label}合计",
            unit=unit,
            role=Role.NONE if kind in _SCORES else Role.FUNDS,
            quote_from=0,
            address=cell.place.cell,
            context=task or "",
        )


def _above_two(text: str) -> bool:
    """A bare rate above 2 is in percent: 96.03, not 0.96."""
    plain = text.replace(",", "").strip()
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", plain)) and float(plain) > 2
