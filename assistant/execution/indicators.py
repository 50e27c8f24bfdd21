"""The indicators of a task, or of one level of a form: listed, or counted."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.audit.findings import of_indicators
from assistant.execution.figures import unsaid
from assistant.execution.filters import count
from assistant.execution.levels import of_level
from assistant.located import Located
from assistant.matching import concept_match
from assistant.plan import Concept, ListIndicators
from assistant.results import Result
from index_store.store import ReportInfo, Store
from ingest.report import Indicator, Report

_LEAST_OF_A_TASK = 0.45  # match of what is asked for with a task's name

Entry = tuple[Report, Indicator, dict[str, list[Located]]]


def listed(store: Store, plan: ListIndicators, reports: Sequence[ReportInfo]) -> Result:
    """Those that the operand names, all of them where it names none."""
    entries = [
        (report, indicator, row)
        for info in reports
        for report in (store.report(info.id),)
        for indicator, row in of_indicators(report)
    ]
    wanted = [c for c in plan.operand.concepts if not c.light]
    levels = [c for c in wanted if any(of_level(entry[1], c) for entry in entries)]
    if levels:
        entries = [entry for entry in entries if any(of_level(entry[1], c) for c in levels)]
    if others := [c for c in wanted if c not in levels]:
        entries = _of_task(entries, others)
    if not entries:
        return unsaid(plan.operand.words, reports)
    if not plan.counted:
        return Result(indicators=tuple((report, indicator) for report, indicator, _ in entries))
    points = [_one_of(row) for _, _, row in entries]
    if any(point is None for point in points):
        return unsaid(plan.operand.words, reports)  # nothing to count it by
    return Result(computed=(count([p for p in points if p]),))


def _of_task(entries: Sequence[Entry], wanted: Sequence[Concept]) -> list[Entry]:
    """Those of the task or project that is named; none where it is another one."""

    def fits(entry: Entry) -> float:
        report, indicator, _ = entry
        named = f"{indicator.task or ''} {report.project or ''}"
        return sum(concept_match(c, named) for c in wanted) / len(wanted)

    best = max(map(fits, entries), default=0.0)
    return [e for e in entries if fits(e) == best] if best >= _LEAST_OF_A_TASK else []


def _one_of(row: dict[str, list[Located]]) -> Located | None:
    """A figure of an indicator's row, to count the row by."""
    found = (row.get(kind, []) for kind in ("actual", "target", "分值", "得分"))
    return next((figures[0] for figures in found if figures), None)
