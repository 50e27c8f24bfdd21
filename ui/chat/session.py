"""One conversation: what was asked, what was answered, what may be undone.

Several pages may show one conversation, so its methods may be called at the same time.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import RLock

from assistant.answer import Answer, Language
from assistant.conversation import State
from assistant.service import InForce
from assistant.suggestions import Suggestion
from ui.render import Reports, answer_html, question_html
from ui.service import Conversation
from ui.sources import Turn


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and what stands under it.

    ``before`` is what was in force when it was asked, to ask it anew; ``line`` stands
    instead of an answer (an error, a hint, that it was stopped).
    """

    question: str
    before: State
    scope: InForce
    answer: Answer | None = None
    reports: Reports = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    line: str = ""
    # What is shown of it: made once, as it is sent again with every later answer.
    # ``replace`` begins with an empty one.
    _shown: list[str] = field(default_factory=list, init=False, compare=False, repr=False)

    @property
    def open(self) -> bool:
        """Whether it waits for its answer."""
        return self.answer is None and not self.line

    def reply(self, number: int, asked: Sequence[str]) -> str:
        """What stands under it as question ``number``, the last of those ``asked``."""
        if self.answer is None:
            return self.line
        if not self._shown:
            shown = answer_html(
                self.answer, number, self.reports, suggestions=self.suggestions, asked=asked
            )
            self._shown.append(shown)
        return self._shown[0]


class Session:
    """``entries`` are all questions in order, the last of them perhaps still open."""

    def __init__(self, begin: Callable[[], Conversation], id: str | None = None) -> None:
        self.id = id or secrets.token_urlsafe(12)
        self.entries: list[Entry] = []
        self.conversation = begin()  # what is in force
        self.offered: tuple[Answer, Future[Sequence[Suggestion]]] | None = None
        self._begin = begin
        self._lock = RLock()
        self._answering: Entry | None = None

    def take(self, question: str, *, instead_of: int | None = None, stopped: str = "") -> Entry:
        """A question that is now to be answered.

        It takes the place of question ``instead_of`` and all after it, where one is
        named; one that still waits for its answer is left with the line ``stopped``.
        """
        with self._lock:
            if instead_of is not None:
                self.back_to(instead_of)
            if self.entries and self.entries[-1].open:
                self.entries[-1] = replace(self.entries[-1], line=stopped or "—")
            conversation = self.conversation
            entry = Entry(question, conversation.state, conversation.in_force())
            self.entries.append(entry)
            return entry

    def back_to(self, number: int) -> None:
        """Forget the question of this number and all that came after it."""
        with self._lock:
            if 1 <= number <= len(self.entries):
                self.conversation.state = self.entries[number - 1].before
                del self.entries[number - 1 :]

    @contextmanager
    def answering(self) -> Iterator[Entry | None]:
        """The question that waits for its answer, if it is not being answered already."""
        with self._lock:
            last = self.entries[-1] if self.entries else None
            mine = last if last and last.open and self._answering is not last else None
            if mine is not None:
                self._answering = mine
        try:
            yield mine
        finally:
            with self._lock:
                if mine is not None and self._answering is mine:
                    self._answering = None

    def answer(self, entry: Entry, *, again: bool = False) -> tuple[Answer, State]:
        """The answer to a question, and what is in force once it is shown.

        Asked in a conversation of its own: a visitor who stops it did not have it answered.
        """
        asking = self._begin()
        asking.state = entry.before
        ask = asking.ask_again if again else asking.ask
        return ask(entry.question), asking.state

    def waits_for(self, entry: Entry) -> bool:
        """Whether this question is the last one and still open."""
        return bool(self.entries) and self.entries[-1] is entry

    def settle(self, entry: Entry, state: State | None = None, **found: object) -> Entry | None:
        """Put what was found under the last question, where that is still this one.

        ``state`` is in force from now on. Returns the question as it now stands.
        """
        with self._lock:
            if not self.waits_for(entry):
                return None
            if state is not None:
                self.conversation.state = state
            self.entries[-1] = replace(entry, **found)  # type: ignore[arg-type]
            return self.entries[-1]

    def turns(self) -> list[Turn]:
        """The answered questions, as the panel of sources shows them."""
        return [
            Turn(number, entry.answer, entry.reports)
            for number, entry in enumerate(list(self.entries), 1)
            if entry.answer is not None
        ]

    def messages(self, language: Language, last: str | None = None) -> list[dict[str, str]]:
        """The chat's messages, their buttons in ``language``.

        ``last`` is shown under the last question where that is still open.
        """
        messages = []
        entries = list(self.entries)
        for number, entry in enumerate(entries, 1):
            question = question_html(entry.question, number, language)
            messages.append({"role": "user", "content": question})
            asked = [e.question for e in entries[:number]]
            reply = last if entry.open else entry.reply(number, asked)
            if reply:
                messages.append({"role": "assistant", "content": reply})
        return messages
