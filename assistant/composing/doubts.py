"""What is not there, with where was looked; what contradicts what was answered."""

from __future__ import annotations

from assistant.amounts import printed
from assistant.composing.draft import Draft
from assistant.composing.figures import calculation_of
from assistant.results import Conflict, Missing, RateMismatch, Silence


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
        loaded = sorted({(r.department or r.title, r.year or 0) for r in missing.searched})
        names: dict[str, list[str]] = {}
        for department, year in loaded:
            names.setdefault(department, []).append(str(year) if year else "—")
        listed = "；".join(f"{n}（{'、'.join(y)}）" for n, y in list(names.items())[:12])
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
