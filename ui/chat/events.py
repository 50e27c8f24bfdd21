"""What happens on the page to ask on: each public method is one event."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr
from anyio.to_thread import run_sync

from assistant.answer_text import beginnings
from ui.chat import scope as scopes
from ui.chat.conversations import LONGEST_QUESTION, Conversations
from ui.chat.history import History
from ui.chat.offers import Offers
from ui.chat.session import Session
from ui.chat.shown import Parts, Shown, Updates
from ui.chat.visit import Visit
from ui.context import request_language
from ui.render import answer_html, line_html
from ui.service import Service
from ui.text import words

_REVEAL_STEPS = 4
_REVEAL_PAUSE = 0.05  # seconds; an answer is written out in a sixth of one
_OFFERS_WAIT = 0.2  # seconds that an answer which is written out waits for what to ask next

Messages = list[dict[str, str]]  # of the chat


class Events:
    """The page's behaviour over a service."""

    def __init__(self, service: Service, parts: Parts) -> None:
        self._parts = parts
        self._conversations = Conversations(service)
        self._shown = Shown(service, parts)
        self._offers = Offers(service)

    # -- opening ----------------------------------------------------------

    def start(self, visit: Visit, kept: Any, request: gr.Request) -> Updates:
        """An opened page: the conversation that was open last, or the questions of a link."""
        history = History.read(kept)
        session = self._opened(visit, history, request)
        shown = self._shown.whole(visit, session, history, request)
        messages, welcome = shown[self._parts.chat], self._shown.welcome(request)
        return {
            **shown,
            self._parts.chat: gr.update(value=messages, placeholder=welcome),
            # As it is: once it is set, Gradio forgets it an hour after the page is closed.
            self._parts.visit: visit,
        }

    def new(self, visit: Visit, kept: Any, request: gr.Request) -> Updates:
        """A new conversation; the one before stays in the list."""
        history = History.read(kept)
        visit.show(self._conversations.new())
        fresh = History(None, history.past, history.browser)
        return self._whole(visit, fresh, request)

    def refreshed(self, visit: Visit, kept: Any, request: gr.Request) -> Updates:
        """The reports changed: what can be chosen and what is suggested follow."""
        visit.choices = ()
        return self.start(visit, kept, request)

    # -- asking -----------------------------------------------------------

    async def ask(
        self, question: str | None, visit: Visit, kept: Any, request: gr.Request
    ) -> AsyncIterator[Messages]:
        """A question from the box: shown at once, then its answer written out."""
        said = words("ask", request_language(request))
        session = await run_sync(self._opened, visit, History.read(kept), request)
        question = (question or "").strip()[:LONGEST_QUESTION]
        visit.hint = "" if question else said["empty"]
        if question:
            self._take(session, question, request, instead_of=visit.edited())
        async for messages in self._answered(visit, session, request):
            yield messages

    async def chosen(
        self, event: gr.EventData, visit: Visit, kept: Any, request: gr.Request
    ) -> AsyncIterator[Messages]:
        """A question that is asked with a button: an example, a suggestion, one asked again."""
        what, numbers, asked = _clicked(event)
        session = await run_sync(self._opened, visit, History.read(kept), request)
        visit.edited()
        visit.hint = ""
        number = numbers[0] if numbers else 0
        entry = session.entries[number - 1] if 1 <= number <= len(session.entries) else None
        if what == "example":
            self._take(session, str(asked.get("text", ""))[:LONGEST_QUESTION], request)
        elif what == "retry" and entry:
            self._take(session, entry.question, request, instead_of=number)
        elif what == "ask" and entry and numbers[1:] and numbers[1] < len(entry.suggestions):
            self._take(session, entry.suggestions[numbers[1]].question, request)
        async for messages in self._answered(visit, session, request):
            yield messages

    async def linked(self, visit: Visit, kept: Any, request: gr.Request) -> AsyncIterator[Messages]:
        """The last question of the link that the page was opened with."""
        session = await run_sync(self._opened, visit, History.read(kept), request)
        async for messages in self._answered(visit, session, request):
            yield messages

    async def _answered(
        self, visit: Visit, session: Session, request: gr.Request
    ) -> AsyncIterator[Messages]:
        """Answer the open question: written out, then whole.

        Only the chat changes here, and only by plain values; see ``Shown``.
        """
        with session.answering() as entry:
            yield self._shown.messages(visit, session, request)
            if entry is None:
                return
            found = await run_sync(self._conversations.found, session, entry, request)
            if isinstance(found, str):
                session.settle(entry, line=found)
            else:
                answer, reports, state = found
                number = len(session.entries)
                offered = self._offers.begin(session, answer)
                for beginning in beginnings(answer.answer, _REVEAL_STEPS):
                    if not session.waits_for(entry) or visit.session is not session:
                        break  # stopped, another question came, or the visitor left
                    if beginning == answer.answer:
                        break  # what is whole comes below
                    written = answer_html(answer, number, reports, upto=beginning)
                    yield self._shown.messages(visit, session, request, last=written)
                    await asyncio.sleep(_REVEAL_PAUSE)
                if session.waits_for(entry):
                    await asyncio.wait([asyncio.wrap_future(offered)], timeout=_OFFERS_WAIT)
                session.settle(entry, state, answer=answer, reports=reports)
                self._offers.show(session)
        if visit.session is session:
            yield self._shown.messages(visit, session, request)

    def after(self, visit: Visit, kept: Any, request: gr.Request) -> Updates:
        """After an answer: its sources, what may be asked next, the conversation kept."""
        session = self._opened(visit, History.read(kept), request)
        self._offers.show(session, wait=True)
        history = self._conversations.remember(session, History.read(kept), request)
        return {
            self._parts.chat: self._shown.messages(visit, session, request),
            **self._shown.after_answer(visit, session, request),
            **self._shown.past(session, history, request),
        }

    def stopped(self, visit: Visit, request: gr.Request) -> Messages:
        """The visitor wants no more of this answer: what writes it out sees that, and ends.

        Gradio's own way to cancel an event may reach the server after the next question.
        """
        session = visit.session
        if session is None:
            return []
        last = session.entries[-1] if session.entries else None
        if last is not None and last.open:
            session.settle(last, line=self._stopped(request))
        return self._shown.messages(visit, session, request)

    # -- the rest ---------------------------------------------------------

    def do(self, event: gr.EventData, visit: Visit, kept: Any, request: gr.Request) -> Updates:
        """A button in the chat or in the list of conversations; see ``ui.render.action``."""
        what, numbers, _ = _clicked(event)
        number = numbers[0] if numbers else 0
        history = History.read(kept)
        session = self._opened(visit, history, request)
        if what == "open" and 0 <= number < len(history.past):
            chosen = history.past[number].id
            visit.show(self._conversations.reopened(history, chosen, request))
            return self._whole(visit, History(chosen, history.past, history.browser), request)
        if what == "clear":
            emptied = self._conversations.forget(session, history, request)
            return self._shown.past(session, emptied, request)
        if what == "leave":
            visit.editing = None
            return {self._parts.editing: "", self._parts.box: ""}
        if what == "edit" and 1 <= number <= len(session.entries):
            visit.editing = number
            said = line_html(words("ask", request_language(request))["editing"], "editing")
            question = session.entries[number - 1].question
            return {self._parts.box: question, self._parts.editing: said}
        return {self._parts.editing: gr.skip()}  # Gradio takes no empty answer

    def set_scope(self, department: str, year: str, visit: Visit) -> None:
        """Another office or year is chosen: for the questions from now on."""
        if visit.session is not None:
            wanted = scopes.chosen(department, year)
            visit.session.conversation.set_scope(wanted.departments, wanted.year)

    # -- pieces ----------------------------------------------------------

    def _opened(self, visit: Visit, history: History, request: gr.Request) -> Session:
        return visit.opened(lambda: self._conversations.first(history, request))

    def _whole(self, visit: Visit, history: History, request: gr.Request) -> Updates:
        session = self._opened(visit, history, request)
        return {
            **self._shown.whole(visit, session, history, request),
            self._parts.box: "",
        }

    def _take(
        self, session: Session, question: str, request: gr.Request, instead_of: int | None = None
    ) -> None:
        session.take(question, instead_of=instead_of, stopped=self._stopped(request))

    def _stopped(self, request: gr.Request) -> str:
        return line_html(words("answer", request_language(request))["stopped"], "hint")


def _clicked(event: gr.EventData) -> tuple[str, list[int], dict[str, Any]]:
    """What a button says is to be done, and with which; see ``script/ask.js``."""
    asked = event._data if isinstance(event._data, dict) else {}
    numbers = [n for n in asked.get("numbers", []) if isinstance(n, int) and n >= 0]
    return str(asked.get("do")), numbers, asked
