"""The service behind the page, with a guard at the door of every method that matters.

Whatever a page offers or hides: who may not upload cannot, who asks too often waits,
and what was asked and uploaded stands in the access log.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Language
from assistant.service import Assistant, FileResult
from assistant.service import Conversation as Plain
from index_store.store import ReportInfo, Store
from ingest.pipeline import Outcome
from ingest.report import Report
from ui.server.access_log import AccessLog
from ui.server.accounts import Role
from ui.server.limits import Window
from ui.server.visitor import NotAllowed, TooMany, Visitor
from ui.server.words import say

# What changes the store, by the names of its methods; ``remove`` has one of its own.
_CHANGES = frozenset({"add", "rebuild", "close"})


class Guard:
    """Who is there, how often they may, and where it is written down."""

    def __init__(
        self,
        visitor: Callable[[], Visitor | None],
        log: AccessLog,
        questions: Window | None,
        uploads: Window | None,
    ) -> None:
        self._visitor = visitor
        self.log = log
        self._questions = questions
        self._uploads = uploads

    def require(self, role: Role) -> Visitor:
        """Who is there, where they may do this.

        Raises:
            NotAllowed: nobody is known to be there, or their role does not cover it.
        """
        visitor = self._visitor()
        if visitor is None:
            raise NotAllowed(say("needs_login", "zh") + " " + say("needs_login", "en"))
        try:
            visitor.require(role)
        except NotAllowed:
            self.log.write("refused", visitor.name, visitor.address, by=visitor.by, needs=role)
            raise
        return visitor

    def question(self) -> Visitor:
        """Who asks; counted."""
        visitor = self.require(Role.READER)
        wait = self._questions.take(visitor.key) if self._questions else 0.0
        if wait:
            self.log.write("refused", visitor.name, visitor.address, by=visitor.by, needs="pause")
            text = say("too_many_questions", visitor.language, seconds=int(wait) + 1)
            raise TooMany(text, wait)
        return visitor

    def answered(self, visitor: Visitor, question: str, answer: Callable[[str], Answer]) -> Answer:
        """The answer to a counted question, which is written down."""
        began = time.perf_counter()
        given = answer(question)
        self.log.write(
            "question",
            visitor.name,
            visitor.address,
            by=visitor.by,
            question=question[:2000],
            status=given.status,
            ms=round((time.perf_counter() - began) * 1000),
        )
        return given

    def upload(self, files: Sequence[Path]) -> Visitor:
        """Who uploads these files; counted."""
        visitor = self.require(Role.EDITOR)
        wait = self._uploads.take(visitor.key, len(files)) if self._uploads else 0.0
        if wait:
            self.log.write("refused", visitor.name, visitor.address, by=visitor.by, needs="pause")
            text = say("too_many_uploads", visitor.language, minutes=int(wait // 60) + 1)
            raise TooMany(text, wait)
        return visitor


class Guarded:
    """An ``Assistant`` behind a guard; what only reads is passed through."""

    def __init__(self, inner: Assistant, guard: Guard) -> None:
        self.inner = inner
        self.guard = guard
        self.store = GuardedStore(inner.store, guard)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # asked for while an object is copied, before it has an inner
            raise AttributeError(name)
        return getattr(self.inner, name)

    def new_conversation(self) -> Conversation:
        """A conversation of its own, with nothing in force."""
        return Conversation(self)

    def ask(self, question: str, language: Language | None = None) -> Answer:
        """One question without a conversation."""
        return self.new_conversation().ask(question, language)

    def reports(self) -> list[ReportInfo]:
        """The reports in the store, by department and year."""
        return self.inner.reports()

    def report(self, report_id: str) -> Report:
        """One report with all its passages and figures."""
        return self.inner.report(report_id)

    def original(self, report_id: str) -> Path | None:
        """The file that a report was read from, where it was kept."""
        return self.inner.original(report_id)

    def examples(self, language: Language) -> list[str]:
        """Questions that the loaded reports answer, from their own contents."""
        return self.inner.examples(language)

    def ingest_files(
        self, paths: Sequence[Path], progress: Callable[[int, int, str], None] | None = None
    ) -> list[FileResult]:
        """Read files into the store, for editors."""
        visitor = self.guard.upload(paths)
        results = self.inner.ingest_files(paths, progress)
        for result in results:
            self.guard.log.write(
                "upload",
                visitor.name,
                visitor.address,
                by=visitor.by,
                file=result.file,
                report=result.report,
                problem=result.problem,
            )
        return results

    def for_editors(self) -> Assistant:
        """What is behind the guard, where an editor is at work: for what asks in bulk."""
        self.guard.require(Role.EDITOR)
        return self.inner

    def read_ahead(
        self, paths: Sequence[Path], progress: Callable[[int, int, str], None] | None = None
    ) -> list[Outcome]:
        """Read files and store nothing, for editors."""
        self.guard.upload(paths)
        return self.inner.read_ahead(paths, progress)

    def keep(self, reports: Sequence[Report]) -> list[str]:
        """Store reports that were read ahead, for editors."""
        visitor = self.guard.require(Role.EDITOR)
        results = self.inner.keep(reports)
        for report in reports:
            self.guard.log.write(
                "upload",
                visitor.name,
                visitor.address,
                by=visitor.by,
                file=report.file,
                report=report.title,
                problem=None,
            )
        return results


class GuardedStore:
    """A store whose contents only editors change."""

    def __init__(self, inner: Store, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in _CHANGES:
            self._guard.require(Role.EDITOR)
        return getattr(self._inner, name)

    def remove(self, report_id: str) -> None:
        """Take a report out, for editors."""
        visitor = self._guard.require(Role.EDITOR)
        self._inner.remove(report_id)
        self._guard.log.write(
            "remove", visitor.name, visitor.address, by=visitor.by, report=report_id
        )


class Conversation(Plain):
    """A conversation whose questions are counted and written down."""

    def __init__(self, service: Guarded) -> None:
        super().__init__(service.inner)
        self._guard = service.guard

    def ask(self, question: str, language: Language | None = None) -> Answer:
        """Answer a question, in its own language unless told otherwise."""
        return self._guard.answered(
            self._guard.question(),
            question,
            lambda asked: super(Conversation, self).ask(asked, language),
        )

    def ask_again(self, question: str) -> Answer:
        """Answer a question once more, for a reader, uncounted: see ``ui.chat.conversations``."""
        self._guard.require(Role.READER)
        return super().ask(question)
