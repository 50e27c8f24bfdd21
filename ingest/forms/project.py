"""项目支出绩效自评表, the finance ministry's project form (财预〔2020〕10号) and its variants.

Layout: fields in label-value pairs; funds with a column a kind of amount and a
row a source; the yearly goal in two columns; indicators on three levels whose
first columns are merged over many rows; the total score. Where a format has no
merged cells, an empty cell below a level belongs to the level above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ingest.document import Cell, Document, Paragraph, Table, row_place
from ingest.figures import quantities
from ingest.forms.builder import ReportBuilder
from ingest.forms.identity import Identity, find_identity, report_id, year_warnings
from ingest.forms.vocabulary import by_variant, form_data, plain_label
from ingest.report import Indicator, Passage, Report, Role

_LEAST_INDICATOR_COLUMNS = 3
_LEAST_FUND_COLUMNS = 3
_UNIT_IN_LABEL = re.compile(r"[（(](?:单位[:：])?(百万元|亿元|万元|千元|元)[）)]")
_AMOUNTS = frozenset({"年初预算数", "全年预算数", "全年执行数"})


@cache
def _names() -> dict[str, dict[str, str]]:
    data = form_data(Path(__file__).with_suffix(".toml"))
    return {group: by_variant(data[group]) for group in data if group != "name"}


@cache
def _form() -> str:
    return str(form_data(Path(__file__).with_suffix(".toml"))["name"])


def recognises(document: Document) -> bool:
    """Whether some table names a project and has the columns of its indicators or funds."""
    names = _names()
    has_project = False
    has_columns = False
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for row in block.texts:
            labels = [plain_label(text) for text in row if len(text) < 30]
            has_project |= any(names["fields"].get(label) == "project" for label in labels)
            has_columns |= _is_header(labels, names["columns"], _LEAST_INDICATOR_COLUMNS)
            has_columns |= _is_header(labels, names["funds"], _LEAST_FUND_COLUMNS)
    return has_project and has_columns


def _is_header(labels: list[str], known: dict[str, str], least: int) -> bool:
    return len({known[label] for label in labels if label in known}) >= least


def parse(document: Document) -> Report:
    """The report of a recognised document; what could not be placed stays as text."""
    parser = _Parser(find_identity(document, _form()))
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parser.paragraph(block)
        else:
            for row in block.rows:
                parser.row(row)
    return parser.report(document)


class _Parser:
    """Walks the rows once; header rows say what the rows below them are."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.names = _names()
        self.builder = ReportBuilder()
        self.fields: dict[str, str] = {}
        self.unit = identity.unit
        self.part = "表头"
        self.columns: dict[int, str] = {}
        self.levels: dict[str, str] = {}
        self.indicators: list[Indicator] = []

    # -- where a row belongs -------------------------------------------------

    def paragraph(self, block: Paragraph) -> None:
        if block.text in self.identity.lines or block.text == self.identity.title:
            return
        note = self.part == "注" or re.match(r"\s*注[:：]", block.text)
        if note:
            self.part = "注"
            self.builder.passage(block.text, ("注",), Role.NONE, block.place)
        else:
            self.builder.prose(block.text, ("正文",), Role.NONE, block.place)

    def row(self, row: tuple[Cell, ...]) -> None:
        labels = [plain_label(cell.text) if len(cell.text) < 40 else "" for cell in row]
        if not any(cell.text for cell in row):
            return
        columns = self._columns(labels, "columns")
        if len(set(columns.values())) >= _LEAST_INDICATOR_COLUMNS and (
            {"level2", "level3"} & set(columns.values())
        ):
            self.part, self.columns, self.levels = "绩效指标", columns, {}
            return
        funds = self._columns(labels, "funds")
        if len(set(funds.values())) >= _LEAST_FUND_COLUMNS:
            self.part, self.columns = "项目资金", funds
            self._unit_of(row)
            return
        goals = self._columns(labels, "goals")
        if len(set(goals.values())) == 2:
            self.part, self.columns = "年度总体目标", goals
            return
        if any(label in self.names["fields"] for label in labels) and self._fields(row, labels):
            return
        if self.part == "绩效指标":
            self._indicator_row(row, labels)
        elif self.part == "项目资金":
            self._fund_row(row, labels)
        elif self.part == "年度总体目标":
            self._goal_row(row)
        else:
            self._other(row)

    def _columns(self, labels: list[str], group: str) -> dict[int, str]:
        """Column → name of a header row.

        Where two columns could have a name, the one with its commonest wording has
        it (三级指标 before 绩效指标); of two columns under one heading for the target
        (指标值 | 指标值) the second is the actual value.
        """
        known = self.names[group]
        wordings = list(known)
        found: dict[str, int] = {}
        repeated: dict[str, int] = {}
        for index, label in enumerate(labels):
            name = known.get(label)
            if name is None:
                continue
            before = found.get(name)
            if before is not None and labels[before] == label:
                repeated.setdefault(name, index)
            elif before is None or wordings.index(label) < wordings.index(labels[before]):
                found[name] = index
        if "target" in repeated and "actual" not in found:
            found["actual"] = repeated["target"]
        return {index: name for name, index in found.items()}

    def _unit_of(self, row: tuple[Cell, ...]) -> None:
        for cell in row:
            if stated := _UNIT_IN_LABEL.search(cell.text):
                self.unit = stated.group(1)

    # -- rows ----------------------------------------------------------------

    def _fields(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Label and value side by side; False where no label has a value."""
        waiting: str | None = None
        taken = False
        for cell, label in zip(row, labels, strict=True):
            if label in self.names["fields"]:
                waiting = self.names["fields"][label]
            elif cell.text and waiting:
                self.fields.setdefault(waiting, cell.text.replace("\n", ""))
                waiting, taken = None, True
        if taken:
            text = "\t".join(cell.text for cell in row if cell.text)
            self.builder.passage(text, ("表头",), Role.NONE, row_place(row))
        return taken

    @property
    def project(self) -> str | None:
        return self.fields.get("project")

    def _fund_row(self, row: tuple[Cell, ...], labels: list[str]) -> None:
        first = min(self.columns)
        named = [
            (index, self.names["fund_rows"].get(labels[index], row[index].text.strip()))
            for index in range(min(first, len(row)))
            if row[index].text and not _UNIT_IN_LABEL.search(row[index].text)
        ]
        if not named or not any(row[i].text for i in self.columns if i < len(row)):
            self._other(row)
            return
        name = re.sub(r"\s+", "", named[-1][1]).rstrip(":：")
        name = self.names["fund_rows"].get(plain_label(name), name)
        text, offsets = _joined(row, named[-1][0])
        passage = self.builder.passage(
            text, ("项目资金", name), Role.FUNDS, row_place(row), task=self.project
        )
        for index, kind in sorted(self.columns.items()):
            if index >= len(row) or not row[index].text:
                continue
            self.builder.cell(
                passage,
                row[index].text,
                offsets[index],
                label=_amount_label(name, kind),
                unit=self.unit if kind in _AMOUNTS else ("分" if kind != "执行率" else None),
                quote_from=0,
                address=row[index].place.cell,
                context=name,
            )

    def _goal_row(self, row: tuple[Cell, ...]) -> None:
        for index, kind in self.columns.items():
            if index < len(row) and row[index].text:
                heading = "预期目标" if kind == "target" else "实际完成情况"
                self.builder.prose(
                    row[index].text,
                    ("年度总体目标", heading),
                    Role(kind),
                    row[index].place,
                    task=self.project,
                )

    def _indicator_row(self, row: tuple[Cell, ...], labels: list[str]) -> None:
        total = next((n for label in labels if (n := self.names["totals"].get(label))), None)
        if total:
            self._total_row(row, total)
            return
        by_kind = {kind: index for index, kind in self.columns.items()}

        def text(kind: str) -> str:
            index = by_kind.get(kind)
            return row[index].text.strip() if index is not None and index < len(row) else ""

        for kind in ("level1", "level2"):
            if text(kind):
                self.levels[kind] = re.sub(r"\s+", "", text(kind))
                if kind == "level1":
                    self.levels.pop("level2", None)
        name = re.sub(r"\s*\n\s*", "", text("level3"))
        if not name:
            self._other(row)
            return
        target = text("nature") + text("target") + text("measure")
        self._indicator(row, by_kind, name, target, text)

    def _indicator(
        self,
        row: tuple[Cell, ...],
        by_kind: dict[str, int],
        name: str,
        target: str,
        text: Callable[[str], str],
    ) -> None:
        """One indicator: its row as a passage, target, actual, points and score as figures."""
        levels = tuple(self.levels[k] for k in ("level1", "level2") if k in self.levels)
        values = {
            "target": target,
            "actual": text("actual"),
            "points": text("points"),
            "score": text("score"),
            "reason": text("reason"),
        }
        parts, offsets = [name], {}
        for kind, value in values.items():
            if value:
                offsets[kind] = sum(len(part) + 1 for part in parts)
                parts.append(value)
        passage = self.builder.passage(
            "\t".join(parts),
            ("绩效指标", *levels),
            Role.ACTUAL,
            row_place(row),
            task=self.project,
            indicators=(name,),
        )

        def address(kind: str) -> str | None:
            index = by_kind.get(kind)
            return row[index].place.cell if index is not None and index < len(row) else None

        for kind, role in (("target", Role.TARGET), ("actual", Role.ACTUAL)):
            if kind in offsets:
                self._value(passage, name, values[kind], offsets[kind], role, address(kind), target)
        for kind, label in (("points", "分值"), ("score", "得分")):
            if kind in offsets:
                self.builder.cell(
                    passage,
                    values[kind],
                    offsets[kind],
                    label=f"{name}{label}",
                    unit="分",
                    indicator=name,
                    role=Role.NONE,
                    quote_from=0,
                    address=address(kind),
                )
        self.indicators.append(
            Indicator(
                name,
                target or None,
                values["actual"] or None,
                passage.index,
                self.project,
                levels,
                values["points"] or None,
                values["score"] or None,
                values["reason"] or None,
            )
        )

    def _value(
        self,
        passage: Passage,
        name: str,
        cell: str,
        offset: int,
        role: Role,
        address: str | None,
        target: str,
    ) -> None:
        """The figures of a target or actual cell; a bare number takes the target's unit."""
        whole = list(quantities(cell, whole_cell=True))
        unit = None
        if len(whole) == 1 and whole[0].unit is None:
            units = {q.unit for q in quantities(target, whole_cell=True) if q.unit}
            unit = units.pop() if len(units) == 1 else None
        self.builder.cell(
            passage,
            cell,
            offset,
            label=name,
            unit=unit,
            indicator=name,
            role=role,
            quote_from=0,
            address=address,
        )

    def _total_row(self, row: tuple[Cell, ...], total: str) -> None:
        text, offsets = _joined(row, 0)
        passage = self.builder.passage(text, (total,), Role.NONE, row_place(row), task=self.project)
        for index, kind in sorted(self.columns.items()):
            if kind in ("points", "score") and index < len(row) and row[index].text:
                self.builder.cell(
                    passage,
                    row[index].text,
                    offsets[index],
                    label=total if kind == "score" else "总分值",
                    unit="分",
                    quote_from=0,
                    address=row[index].place.cell,
                )

    def _other(self, row: tuple[Cell, ...]) -> None:
        """A row of no known kind is kept as text, its figures with it."""
        label = next((c.text for c in row if c.text), "")[:40]
        prose = [c for c in row if len(c.text) > 40]
        for cell in prose:
            self.builder.prose(cell.text, (self.part, label), Role.NONE, cell.place)
        short = "\t".join(c.text for c in row if c.text and c not in prose)
        if short and not prose:
            self.builder.prose(short, (self.part,), Role.NONE, row_place(row), task=self.project)

    # -- the report ----------------------------------------------------------

    def report(self, document: Document) -> Report:
        """Everything read, with warnings of what a project form should have and has not."""
        warnings = list(self.builder.warnings)
        department = self.fields.get("department") or self.fields.get("unit")
        department = department or self.identity.department
        if department:
            department = re.sub(r"^\d+[-\s]*|[（(]\d+[）)]$", "", department).strip()
        stated = _year(self.fields.get("year"))
        year = stated or self.identity.year
        warnings += year_warnings(stated, self.identity)
        missing = [
            ("没有写明项目名称", self.project),
            ("没有写明主管部门", department),
            ("没有写明年度", year),
            ("没有绩效指标：表格可能不完整", self.indicators),
        ]
        warnings += [warning for warning, there in missing if not there]
        title = self.identity.title
        return Report(
            id=report_id(
                department,
                year,
                _form(),
                f"{title}\x1f{self.project or ''}",
                self.identity.version,
            ),
            title=_titled(title, self.project),
            form=_form(),
            department=department,
            year=year,
            unit=self.unit,
            file=document.file,
            source_hash=document.source_hash,
            passages=tuple(self.builder.passages),
            figures=tuple(self.builder.figures),
            indicators=tuple(self.indicators),
            warnings=tuple(warnings),
            project=self.project,
            version=self.identity.version,
        )


def _titled(title: str, project: str | None) -> str:
    """The form's title with the project in it: all project forms have the same title."""
    return title if not project or project in title else f"{title}（{project}）"


def _amount_label(row: str, column: str) -> str:
    """全年执行数 of the total, 当年财政拨款全年执行数 of a part, 预算执行率得分."""
    if column in ("分值", "得分"):
        return f"预算执行率{column}"
    return column if row == "年度资金总额" else f"{row}{column}"


def _year(text: str | None) -> int | None:
    found = re.search(r"(?:19|20)\d{2}", text or "")
    return int(found.group()) if found else None


def _joined(row: tuple[Cell, ...], start: int) -> tuple[str, dict[int, int]]:
    """The filled cells from a column on, joined by tabs, and where each begins."""
    text, offsets = "", {}
    for index, cell in enumerate(row):
        if index >= start and cell.text:
            offsets[index] = len(text)
            text += cell.text + "\t"
    return text.rstrip("\t"), offsets
