"""How well a figure's own unit, side, year and label fit what a question asks.

Beside the terms that a figure covers (``matching``), these are bonuses and penalties on
its score; what they say can never make a figure fit that covers too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.matching import concept_match
from assistant.measures import excludes, kinds_asked, kinds_of
from assistant.plan import Concept, Operand
from ingest.report import Figure, Role
from ingest.units import Unit, parse_unit

REQUIRED = 0.5  # least match of a required concept
_OTHER_YEAR = 0.25  # penalty of a figure whose label names the year before
_EXCESS_PENALTY = 0.15
_AMOUNT_KIND = re.compile(r"(?:年初预算|全年预算|全年执行|实际支出|结转结余)数?$|执行率$|得分$")
_RATE = re.compile(r"([\u4e00-\u9fff]{2,12})率")
_FORMER = re.compile(r"[增升降减扩][\u4e00-\u9fff]?前$|(?:提升|提高|下降|降低)前$")
_CHANGED = re.compile(
    r"(?:比|较)(?:上年|去年|上一年|同期|(?:19|20)\d\d年).{0,6}(?:[增减升降]|提高)"
)
# 死亡人数同比减少: a name that ends in what became of it.
_CHANGE_OF = re.compile(
    r"(?:同比|环比|净)(?:增长|增加|减少|下降|上升|提高|降低)[了率幅度]{0,2}$"
    r"|(?:人数|起数|件数|面积|总量|总额|数量)(?:增长|增加|减少|下降|上升|提高|降低)[了率幅度]{0,2}$"
)
_ASKS_CHANGE = re.compile(
    r"[增减升降涨跌]|提高|变化|[多少高低][了出]|压缩|扩大|幅|节约|节省"
    r"|\b(?:increas|decreas|grow|grew|drop|fall|fell|rise|rose|chang|reduc|declin|more|fewer|less|cut"
    r"|sav|improv|shrink|shrank|expan|down|up|lower|higher|gain|lost)\w*",
    re.I,
)
_TELLING = 2  # characters at the end of a rate's name that tell it
_OF_A_PART = 0.4  # penalty of an amount of a task or project that was not spoken of


def differs(operand: Operand, figure: Figure) -> bool:
    """Whether a figure is of another dimension than the one asked for: money, percent, area."""
    kinds = kinds_asked("", operand.counters) if operand.language == "zh" else frozenset()
    if excludes(kinds or operand.kinds, figure.unit):
        return True
    unit = parse_unit(figure.unit) if figure.unit else None
    dimension = unit.dimension if unit else None
    if operand.language == "zh" and unit and _of_another_measure(operand.counters, unit):
        return True
    if operand.dimension == "count":
        return dimension in ("money", "percent", "area")
    if operand.dimension is None or kinds or operand.kinds:
        return False
    bare_rate = figure.unit is None and (figure.indicator or figure.label).endswith("率")
    return dimension != operand.dimension and not (bare_rate and operand.dimension == "percent")


def _of_another_measure(counters: Sequence[str], given: Unit) -> bool:
    """Whether a unit that nothing else counts in (架次, 公里, 亩) is asked for, and not given."""
    asked = [parse_unit(counter) for counter in counters]
    if any(u is None or kinds_of(c) for c, u in zip(counters, asked, strict=True)):
        return False
    special = [u for u in asked if u and u.dimension != "money" and u.counted not in _GENERAL]
    return bool(special) and not any(_same_measure(u, given) for u in special)


def _same_measure(asked: Unit, given: Unit) -> bool:
    measured = asked.dimension != "count" and asked.dimension == given.dimension
    return measured or asked.counted == given.counted


_GENERAL = frozenset({"个", "项", "分", "次", "场"})
_ASKS_SPENT = re.compile(
    r"花|支出|开支|用[了掉去出]|决算|执行|\b(?:spen[dt]\w*|expenditures?|paid)\b", re.I
)
_ASKS_BUDGET = re.compile(
    r"预算|计划|安排|下达|批复|\b(?:budget\w*|planned|allocat\w+|appropriat\w+|approved)\b", re.I
)
_BUDGETED = re.compile(r"预算(?:数|额|收入|总额|安排|批复)?$|年初安排$")
_SPENT = re.compile(r"(?:支出|执行|决算|使用|花费|支付)(?:数|额)?$")


def other_money(operand: Operand, figure: Figure) -> bool:
    """Whether a figure is of the budget, where what was spent is asked for, or the reverse."""
    said = f"{operand.text} {operand.words}"
    spent, budget = _ASKS_SPENT.search(said), _ASKS_BUDGET.search(said)
    if bool(spent) == bool(budget) or figure.base_unit != "元":
        return False
    if spent:
        return bool(_BUDGETED.search(figure.label))
    return bool(_SPENT.search(figure.label)) and "预算" not in figure.label


def budget_beside_spending(operand: Operand, figure: Figure, beside: Iterable[Figure]) -> bool:
    """三公经费多少 asks for what was spent, where the budget is told in the same breath."""
    if not _BUDGETED.search(figure.label) or _ASKS_BUDGET.search(f"{operand.text} {operand.words}"):
        return False
    return any(
        other.passage == figure.passage
        and other.base_unit == "元"
        and other.task == figure.task
        and bool(_SPENT.search(other.label))
        for other in beside
    )


def is_a_change(operand: Operand, figure: Figure) -> bool:
    """Whether a figure says by how much a thing changed, where the thing itself is asked for."""
    asks = any(re.search(r"[增减升降]|提高", c.surface) for c in operand.concepts)
    asks = asks or bool(_ASKS_CHANGE.search(operand.text))
    return not asks and bool(_CHANGED.search(figure.label) or _CHANGE_OF.search(figure.label))


def is_counted_so(operand: Operand, figure: Figure) -> bool:
    """Whether a figure is in the very unit, or of the kind, that the question asks in."""
    if operand.counters and counts_in(figure.unit, operand.counters):
        return True
    if operand.kinds & kinds_of(figure.unit):
        return True
    unit = parse_unit(figure.unit) if figure.unit else None
    if operand.dimension == "count" and not operand.counters and not operand.kinds:
        return unit is None or unit.dimension not in ("money", "percent")
    return bool(operand.dimension) and unit is not None and unit.dimension == operand.dimension


def head_fit(operand: Operand, figure: Figure) -> float:
    """Whether the figure counts the thing asked for: 多少党员 is not the 党支部 beside them."""
    head = next((c for c in operand.concepts if c.surface == operand.head), None)
    if head is None:
        return 0.0
    if figure.subject:
        return 0.15 if concept_match(head, figure.subject) >= 0.9 else -0.1
    own = figure.label + " " + (figure.task or "" if figure.role is Role.FUNDS else "")
    return 0.08 if concept_match(head, own) >= 0.6 else -0.04


def is_kin(label: str, kin: str | None) -> bool:
    """Like the figure answered before: 其他资金全年执行数 after 当年财政拨款全年执行数."""
    if not kin:
        return False
    amount = _AMOUNT_KIND.search(kin)
    return label == kin or bool(amount and label.endswith(amount.group()))


_ALIKE = (
    {"人", "名", "位", "个"},
    {"次", "场", "场次", "期"},
    {"宗", "件", "起", "个"},
    {"家", "户", "间"},
)


def counts_in(unit: str | None, counters: Sequence[str]) -> bool:
    if not unit:
        return False
    known = parse_unit(unit)
    base = known.base if known else unit
    for counter in counters:
        if base == counter or any(base in group and counter in group for group in _ALIKE):
            return True
    return False


def of_another_year(operand: Operand, figure: Figure) -> float:
    """上年实际支出 is not what 实际支出 asks for, nor is what it was before it rose."""
    said = operand.text + operand.words
    other = bool(_FORMER.search(figure.label)) and "前" not in said
    other |= any(
        w in figure.label and w not in said for w in ("上年", "去年", "上一年", "以前年度")
    )
    return _OTHER_YEAR if other else 0.0


def another_rate(operand: Operand, figure: Figure) -> bool:
    """群众满意率 is not the 按期办结率 asked for, whatever else its sentence speaks of."""
    asked = _RATE.search(operand.text)
    name = figure.indicator or figure.label
    if asked is None or not name.endswith(("率", "度")):
        return False
    own = asked.group(1)
    stem = re.sub(r"[率度]$", "", name)
    if len(stem) > 1 and own.endswith(stem[-_TELLING:]):
        return False  # 整治率, of whatever its sentence begins with
    of_it = [
        c
        for c in operand.concepts
        if len(c.surface) > 1 and own.endswith(c.surface.removesuffix("率"))
    ]
    spoken = f"{figure.label} {name}"
    return bool(of_it) and all(concept_match(c, spoken) < REQUIRED for c in of_it)


def excess(concepts: Sequence[Concept], figure: Figure) -> float:
    """How much of the figure's own label the question did not speak of."""
    label = figure.label + figure.subject
    if not label:
        return 0.0
    own = not figure.cell or figure.label.startswith("任务")  # no row of a project's own form
    of_task = figure.role is Role.FUNDS and own and not figure.indicator
    spoken_of = not figure.task or any(concept_match(c, figure.task) >= REQUIRED for c in concepts)
    if of_task and not spoken_of:
        # 实际支出 asked plainly is the department's, not that of one of its projects.
        return _OF_A_PART
    spoken = set("".join(form for c in concepts for form in c.forms))
    unspoken = sum(1 for char in label if char not in spoken)
    return _EXCESS_PENALTY * min(1.0, unspoken / max(len(label), 4))
