"""What the page shows of a conversation, component by component."""

from __future__ import annotations

import logging
from typing import Any

import gradio as gr

from assistant.answer import Language
from ui.chat import scope as scopes
from ui.chat.history import History
from ui.chat.session import Session
from ui.chat.visit import Visit
from ui.chat.welcome import past_html, welcome_html
from ui.context import request_language
from ui.render import line_html
from ui.service import Service
from ui.sources import panel_html
from ui.text import words

_KEPT_TURNS = 20  # the panel holds the sources of so many answers
_log = logging.getLogger(__name__)

Updates = dict[Any, Any]  # by component


class Parts:
    """The components that events change; set by the page that lays them out."""

    visit: gr.State
    kept: gr.BrowserState
    chat: gr.Chatbot
    asked: gr.Textbox
    box: gr.Textbox
    department: gr.Dropdown
    year: gr.Dropdown
    sources: gr.HTML
    past: gr.HTML
    editing: gr.HTML
    new: gr.Button


class Shown:
    """A conversation as the values of the page's components.

    Plain values wherever possible: for every ``gr.update``, also an empty one, Gradio makes
    a component anew, which takes longer than to answer a question.
    """

    def __init__(self, service: Service, parts: Parts) -> None:
        self._service = service
        self._parts = parts

    def messages(
        self, visit: Visit, session: Session, request: gr.Request, last: str | None = None
    ) -> list[dict[str, str]]:
        """The chat; ``last`` under a question that waits for its answer."""
        language = request_language(request)
        if last is None:
            last = line_html(words("ask", language)["searching"], "pending")
        messages = session.messages(language, last)
        if visit.hint:
            messages.append({"role": "assistant", "content": line_html(visit.hint, "hint")})
        return messages

    def after_answer(self, visit: Visit, session: Session, request: gr.Request) -> Updates:
        """What an answer changes beside the chat: its sources, and the scope in force."""
        language = request_language(request)
        turns = session.turns()[-_KEPT_TURNS:]
        return {
            self._parts.sources: panel_html(turns, language),
            **self._scope(visit, session, language),
        }

    def past(self, session: Session, history: History, request: gr.Request) -> Updates:
        """The list of conversations, and what the browser keeps of it."""
        return {
            self._parts.past: past_html(history, session.id, request_language(request)),
            self._parts.kept: history.to_json(),
        }

    def whole(
        self, visit: Visit, session: Session, history: History, request: gr.Request
    ) -> Updates:
        """All of it."""
        return {
            self._parts.chat: self.messages(visit, session, request),
            self._parts.editing: "",
            **self.after_answer(visit, session, request),
            **self.past(session, history, request),
        }

    def welcome(self, request: gr.Request) -> str:
        """What stands in an empty chat."""
        language = request_language(request)
        loaded = bool(self._service.reports())
        return welcome_html(loaded, self._service.examples(language), language)

    def _scope(self, visit: Visit, session: Session, language: Language) -> Updates:
        said = words("ask", language)
        department, year = self._parts.department, self._parts.year
        scope = session.conversation.in_force()
        values = scopes.department_value(scope), scopes.year_value(scope)
        try:
            reports = self._service.reports()
        except Exception:  # the choices stay as they are; what went wrong is said elsewhere
            _log.exception("the reports cannot be listed")
            return {department: gr.skip(), year: gr.skip()}
        departments = scopes.department_choices(reports, scope, said["all_departments"])
        years = scopes.year_choices(reports, scope, said["all_years"])
        choices = (*departments, *years)
        if choices == visit.choices:
            return {department: values[0], year: values[1]}
        visit.choices = choices
        return {
            department: gr.update(choices=departments, value=values[0]),
            year: gr.update(choices=years, value=values[1]),
        }
