"""Figures and calculations in words, each with the marks of its citations."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.amounts import made, printed
from assistant.answer import AnswerFigure, Calculation, Operand, Status
from assistant.composing.draft import Draft, label_of
from assistant.located import Located
from assistant.results import Computed, Reported
from ingest.units import format_number


def write_reported(draft: Draft, reported: Reported, *, counted: bool) -> None:
    """A figure that a report gives; ``counted`` where it is what was asked for."""
    located = reported.located
    marks = [draft.sources.figure(located)]
    for other in reported.same[:3]:
        mark = draft.sources.figure(other)
        if mark not in marks:
            marks.append(mark)
    draft.lines.append(
        draft.say(
            "figure",
            who=draft.whose(located),
            what=draft.what(located),
            value=printed(located.figure, draft.language),
            marks="".join(f"[{m}]" for m in marks),
        )
    )
    (draft.figures if counted else draft.shown).append(reported_figure(located, tuple(marks)))


def reported_figure(located: Located, marks: tuple[int, ...]) -> AnswerFigure:
    """A figure of a report, with the marks of the citations that hold it."""
    return AnswerFigure(
        label=label_of(located),
        value=format_number(located.figure.value),
        unit=located.figure.unit,
        year=located.year,
        department=located.report.department,
        kind="reported",
        citations=marks,
    )


def write_computed(draft: Draft, computed: Computed) -> None:
    """A figure that was computed, with its expression."""
    calculation, marks = calculation_of(draft, computed)
    draft.calculations.append(calculation)
    draft.figures.append(
        AnswerFigure(
            label=computed.label,
            value=calculation.result,
            unit=computed.unit,
            year=computed.year,
            department=computed.department,
            kind="computed",
            citations=tuple(dict.fromkeys(marks)),
        )
    )
    draft.lines.append(
        draft.say(
            "computed",
            what=computed.label if draft.language == "zh" else computed.label_en,
            value=made(calculation.result, computed.unit, draft.language),
            expression=computed.expression,
            marks="".join(f"[{m}]" for m in dict.fromkeys(marks)),
        )
    )


def write_choices(draft: Draft, choices: Sequence[Located]) -> None:
    """The figures that a question could mean: it is asked which."""
    draft.status = Status.CLARIFY
    draft.lines.append(draft.say("clarify"))
    for located in choices:
        mark = draft.sources.figure(located)
        draft.lines.append(
            "- "
            + draft.say(
                "figure",
                who=draft.whose(located),
                what=draft.what(located),
                value=printed(located.figure, draft.language),
                marks=f"[{mark}]",
            )
        )


def calculation_of(draft: Draft, computed: Computed) -> tuple[Calculation, list[int]]:
    """A calculation for the answer object, and the citations of its operands."""
    operands, marks = [], []
    for located in computed.operands:
        mark = draft.sources.figure(located)
        marks.append(mark)
        operands.append(
            Operand(
                label=_dated(located),
                value=format_number(located.figure.value),
                unit=located.figure.unit,
                citation=mark,
            )
        )
    return (
        Calculation(
            name=computed.name,
            expression=computed.expression,
            operands=tuple(operands),
            result=format_number(computed.value),
            unit=computed.unit,
        ),
        marks,
    )


def _dated(located: Located) -> str:
    year = located.year
    return f"{year}年{label_of(located)}" if year else label_of(located)
