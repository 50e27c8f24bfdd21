"""What the page needs from the rest of the program, and nothing more.

The page knows no store, index or model: whoever serves it hands in an object
that keeps these promises. Methods may be called from several threads at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from assistant.answer import Answer, Language
from assistant.conversation import State
from assistant.service import InForce
from assistant.suggestions import Suggestion
from ingest.report import Report

Progress = Callable[[int, int, str], None]  # done, total, name of the file at hand


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """One line of the list of loaded reports."""

    id: str
    title: str
    department: str | None
    year: int | None
    file: str
    figures: int
    sections: int
    warnings: tuple[str, ...] = ()


class FileResult(NamedTuple):
    """What became of one uploaded file: the report read from it, or what was wrong."""

    file: str
    report: str | None
    problem: str | None


class Conversation(Protocol):
    """One visitor's conversation; it remembers what a follow-up refers to.

    ``state`` is all that it remembers: put back, what was asked since is forgotten.
    """

    state: State

    def in_force(self) -> InForce:
        """What a question that names neither office nor year is answered for."""

    def set_scope(self, departments: Sequence[str], year: int | None) -> None:
        """Ask of these departments (none: of all) and this year from now on."""

    def ask(self, question: str, language: Language | None = None) -> Answer:
        """Answer in ``language``, or in the question's own where it is None."""

    def ask_again(self, question: str) -> Answer:
        """Answer a question of a conversation that is put together anew."""


class Service(Protocol):
    """Everything behind the page."""

    def new_conversation(self) -> Conversation:
        """Start a conversation that remembers nothing."""

    def reports(self) -> Sequence[ReportInfo]:
        """List the reports that can be asked about."""

    def report(self, report_id: str) -> Report:
        """Return one report whole; raise ``KeyError`` or ``JixiaoError`` if it is gone."""

    def original(self, report_id: str) -> Path | None:
        """The file that a report was read from, where it was kept."""

    def examples(self, language: Language) -> Sequence[str]:
        """Suggest questions that the loaded reports can answer."""

    def suggestions(self, answer: Answer) -> Sequence[Suggestion]:
        """Questions that may follow an answer, each certain to be answered."""

    def ingest_files(
        self, paths: Sequence[Path], progress: Progress | None = None
    ) -> Sequence[FileResult]:
        """Read files into the store; one bad file never keeps the others out."""
