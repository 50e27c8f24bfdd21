"""部门整体支出绩效自评表, the whole-department form.

Layout: a title, the unit (单位：万元), one table whose first column names the
parts: funds in label-value pairs, yearly goals in two columns, main tasks that
span rows (empty cells below belong to the task above), then long prose cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from ingest.document import Cell, Document, Paragraph, Table, row_place
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import is_header, labels_of, with_joined_heads
from ingest.forms.fund_rows import FUNDS
from ingest.forms.headings import is_chapter, is_heading
from ingest.forms.identity import Identity, find_identity, report_id, year_warnings
from ingest.forms.indicator_rows import INDICATORS
from ingest.forms.tables import FormTables
from ingest.forms.tasks import SECTION, TaskTable
from ingest.forms.vocabulary import by_variant, form_data, plain_label
from ingest.report import Place, Report, Role

_WHOLE = re.compile(r"(?:部门整体|整体支出).*表")
_LONGEST_COUNTED = 14
_COUNTED = re.compile(r"\s*[\d,，]+\s*(?:人|名|个|家|辆|处|所|户)\s*$")
_OF_MONEY = re.compile(r"\d\s*(?:万元|亿元|元)")
_AMOUNT = re.compile(r"\s*[-－]?[\d,，]+(?:\.\d+)?\s*(?:万元|元|[%％])?\s*$")
_AMOUNT_LABEL = re.compile(r"^[^\d]{2,16}(?:率|数|额|收入|支出|预算|决算)$")


@dataclass(frozen=True, slots=True)
class _Names:
    """The form's vocabulary: every variant → the name used."""

    form: str
    threshold: int
    fields: dict[str, str]
    funds: dict[str, str]
    columns: dict[str, str]
    goals: dict[str, str]
    sections: dict[str, str]
    roles: dict[str, Role]


@cache
def _names() -> _Names:
    data = form_data(Path(__file__).with_suffix(".toml"))
    return _Names(
        form=data["name"],
        threshold=data["recognised_by"],
        fields=by_variant(data["fields"]),
        funds=by_variant(data["funds"]),
        columns=by_variant(data["columns"]),
        goals=by_variant(data["goals"]),
        sections={plain_label(n): n for n in data["sections"]}
        | {plain_label(v): n for v, n in data["section_variants"].items()},
        roles={name: Role(role) for name, role in data["sections"].items()},
    )


# Columns beside which 项目名称 heads a list of projects and names none.
_AMOUNTS = frozenset(
    ["年初预算数", "全年预算数", "全年执行数", "预算数", "执行数", "执行率", "支出", "预算金额"]
)


