"""The questions that both pipelines are asked, and whether the evidence shows the figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Status
from eval.quantities import states
from eval.questions import ExpectedFigure, Turn, load_questions

CUTOFF = 10  # passages of an answer's evidence that are looked at
_OFFICES = {"员村": "yuancun", "棠东": "tangdong"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of source text that a pipeline shows for a question."""

    file: str  # name without folders
    text: str


def choose_questions(count: int) -> tuple[list[Turn], list[Turn]]:
    """``count`` answerable first questions about the samples, spread over the set; the rest."""
    turns = [
        conversation.turns[0]
        for conversation in load_questions()
        if conversation.reports == "samples"
        and conversation.turns[0].expect.statuses == (Status.ANSWERED,)
    ]
    count = min(count, len(turns))
    chosen = {number * len(turns) // count for number in range(count)}
    return (
        [turn for number, turn in enumerate(turns) if number in chosen],
        [turn for number, turn in enumerate(turns) if number not in chosen],
    )


def labelled(turn: Turn) -> list[ExpectedFigure]:
    """The reported figures that a question asks for; none where it wants only a calculation."""
    return [figure for figure in turn.expect.figures if not figure.optional]


def shown(figures: Sequence[ExpectedFigure], evidence: Sequence[Evidence], first: int) -> int:
    """How many of the figures stand in the ``first`` passages.

    A figure stands where a passage of the report it belongs to prints its value.
    """
    return sum(any(_shows(piece, figure) for piece in evidence[:first]) for figure in figures)


def _shows(piece: Evidence, figure: ExpectedFigure) -> bool:
    office, _, year = piece.file.removesuffix(".txt").partition("-")
    if office not in _OFFICES.values():
        return False
    if figure.year is not None and year != str(figure.year):
        return False
    if figure.department is not None and _OFFICES.get(figure.department, office) != office:
        return False
    return any(states(piece.text, option.value, option.unit) for option in figure.values)
