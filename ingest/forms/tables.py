"""The tables that official forms share: funds, yearly goal, indicators on three levels.

Which of them a row belongs to; what is in it is read by the module of its kind.
"""

from __future__ import annotations

from ingest.document import Cell
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import (
    UNIT_IN_LABEL,
    fund_columns,
    goal_columns,
    indicator_columns,
    known_names,
)
from ingest.forms.fund_rows import FUNDS, FundRows
from ingest.forms.indicator_rows import INDICATORS, IndicatorRows
from ingest.report import Indicator, Role

GOAL = "年度总体目标"
_LONGEST_CAPTION = 30


class FormTables:
    """Reads such tables row by row; ``part`` is the one being read, None between them."""

    def __init__(self, builder: ReportBuilder, unit: str | None) -> None:
        self.builder = builder
        self.part: str | None = None
        self._funds = FundRows(builder, unit)
        self._indicators = IndicatorRows(builder)
        self._goals: dict[int, str] = {}
        self._subject: str | None = None

    @property
    def unit(self) -> str | None:
        """The unit of amounts: that of the last head that said one."""
        return self._funds.unit

    @property
    def indicators(self) -> list[Indicator]:
        """Those read so far."""
        return self._indicators.indicators

    @property
    def subject(self) -> str | None:
        """The project that the rows belong to."""
        return self._subject

    @subject.setter
    def subject(self, project: str | None) -> None:
        self._subject = self._funds.subject = self._indicators.subject = project

    def header(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Whether the row heads one of these tables; the rows below are then read by it."""
        if columns := indicator_columns(labels):
            self.part = INDICATORS
            self._indicators.header(columns)
        elif columns := fund_columns(labels):
            self.part = FUNDS
            self._funds.header(row, columns)
        elif columns := goal_columns(labels):
            self.part, self._goals = GOAL, columns
        else:
            return False
        return True

    def announced(self, line: str) -> None:
        """A line before a table may say what its amounts are in: 项目资金（万元）."""
        if len(line) <= _LONGEST_CAPTION and (stated := UNIT_IN_LABEL.search(line)):
            self._funds.unit = stated.group(1)

    def close(self) -> None:
        """Another part of the form begins."""
        self.part = None

    def row(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Place a row below a header; False where it is none of the table's."""
        if self._goal_line(row, labels):
            return True
        if self.part == INDICATORS:
            return self._indicators.row(row, labels)
        if self.part == FUNDS:
            return self._funds.row(row, labels)
        return self.part == GOAL and self._goal_row(row)

    def _goal_line(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """年度目标 | what is aimed at, in a row of its own."""
        filled = [index for index, cell in enumerate(row) if cell.text]
        if len(filled) != 2 or labels[filled[1]]:
            return False
        kind = known_names()["goals"].get(labels[filled[0]])
        if kind is None:
            return False
        self._goal(row[filled[1]], kind)
        return True

    def _goal_row(self, row: tuple[Cell, ...]) -> bool:
        cells = [(row[i], kind) for i, kind in self._goals.items() if i < len(row)]
        for cell, kind in cells:
            if cell.text:
                self._goal(cell, kind)
        return any(cell.text for cell, _ in cells)

    def _goal(self, cell: Cell, kind: str) -> None:
        heading = "预期目标" if kind == "target" else "实际完成情况"
        section = (GOAL, heading)
        self.builder.prose(cell.text, section, Role(kind), cell.place, task=self._subject)
