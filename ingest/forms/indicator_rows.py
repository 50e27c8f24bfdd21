"""The rows of a table of indicators: three levels, target, actual value, points and score.

Where a format has no merged cells, an empty cell below a level belongs to the level
above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.document import Cell, row_place
from ingest.figures import quantities
from ingest.forms.builder import ReportBuilder
from ingest.forms.columns import known_names
from ingest.forms.grid import joined
from ingest.forms.vocabulary import plain_label
from ingest.report import Indicator, Passage, Role
from ingest.units import unit_in_brackets

INDICATORS = "绩效指标"
# 指标1：储备编织袋 is called 储备编织袋; what is left empty of the blank form names nothing.
_NUMBERED_NAME = re.compile(r"^指标\s*\d{1,2}\s*[:：、.．]?\s*(?=\S)")
_PLACEHOLDER = re.compile(r"^(?:指标\s*\d{0,2}\s*[:：]?|[.…·]+)$")
# 定性 and 正向 say of what kind an indicator is, not how its target is meant.
_OPERATOR = re.compile(r"^[≥≤=＝><＞＜≧≦﹦]|^(?:大于|小于|等于|不低于|不少于|不高于|不超过)")
_PLAIN_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)?\s*分?\s*$")


class IndicatorRows:
    """Places them one by one; ``subject`` is the project that they belong to."""

    def __init__(self, builder: ReportBuilder) -> None:
        self.builder = builder
        self.subject: str | None = None
        self.indicators: list[Indicator] = []
        self._columns: dict[int, str] = {}
        self._levels: dict[str, str] = {}

    def header(self, columns: dict[int, str]) -> None:
        """Read the rows below by these columns."""
        self._columns, self._levels = columns, {}

    def row(self, row: tuple[Cell, ...], labels: list[str]) -> bool:
        """Place a row; False where it names no indicator."""
        total = next((n for label in labels if (n := known_names()["totals"].get(label))), None)
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
        """The figures of a cell; a bare number takes the target's unit, or that in the name."""
        whole = list(quantities(cell, whole_cell=True))
        unit = None
        if len(whole) == 1 and whole[0].unit is None:
            units = {q.unit for q in quantities(target, whole_cell=True) if q.unit}
            unit = units.pop() if len(units) == 1 else unit_in_brackets(name)
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
        columns = self._columns
        if not any(
            kind == "score" and index < len(row) and row[index].text
            for index, kind in columns.items()
        ):
            columns = _score_last(row)
        for index, kind in sorted(columns.items()):
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


def _score_last(row: tuple[Cell, ...]) -> dict[int, str]:
    """总分 | 100 | 97.83, in columns of its own: the score stands last, the points before it."""
    numbers = [i for i, cell in enumerate(row) if _PLAIN_NUMBER.match(cell.text)]
    kinds = ("points", "score") if len(numbers) == 2 else ("score",)
    return dict(zip(numbers, kinds, strict=True)) if 0 < len(numbers) <= 2 else {}
