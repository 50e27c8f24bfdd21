"""What readers say of answers: right or wrong, a comment, what it should have been.

Kept in ``feedback.jsonl`` in the store's folder. An answer that was called right, or
one with what it should have been, is a labelled question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.answer import Answer, AnswerFigure, Language, Status
from eval.lines import append_line, read_lines
from eval.questions import (
    ANYTHING,
    Expectation,
    ExpectedFigure,
    ExpectedValue,
    LabelledConversation,
    Turn,
)
from eval.sheets import ExpectedAnswerError, expectation

FEEDBACK = "feedback.jsonl"
_LONGEST = 2000  # characters of a comment


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """A figure of the answer that was judged; ``value`` a decimal string."""

    label: str
    value: str
    unit: str | None
    year: int | None
    department: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict. ``turns`` is the question, after those that it follows up on."""

    when: str  # ISO 8601, UTC
    right: bool
    turns: tuple[str, ...]
    language: Language
    status: str
    answer: str
    figures: tuple[GivenFigure, ...] = ()
    comment: str = ""
    expected: str = ""  # what it should have been, as in a sheet of questions
    unit: str = ""
    user: str | None = None


def feedback_on(
    answer: Answer,
    right: bool,
    *,
    before: Sequence[str] = (),
    comment: str = "",
    expected: str = "",
    unit: str = "",
    user: str | None = None,
) -> Feedback:
    """A verdict on an answer that was just given; ``before`` are the questions before it."""
    return Feedback(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        right=right,
        turns=(*before, answer.question),
        language=answer.language,
        status=answer.status.value,
        answer=answer.answer,
        figures=tuple(_given(figure) for figure in answer.figures),
        comment=comment.strip()[:_LONGEST],
        expected=expected.strip()[:_LONGEST],
        unit=unit.strip(),
        user=user,
    )


def add_feedback(folder: Path, feedback: Feedback) -> None:
    """Keep a verdict with the store; safe with several processes.

    Raises:
        ExpectedAnswerError: what it should have been cannot be understood.
        JixiaoError: it cannot be written.
    """
    if feedback.expected:
        expectation({"answer": feedback.expected, "unit": feedback.unit})
    append_line(folder / FEEDBACK, asdict(feedback))


def all_feedback(folder: Path) -> list[Feedback]:
    """Every verdict kept with a store, oldest first."""
    return [f for data in read_lines(folder / FEEDBACK) if (f := _read(data)) is not None]


def labelled(feedback: Iterable[Feedback]) -> Iterator[LabelledConversation]:
    """The verdicts as labelled questions; the last one on the same turns counts."""
    last = {item.turns: item for item in feedback}
    for number, item in enumerate(last.values(), 1):
        expect = _expectation(item)
        if expect is None:
            continue
        *before, asked = item.turns
        turns = [Turn(question, ANYTHING, scored=False) for question in before]
        yield LabelledConversation(
            id=f"feedback-{number}",
            category="feedback",
            language=item.language,
            reports="store",
            turns=(*turns, Turn(asked, expect)),
        )


def _expectation(item: Feedback) -> Expectation | None:
    """None where nobody has said what a right answer would be."""
    if item.expected:
        try:
            return expectation({"answer": item.expected, "unit": item.unit})
        except ExpectedAnswerError:
            return None
    if not item.right:
        return None
    status = Status(item.status)
    if status is not Status.ANSWERED:
        return Expectation((status,))
    reported = tuple(_expected(f) for f in item.figures if f.kind == "reported")
    computed = tuple(_expected(f) for f in item.figures if f.kind == "computed")
    if not item.figures:
        return None  # words that were right today may be said otherwise tomorrow
    return Expectation((status,), figures=reported, computed=computed)


def _given(figure: AnswerFigure) -> GivenFigure:
    return GivenFigure(
        figure.label, figure.value, figure.unit, figure.year, figure.department, figure.kind
    )


def _expected(figure: GivenFigure) -> ExpectedFigure:
    value = ExpectedValue(Decimal(figure.value), figure.unit)
    return ExpectedFigure((value,), figure.year, figure.department)


def _read(data: dict[str, Any]) -> Feedback | None:
    """A kept line; None where an older or a foreign program wrote it."""
    try:
        figures = tuple(GivenFigure(**figure) for figure in data.get("figures", ()))
        item = Feedback(**{**data, "turns": tuple(data["turns"]), "figures": figures})
        Status(item.status)
        return item if item.turns else None
    except (TypeError, KeyError, ValueError):
        return None
