"""What is not there, with where was looked; what contradicts what was answered."""

from __future__ import annotations

from heapq import nsmallest

from assistant.amounts import printed
from assistant.composing.draft import Draft
from assistant.composing.figures import calculation_of
from assistant.results import Conflict, Missing, RateMismatch, Silence

_LISTED = 12  # offices named where the one asked for is not loaded


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
