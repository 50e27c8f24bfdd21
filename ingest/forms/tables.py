"""The tables that official forms share: funds, yearly goal, indicators on three levels.

Every form has them with other headings, in another order, with other columns; a
header row says what the rows below it are. Where a format has no merged cells, an
empty cell below a level belongs to the level above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from ingest.document import Cell, Table, row_place
from ingest.figures import quantities
from ingest.forms.builder import ReportBuilder
from ingest.forms.vocabulary import by_variant, form_data, plain_label
from ingest.report import Indicator, Passage, Role

FUNDS, GOAL, INDICATORS = "项目资金", "年度总体目标", "绩效指标"
_LEAST_INDICATOR_COLUMNS = 3
_LEAST_FUND_COLUMNS = 3
_LEAST_OWN_HEADS = 3  # of the lower of two rows of heads
_LONGEST_LABEL = 40
_MOST_RATIO = 2  # a bare rate above it is in percent
UNIT_IN_LABEL = re.compile(r"[（(](?:单位[:：])?(百万元|亿元|万元|千元|元)[）)]")
# 指标1：储备编织袋 is called 储备编织袋; what is left empty of the blank form names nothing.
_NUMBERED_NAME = re.compile(r"^指标\s*\d{1,2}\s*[:：、.．]?\s*(?=\S)")
_PLACEHOLDER = re.compile(r"^(?:指标\s*\d{0,2}\s*[:：]?|[.…·]+)$")
# 定性 and 正向 say of what kind an indicator is, not how its target is meant.
_OPERATOR = re.compile(r"^[≥≤=＝><＞＜≧≦﹦]|^(?:大于|小于|等于|不低于|不少于|不高于|不超过)")
_AMOUNTS = frozenset({"年初预算数", "全年预算数", "全年执行数", "结转结余数"})
_AMOUNT = re.compile(r"^\s*(?:[-−－+]?[\d,，.]+\s*(?:%|％|分)?|[—－\-/]+)\s*$")
# 其中：一般公共预算：4,105.82 in one cell.
_LABELLED_AMOUNT = re.compile(
    r"^(?:其中[:：])?\s*(?P<label>[^:：\d]{2,20})[:：]\s*(?P<value>[-\d,，.]+)\s*$"
)


@cache
def _names() -> dict[str, dict[str, str]]:
    data = form_data(Path(__file__).with_suffix(".toml"))
    return {group: by_variant(data[group]) for group in data if group != "patterns"}


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    data = form_data(Path(__file__).with_suffix(".toml"))["patterns"]
    return {
        group: {name: re.compile(pattern) for name, pattern in patterns.items()}
        for group, patterns in data.items()
    }


def labels_of(row: tuple[Cell, ...]) -> list[str]:
    """The cells as labels; what is too long to be one is empty."""
    return [plain_label(cell.text) if len(cell.text) < _LONGEST_LABEL else "" for cell in row]


def with_joined_heads(table: Table) -> Table:
    """The table, heads that stand over two rows told in full in the lower one.

    年度指标值 over 指标性质 | 指标值 | 度量单位, beside 实际完成值 merged down over both:
    the lower row then heads the rows below it by itself.
    """
    rows = list(table.rows)
    for number in range(1, len(rows)):
        above, own = rows[number - 1], rows[number]
        if len(above) != len(own):
            continue
        merged = tuple(
            replace(cell, text=top.text, covered=False)
            if not cell.text and top.text and (cell.covered or top.row_span == 1)
            else cell
            for top, cell in zip(above, own, strict=True)
        )
        if merged == own or sum(bool(cell.text) for cell in own) < _LEAST_OWN_HEADS:
            continue
        known = _names()["columns"]
        said = [label for label in labels_of(own) if label]
        columns = indicator_columns(labels_of(merged))
        more = len(set(columns.values())) > len(set(indicator_columns(labels_of(own)).values()))
        if columns and more and all(label in known for label in said):
            rows[number] = merged
    return Table(tuple(rows))


_HEADING = re.compile(r"问题|措施|改进|计划|说明|情况|建议|打算|经验|做法|原因|分析|结论")


def is_heading(text: str) -> bool:
    """A short line above running text: 存在的主要问题, 下一步改进措施."""
    plain = text.strip()
    return (
        len(plain) <= 24 and not re.search(r"[。；，：:\d]", plain) and bool(_HEADING.search(plain))
    )


def is_header(labels: list[str]) -> bool:
    """Whether a row heads a table of indicators or of funds."""
    return bool(indicator_columns(labels) or fund_columns(labels))


def indicator_columns(labels: list[str]) -> dict[int, str]:
    """Column → what it holds, where the row heads a table of indicators; else empty."""
    columns = _columns(labels, "columns")
    kinds = set(columns.values())
    levels = {"level1", "level2", "level3"} & kinds
    enough = len(kinds) >= _LEAST_INDICATOR_COLUMNS and {"target", "actual", "score"} & kinds
    return columns if enough and {"level2", "level3"} & levels else {}


def fund_columns(labels: list[str]) -> dict[int, str]:
    columns = _columns(labels, "funds")
    kinds = set(columns.values())
    # A column of amounts at least: 分值 and 得分 alone head other tables.
    return columns if len(kinds) >= _LEAST_FUND_COLUMNS and len(kinds & _AMOUNTS) >= 2 else {}


def _columns(labels: list[str], group: str) -> dict[int, str]:
    """Column → name of a header row.

    Where two columns could have a name, the one with its commonest wording has
    it (三级指标 before 绩效指标); of two columns under one heading for the target
    (指标值 | 指标值) the second is the actual value.
    """
    known = _names()[group]
    wordings = list(known)
    found: dict[str, int] = {}
    repeated: dict[str, int] = {}
    guessed: dict[str, int] = {}
    patterns = _patterns().get(group, {})
    for index, label in enumerate(labels):
        name = known.get(label)
        if name is None:
            # A wording that nobody listed: only where no listed one has the name.
            name = next((n for n, p in patterns.items() if label and p.search(label)), None)
            if name is not None:
                guessed.setdefault(name, index)
            continue
        before = found.get(name)
        if before is not None and labels[before] == label:
            repeated.setdefault(name, index)
        elif before is None or wordings.index(label) < wordings.index(labels[before]):
            found[name] = index
    if "target" in repeated and "actual" not in found:
        found["actual"] = repeated["target"]
    taken = set(found.values())
    found = {n: i for n, i in guessed.items() if i not in taken} | found
    return {index: name for name, index in found.items()}


class FormTables:
    """Reads such tables row by row; ``part`` is the one being read, None between them."""

    def __init__(self, builder: ReportBuilder, unit: str | None) -> None:
        self.builder = builder
        self.unit = unit
        self.part: str | None = None
        self.subject: str | None = None  # the project that the rows belong to
        self.indicators: list[Indicator] = []
        self._columns: dict[int, str] = {}
        self._levels: dict[str, str] = {}
        self._percent = False  # whether the head of 执行率 says that it is in %

    def header(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Whether the row heads one of these tables; the rows below are then read by it."""
        if columns := indicator_columns(labels):
            self.part, self._columns, self._levels = INDICATORS, columns, {}
            return True
        if columns := fund_columns(labels):
            self.part, self._columns = FUNDS, columns
            self._unit_of(row)
            rates = (row[i].text for i, kind in columns.items() if kind == "执行率")
            self._percent = any(re.search(r"[%％]", head) for head in rates)
            return True
        goals = _columns(labels, "goals")
        if len(set(goals.values())) == 2:
            self.part, self._columns = GOAL, goals
            return True
        return False

    def close(self) -> None:
        """Another part of the form begins."""
        self.part, self._columns = None, {}

    def row(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Place a row below a header; False where it is none of the table's."""
        if self._goal_line(row, labels):
            return True
        if self.part == INDICATORS:
            return self._indicator_row(row, labels)
        if self.part == FUNDS:
            return self._fund_row(row, labels) or self._labelled_amounts(row)
        return self.part == GOAL and self._goal_row(row)

    def _goal_line(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """年度目标 | what is aimed at, in a row of its own."""
        filled = [index for index, cell in enumerate(row) if cell.text]
        if len(filled) != 2 or labels[filled[1]]:
            return False
        kind = _names()["goals"].get(labels[filled[0]])
        if kind is None:
            return False
        self._goal(row[filled[1]], kind)
        return True

    def _unit_of(self, row: tuple[Cell, ...]) -> None:
        for cell in row:
            if stated := UNIT_IN_LABEL.search(cell.text):
                self.unit = stated.group(1)

    def _fund_row(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        amounts = [row[i].text for i in self._columns if i < len(row) and row[i].text]
        if sum(bool(_AMOUNT.match(amount)) for amount in amounts) * 2 <= len(amounts):
            return False
        first = min(self._columns)
        named = [
            (index, _names()["fund_rows"].get(labels[index], row[index].text.strip()))
            for index in range(min(first, len(row)))
            if row[index].text and not UNIT_IN_LABEL.search(row[index].text)
        ]
        named = [(index, label) for index, label in named if not _AMOUNT.match(label)]
        if not named:  # 资金情况 | 预算数 | 执行数 over one row of amounts
            named = [(first, "年度资金总额")]
        name = re.sub(r"\s+", "", named[-1][1]).rstrip(":：")
        name = _names()["fund_rows"].get(plain_label(name), name)
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
                unit=self._fund_unit(kind, row[index].text),
                quote_from=0,
                address=row[index].place.cell,
                context=name,
            )
        return True

    def _fund_unit(self, kind: str, cell: str) -> str | None:
        if kind in _AMOUNTS:
            return self.unit
        if kind != "执行率":
            return "分"
        # 94.87 under 执行率 is 94.87 %; 1 and 0.98 stay as they are printed.
        bare = re.fullmatch(r"\d{1,3}(?:\.\d+)?", cell.strip())
        return "%" if bare and (self._percent or float(cell) > _MOST_RATIO) else None

    def _labelled_amounts(self, row: tuple[Cell, ...]) -> bool:
        """其中：一般公共预算：4,105.82, label and amount in one cell."""
        stated = {i: m for i, cell in enumerate(row) if (m := _LABELLED_AMOUNT.match(cell.text))}
        if not stated:
            return False
        text, offsets = joined(row, 0)
        passage = self.builder.passage(
            text, (FUNDS,), Role.FUNDS, row_place(row), task=self.subject
        )
        for index, found in stated.items():
            begin = offsets[index]
            self.builder.cell(
                passage,
                found["value"],
                begin + found.start("value"),
                label=found["label"],
                unit=self.unit,
                quote_from=begin,
                address=row[index].place.cell,
            )
        return True

    def _goal_row(self, row: tuple[Cell, ...]) -> bool:
        cells = [(row[i], kind) for i, kind in self._columns.items() if i < len(row)]
        for cell, kind in cells:
            if cell.text:
                self._goal(cell, kind)
        return any(cell.text for cell, _ in cells)

    def _goal(self, cell: Cell, kind: str) -> None:
        heading = "预期目标" if kind == "target" else "实际完成情况"
        section = (GOAL, heading)
        self.builder.prose(cell.text, section, Role(kind), cell.place, task=self.subject)

    def _indicator_row(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        total = next((n for label in labels if (n := _names()["totals"].get(label))), None)
        if total:
            self._total_row(row, total)
            return True
        by_kind = {kind: index for index, kind in self._columns.items()}

        def text(kind: str) -> str:
            index = by_kind.get(kind)
            return row[index].text.strip() if index is not None and index < len(row) else ""

        for kind in ("level1", "level2"):
            if text(kind):
                self._levels[kind] = plain_label(text(kind))  # 产出指标（50分）
                if kind == "level1":
                    self._levels.pop("level2", None)
        name = text("level3")
        if not name and text("score"):  # 预算执行率 | | | | | 10 | 9.75
            name = text("level2") or text("level1")
        name = re.sub(r"\s*\n\s*", "", name)
        if _PLACEHOLDER.match(name) and not (text("target") or text("actual") or text("score")):
            return True  # 指标2： and …… are lines of the blank form
        name = _NUMBERED_NAME.sub("", name)
        if not name:
            return False
        nature = text("nature") if _OPERATOR.match(text("nature")) else ""
        target = nature + text("target") + text("measure")
        self._indicator(row, by_kind, name, target, text)
        return True

    def _indicator(
        self,
        row: tuple[Cell, ...],
        by_kind: dict[str, int],
        name: str,
        target: str,
        text: Callable[[str], str],
    ) -> None:
        """One indicator: its row as a passage, target, actual, points and score as figures."""
        levels = tuple(self._levels[k] for k in ("level1", "level2") if k in self._levels)
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
        # 评分标准, 数据来源: columns of no known kind stay readable, as text.
        parts += [
            cell.text
            for index, cell in enumerate(row)
            if index not in self._columns and index >= min(self._columns) and cell.text
        ]
        passage = self.builder.passage(
            "\t".join(parts),
            (INDICATORS, *levels),
            Role.ACTUAL,
            row_place(row),
            task=self.subject,
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
        if "reason" in offsets:
            self.builder.prose_in_row(
                passage, values["reason"], offsets["reason"], address("reason")
            )
        self.indicators.append(
            Indicator(
                name,
                target or None,
                values["actual"] or None,
                passage.index,
                self.subject,
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
        text, offsets = joined(row, 0)
        passage = self.builder.passage(text, (total,), Role.NONE, row_place(row), task=self.subject)
        for index, kind in sorted(self._columns.items()):
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


def _amount_label(row: str, column: str) -> str:
    """全年执行数 of the total, 当年财政拨款全年执行数 of a part, 预算执行率得分."""
    if column in ("分值", "得分"):
        return f"预算执行率{column}"
    return column if row == "年度资金总额" else f"{row}{column}"


def joined(row: tuple[Cell, ...], start: int) -> tuple[str, dict[int, int]]:
    """The filled cells from a column on, joined by tabs, and where each begins."""
    text, offsets = "", {}
    for index, cell in enumerate(row):
        if index >= start and cell.text:
            offsets[index] = len(text)
            text += cell.text + "\t"
    return text.rstrip("\t"), offsets
