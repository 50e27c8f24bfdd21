"""What is there: reports, main tasks and their funds, indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.plan import ListIndicators, ListReports, ListTasks, Operand, Over, Plan, TaskFunds
from assistant.planners.asked import Asked, cut, names_something, without_cues
from assistant.planners.bounds import find_bound

_CUE_OF = {
    Over.TOTAL: "sum",
    Over.AVERAGE: "average",
    Over.MOST: "most",
    Over.LEAST: "least",
}


def made_of(asked: Asked, choices: Sequence[Over] = tuple(Over)) -> Over | None:
    """What the question wants made of several figures: their sum, the largest."""
    return next((over for over in choices if asked.says(_CUE_OF[over])), None)


def reports(asked: Asked) -> Plan | None:
    """有哪些年份的报告"""
    if not asked.says("reports") and not _REPORTS.search(asked.text):
        return None
    return ListReports(replace(asked.scope, years=asked.question.years))


def indicators(asked: Asked) -> Plan | None:
    """环卫保洁的关键指标有哪些"""
    if not asked.says("list_indicators"):
        return None
    return ListIndicators(without_cues(asked.operand(), "list_indicators"), asked.one_year())


def task_funds(asked: Asked) -> Plan | None:
    """哪项任务资金最多, 三项任务一共多少钱"""
    last = asked.state.last
    if isinstance(last, TaskFunds) and (follow := _next_rank(asked, last)):
        return follow
    if not asked.says("tasks") or not re.search(
        r"哪|什么|最|一共|合计|总|平均|加起来|之和|[a-z]", asked.text
    ):
        return None
    over = made_of(asked)
    spent = ("spent",) if asked.says("spent") else ()
    rest = cut(asked.rest, *spent, "tasks", "sum", "average", "most", "least", "each_project")
    rest = _SO_MANY.sub(" ", rest)
    bare = without_cues(
        asked.operand(rest), "tasks", "sum", "average", "most", "least", "each_project"
    )
    if over is None and not (asked.says("list_amounts") and names_something(bare)):
        return None
    if not _is_amount(bare):
        return None  # 哪个项目得分最低 asks for something else of them
    return TaskFunds(over, asked.one_year(), None if spent else _amount(bare))


_REPORTS = re.compile(
    r"(?:哪些|哪几|什么|哪一?年|几份)[^，。？?]{0,10}报告(?![^，。？?]{0,3}(?:中|里|说|提|写|的))"
    r"|(?:which|what)\b[^?]{0,30}\breports?\b[^?]{0,12}(?:there|have|loaded|available)",
    re.I,
)
_SO_MANY = re.compile(r"[一二三四五六七八九十两几\d]+\s*(?:个|项|大)")
_RANK = re.compile(r"第([二三四五2-5])|(second|third|fourth)", re.I)
_RANKS = {"二": 2, "三": 3, "四": 4, "五": 5, "second": 2, "third": 3, "fourth": 4}


def _next_rank(asked: Asked, last: TaskFunds) -> TaskFunds | None:
    """那第二低的呢, and the least? after a ranking of the same amounts."""
    if asked.question.years or asked.question.departments:
        return None
    over = made_of(asked, (Over.MOST, Over.LEAST))
    match = _RANK.search(asked.text)
    rest = _RANK.sub(" ", cut(asked.rest, "most", "least"))
    if (over is None and match is None) or names_something(
        without_cues(asked.operand(rest), "most", "least")
    ):
        return None
    said = (match.group(1) or match.group(2).lower()) if match else ""
    rank = _RANKS.get(said, int(said) if said.isdigit() else 1)
    return replace(last, over=over or last.over, rank=rank)


def beyond_bound(asked: Asked) -> Plan | None:
    """执行率低于90%的项目有哪些, of the tasks or projects that one report speaks of."""
    found = find_bound(asked)
    spoken = asked.says("tasks") or re.search(
        r"项目|任务|\bprojects?\b|\btasks?\b", asked.text, re.I
    )
    if (
        not found
        or not spoken
        or any(
            r.project
            for r in asked.reports
            if r.department in (asked.scope.departments or (r.department,))
        )
    ):
        return None
    bound, rest = found
    rest = re.sub(
        r"项目|任务|(?:key |main )?\b(?:projects?|tasks?)\b",
        " ",
        cut(rest, "tasks", "each_project"),
    )
    bare = without_cues(asked.operand(rest), "tasks", "each_project")
    if not _is_amount(bare):
        return None
    counted = bool(re.search(r"几个|多少个|几项|how many", asked.text, re.I))
    return TaskFunds(None, asked.one_year(), _amount(bare), bound, counted)


def _is_amount(operand: Operand) -> bool:
    """Nothing but money or a rate of it is asked for."""
    terms = [c for c in operand.concepts if not c.light]
    return all(
        any(re.search(r"预算|支出|执行|资金|经费|完成率|金额|^fund", f) for f in c.forms)
        for c in terms
    )


def _amount(operand: Operand) -> Operand | None:
    return operand if operand.concepts else None


def tasks(asked: Asked) -> Plan | None:
    """主要任务有哪些"""
    return ListTasks(asked.one_year()) if asked.says("list_tasks") else None
