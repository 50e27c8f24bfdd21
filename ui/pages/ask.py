"""The chat: ask, read the answer, check its sources. What it shows is made in ``render``."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answer import Answer, Language
from ingest.errors import JixiaoError
from ui.context import PageContext, request_language
from ui.markup import reveal
from ui.render import Reports, answer_html, line_html, question_html
from ui.service import Conversation, FileResult, Service
from ui.sources import Turn, panel_html, reports_html, results_html
from ui.text import words

_log = logging.getLogger(__name__)
_EXAMPLES = 4
_REVEAL_STEPS = 20
_REVEAL_PAUSE = 0.02  # seconds; an answer is written out in well under one
_KEPT_TURNS = 20  # the panel holds the sources of so many answers
_LONGEST_QUESTION = 1000
# Gradio would scroll to the end of an answer; one reads from the question on.
_SHOW_QUESTION = """() => {
  const box = document.querySelector("#jx-chat .bubble-wrap");
  const row = [...(box?.querySelectorAll(".user-row") ?? [])].at(-1);
  if (row) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top;
}"""


@dataclass
class Session:
    """One visitor's open page."""

    conversation: Conversation | None = None
    messages: list[dict[str, str]] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)  # taken, not yet answered
    asked: int = 0

    def say(self, role: str, content: str) -> None:
        """Add a message, already escaped."""
        self.messages.append({"role": role, "content": content})


def build(context: PageContext) -> None:
    """The page over the service."""
    page = _Page(context.service)
    session = gr.State(None)
    with gr.Row(elem_id="jx-columns"):
        with gr.Column(scale=5, min_width=320, elem_id="jx-left"):
            chat = gr.Chatbot(
                label=context.label("chat"),
                show_label=False,
                height="70vh",
                layout="bubble",
                buttons=[],
                feedback_options=None,
                latex_delimiters=[],
                autoscroll=False,
                sanitize_html=True,
                elem_id="jx-chat",
            )
            with gr.Column(elem_id="jx-examples") as suggested:
                context.line("examples", "jx-faint")
                examples = [
                    gr.Button("", size="sm", visible=False, elem_classes="jx-example")
                    for _ in range(_EXAMPLES)
                ]
            with gr.Row(elem_id="jx-ask"):
                box = gr.Textbox(
                    label=context.label("question"),
                    placeholder=context.label("placeholder"),
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=5,
                    max_length=_LONGEST_QUESTION,
                    autofocus=True,
                    scale=6,
                    min_width=160,
                    elem_id="jx-question",
                )
                send = gr.Button(
                    context.label("send"),
                    variant="primary",
                    scale=0,
                    min_width=84,
                    elem_id="jx-send",
                )
            with gr.Row(elem_id="jx-below"):
                context.line("local", "jx-faint")
                new = gr.Button(
                    context.label("new"), size="sm", scale=0, min_width=96, elem_id="jx-new"
                )
        with gr.Column(scale=4, min_width=320, elem_id="jx-right"):
            sources = gr.HTML(elem_id="jx-panel", apply_default_css=False)
        # Last in reading order, first in sight on a wide screen: see style.css.
        with gr.Column(scale=0, min_width=250, elem_id="jx-reports-column"):
            context.line("reports", "jx-column-title")
            files = gr.File(
                label=context.label("upload"),
                file_count="multiple",
                height=130,
                elem_id="jx-upload",
            )
            results = gr.HTML(elem_id="jx-results", apply_default_css=False)
            reports = gr.HTML(elem_id="jx-reports", apply_default_css=False)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    start = [session, chat, sources, reports, suggested, *examples]
    context.app.load(page.start, None, start, **quiet)
    new.click(page.start, None, start, **quiet)
    chat.clear(page.start, None, start, **quiet)
    for trigger in (box.submit, send.click):
        # The box empties at once; the answer follows in its own event.
        pending = trigger(page.take, [box, session], [box, chat, suggested], **quiet)
        pending.then(None, js=_SHOW_QUESTION, **quiet)
        answered = pending.then(page.answer, session, [chat, sources], concurrency_limit=4, **quiet)
        answered.then(None, js=_SHOW_QUESTION, **quiet)
    for example in examples:
        pending = example.click(page.take_example, [example, session], [chat, suggested], **quiet)
        pending.then(None, js=_SHOW_QUESTION, **quiet)
        answered = pending.then(page.answer, session, [chat, sources], concurrency_limit=4, **quiet)
        answered.then(None, js=_SHOW_QUESTION, **quiet)
    files.upload(
        page.read,
        files,
        [results, files, reports, suggested, *examples],
        api_visibility="private",
        show_progress="full",
        show_progress_on=results,
        concurrency_limit=1,
    )


