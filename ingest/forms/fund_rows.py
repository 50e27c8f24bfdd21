"""The rows of a table of funds: budgeted, spent, rate of execution, points and score."""

from __future__ import annotations

import re

from ingest.document import Cell, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import AMOUNTS, UNIT_IN_LABEL, known_names
from ingest.forms.grid import joined
from ingest.forms.vocabulary import plain_label
from ingest.report import Passage, Role

FUNDS = "项目资金"
_MOST_RATIO = 2  # a bare rate above it is in percent
_AMOUNT = re.compile(r"^\s*(?:[-−－+]?[\d,，.]+\s*(?:%|％|分)?|[—－\-/]+)\s*$")
# 其中：一般公共预算：4,105.82 in one cell.
_LABELLED_AMOUNT = re.compile(
    r"^(?:其中[:：])?\s*(?P<label>[^:：\d]{2,20})[:：]\s*(?P<value>[-\d,，.]+)\s*$"
)
# 全年执行数664.25: without a colon the label is one of the columns' own names.
_NAMED_AMOUNT = re.compile(r"^\s*(?P<label>[\u4e00-\u9fff]{2,10})\s*(?P<value>[-\d,，.]+)\s*$")
# 年度部门支出合计, 本年收支总计: the row of the total, whatever a form calls it.
_WHOLE = re.compile(
    r"^(?:年度|本年|全年|部门|单位|整体|资金|支出|收支|预算|项目|经费)+(?:总额|合计|总计|总数)$"
)
_STATED = re.compile(r"^[\u4e00-\u9fff]{2,10}(?:率|数|额)$")
_PLANNED = re.compile(r"计划|目标|预期|应完成")


class FundRows:
    """Places them one by one; ``unit`` is the amounts', ``subject`` the project they are of."""

    def __init__(self, builder: ReportBuilder, unit: str | None) -> None:
        self.builder = builder
        self.unit = unit
        self.subject: str | None = None
        self._columns: dict[int, str] = {}
        self._others: dict[int, str] = {}  # columns of what was done for the money, by their heads
        self._percent = False  # whether the head of 执行率 says that it is in %

    def header(self, row: tuple[Cell, ...], columns: dict[int, str]) -> None:
        """Read the rows below by these columns, their unit being the head's if it says one."""
        self._columns = columns
        last = max(columns)
        self._others = {
            i: plain_label(cell.text) for i, cell in enumerate(row) if cell.text and i > last
        }
        for cell in row:
            if stated := UNIT_IN_LABEL.search(cell.text):
                self.unit = stated.group(1)
        rates = (row[i].text for i, kind in columns.items() if kind == "执行率")
        self._percent = any(re.search(r"[%％]", head) for head in rates)

    def row(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Place a row; False where it is none of funds."""
        return self._amounts(row, labels) or self._labelled_amounts(row)

    def _amounts(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        amounts = [row[i].text for i in self._columns if i < len(row) and row[i].text]
        if sum(bool(_AMOUNT.match(amount)) for amount in amounts) * 2 <= len(amounts):
            return False
        if any(_STATED.match(plain_label(amount)) for amount in amounts):
            return False  # 预算调整数 | 4762.55 | 预算调整率 | 4.84%: labels beside their values
        first = min(self._columns)
        named = [
            (index, known_names()["fund_rows"].get(labels[index], row[index].text.strip()))
            for index in range(min(first, len(row)))
            if row[index].text and not UNIT_IN_LABEL.search(row[index].text)
        ]
        named = [(index, label) for index, label in named if not _AMOUNT.match(label)]
        if not named:  # 资金情况 | 预算数 | 执行数 over one row of amounts
            named = [(first, "年度资金总额")]
        name = re.sub(r"\s+", "", named[-1][1]).rstrip(":：")
        name = known_names()["fund_rows"].get(plain_label(name), name)
        if _WHOLE.match(name):
            name = "年度资金总额"
        text, offsets = joined(row, named[-1][0])
        passage = self.builder.passage(
            text, (FUNDS, name), Role.FUNDS, row_place(row), task=self.subject
        )
        for index, kind in sorted(self._columns.items()):
            if index >= len(row) or not row[index].text:
                continue
            self.builder.cell(
                passage,
                row[index].text,
                offsets[index],
                label=_amount_label(name, kind),
                unit=self._unit(kind, row[index].text),
                quote_from=0,
                address=row[index].place.cell,
                context=name,
            )
        self._done_for_it(row, name, passage, offsets)
        return True

    def _done_for_it(
        self, row: tuple[Cell, ...], name: str, passage: Passage, offsets: dict[int, int]
    ) -> None:
        """计划工程量 46公里 | 完成工程量 41.2公里, beside the amounts of 路面大中修."""
        for index, head in self._others.items():
            if index < len(row) and row[index].text:
                self.builder.cell(
                    passage,
                    row[index].text,
                    offsets[index],
                    label=f"{name}{head}",
                    role=Role.TARGET if _PLANNED.search(head) else Role.ACTUAL,
                    quote_from=0,
                    address=row[index].place.cell,
                    context=name,
                )

    def _unit(self, kind: str, cell: str) -> str | None:
        if kind in AMOUNTS:
            return self.unit
        if kind != "执行率":
            return "分"
        # 94.87 under 执行率 is 94.87 %; 1 and 0.98 stay as they are printed.
        bare = re.fullmatch(r"\d{1,3}(?:\.\d+)?", cell.strip())
        return "%" if bare and (self._percent or float(cell) > _MOST_RATIO) else None

    def _labelled_amounts(self, row: tuple[Cell, ...]) -> bool:
        """其中：一般公共预算：4,105.82, label and amount in one cell."""
        stated = {i: m for i, cell in enumerate(row) if (m := _labelled(cell.text))}
        if not stated:
            return False
        text, offsets = joined(row, 0)
        # 子项目资金 | 民宿集群培育 | 全年执行数664.25: whose amounts they are.
        named = [c.text for c in row[: min(stated)] if c.text and not _AMOUNT.match(c.text)]
        name = re.sub(r"\s+", "", named[-1]) if named else ""
        passage = self.builder.passage(
            text, (FUNDS, name) if name else (FUNDS,), Role.FUNDS, row_place(row), task=self.subject
        )
        for index, found in stated.items():
            begin = offsets[index]
            self.builder.cell(
                passage,
                found["value"],
                begin + found.start("value"),
                label=_labelled_as(name, found["label"]),
                unit=self.unit,
                quote_from=0 if name else begin,
                address=row[index].place.cell,
            )
        return True


def _labelled(cell: str) -> re.Match[str] | None:
    named = _NAMED_AMOUNT.match(cell)
    if named and plain_label(named["label"]) in known_names()["funds"]:
        return named
    return _LABELLED_AMOUNT.match(cell)


def _labelled_as(name: str, label: str) -> str:
    kind = known_names()["funds"].get(plain_label(label))
    return f"{name}{kind}" if name and kind else label


def _amount_label(row: str, column: str) -> str:
    """全年执行数 of the total, 当年财政拨款全年执行数 of a part, 预算执行率得分."""
    if column in ("分值", "得分"):
        return f"预算执行率{column}"
    return column if row == "年度资金总额" else f"{row}{column}"
