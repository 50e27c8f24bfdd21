"""What happens on the page to ask on: each public method is one event."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.answer import Answer, Language
from ingest.errors import JixiaoError
from ui.chat import scope as scopes
from ui.chat.history import History, Memory, Past, to_repeat
from ui.chat.session import Session
from ui.chat.welcome import past_html, welcome_html
from ui.context import request_language
from ui.markup import reveal
from ui.render import Reports, answer_html, line_html
from ui.service import Service
from ui.sources import panel_html
from ui.text import words

_log = logging.getLogger(__name__)
_REVEAL_STEPS = 10
_REVEAL_PAUSE = 0.04  # seconds; an answer is written out in well under one
_LAST_STEP = 0.2  # seconds in which what was just written out still reaches the page
_KEPT_TURNS = 20  # the panel holds the sources of so many answers
_LONGEST_QUESTION = 1000
_MOST_LINKED = 5  # questions that a link may ask

Updates = dict[Any, Any]  # by component


class Parts:
    """The components that events change; set by the page that lays them out."""

    session: gr.State
    kept: gr.BrowserState
    chat: gr.Chatbot
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    department: gr.Dropdown
    year: gr.Dropdown
    sources: gr.HTML
    past: gr.HTML
    editing: gr.HTML
    new: gr.Button


class Events:
    """The page's behaviour over a service."""

    def __init__(self, service: Service, parts: Parts) -> None:
        self._service = service
        self._parts = parts
        self._memory = Memory()

    # -- opening ----------------------------------------------------------

    def start(self, kept: Any, request: gr.Request) -> Updates:
        """An opened page: the conversation that was open last, or the questions of a link."""
        history = History.read(kept)
        linked = str(request.query_params.get("q") or "").strip()
        if linked:
            session = self._new()
            for question in linked.split("\n")[-_MOST_LINKED:-1]:
                self._repeat(session, question.strip()[:_LONGEST_QUESTION], request)
            session.take(linked.split("\n")[-1].strip()[:_LONGEST_QUESTION])
        else:
            session = self._reopened(history, history.current, request)
        return self._whole(session, history, request)

    def new(self, session: Session | None, kept: Any, request: gr.Request) -> Updates:
        """A new conversation; the one before stays in the list."""
        if session is not None:
            session.left = True
        history = History.read(kept)
        fresh = History(None, history.past)
        return {
            **self._whole(self._new(), fresh, request),
            self._parts.kept: fresh.to_json(),
        }

    # -- asking -----------------------------------------------------------

    def take(self, question: str, session: Session | None, request: gr.Request) -> Updates:
        """A question from the box: show it at once, and that it is being looked up."""
        parts, said = self._parts, words("ask", request_language(request))
        if session is None:  # the page lost its server; reloading starts a new conversation
            raise gr.Error(said["failed"])
        question = question.strip()[:_LONGEST_QUESTION]
        if not question:
            hint = {"role": "assistant", "content": line_html(said["empty"], "hint")}
            return {parts.box: "", parts.chat: [*self._messages(session, request), hint]}
        session.take(question)
        return {parts.box: "", **self._waiting(session, request)}

    def do(
        self, event: gr.EventData, session: Session | None, kept: Any, request: gr.Request
    ) -> Updates:
        """A button in the chat or in the list of conversations; see ``ui.render.action``."""
        asked = event._data if isinstance(event._data, dict) else {}
        what, numbers = asked.get("do"), asked.get("numbers", [])
        number = numbers[0] if numbers and isinstance(numbers[0], int) else 0
        history = History.read(kept)
        if session is None:
            raise gr.Error(words("ask", request_language(request))["failed"])
        if what == "example":
            return self.take(str(asked.get("text", "")), session, request)
        if what == "open" and 0 <= number < len(history.past):
            session.left = True
            chosen = history.past[number].id
            opened = History(chosen, history.past)
            return {
                **self._whole(self._reopened(opened, chosen, request), opened, request),
                self._parts.kept: opened.to_json(),
            }
        if what == "clear":
            emptied = History(session.id).having(session)
            return {
                self._parts.past: past_html(emptied, session.id, request_language(request)),
                self._parts.kept: emptied.to_json(),
            }
        if what == "leave":
            session.editing = None
            return {self._parts.editing: gr.update(visible=False), self._parts.box: ""}
        if not 1 <= number <= len(session.entries):
            return self._nothing()
        entry = session.entries[number - 1]
        if what == "edit":
            session.editing = number
            return {self._parts.box: entry.question, self._parts.editing: gr.update(visible=True)}
        if what == "retry":
            session.back_to(number)
            session.take(entry.question)
            return self._waiting(session, request)
        if what == "ask" and len(numbers) == 2 and 0 <= numbers[1] < len(entry.suggestions):
            session.take(entry.suggestions[numbers[1]].question)
            return self._waiting(session, request)
        return self._nothing()

    def answer(self, session: Session | None, request: gr.Request) -> Iterator[Updates]:
        """Answer the open question: written out, then whole.

        Only the chat changes here: for every output of an event Gradio makes a component
        anew at every step.
        """
        if session is None or not session.entries or not session.entries[-1].open:
            yield {self._parts.chat: gr.skip()}
            return
        question = session.entries[-1].question
        number = len(session.entries)
        before = session.conversation.state
        found = self._asked(session, question, request)
        if isinstance(found, str):
            if session.waits_for(number):
                session.settle(line=found)
        else:
            answer, reports = found
            after, session.conversation.state = session.conversation.state, before
            for beginning in reveal(answer.answer, _REVEAL_STEPS):
                if not session.waits_for(number):
                    return  # stopped, or another conversation
                written = answer_html(answer, number, reports, upto=beginning)
                yield {self._parts.chat: self._messages(session, request, last=written)}
                time.sleep(_REVEAL_PAUSE)
            if not session.waits_for(number):
                return
            # Only now: a visitor who stopped it did not have this answered.
            session.conversation.state = after
            session.settle(answer=answer, reports=reports)
        session.answered = True
        yield {self._parts.chat: self._messages(session, request)}

    def answered(self, session: Session | None, kept: Any, request: gr.Request) -> Updates:
        """After an answer: its sources, the scope now in force, and the conversation kept."""
        if session is None or not session.answered:
            return self._nothing()
        session.answered = False
        history = History.read(kept).having(session)
        self._memory.keep(_visitor(request), session)
        settled = self._settled(session, request)
        del settled[self._parts.chat]  # shows it already
        return {
            **settled,
            self._parts.kept: history.to_json(),
            self._parts.past: past_html(history, session.id, request_language(request)),
        }

    def stopped(self, session: Session | None, request: gr.Request) -> Updates:
        """The visitor wants no more of this answer."""
        if session is None:
            return self._nothing()
        if session.entries and session.entries[-1].open:
            said = words("answer", request_language(request))["stopped"]
            session.settle(line=line_html(said, "hint"))
            time.sleep(_LAST_STEP)
        return self._settled(session, request)

    def follow(self, session: Session | None, request: gr.Request) -> Updates:
        """After an answer: offer what may be asked next."""
        last = session.entries[-1] if session and session.entries else None
        if session is None or last is None or last.answer is None or last.suggestions:
            return {self._parts.chat: gr.skip()}
        try:
            offered = self._service.suggestions(last.answer)
        except Exception:  # what may be asked next is a courtesy; the answer stands without it
            _log.exception("nothing could be suggested")
            return {self._parts.chat: gr.skip()}
        # Meanwhile the visitor may have asked on, or left for another conversation.
        if not offered or session.left or session.entries[-1:] != [last]:
            return {self._parts.chat: gr.skip()}
        session.settle(suggestions=tuple(offered))
        return {self._parts.chat: self._messages(session, request)}

    def set_scope(self, department: str, year: str, session: Session | None) -> None:
        """Another office or year is chosen: for the questions from now on."""
        if session is not None:
            wanted = scopes.chosen(department, year)
            session.conversation.set_scope(wanted.departments, wanted.year)

    def refreshed(self, session: Session | None, kept: Any, request: gr.Request) -> Updates:
        """The reports changed: what can be chosen and what is suggested follow."""
        if session is None:
            return self._nothing()
        return self._whole(session, History.read(kept), request)

    # -- pieces ----------------------------------------------------------

    def _nothing(self) -> Updates:
        """Everything stays as it is; Gradio takes no empty answer."""
        return {self._parts.send: gr.skip()}

    def _new(self) -> Session:
        return Session(self._service.new_conversation())

    def _reopened(self, history: History, conversation: str | None, request: gr.Request) -> Session:
        """A conversation as it was, or asked anew where the server no longer has it."""
        past = history.find(conversation)
        if past is None:
            return self._new()
        known = self._memory.find(_visitor(request), past.id)
        if known is not None:
            # A copy: two windows on one conversation must not write into each other's.
            session = Session(self._service.new_conversation(), known.id, list(known.entries))
            session.conversation.state = known.conversation.state
            return session
        return self._asked_anew(past, request)

    def _asked_anew(self, past: Past, request: gr.Request) -> Session:
        session = Session(self._service.new_conversation(), past.id)
        for question, departments, year in to_repeat(past):
            if session.conversation.in_force() != (departments, year):
                session.conversation.set_scope(departments, year)
            self._repeat(session, question, request)
        return session

    def _repeat(self, session: Session, question: str, request: gr.Request) -> None:
        if not question:
            return
        session.take(question)
        found = self._asked(session, question, request)
        if isinstance(found, str):
            session.settle(line=found)
        else:
            session.settle(answer=found[0], reports=found[1])

    def _asked(
        self, session: Session, question: str, request: gr.Request
    ) -> tuple[Answer, Reports] | str:
        """The answer and the reports it cites, or the line that stands instead."""
        try:
            answer = session.conversation.ask(question, None)
            return answer, self._cited(answer)
        except JixiaoError as error:
            return line_html(str(error), "error")
        except Exception:
            _log.exception("a question was not answered")
            return line_html(words("ask", request_language(request))["failed"], "error")

    def _cited(self, answer: Answer) -> Reports:
        """The reports an answer cites; one removed meanwhile is simply not there."""
        found: Reports = {}
        for report_id in {report_id for report_id, _ in answer.passages.values()}:
            try:
                found[report_id] = self._service.report(report_id)
            except (KeyError, JixiaoError):
                _log.warning("report %s is cited but cannot be opened", report_id)
        return found

    def _messages(
        self, session: Session, request: gr.Request, last: str | None = None
    ) -> list[dict[str, str]]:
        return session.messages(request_language(request), last)

    def _waiting(self, session: Session, request: gr.Request) -> Updates:
        """The open question shown, the answer on its way."""
        parts = self._parts
        searching = line_html(words("ask", request_language(request))["searching"], "pending")
        return {
            parts.chat: self._messages(session, request, last=searching),
            parts.send: gr.update(visible=False),
            parts.stop: gr.update(visible=True),
            parts.editing: gr.update(visible=False),
        }

    def _settled(self, session: Session, request: gr.Request) -> Updates:
        """Nothing is on its way: messages, sources and scope as they now are."""
        parts = self._parts
        return {
            parts.chat: self._messages(session, request),
            parts.sources: self._panel(session, request_language(request)),
            parts.send: gr.update(visible=True),
            parts.stop: gr.update(visible=False),
            **self._scope(session, request_language(request)),
        }

    def _whole(self, session: Session, history: History, request: gr.Request) -> Updates:
        """All of the page, over a conversation."""
        parts, language = self._parts, request_language(request)
        opened = session.entries[-1].open if session.entries else False
        welcome = welcome_html(
            bool(self._service.reports()), self._service.examples(language), language
        )
        return {
            parts.session: session,
            **self._settled(session, request),
            **(self._waiting(session, request) if opened else {}),
            parts.chat: gr.update(value=self._messages(session, request), placeholder=welcome),
            parts.past: past_html(history, session.id, language),
            parts.box: "",
            parts.editing: gr.update(visible=False),
        }

    def _scope(self, session: Session, language: Language) -> Updates:
        said = words("ask", language)
        try:
            reports = self._service.reports()
        except Exception:  # the choices stay as they are; what went wrong is said elsewhere
            _log.exception("the reports cannot be listed")
            return {}
        scope = session.conversation.in_force()
        return {
            self._parts.department: gr.update(
                choices=scopes.department_choices(reports, scope, said["all_departments"]),
                value=scopes.department_value(scope),
            ),
            self._parts.year: gr.update(
                choices=scopes.year_choices(reports, scope, said["all_years"]),
                value=scopes.year_value(scope),
            ),
        }

    def _panel(self, session: Session, language: Language) -> str:
        return panel_html(session.turns()[-_KEPT_TURNS:], language)


def _visitor(request: gr.Request) -> str | None:
    """The name of who is logged in, where anyone is."""
    return getattr(request, "username", None)