class _Page:
    """What happens on the page: each public method is one event."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def start(self, request: gr.Request) -> list[Any]:
        """An opened page or a new conversation."""
        language = request_language(request)
        session = Session(self._service.new_conversation())
        reports = self._service.reports()
        welcome = "welcome" if reports else "welcome_empty"
        return [
            session,
            gr.update(value=[], placeholder=line_html(words("ask", language)[welcome], "welcome")),
            panel_html([], language),
            reports_html(reports, language),
            *self._examples(language),
        ]

    def take(
        self, question: str, session: Session | None, request: gr.Request
    ) -> tuple[str, list[dict[str, str]], Any]:
        """A question from the box: show it at once, and that it is being looked up."""
        return ("", *self.take_example(question, session, request))

    def take_example(
        self, question: str, session: Session | None, request: gr.Request
    ) -> tuple[list[dict[str, str]], Any]:
        """A question from a button."""
        if session is None:  # the page lost its server; reloading starts a new conversation
            raise gr.Error(words("ask", request_language(request))["failed"])
        question = question.strip()[:_LONGEST_QUESTION]
        said = words("ask", request_language(request))
        if not question:
            return [*session.messages, _message(line_html(said["empty"], "hint"))], gr.skip()
        session.pending.append(question)
        session.say("user", question_html(question))
        waiting = _message(line_html(said["searching"], "pending"))
        return [*session.messages, waiting], gr.update(visible=False)

    def answer(
        self, session: Session | None, request: gr.Request
    ) -> Iterator[tuple[list[dict[str, str]] | Any, str | Any]]:
        """Answer the question that was taken: written out, then whole, with its sources."""
        language = request_language(request)
        if session is None or not session.pending:
            yield gr.skip(), gr.skip()
            return
        question = session.pending.pop(0)
        try:
            if session.conversation is None:
                session.conversation = self._service.new_conversation()
            answer = session.conversation.ask(question, None)
            reports = self._cited(answer)
        except JixiaoError as error:
            session.say("assistant", line_html(str(error), "error"))
            yield session.messages, gr.skip()
            return
        except Exception:
            _log.exception("a question was not answered")
            session.say("assistant", line_html(words("ask", language)["failed"], "error"))
            yield session.messages, gr.skip()
            return
        session.asked += 1
        turn = Turn(session.asked, answer, reports)
        session.turns = [*session.turns, turn][-_KEPT_TURNS:]
        for beginning in reveal(answer.answer, _REVEAL_STEPS):
            written = answer_html(answer, turn.number, reports, upto=beginning)
            yield [*session.messages, _message(written)], gr.skip()
            time.sleep(_REVEAL_PAUSE)
        session.say("assistant", answer_html(answer, turn.number, reports))
        yield session.messages, panel_html(session.turns, language)

    def read(
        self,
        paths: Sequence[str] | None,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  Gradio finds it by its default
    ) -> list[Any]:
        """Uploaded files: read them, say what became of each, list the reports anew."""
        language = request_language(request)
        said = words("ask", language)

        def report(done: int, total: int, name: str) -> None:
            progress((done, total), desc=f"{said['reading']} {name}", unit="")

        results: Sequence[FileResult] | None
        try:
            results = self._service.ingest_files([Path(path) for path in paths or ()], report)
            shown = results_html(results, language)
        except JixiaoError as error:
            shown = line_html(str(error), "error")
        except Exception:
            _log.exception("uploaded files were not read")
            shown = line_html(said["upload_failed"], "error")
        return [
            shown,
            None,
            reports_html(self._service.reports(), language),
            *self._examples(language),
        ]

    def _examples(self, language: Language) -> list[Any]:
        """The box of examples, and each of its buttons."""
        questions = list(self._service.examples(language))[:_EXAMPLES]
        return [
            gr.update(visible=bool(questions)),
            *(
                gr.update(value=questions[n], visible=True)
                if n < len(questions)
                else gr.update(visible=False)
                for n in range(_EXAMPLES)
            ),
        ]

    def _cited(self, answer: Answer) -> Reports:
        """The reports an answer cites; one removed meanwhile is simply not there."""
        found: Reports = {}
        for report_id in {report_id for report_id, _ in answer.passages.values()}:
            try:
                found[report_id] = self._service.report(report_id)
            except (KeyError, JixiaoError):
                _log.warning("report %s is cited but cannot be opened", report_id)
        return found


def _message(content: str) -> dict[str, str]:
    return {"role": "assistant", "content": content}
