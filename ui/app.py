"""The web page: layout and wiring. What it shows is made in ``render`` and ``sources``."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Read by Gradio and its hub client when they are imported: no request leaves the machine.
for _name, _value in {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}.items():
    os.environ[_name] = _value

import gradio as gr  # noqa: E402

from assistant.answer import Answer, Language  # noqa: E402
from ingest.errors import JixiaoError  # noqa: E402
from ui.markup import reveal  # noqa: E402
from ui.render import Reports, answer_html, line_html, question_html  # noqa: E402
from ui.service import Conversation, FileResult, Service  # noqa: E402
from ui.sources import Turn, panel_html, reports_html, results_html  # noqa: E402
from ui.text import ANSWER, LABELS, PANEL, browser_language  # noqa: E402
from ui.theme import theme  # noqa: E402

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent
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

_I18N = gr.I18n(**{str(language): words for language, words in LABELS.items()})


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


def build_app(service: Service) -> gr.Blocks:
    """The page over ``service``."""
    page = _Page(service)
    with gr.Blocks(title=_I18N("title"), analytics_enabled=False, fill_width=True) as app:
        session = gr.State(None)
        with gr.Column(elem_id="jx-page"):
            with gr.Column(elem_id="jx-header"):
                _words("title", "jx-title")
                _words("tagline", "jx-tagline")
            with gr.Row(elem_id="jx-columns"):
                with gr.Column(scale=5, min_width=320, elem_id="jx-left"):
                    chat = gr.Chatbot(
                        label=_I18N("chat"),
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
                        _words("examples", "jx-faint")
                        examples = [
                            gr.Button("", size="sm", visible=False, elem_classes="jx-example")
                            for _ in range(_EXAMPLES)
                        ]
                    with gr.Row(elem_id="jx-ask"):
                        box = gr.Textbox(
                            label=_I18N("question"),
                            placeholder=_I18N("placeholder"),
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
                            _I18N("send"),
                            variant="primary",
                            scale=0,
                            min_width=84,
                            elem_id="jx-send",
                        )
                    with gr.Row(elem_id="jx-below"):
                        _words("local", "jx-faint")
                        new = gr.Button(
                            _I18N("new"), size="sm", scale=0, min_width=96, elem_id="jx-new"
                        )
                with gr.Column(scale=4, min_width=320, elem_id="jx-right"):
                    sources = gr.HTML(elem_id="jx-panel", apply_default_css=False)
                # Last in reading order, first in sight on a wide screen: see style.css.
                with gr.Column(scale=0, min_width=250, elem_id="jx-reports-column"):
                    _words("reports", "jx-column-title")
                    files = gr.File(
                        label=_I18N("upload"),
                        file_count="multiple",
                        height=130,
                        elem_id="jx-upload",
                    )
                    results = gr.HTML(elem_id="jx-results", apply_default_css=False)
                    reports = gr.HTML(elem_id="jx-reports", apply_default_css=False)

        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        start = [session, chat, sources, reports, suggested, *examples]
        app.load(page.start, None, start, **quiet)
        new.click(page.start, None, start, **quiet)
        chat.clear(page.start, None, start, **quiet)
        for trigger in (box.submit, send.click):
            # The box empties at once; the answer follows in its own event.
            pending = trigger(page.take, [box, session], [box, chat, suggested], **quiet)
            pending.then(None, js=_SHOW_QUESTION, **quiet)
            answered = pending.then(
                page.answer, session, [chat, sources], concurrency_limit=4, **quiet
            )
            answered.then(None, js=_SHOW_QUESTION, **quiet)
        for example in examples:
            pending = example.click(
                page.take_example, [example, session], [chat, suggested], **quiet
            )
            pending.then(None, js=_SHOW_QUESTION, **quiet)
            answered = pending.then(
                page.answer, session, [chat, sources], concurrency_limit=4, **quiet
            )
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
    return app


def serve(
    service: Service,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    open_browser: bool = False,
    block: bool = True,
) -> gr.Blocks:
    """Serve the page over ``service``; with ``block`` until it is interrupted.

    Raises ``JixiaoError`` where the address cannot be used.
    """
    # A company proxy must not stand between the server and its own check that it is up.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1,localhost"]))
    app = build_app(service)
    try:
        app.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            share=False,
            prevent_thread_lock=not block,
            show_error=False,
            quiet=True,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            max_file_size="200mb",
            favicon_path=str(_HERE / "icon.svg"),
            i18n=_I18N,
            theme=theme(),
            css_paths=_HERE / "style.css",
            js=(_HERE / "page.js").read_text(encoding="utf-8"),
        )
    except OSError as error:
        # Gradio's own words speak of its settings, not of ours.
        raise JixiaoError(
            f"{host}:{port}: the page cannot be served there, something else may be using it; "
            "choose another --port"
        ) from error
    return app


class _Page:
    """What happens on the page: each public method is one event."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def start(self, request: gr.Request) -> list[Any]:
        """An opened page or a new conversation."""
        language = _language(request)
        session = Session(self._service.new_conversation())
        reports = self._service.reports()
        welcome = "welcome" if reports else "welcome_empty"
        return [
            session,
            gr.update(value=[], placeholder=line_html(LABELS[language][welcome], "welcome")),
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
            raise gr.Error(ANSWER[_language(request)]["failed"])
        question = question.strip()[:_LONGEST_QUESTION]
        words = ANSWER[_language(request)]
        if not question:
            return [*session.messages, _message(line_html(words["empty"], "hint"))], gr.skip()
        session.pending.append(question)
        session.say("user", question_html(question))
        waiting = _message(line_html(words["searching"], "pending"))
        return [*session.messages, waiting], gr.update(visible=False)

    def answer(
        self, session: Session | None, request: gr.Request
    ) -> Iterator[tuple[list[dict[str, str]] | Any, str | Any]]:
        """Answer the question that was taken: written out, then whole, with its sources."""
        language = _language(request)
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
            session.say("assistant", line_html(ANSWER[language]["failed"], "error"))
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
        language = _language(request)
        words = PANEL[language]

        def report(done: int, total: int, name: str) -> None:
            progress((done, total), desc=f"{words['reading']} {name}", unit="")

        results: Sequence[FileResult] | None
        try:
            results = self._service.ingest_files([Path(path) for path in paths or ()], report)
            shown = results_html(results, language)
        except JixiaoError as error:
            shown = line_html(str(error), "error")
        except Exception:
            _log.exception("uploaded files were not read")
            shown = line_html(words["upload_failed"], "error")
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


def _words(key: str, look: str) -> gr.HTML:
    """A line of the page's own words, in the browser's language."""
    return gr.HTML(_I18N(key), elem_classes=look, apply_default_css=False)


def _message(content: str) -> dict[str, str]:
    return {"role": "assistant", "content": content}


def _language(request: gr.Request) -> Language:
    return browser_language(request.headers.get("accept-language"))
