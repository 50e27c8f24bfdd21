"""What reports say in words: results, sentences, indicators, tasks, and which reports there are."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.audit.findings import of_indicators
from assistant.composing.draft import Draft, plain
from assistant.composing.figures import reported_figure
from assistant.located import Located
from assistant.results import Quotation, Result, Verbal
from ingest.report import Role


def write_verbal(draft: Draft, verbal: Verbal) -> None:
    """A result that is no figure: 达标."""
    report, indicator = verbal.report, verbal.indicator
    text = report.passages[indicator.passage].text
    end = text.find(indicator.actual or "") + len(indicator.actual or "")
    mark = draft.sources.cite(report, indicator.passage, 0, end)
    draft.lines.append(
        draft.say(
            "verbal",
            who=draft.who(report),
            what=plain(indicator.name),
            value=plain(indicator.actual or ""),
            marks=f"[{mark}]",
        )
    )


def write_quotations(draft: Draft, quotations: Sequence[Quotation]) -> None:
    """The report's own sentences in order, cited one by one."""
    if not quotations:
        return
    report = quotations[0].report
    draft.lines.append(draft.say("quotes", who=draft.who(report)))
    for quotation in quotations:
        text = quotation.report.passages[quotation.passage].text
        mark = draft.sources.cite(
            quotation.report, quotation.passage, quotation.start, quotation.end
        )
        said = plain(text[quotation.start : quotation.end].strip())
        draft.lines.append(f"- “{said}” [{mark}]")


def write_indicators(draft: Draft, result: Result) -> None:
    """A line an indicator, its target beside what was done where the form has both."""
    task = object()
    rows = {
        id(indicator): row
        for report in {id(r): r for r, _ in result.indicators}.values()
        for indicator, row in of_indicators(report)
    }
    for report, indicator in result.indicators:
        if indicator.task != task:
            task = indicator.task
            draft.lines.append(
                draft.say(
                    "indicators" if indicator.task else "indicators_of_form",
                    who=draft.who(report),
                    task=indicator.task or "",
                )
            )
        parts = (indicator.name, indicator.target, indicator.actual)
        text = report.passages[indicator.passage].text
        end = min(len(text), len("\t".join(part for part in parts if part)))
        mark = draft.sources.cite(report, indicator.passage, 0, end)
        told = draft.say(
            "indicator_both" if indicator.target else "indicator",
            what=plain(indicator.name),
            target=plain(indicator.target or ""),
            actual=plain(indicator.actual or "—"),
        )
        draft.lines.append(f"- {told} [{mark}]")
        row = rows.get(id(indicator), {})
        done = [reported_figure(x, (mark,)) for x in row.get("actual", [])[:1]]
        if result.computed:  # how many they are is what was asked
            draft.shown += done
        else:
            draft.figures += done
        draft.shown += [reported_figure(x, (mark,)) for x in row.get("target", [])[:1]]


def write_tasks(draft: Draft, result: Result) -> None:
    """A line a task, with its funds."""
    for number, (report, task) in enumerate(result.tasks):
        if number == 0 or result.tasks[number - 1][0] is not report:
            draft.lines.append(draft.say("tasks", who=draft.who(report)))
        funds = next(
            (
                Located(report, f)
                for f in report.figures
                if f.task == task.name and f.role is Role.FUNDS
            ),
            None,
        )
        named = next(p for p in report.passages if p.task == task.name)
        line = f"- {task.name} [{draft.sources.cite(report, named.index, 0, len(named.text))}]"
        if funds:
            mark = draft.sources.figure(funds)
            line += f"：{funds.figure.text}{funds.figure.unit or ''} [{mark}]"
        draft.lines.append(line)


def write_reports(draft: Draft, result: Result) -> None:
    """A line a report that is loaded."""
    if not result.reports:
        return
    draft.lines.append(draft.say("reports"))
    for info in result.reports:
        draft.lines.append(f"- {_info(draft, info.department, info.year, info.title)}")


def _info(draft: Draft, department: str | None, year: int | None, title: str) -> str:
    draft.sources.name(department, title, f"{year}年", f", {year}:")
    return draft.say("report", department=department or "—", year=year or "—", title=title)
