"""One visitor's conversation: what was asked, what was answered, what may be undone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

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

    @property
    def open(self) -> bool:
        """Whether it waits for its answer."""
        return self.answer is None and not self.line


@dataclass
class Session:
    """``entries`` are all questions in order, the last of them perhaps still open."""

    conversation: Conversation
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    entries: list[Entry] = field(default_factory=list)
    editing: int | None = None  # number of the question being changed, from 1
    left: bool = False  # for another conversation
    answered: bool = False  # and the sources of it not yet shown

    def take(self, question: str) -> None:
        """A question that is now to be answered; one that was being edited goes, with all after."""
        if self.editing is not None:
            self.back_to(self.editing)
        conversation = self.conversation
        self.entries.append(Entry(question, conversation.state, conversation.in_force()))

    def back_to(self, number: int) -> None:
        """Forget the question of this number and all that came after it."""
        self.editing = None
        if 1 <= number <= len(self.entries):
            self.conversation.state = self.entries[number - 1].before
            del self.entries[number - 1 :]

    def settle(self, **found: object) -> None:
        """Put what was found under the last question."""
        if self.entries:
            self.entries[-1] = replace(self.entries[-1], **found)  # type: ignore[arg-type]

    def waits_for(self, number: int) -> bool:
        """Whether the question of this number is the last one and still open."""
        return not self.left and len(self.entries) == number and self.entries[-1].open

    def turns(self) -> list[Turn]:
        """The answered questions, as the panel of sources shows them."""
        return [
            Turn(number, entry.answer, entry.reports)
            for number, entry in enumerate(self.entries, 1)
            if entry.answer is not None
        ]

    def messages(self, language: Language, last: str | None = None) -> list[dict[str, str]]:
        """The chat's messages, their buttons in ``language``.

        ``last`` is shown instead of what stands under the last question.
        """
        messages = []
        for number, entry in enumerate(self.entries, 1):
            messages.append(
                {"role": "user", "content": question_html(entry.question, number, language)}
            )
            reply = entry.line
            if last is not None and number == len(self.entries):
                reply = last
            elif entry.answer is not None:
                reply = answer_html(
                    entry.answer,
                    number,
                    entry.reports,
                    suggestions=entry.suggestions,
                    asked=[e.question for e in self.entries[:number]],
                )
            if reply:
                messages.append({"role": "assistant", "content": reply})
        return messages
