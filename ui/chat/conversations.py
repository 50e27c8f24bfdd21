"""The conversations that pages show: begun, found again, or asked anew."""

from __future__ import annotations

import logging

import gradio as gr

from assistant.answer import Answer
from assistant.conversation import State
from ingest.errors import JixiaoError
from ui.chat.history import History, Memory, Past, to_repeat
from ui.chat.session import Entry, Session
from ui.context import request_language
from ui.render import Reports, line_html
from ui.service import Service
from ui.text import words

LONGEST_QUESTION = 1000
_MOST_LINKED = 5  # questions that a link may ask
_log = logging.getLogger(__name__)


class Conversations:
    """Those of all visitors; each is found only by whom it belongs to."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._memory = Memory()

    def new(self) -> Session:
        """An empty one."""
        return Session(self._service.new_conversation)

    def first(self, history: History, request: gr.Request) -> Session:
        """What an opened page shows: the questions of a link, or what was open last."""
        linked = str(request.query_params.get("q") or "").strip()
        if not linked:
            return self.reopened(history, history.current, request)
        session = self.new()
        *before, last = (q.strip()[:LONGEST_QUESTION] for q in linked.split("\n")[-_MOST_LINKED:])
        for question in filter(None, before):
            self._answer_at_once(session, question, request)
        if last:
            session.take(last)
        return session

    def reopened(self, history: History, conversation: str | None, request: gr.Request) -> Session:
        """A conversation as it is, or asked anew where the server no longer has it.

        Two pages that show one conversation show the same: what is asked on one of them
        stands on the other as soon as anything happens there.
        """
        past = history.find(conversation)
        if past is None:
            return self.new()
        return self._memory.find(visitor(request), past.id) or self._asked_anew(past, request)

    def remember(self, session: Session, history: History, request: gr.Request) -> History:
        """Keep a conversation; what the browser is to keep of this and its others."""
        if session.entries:
            self._memory.keep(visitor(request), history.browser, session)
        return history.having(session, self._memory.of(visitor(request), history.browser))

    def forget(self, session: Session, history: History, request: gr.Request) -> History:
        """Forget all of a browser's conversations but one."""
        self._memory.forget(visitor(request), history.browser, session.id)
        return History(session.id, browser=history.browser).having(session)

    def found(
        self, session: Session, entry: Entry, request: gr.Request, *, again: bool = False
    ) -> tuple[Answer, Reports, State] | str:
        """The answer to a question with the reports it cites, or the line that stands instead.

        Asked ``again`` it is not counted against what a visitor may ask.
        """
        try:
            answer, state = session.answer(entry, again=again)
            return answer, self._cited(answer), state
        except JixiaoError as error:
            return line_html(str(error), "error")
        except Exception:
            _log.exception("a question was not answered")
            return line_html(words("ask", request_language(request))["failed"], "error")

    def _asked_anew(self, past: Past, request: gr.Request) -> Session:
        session = Session(self._service.new_conversation, past.id)
        problem = ""
        for number, (question, departments, year) in enumerate(to_repeat(past)):
            if session.conversation.in_force() != (departments, year):
                session.conversation.set_scope(departments, year)
            if problem:
                session.settle(session.take(question), line=problem)
                continue
            # A conversation counts as one question, however long it is.
            found = self._answer_at_once(session, question, request, again=number > 0)
            problem = found if isinstance(found, str) and number == 0 else ""
        return session

    def _answer_at_once(
        self, session: Session, question: str, request: gr.Request, *, again: bool = False
    ) -> tuple[Answer, Reports, State] | str:
        entry = session.take(question)
        found = self.found(session, entry, request, again=again)
        if isinstance(found, str):
            session.settle(entry, line=found)
        else:
            answer, reports, state = found
            session.settle(entry, state, answer=answer, reports=reports)
        return found

    def _cited(self, answer: Answer) -> Reports:
        """The reports an answer cites; one removed meanwhile is simply not there."""
        found: Reports = {}
        for report_id in {report_id for report_id, _ in answer.passages.values()}:
            try:
                found[report_id] = self._service.report(report_id)
            except (KeyError, JixiaoError):
                _log.warning("report %s is cited but cannot be opened", report_id)
        return found


def visitor(request: gr.Request) -> str | None:
    """The name of who is logged in, where anyone is."""
    return getattr(request, "username", None)
