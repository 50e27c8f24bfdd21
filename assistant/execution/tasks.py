"""The amounts of the tasks or projects that one report speaks of, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import calculator
from assistant.execution.comparisons import made_of
from assistant.execution.figures import (
    SCORE,
    as_computed,
    located_at,
    merge,
    quantity,
    unsaid,
)
from assistant.execution.filters import count, is_beyond
from assistant.located import Located
from assistant.matching import concept_match
from assistant.plan import Bound, Concept, ListTasks, Operand, Over, TaskFunds
from assistant.results import Computed, Reported, Result
from index_store.store import ReportInfo, Store
from ingest.report import Figure, Report, Role

_OF_THE_KIND = 0.85  # least match of an amount's label with the one asked for


def task_funds(store: Store, plan: TaskFunds, reports: Sequence[ReportInfo]) -> Result:
    """The funds of a report's tasks or projects: sum, extreme, those beyond a bound."""
    result = Result()
    for info in reports:
        report = store.report(info.id)
        funds = _amounts_of_tasks(report, plan.amount)
        if not funds and plan.amount and _asks_rate(plan.amount):
            result = merge(result, _rates(_computed_rates(report), plan))
        if plan.only:
            owner = owner_of(located_at(store, plan.only))
            funds = [f for f in funds if owner_of(f) == owner]
        if not funds:
            continue
        if plan.bound:
            made = _beyond(funds, plan.bound)
            if plan.counted and made.reported:
                counted = count([r.located for r in made.reported], plan.counter)
                made = Result(shown=made.reported, computed=(counted,))
        elif plan.over:
            name = (
                "主要任务资金" if funds[0].figure.label == "任务涉及资金" else funds[0].figure.label
            )
            made = _extremes(funds, plan) or made_of(
                _ranked(funds, plan), plan.over, name, "funds of the main tasks"
            )
        else:
            made = Result(reported=tuple(Reported(f) for f in funds))
        result = merge(result, made)
    sought = plan.amount.words if plan.amount else "任务涉及资金"
    return result if result != Result() else unsaid(sought, reports)


_FIRST_BUDGET = ("年初预算", "年初预算数")
_BUDGETS = ("预算", "预算数", "全年预算数", "任务预算数", "年初预算", "调整预算数", "调整后预算")
_SPENT = ("支出", "执行数", "全年执行数", "任务执行数", "实际支出")


def _asks_rate(amount: Operand) -> bool:
    return any(form.endswith(("执行率", "完成率")) for c in amount.concepts for form in c.forms)


def _computed_rates(report: Report) -> list[Computed]:
    """执行率 of each task or project whose budget and spending are stated and its rate is not."""
    sides: dict[str, dict[str, Located]] = {}
    for figure in report.figures:
        owner = _owner(report, figure)
        kind = _kind(report, figure)
        side = "lower" if kind in _BUDGETS else "upper" if kind in _SPENT else None
        if owner and side and not figure.year:
            sides.setdefault(owner, {}).setdefault(side, Located(report, figure))
    rates = []
    for owner, both in sides.items():
        if len(both) < 2 or not both["lower"].figure.value:
            continue
        made = calculator.ratio("执行率", quantity(both["upper"]), quantity(both["lower"]))
        label = f"{owner}执行率"
        operands = (both["upper"], both["lower"])
        rates.append(as_computed(made, "执行率", label, label, operands, operands[:1]))
    return rates if len(rates) > 1 else []


def _rates(rates: Sequence[Computed], plan: TaskFunds) -> Result:
    """The rates asked for: the lowest, those beyond a bound, or all of them."""
    ordered = sorted(rates, key=lambda r: r.value, reverse=plan.over is Over.MOST)
    if plan.over in (Over.MOST, Over.LEAST):
        ordered = ordered[plan.rank - 1 : plan.rank - 1 + plan.top]
    elif plan.bound:
        below, value = plan.bound.below, plan.bound.value
        ordered = [r for r in ordered if (r.value < value if below else r.value >= value)]
    elif plan.over:
        return Result()  # rates are not added up
    return Result(computed=tuple(ordered))


def listed(store: Store, plan: ListTasks, reports: Sequence[ReportInfo]) -> Result:
    """The main tasks of the reports, or the projects whose amounts a report's table lists."""
    tasks = []
    amounts: list[Located] = []
    counts: list[Computed] = []
    for info in reports:
        report = store.report(info.id)
        tasks += [(report, task) for task in report.tasks]
        own = _one_each(report)
        amounts += own
        counts += [count(own, plan.counter)] if own else []
    if plan.counted and amounts:
        shown = () if tasks else tuple(Reported(a) for a in amounts)
        return Result(tasks=tuple(tasks), shown=shown, computed=tuple(counts))
    if tasks:
        return Result(tasks=tuple(tasks))
    if amounts:
        return Result(reported=tuple(Reported(a) for a in amounts))
    return unsaid("", reports)


