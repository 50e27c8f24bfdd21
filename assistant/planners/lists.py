"""What is there: reports, main tasks and their funds, indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.plan import ListIndicators, ListReports, ListTasks, Over, Plan, TaskFunds
from assistant.planners.asked import Asked, names_something, without_cues

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
    if not asked.says("reports"):
        return None
    return ListReports(replace(asked.scope, years=asked.question.years))


def indicators(asked: Asked) -> Plan | None:
    """环卫保洁的关键指标有哪些"""
    if not asked.says("list_indicators"):
        return None
    return ListIndicators(without_cues(asked.operand(), "list_indicators"), asked.one_year())


def task_funds(asked: Asked) -> Plan | None:
    """哪项任务资金最多, 三项任务一共多少钱"""
    over = made_of(asked) if asked.says("tasks") else None
    bare = without_cues(asked.operand(), "tasks", "sum", "average", "most", "least", "spent")
    if over is None or (names_something(bare) and bare.dimension != "money"):
        return None  # 哪个项目得分最低 asks for something else of them
    return TaskFunds(over, asked.one_year())


def tasks(asked: Asked) -> Plan | None:
    """主要任务有哪些"""
    return ListTasks(asked.one_year()) if asked.says("list_tasks") else None
