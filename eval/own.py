"""The questions that belong to a store: those added by hand, and those from feedback."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.feedback import all_feedback, labelled
from eval.lines import append_line, read_lines
from eval.questions import LabelledConversation, Turn, load_questions, to_json
from eval.sheets import expectation, language_of
from ingest.errors import JixiaoError

OWN = "questions.jsonl"


def add_question(folder: Path, question: str, values: Mapping[str, str]) -> LabelledConversation:
    """Add one question about what is loaded; ``values`` as in a row of a sheet.

    Raises:
        ExpectedAnswerError: the expected answer cannot be understood.
        JixiaoError: there is no question, or it cannot be written.
    """
    asked = " ".join(question.split())
    if not asked:
        raise JixiaoError("there is no question to add")
    expect = expectation(values)
    number = sum(1 for _ in read_lines(folder / OWN)) + 1
    made = LabelledConversation(
        id=f"own-{number}",
        category=values.get("category") or "own",
        language=language_of(asked),
        reports="store",
        turns=(Turn(asked, expect),),
    )
    append_line(folder / OWN, to_json(made))
    return made


def own_questions(folder: Path) -> list[LabelledConversation]:
    """Every question of a store.

    Raises:
        QuestionFileError: the file of questions was damaged by hand.
    """
    path = folder / OWN
    added = load_questions(path) if path.is_file() else []
    return [*added, *labelled(all_feedback(folder))]