def _one_each(report: Report) -> list[Located]:
    """An amount of each task or project: what it spent, where that is said, else its budget."""
    spent = _amounts_of_tasks(report, None)
    if spent:
        return spent
    for kind in ("预算", "预算数", "全年预算数", "执行率"):
        chosen: dict[str, Located] = {}
        for figure in report.figures:
            owner = _owner(report, figure)
            if owner and figure.role is Role.FUNDS and _kind(report, figure) == kind:
                chosen.setdefault(owner, Located(report, figure))
        if len(chosen) > 1:
            return list(chosen.values())
    return []


# Rows of a table of funds that are of all projects, or of where the money came from.
_OF_ALL = re.compile(
    r"资金总额|合计|总计|小计|财政拨款|结转|其他资金|自筹|一般公共预算|政府性基金|国有资本"
    r"|基本支出|项目支出|三公|公务(?:接待|用车)|因公出国|人员经费|公用经费|^政府采购"
)

# Rows of one project's own form that say who paid.
_OF_A_SOURCE = re.compile(r"资金|财政|拨款|补助|配套|债券|收入")


def _owner(report: Report, figure: Figure) -> str | None:
    """The task or project that an amount is of; in a report of several, its row's name."""
    if figure.task and figure.task != report.project:
        return figure.task
    section = report.passages[figure.passage].section
    if len(section) < 2 or section[0] != "项目资金":
        return None
    if report.project and _OF_A_SOURCE.search(section[-1]):
        return None
    return None if _OF_ALL.search(section[-1]) else section[-1]


def owner_of(located: Located) -> str | None:
    """The task or project that a figure is of, None where it is the office's."""
    return _owner(located.report, located.figure)


def _kind(report: Report, figure: Figure) -> str:
    """What the amount is, without whose: 执行率 of 油茶产业发展执行率."""
    owner = _owner(report, figure)
    return figure.label.removeprefix(owner) or figure.label if owner else figure.label


def _extremes(funds: list[Located], plan: TaskFunds) -> Result | None:
    """排前两个: the first so many of a ranking, in its order."""
    if plan.top < 2 or plan.over not in (Over.MOST, Over.LEAST):
        return None
    return Result(reported=tuple(Reported(f) for f in _ranked(funds, plan)[: plan.top]))


def _amounts_of_tasks(report: Report, amount: Operand | None) -> list[Located]:
    """One amount a task: the kind asked for, else what the form calls the task's funds."""
    of_tasks = [
        Located(report, f)
        for f in report.figures
        if _owner(report, f) and (f.role is Role.FUNDS or SCORE.search(f.label)) and not f.year
    ]
    said = amount.concepts if amount else ()
    wanted = [c for c in said if not c.light] or list(said)

    def fit(label: str) -> float:
        rate = amount is not None and _asks_rate(amount)
        if wanted and not rate and label in ("任务涉及资金", "任务执行数"):
            return _OF_THE_KIND  # the only amount that a task of this form has
        if wanted:
            return max(max(concept_match(c, label), _same_kind(c, label)) for c in wanted)
        return _SPENT_BY_TASKS.get(label, 0.86 if _SPENDING.search(label) else 0.0)

    owners: dict[str, set[str | None]] = {}
    for located in of_tasks:
        kind = _kind(report, located.figure)
        owners.setdefault(kind, set()).add(_owner(report, located.figure))
    labels = [kind for kind, own in owners.items() if len(own) > 1]
    best = max(labels, key=lambda label: (fit(label), -len(label), label), default=None)
    if best is None or fit(best) < _OF_THE_KIND:
        return []
    chosen: dict[str, Located] = {}
    for located in of_tasks:
        if _kind(report, located.figure) == best:
            chosen.setdefault(_owner(report, located.figure) or "", located)
    return list(chosen.values()) if len(chosen) > 1 else []


_SPENT_BY_TASKS = {"任务涉及资金": 1.0, "任务执行数": 0.9, "支出": 0.9, "全年执行数": 0.87}
_SPENDING = re.compile(r"(?<!预算)(?:支出|执行)(?:数|额|金额)?$")


def _same_kind(concept: Concept, label: str) -> float:
    """支出 is short for 实际支出数, 执行率 for 预算执行率."""
    if any(form in _FIRST_BUDGET for form in concept.forms):
        return 0.96 if "年初预算" in label else 0.0
    for names in (_BUDGETS, _SPENT):
        if label in names and any(form in names for form in concept.forms):
            return 0.9
    tails = (form.removesuffix("数").removesuffix("收入") for form in concept.forms)
    return 0.95 if len(label) > 1 and any(tail.endswith(label) for tail in tails) else 0.0


def _ranked(funds: list[Located], plan: TaskFunds) -> list[Located]:
    """Without the largest, or smallest, that were named before: 第二低的呢."""
    down = plan.over is Over.MOST
    ordered = sorted(funds, key=lambda f: f.figure.value * f.figure.scale, reverse=down)
    return ordered[plan.rank - 1 :] if plan.over in (Over.MOST, Over.LEAST) else funds


def _beyond(points: Sequence[Located], bound: Bound) -> Result:
    """Those on the side of a bound; the others are shown where there is none."""
    beyond = [p for p in points if is_beyond(p, bound)]
    if not beyond:
        return Result(shown=tuple(Reported(p) for p in points), none_of=(True,))
    return Result(reported=tuple(Reported(p) for p in beyond))
