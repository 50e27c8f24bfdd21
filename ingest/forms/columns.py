"""What the columns of official forms hold, by their heads (``tables.toml``).

Every form calls them otherwise and has them in another order; a header row says
what the rows below it are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from ingest.document import Cell, Table
from ingest.forms.vocabulary import by_variant, form_data, plain_label

_FILE = Path(__file__).with_name("tables.toml")
_LEAST_INDICATOR_COLUMNS = 3
_LEAST_FUND_COLUMNS = 3
_LEAST_AMOUNTS = 2  # columns of budget, spending, what is left
_LEAST_OWN_HEADS = 3  # of the lower of two rows of heads
_LONGEST_LABEL = 40
UNIT_IN_LABEL = re.compile(r"[（(](?:单位[:：])?(百万元|亿元|万元|千元|元)[）)]")
AMOUNTS = frozenset({"年初预算数", "全年预算数", "全年执行数", "结转结余数"})


@cache
def known_names() -> dict[str, dict[str, str]]:
    """Group (columns, funds, goals, fund_rows, totals) → plain wording → the name used."""
    data = form_data(_FILE)
    return {group: by_variant(data[group]) for group in data if group != "patterns"}


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    data = form_data(_FILE)["patterns"]
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
        known = known_names()["columns"]
        said = [label for label in labels_of(own) if label]
        columns = indicator_columns(labels_of(merged))
        more = len(set(columns.values())) > len(set(indicator_columns(labels_of(own)).values()))
        if columns and more and all(label in known for label in said):
            rows[number] = merged
    return Table(tuple(rows))


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
    """Column → what it holds, where the row heads a table of funds; else empty."""
    columns = _columns(labels, "funds")
    kinds = set(columns.values())
    # Columns of amounts at least: 分值 and 得分 alone head other tables.
    enough = len(kinds) >= _LEAST_FUND_COLUMNS or (
        # 支出内容 | 计划金额 | 实际支出 | 计划工程量 | 完成工程量: what stands before names the row
        len(kinds) == len(kinds & AMOUNTS)
        and min(columns, default=0) > 0
        and not any(re.search(r"\d", label) for label in labels)
    )
    return columns if enough and len(kinds & AMOUNTS) >= _LEAST_AMOUNTS else {}


def goal_columns(labels: list[str]) -> dict[int, str]:
    """Column → target or actual, where the row heads the two sides of the goal; else empty."""
    columns = _columns(labels, "goals")
    return columns if len(set(columns.values())) == 2 else {}


def _columns(labels: list[str], group: str) -> dict[int, str]:
    """Column → name of a header row.

    Where two columns could have a name, the one with its commonest wording has
    it (三级指标 before 绩效指标); of two columns under one heading for the target
    (指标值 | 指标值) the second is the actual value.
    """
    known = known_names()[group]
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
