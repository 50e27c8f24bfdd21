"""主要任务 of the whole-department form: tasks that span rows, with their indicators and money.

A header row says which column is what; amounts may stand under two rows of heads
(全年预算数 over 小计 | 财政拨款 | 其他资金). Empty cells below a task belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ingest.document import Cell, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import UNIT_IN_LABEL
from ingest.forms.vocabulary import plain_label
from ingest.report import Indicator, Place, Role, Task

SECTION = "主要任务"
_AMOUNTS = {
    "initial": "任务年初预算数",
    "budget": "任务预算数",
    "spent": "任务执行数",
    "rate": "任务执行率",
}
_LEAST_COLUMNS = 3
_LEAST_COLUMNS_UNNAMED = 4  # where no part of the form says that tasks follow
_WHOLE = re.compile(r"^(?:小计|合计|总计|总额|金额)$")
_TOTAL = re.compile(r"^(?:金额)?(?:合计|总计|小计)$")
_Text = Callable[[str], str]
_Address = Callable[[str], str | None]
_NUMBERED = re.compile(r"^任务\s*\d{1,2}\s*[:：、.．]?\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds; ``part`` of an amount (财政拨款), ``unit`` as its head says."""

    kind: str
    part: str = ""
    unit: str | None = None


class TaskTable:
    """Reads task rows; ``tasks`` and ``indicators`` are what was found."""

    def __init__(self, builder: ReportBuilder, names: Mapping[str, str], unit: str | None) -> None:
        self.builder = builder
        self.names = names  # wording of a head → kind of column
        self.unit = unit
        self.tasks: list[Task] = []
        self.indicators: list[Indicator] = []
        self.open = False
        self._columns: dict[int, _Column] = {}
        self._heads: dict[str, str] = {}
        self._own: list[Indicator] = []  # of the task being read
        self._below_head = False

    # -- heads ---------------------------------------------------------------

    def header(self, row: tuple[Cell, ...], *, announced: bool) -> bool:
        """Whether the row heads tasks; ``announced`` where its part of the form is theirs."""
        kinds = {
            index: self.names[label]
            for index, cell in enumerate(row)
            if (label := plain_label(cell.text)) in self.names
        }
        named = any(kind == "task" and index for index, kind in kinds.items())
        least = _LEAST_COLUMNS if announced else _LEAST_COLUMNS_UNNAMED
        if len(set(kinds.values())) < least or not (announced or named):
            return False
        if named:  # 主要任务 | 任务名称 | …: the first column is the part's name
            kinds.pop(0, None)
        else:
            kinds[0] = "task"
        if "budget" not in kinds.values():  # the one budget that there is
            kinds = {i: "budget" if kind == "initial" else kind for i, kind in kinds.items()}
        self._columns, self._heads = {}, {}
        for index, kind in kinds.items():
            stated = UNIT_IN_LABEL.search(row[index].text)
            self._heads.setdefault(kind, row[index].text)
            for column in range(index, index + row[index].column_span):
                if column == index or kind in _AMOUNTS:
                    unit = stated.group(1) if stated else None
                    self._columns[column] = _Column(kind, unit=unit)
        # One column that states its unit states it for those that say none.
        self.unit = self.unit or next((c.unit for c in self._columns.values() if c.unit), None)
        self.open = self._below_head = True
        return True

    def _parts(self, row: tuple[Cell, ...]) -> bool:
        """小计 | 财政拨款 | 其他资金, the second row of heads."""
        filled = {index: cell.text for index, cell in enumerate(row) if cell.text}
        amounts = {i for i, column in self._columns.items() if column.kind in _AMOUNTS}
        if (
            not filled
            or not set(filled) <= amounts
            or any(re.search(r"\d", t) for t in filled.values())
        ):
            return False
        for index, text in filled.items():
            part = re.sub(r"\s+", "", text)
            column = self._columns[index]
            self._columns[index] = replace(column, part="" if _WHOLE.match(part) else part)
        return True

    # -- rows ----------------------------------------------------------------

    def row(self, row: tuple[Cell, ...]) -> None:
        """One row below the heads."""
        below, self._below_head = self._below_head, False
        if below and self._parts(row):
            return
        place = row_place(row)
        by_kind = {column.kind: index for index, column in reversed(self._columns.items())}

        def cell(kind: str) -> str:
            index = by_kind.get(kind)
            return row[index].text if index is not None and index < len(row) else ""

        def address(kind: str) -> str | None:
            index = by_kind.get(kind)
            return row[index].place.cell if index is not None and index < len(row) else None

        name = _NUMBERED.sub("", cell("task").strip())
        if _TOTAL.match(plain_label(name)):
            self.close()
            self._amounts(row, None, (SECTION, "合计"), place)
            self._rest(row, (SECTION, "合计"), place)
            return
        if name:
            self._begin(name, cell, place)
        task = self.tasks[-1].name if self.tasks else None
        base = (SECTION, task) if task else (SECTION,)
        for kind in ("target", "actual"):
            if cell(kind):
                section = (*base, self._heads.get(kind, kind))
                self.builder.prose(cell(kind), section, Role(kind), place, task=task)
        self._amounts(row, task, base, place)
        self._result(cell, address, task, base, place)
        self._rest(row, base, place)

    def _begin(self, name: str, cell: _Text, place: Place) -> None:
        self.close()
        self.open = True
        funds = cell("funds") or cell("spent") or cell("budget") or None
        self.tasks.append(Task(name, cell("target"), cell("actual"), funds))
        self.builder.passage(name, (SECTION,), Role.NONE, place, task=name)

    def _result(
        self, cell: _Text, address: _Address, task: str | None, base: tuple[str, ...], place: Place
    ) -> None:
        """关键指标, how it came out, and the money of the task."""
        name, result, funds = cell("indicator"), cell("result"), cell("funds")
        if result and not name:  # 关键指标及完成情况 in one column
            self.builder.prose(result, (*base, "关键指标"), Role.ACTUAL, place, task=task)
            result = ""
        if not (name or funds):
            return
        aim = cell("aim") if name else ""
        parts = [part for part in (name, result, aim, funds) if part]
        passage = self.builder.passage(
            "\t".join(parts),
            (*base, "关键指标") if name else (*base, "任务涉及资金"),
            Role.ACTUAL,
            place,
            task=task,
            indicators=(name,) if name else (),
        )
        if name:
            offset = len(name) + 1
            indicator = self.builder.indicator_row(
                passage, name, result, offset, self.unit, address("result")
            )
            if aim:
                self.builder.cell(
                    passage,
                    aim,
                    offset + len(result) + bool(result),
                    label=name,
                    indicator=name,
                    role=Role.TARGET,
                    quote_from=0,
                    address=address("aim"),
                )
                indicator = replace(indicator, target=aim)
            self.indicators.append(indicator)
            self._own.append(indicator)
        if funds:
            self.builder.cell(
                passage,
                funds,
                len(passage.text) - len(funds),
                label="任务涉及资金",
                unit=self.unit,
                role=Role.FUNDS,
                address=address("funds"),
            )

    def _amounts(
        self, row: tuple[Cell, ...], task: str | None, base: tuple[str, ...], place: Place
    ) -> None:
        """Budget and spending, the whole and its parts, where they have columns."""
        stated = [
            (row[index], column)
            for index, column in sorted(self._columns.items())
            if column.kind in _AMOUNTS and index < len(row) and row[index].text
        ]
        if not stated:
            return
        parts = [task or "合计", *(cell.text for cell, _ in stated)]
        passage = self.builder.passage(
            "\t".join(parts), (*base, "任务涉及资金"), Role.FUNDS, place, task=task
        )
        offset = len(parts[0]) + 1
        for cell, column in stated:
            label = _AMOUNTS[column.kind]
            self.builder.cell(
                passage,
                cell.text,
                offset,
                label=f"{column.part}{label}" if task else f"{column.part}{label}合计",
                unit=None if column.kind == "rate" else column.unit or self.unit,
                role=Role.FUNDS,
                quote_from=0,
                address=cell.place.cell,
                context=task or "",
            )
            offset += len(cell.text) + 1

    def _rest(self, row: tuple[Cell, ...], base: tuple[str, ...], place: Place) -> None:
        """Cells of columns that nobody knows stay as text."""
        text = "\t".join(
            cell.text
            for index, cell in enumerate(row)
            if cell.text and index and index not in self._columns
        )
        if text:
            self.builder.passage(text, base, Role.NONE, place)

    def close(self) -> None:
        """The task's indicators are complete: another task or another part begins."""
        if self.tasks and self._own:
            self.tasks[-1] = replace(self.tasks[-1], indicators=tuple(self._own))
            self.builder.mark_swapped_rows(self._own)
        self._own = []
        self.open = False
