"""The labelled sets there are, where their reports lie, and which are kept; see sets.toml."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eval.questions import LabelledConversation, QuestionFileError, load_questions

REAL_REPORTS_VARIABLE = "JIXIAO_REAL_REPORTS"

_FILE = Path(__file__).with_suffix(".toml")
_PROJECT = _FILE.parent.parent


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set of labelled questions with the reports they are about.

    ``reports`` is None where the reports are not part of the project. A ``kept`` set is
    for measuring: what of it was missed is not shown, so that nobody writes rules for it.
    """

    name: str
    questions: Path
    reports: Path | None
    kept: bool = False

    def conversations(self) -> list[LabelledConversation]:
        """Its questions; raises ``QuestionFileError`` where the file cannot be used."""
        return load_questions(self.questions)

    @property
    def available(self) -> bool:
        """Whether questions and reports are on this computer."""
        return self.questions.is_file() and self.reports is not None and _filled(self.reports)


@cache
def _listed() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["set"])


def question_sets(real: Path | None = None) -> tuple[QuestionSet, ...]:
    """Every set, in the order of the file.

    ``real`` is the folder of the published report; by default what JIXIAO_REAL_REPORTS
    names, or ``shared/reports`` beside the project.
    """
    return tuple(
        QuestionSet(
            name=item["name"],
            questions=_FILE.parent / item["questions"],
            reports=(
                (_FILE.parent / item["reports"]).resolve()
                if "reports" in item
                else real or real_reports()
            ),
            kept=item.get("kept", False),
        )
        for item in _listed()
    )


def question_set(name: str, real: Path | None = None) -> QuestionSet:
    """The set of a name.

    Raises:
        QuestionFileError: there is none; names those there are.
    """
    sets = {each.name: each for each in question_sets(real)}
    if name not in sets:
        raise QuestionFileError(_FILE, None, f"no set {name!r}; there are {', '.join(sets)}")
    return sets[name]


def set_of(questions: Path, real: Path | None = None) -> QuestionSet | None:
    """The set that a file of questions is, None where it is nobody's but its writer's."""
    there = questions.resolve()
    return next((s for s in question_sets(real) if s.questions.resolve() == there), None)


def real_reports() -> Path | None:
    """Where the published report lies, None where it is not on this computer."""
    setting = os.environ.get(REAL_REPORTS_VARIABLE)
    folder = Path(setting) if setting else _PROJECT.parent / "shared" / "reports"
    return folder if _filled(folder) else None


def _filled(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())