def recognises(document: Document) -> bool:
    """Whether the tables hold enough of this form's labels, or a department and the columns
    of its funds or indicators, but no project."""
    names = _names()
    known = names.fields.keys() | names.funds.keys() | names.sections.keys()
    rows = [
        labels_of(row)
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    cells = {label for row in rows for label in row if label}
    # A project's form may end with 存在问题 and 改进措施 too, but names the project and its owner.
    of_a_project = any("项目名称" in row and not _AMOUNTS & {*row} for row in rows)
    if of_a_project and cells & {"主管部门", "实施单位"}:
        return False
    if len(cells & known) >= names.threshold and len(cells & names.sections.keys()) >= 2:
        return True
    stated = any(names.fields.get(label) == "department" for label in cells)
    titled = any(_WHOLE.search(b.text) for b in document.blocks if isinstance(b, Paragraph))
    headed = any(is_header(row) for row in rows)
    return headed and (stated or titled) and not of_a_project


def parse(document: Document) -> Report:
    """The report of a recognised document; what could not be placed is in warnings."""
    identity = find_identity(document, _names().form)
    parser = _Parser(identity)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parser.paragraph(block)
        else:
            for row in with_joined_heads(block).rows:
                parser.row(row)
    return parser.report(document)


class _Parser:
    """Walks the rows once; the first column says which part a row belongs to."""

    def __init__(self, identity: Identity) -> None:
        self.names = _names()
        self.identity = identity
        self.builder = ReportBuilder()
        self.department: str | None = None
        self.year: int | None = None
        self.section: str | None = None
        self.seen: set[str] = set()
        self.goal_columns: dict[int, str] = {}
        self.tables = FormTables(self.builder, identity.unit)
        self.task_table = TaskTable(self.builder, self.names.columns, identity.unit)
        self.notes = False
        self.amounts: dict[int, str] = {}  # column → the amount named last in it
        self.addresses: tuple[str | None, ...] = ()  # of the row's cells

    def paragraph(self, block: Paragraph) -> None:
        text = block.text
        if text == self.identity.title or text in self.identity.lines:
            return
        if re.match(r"^注[:：]", text):
            self.notes = not _OF_MONEY.search(text)  # 注：2021年三公经费实际支出35.82万元 reports
        self.tables.announced(text)
        if is_heading(text) or is_chapter(text):
            self.notes = False
            self.section = self.names.sections.get(plain_label(text), text.strip())
        section = ("注",) if self.notes else (self.section or "正文",)
        if self.notes or not (self.section or text.rstrip().endswith("。")):
            # Notes explain the form, lines head it; their numbers report nothing.
            self.builder.passage(text, section, Role.NONE, block.place)
        else:
            self.builder.prose(text, section, self._role(), block.place, task=None)

    def row(self, row: tuple[Cell, ...]) -> None:
        self.notes = False
        cells, place = tuple(cell.text for cell in row), row_place(row)
        self.addresses = tuple(cell.place.cell for cell in row)
        head = self.names.sections.get(plain_label(cells[0]))
        labels = labels_of(row)
        if head:
            self.task_table.close()
            self.tables.close()
            self.section = head
            self.seen.add(head)
        if self.task_table.header(row, announced=head == SECTION):
            self.section = SECTION
            self.seen.add(SECTION)
            return
        if head == "年度目标" and self._goal_header(cells):
            return
        if self.tables.header(row, labels):
            self.task_table.close()
            self.section = None
            return
        if self._labelled_prose(cells, labels, place):
            return
        if self.tables.part == FUNDS and self.tables.row(row, labels):
            return
        if self._has_pair(labels, cells):
            self._pair_row(cells, place)
            return
        if self.tables.part and self.tables.row(row, labels):
            return
        if self.section == SECTION:
            self.task_table.row(row)
        elif self.section == "年度目标" and self.goal_columns:
            self._goal_row(cells, place)
        elif self.section in (None, "部门资金情况"):
            self._pair_row(cells, place)
        else:
            self._prose_row(cells, place, head)

    def _labelled_prose(self, cells: tuple[str, ...], labels: list[str], place: Place) -> bool:
        """A part that is a label and one long text: 偏差原因分析 | 1.……"""
        filled = [index for index, cell in enumerate(cells) if cell]
        if self.tables.part == FUNDS and filled[:1] == [1] and len(filled) == 2:
            return self._explained(cells, labels, place)
        if len(filled) != 2 or filled[0] or not labels[0] or labels[filled[1]]:
            return False
        name = self.names.sections.get(labels[0], labels[0])
        goal = self.names.goals.get(labels[0])
        role = Role(goal) if goal else self.names.roles.get(name, Role.NONE)
        self.task_table.close()
        self.tables.close()
        self.section = name
        self.builder.prose(cells[filled[1]], (name,), role, place)
        return True

    def _explained(self, cells: tuple[str, ...], labels: list[str], place: Place) -> bool:
        """资金使用说明 | 2023年部门预算执行率为98.37%，…: a line of text among the funds."""
        label, text = (index for index, cell in enumerate(cells) if cell)
        if not labels[label] or not (cells[text].rstrip().endswith("。") or not labels[text]):
            return False
        self.builder.prose(cells[text], ("部门资金情况", labels[label]), Role.NONE, place)
        return True

    def _has_pair(self, labels: list[str], cells: tuple[str, ...]) -> bool:
        """Whether a label of the form's own has its value beside it."""
        if self.section not in (None, "部门资金情况") or self.tables.part == INDICATORS:
            return False
        known = self.names.fields.keys() | self.names.funds.keys()
        filled = [index for index, cell in enumerate(cells) if cell]
        return any(
            labels[here] in known and labels[there] not in known for here, there in pairwise(filled)
        )

    def _role(self) -> Role:
        return self.names.roles.get(self.section or "", Role.NONE)

    def _goal_header(self, cells: tuple[str, ...]) -> bool:
        self.goal_columns = {
            index: self.names.goals[plain_label(cell)]
            for index, cell in enumerate(cells)
            if index and plain_label(cell) in self.names.goals
        }
        return bool(self.goal_columns)

    def _goal_row(self, cells: tuple[str, ...], place: Place) -> None:
        headings = {"target": "预期目标", "actual": "目标完成情况"}
        for index, kind in self.goal_columns.items():
            if index < len(cells) and cells[index]:
                section = ("年度目标", headings[kind])
                self.builder.prose(cells[index], section, Role(kind), place)
        for index, cell in enumerate(cells):
            if cell and index and index not in self.goal_columns:  # of a column nobody knows
                self.builder.prose(cell, ("年度目标",), Role.NONE, place)

    def _pair_row(self, cells: tuple[str, ...], place: Place) -> None:
        """Label and value side by side, with the empty cells of merged ones between."""
        text = "\t".join(cells).strip("\t")
        if not text:
            return
        shift = len("\t".join(cells)) - len("\t".join(cells).lstrip("\t"))
        offsets = _offsets(cells, shift)
        passage = None
        waiting: tuple[str, str, int] | None = None  # (kind, name, offset of the label)
        whole = ""  # 其中： is a part of the amount named above it
        for column, (cell, offset, address) in enumerate(
            zip(cells, offsets, self.addresses, strict=True)
        ):
            plain = plain_label(cell)
            if plain in self.names.fields:
                waiting = ("field", self.names.fields[plain], offset)
            elif plain in self.names.funds:
                waiting = ("funds", self.names.funds[plain], offset)
                if re.match(r"\s*其中", cell):
                    whole = self.amounts.get(column, "")
                else:
                    whole, self.amounts[column] = "", self.names.funds[plain]
            elif (
                cell
                and not waiting
                and (_AMOUNT_LABEL.search(plain) if passage else self._names_amount(cells, column))
            ):
                waiting, whole = ("funds", re.sub(r"^其中[:：]?", "", plain), offset), ""
            elif cell and not waiting and self._names_count(cells, column):
                waiting, whole = ("count", re.sub(r"^其中[:：]?", "", plain), offset), ""
            elif cell and waiting:
                kind, name, label_at = waiting
                if kind == "field":
                    self._field(name, cell)
                elif kind == "count":
                    counted = self.builder.passage(text, ("基本情况",), Role.ACTUAL, place)
                    self.builder.cell(
                        counted, cell, offset, label=name, quote_from=label_at, address=address
                    )
                else:
                    passage = passage or self.builder.passage(
                        text, ("部门资金情况",), Role.FUNDS, place
                    )
                    self.builder.cell(
                        passage,
                        cell,
                        offset,
                        label=name,
                        context=whole,
                        unit=self._unit_of(name),
                        quote_from=label_at,
                        address=address,
                    )
                waiting = None
        if passage is None:
            self.builder.passage(text, (self.section or "表头",), Role.NONE, place)

    def _names_amount(self, cells: tuple[str, ...], column: int) -> bool:
        """Whether a cell of the funds' part is a label, in whatever words, beside its amount."""
        if self.section != "部门资金情况" or not _AMOUNT_LABEL.search(plain_label(cells[column])):
            return False
        beside = next((cell for cell in cells[column + 1 :] if cell), "")
        return bool(_AMOUNT.match(beside))

    def _names_count(self, cells: tuple[str, ...], column: int) -> bool:
        """编制人数 | 86人: a label beside what is counted, above the parts of the form."""
        label = plain_label(cells[column])
        beside = next((cell for cell in cells[column + 1 :] if cell), "")
        named = self.section is None and 1 < len(label) <= _LONGEST_COUNTED
        return named and not re.search(r"\d", label) and bool(_COUNTED.match(beside))

    def _unit_of(self, name: str) -> str | None:
        if name.endswith("率"):
            return None
        return "分" if name.endswith("分") else self.identity.unit

    def _field(self, name: str, cell: str) -> None:
        if name == "department" and not self.department:
            self.department = cell
        elif name == "year" and (found := re.search(r"(?:19|20)\d{2}", cell)):
            self.year = int(found.group())

    def _prose_row(self, cells: tuple[str, ...], place: Place, head: str | None) -> None:
        for cell in cells[1:] if head else cells:
            if cell:
                self.builder.prose(cell, (self.section or "正文",), self._role(), place)

    def report(self, document: Document) -> Report:
        self.task_table.close()
        indicators = (*self.task_table.indicators, *self.tables.indicators)
        warnings = [*self.builder.warnings, *year_warnings(self.year, self.identity)]
        department = self.department or self.identity.department
        year = self.year or self.identity.year
        for name in ("主要任务", "部门整体绩效"):
            if name not in self.seen and not any(i.levels for i in indicators):
                warnings.append(f"没有“{name}”部分：表格可能不完整")
        if not department:
            warnings.append("没有写明部门名称")
        if not year:
            warnings.append("没有写明被评价年度")
        return Report(
            id=report_id(
                department, year, self.names.form, self.identity.title, self.identity.version
            ),
            title=self.identity.title,
            form=self.names.form,
            department=department,
            year=year,
            unit=self.identity.unit,
            file=document.file,
            source_hash=document.source_hash,
            passages=tuple(self.builder.passages),
            figures=tuple(self.builder.figures),
            tasks=tuple(self.task_table.tasks),
            indicators=indicators,
            warnings=tuple(warnings),
            version=self.identity.version,
        )


def _offsets(cells: tuple[str, ...], shift: int) -> list[int]:
    """Where each cell begins in the row's text, ``shift`` leading tabs removed."""
    offsets, position = [], -shift
    for cell in cells:
        offsets.append(position)
        position += len(cell) + 1
    return offsets
