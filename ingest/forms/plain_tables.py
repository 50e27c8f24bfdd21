"""Tables of no official form: what a cell measures is said by the heads of its column and row."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.document import Cell, Table, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.grid import spread
from ingest.report import Passage, Role
from ingest.units import parse_unit, unit_in_brackets

_UNIT_IN_HEAD = re.compile(r"[（(](百万元|亿元|万元|千元|元|%|人|个|次)[）)]")  # no name of a thing
_NUMBER = re.compile(r"^[-−－+]?\s*[\d,，.]+\s*(?:%|[\u4e00-\u9fff]{0,3})$|^[—－\-/]+$|^$")
_YEAR = re.compile(r"^(?:19|20)\d{2}\s*年?度?$")
_PLANNED, _DONE = re.compile(r"预算|计划|目标|指标值"), re.compile(r"决算|执行|完成|支出数|实际")
# Columns and rows that only number others: nothing in them is measured.
_NUMBERING = re.compile(
    r"^(?:项目)?(?:行次|栏次|序号|编号|编码|(?:功能分类)?科目(?:编码|代码)|代码)$"
)
_UNIT_HEADS = frozenset({"单位", "计量单位", "度量单位", "指标单位"})
_MOST_HEAD_ROWS = 3
_LEAST_PROSE = 10  # characters of a cell of running text
_CLAUSES = re.compile(r"[，。；]|、.*\d.*、|\d[^\d]*[\u4e00-\u9fff]{2}[^\d]*\d")


class PlainTables:
    """Reads such tables into a builder."""

    def __init__(self, builder: ReportBuilder) -> None:
        self.builder = builder
        self.unit: str | None = None

    def table(self, table: Table, section: tuple[str, ...], role: Role, unit: str | None) -> None:
        """Every row a passage, every measured cell a figure; ``unit`` is that of amounts."""
        self.unit = unit
        grid = spread(table)
        heads = _head_rows(grid)
        sides = _sides(grid, heads)
        for number, (cells, row) in enumerate(zip(table.rows, grid, strict=True)):
            text = "\t".join(cell.text for cell in cells if cell.text)
            if not text:
                continue
            passage = self.builder.passage(text, section, role, row_place(cells))
            if number < heads or _numbers_columns(row):
                continue
            offset = 0
            for left, right in pairwise((*sides, len(row))):
                offset = self._side(passage, cells[left:right], row, left, grid[:heads], offset)

    def _side(
        self,
        passage: Passage,
        cells: tuple[Cell, ...],
        row: list[str],
        left: int,
        heads: list[list[str]],
        offset: int,
    ) -> int:
        """The figures of one side of a row: 收入 beside 支出 are two, each with its own names."""
        columns = range(left, left + len(cells))
        counted_in = self._unit_of_row(heads, row)
        names = list(
            dict.fromkeys(
                row[n]
                for n in columns
                if row[n] and not _is_number(row[n]) and n != counted_in and not _is_prose(row[n])
            )
        )
        label = " ".join(names)
        stated = row[counted_in].strip() if counted_in is not None else None
        stated = stated or next(filter(None, map(unit_in_brackets, reversed(names))), None)
        begin = offset
        for column, cell in zip(columns, cells, strict=True):
            if not cell.text:
                continue
            if _is_prose(cell.text):
                self.builder.prose_in_row(passage, cell.text, offset, cell.place.cell, label)
                offset += len(cell.text) + 1
                continue
            above = _column_head(heads, column)
            # The first column names the row, unless it is a number itself.
            measured = _is_number(cell.text) or column > left
            if measured and not any(_NUMBERING.match(h) for h in _heads_of(heads, column)):
                planned = bool(_PLANNED.search(above)) and not _DONE.search(above)
                self.builder.cell(
                    passage,
                    cell.text,
                    offset,
                    label=" ".join(p for p in (_short(label), _plain(above)) if p)[:60],
                    unit=self._unit(_heads_of_cell(heads, column), above, stated),
                    role=Role.TARGET if planned else None,
                    quote_from=begin,
                    address=cell.place.cell,
                )
            offset += len(cell.text) + 1
        return offset

    @staticmethod
    def _unit_of_row(heads: list[list[str]], row: list[str]) -> int | None:
        """The column that says what each row is counted in: 指标 | 单位 | 2021年 | 2022年."""
        return next(
            (
                column
                for column, unit in enumerate(row)
                if _plain(_column_head(heads, column)) in _UNIT_HEADS
                and (unit.strip() in ("％",) or parse_unit(unit.strip()))
            ),
            None,
        )

    def _unit(self, heads: list[str], head: str, of_row: str | None) -> str | None:
        """What a column's numbers are in: what its head says, else its row, else the table.

        Points are in 分 whatever the row counts, and the table's unit is no unit of columns of
        rates or counts.
        """
        if said := next(filter(None, map(unit_in_brackets, reversed(heads))), None):
            return said
        if re.search(r"(?:得|评|总|扣|满)分(?!率)|分值|权重", head):
            return "分"
        if re.search(r"率|占比|比例|％|%|序号|行次|栏次", head):
            return None
        return of_row or (None if re.search(r"人数|数量", head) else self.unit)


def _head_rows(grid: list[list[str]]) -> int:
    """How many rows at the top are headings: rows of words above the first with a number."""
    for number, row in enumerate(grid[: _MOST_HEAD_ROWS + 1]):
        if any(part and _is_number(part) for part in row):
            return number
    return min(1, len(grid) - 1)


def _heads_of(heads: list[list[str]], column: int) -> list[str]:
    return [_plain(head) for head in _heads_of_cell(heads, column)]


def _heads_of_cell(heads: list[list[str]], column: int) -> list[str]:
    """The heads above a cell as they are printed, with their units."""
    return [row[column].strip() for row in heads if column < len(row) and row[column]]


def _column_head(heads: list[list[str]], column: int) -> str:
    parts = [row[column] for row in heads if column < len(row) and row[column]]
    return " ".join(dict.fromkeys(parts))


def _sides(grid: list[list[str]], heads: int) -> list[int]:
    """Where the sides of a table begin: 项目 | 金额 | 项目 | 金额 has two, each with names."""
    if not heads or len(grid) <= heads:
        return [0]
    width = max(len(row) for row in grid)
    bottom = [re.sub(r"[（(].*?[）)]", "", h[-1]) if (h := _heads_of(grid[:heads], c)) else ""
              for c in range(width)]  # fmt: skip
    names = [
        column
        for column in range(width)
        if bottom[column] and bottom[column] == bottom[0]
        and any(len(r) > column and r[column] and not _is_number(r[column]) for r in grid[heads:])
    ]  # fmt: skip
    # Two columns of one name side by side are one merged head, not two sides.
    return [0, *(c for c in names[1:] if c - 1 not in names)] if 0 in names else [0]


def _numbers_columns(row: list[str]) -> bool:
    """栏次 1 2 3 …, a row that numbers the columns."""
    filled = list(dict.fromkeys(part.strip() for part in row if part.strip()))
    numbers = [part for part in filled if part.isdigit()]
    words = [part for part in filled if not part.isdigit()]
    counting = [int(n) for n in numbers] == list(range(1, len(numbers) + 1))
    return len(numbers) > 1 and counting and all(_NUMBERING.match(_plain(w)) for w in words)


def _is_number(text: str) -> bool:
    plain = text.strip()
    return bool(_NUMBER.match(plain)) and not _YEAR.match(plain)


def _is_prose(text: str) -> bool:
    """新建食堂3家，全年供餐5.8万份: a cell that says several things about its row."""
    return len(text) >= _LEAST_PROSE and bool(re.search(r"\d", text) and _CLAUSES.search(text))


def _plain(head: str) -> str:
    return re.sub(r"\s+", "", _UNIT_IN_HEAD.sub("", head))


def _short(label: str) -> str:
    return re.sub(r"\s+", " ", label)[:40]
