"""What is not there, with where was looked; what contradicts what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest

from assistant.amounts import printed
from assistant.audit import Finding, Severity, audited
from assistant.composing.draft import Draft
from assistant.composing.figures import calculation_of
from assistant.located import Located
from assistant.results import Conflict, Missing, RateMismatch, Result, Silence

_FEW_REPORTS = 6  # an answer over more of them names none of their contradictions
_MARKS = 4  # most places cited of one contradiction
_LISTED = 12  # offices named where the one asked for is not loaded

Place = tuple[str, int, int]  # of a figure: report, passage, where it begins


def write_missing(draft: Draft, missing: Missing) -> None:
    """That something is not there, what is loaded, and what comes nearest."""
    years = "、".join(str(y) for y in missing.years)
    line = draft.say(
        f"missing_{missing.detail or missing.reason.value}",
        sought=missing.sought,
        place=missing.place or "",
        years=years,
    )
    draft.lines.append(line)
    if missing.reason in (Silence.YEAR, Silence.PLACE) and missing.searched:
        # Of thousands only the first few are put in order.
        first = nsmallest(_LISTED, {r.department or r.title for r in missing.searched})
        names: dict[str, set[int]] = {name: set() for name in first}
        for report in missing.searched:
            if (name := report.department or report.title) in names:
                names[name].add(report.year or 0)
        listed = "；".join(
            f"{name}（{'、'.join(str(y) if y else '—' for y in sorted(loaded))}）"
            for name, loaded in names.items()
        )
        draft.lines.append(draft.say("loaded", reports=listed))
    if missing.nearest:
        mark = draft.sources.figure(missing.nearest)
        draft.lines.append(
            draft.say(
                "nearest",
                what=draft.what(missing.nearest),
                value=printed(missing.nearest.figure, draft.language),
                marks=f"[{mark}]",
            )
        )


def write_conflict(draft: Draft, conflict: Conflict | RateMismatch) -> None:
    """A warning: another value, or a stated rate that its own figures contradict."""
    if isinstance(conflict, RateMismatch):
        calculation, _ = calculation_of(draft, conflict.computed)
        if calculation not in draft.calculations:
            draft.calculations.append(calculation)
        stated = conflict.stated.figure
        draft.sources.figure(conflict.stated)
        draft.warnings.append(
            draft.say(
                "rate_mismatch",
                what=conflict.computed.label,
                stated=f"{stated.text}{stated.unit or ''}",
                computed=f"{calculation.result}{conflict.computed.unit or ''}",
                expression=calculation.expression,
            )
        )
        return
    mark = draft.sources.figure(conflict.other)
    draft.warnings.append(
        draft.say(
            "conflict",
            what=draft.what(conflict.other),
            value=printed(conflict.other.figure, draft.language),
            marks=f"[{mark}]",
        )
    )


def write_audited(draft: Draft, result: Result) -> None:
    """Warnings: what the audit says of the figures answered, unless it was said already."""
    used = list(_used(result))
    places = {_place(located) for located in used}
    reports = {located.report.id: located.report for located in used}
    if len(reports) > _FEW_REPORTS:
        return
    told = set(_told(result))
    for report in reports.values():
        for finding in audited(report):
            bears = {_place(p) for p in finding.in_doubt} & places
            # What rounding explains is told of a rate only.
            worth = finding.severity is not Severity.NOTE or finding.kind == "rate"
            if bears and worth and not bears & told:
                _write_finding(draft, finding)


def _write_finding(draft: Draft, finding: Finding) -> None:
    marks = dict.fromkeys(draft.sources.figure(place) for place in finding.places[:_MARKS])
    draft.warnings.append(
        draft.say(
            "contradicted" if finding.severity is Severity.ERROR else "in_doubt",
            said=finding.said[draft.language],
            marks="".join(f"[{mark}]" for mark in marks),
        )
    )


def _used(result: Result) -> Iterator[Located]:
    """The figures that an answer gives or computes with."""
    for reported in (*result.reported, *result.shown):
        yield reported.located
        yield from reported.same
    for computed in result.computed:
        yield from computed.operands


def _told(result: Result) -> Iterator[Place]:
    """The figures that a warning of the answer itself is about."""
    for conflict in result.conflicts:
        if isinstance(conflict, RateMismatch):
            yield _place(conflict.stated)
        else:
            yield _place(conflict.taken)


def _place(located: Located) -> Place:
    return located.report.id, located.figure.passage, located.figure.start
