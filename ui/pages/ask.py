"""The chat: ask, read the answer, check its sources. What happens is in ``ui.chat``."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.chat.events import Events, Parts
from ui.chat.opinion import opinion_form
from ui.chat.takeaway import takeaway_buttons
from ui.chat.uploads import Uploads
from ui.context import PageContext

_LONGEST_QUESTION = 1000
# Gradio would scroll to the end of an answer; one reads from the question on.
_SHOW_QUESTION = """() => {
  const box = document.querySelector("#jx-chat .bubble-wrap");
  const row = [...(box?.querySelectorAll(".user-row") ?? [])].at(-1);
  if (row) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top;
}"""
# Buttons inside messages reach the server through this element; see script/ask.js.
_LISTEN = "document.addEventListener('jx-do', (event) => trigger('click', event.detail))"
# A link's question is asked once, not again at every reload.
_FORGET_LINK = """() => {
  const url = new URL(location.href);
  if (!url.searchParams.has("q")) return;
  url.searchParams.delete("q");
  history.replaceState({}, "", url);
}"""


def build(context: PageContext) -> None:
    """The page over the service."""
    parts = Parts()
    events = Events(context.service, parts)
    uploads = Uploads(context.service)
    parts.session = gr.State(None)
    parts.kept = gr.BrowserState(None, storage_key="jixiao-conversations", secret="jixiao")
    doing = gr.HTML("", js_on_load=_LISTEN, visible="hidden", elem_id="jx-doing")
    with gr.Row(elem_id="jx-columns"):
        with gr.Column(scale=0, min_width=240, elem_id="jx-side"):
            files, results, reports = _side(context, parts)
        with gr.Column(scale=6, min_width=320, elem_id="jx-left"):
            _chat(context, parts, doing)
        with gr.Column(scale=5, min_width=320, elem_id="jx-right"):
            parts.sources = gr.HTML(elem_id="jx-panel", apply_default_css=False)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    everything = [value for value in vars(parts).values() if value is not None]
    answering = []

    def then_answer(taken: Any) -> Any:
        """What follows once a question is taken: the answer, and what may be asked next."""
        taken.then(None, js=_SHOW_QUESTION, **quiet)
        # While an answer is written out, which takes a moment, many others are too.
        written = taken.then(
            events.answer, parts.session, parts.chat, concurrency_limit=32, **quiet
        )
        answering.append(written)
        written.then(
            events.answered, [parts.session, parts.kept], everything, concurrency_limit=8, **quiet
        )
        return written.then(None, js=_SHOW_QUESTION, **quiet).then(
            events.follow, parts.session, parts.chat, concurrency_limit=2, **quiet
        )

    opened = context.app.load(events.start, parts.kept, everything, **quiet)
    opened.then(None, js=_FORGET_LINK, **quiet)
    then_answer(opened)
    listed = [reports, results]
    context.app.load(uploads.listed, None, listed, **quiet)
    parts.new.click(events.new, [parts.session, parts.kept], everything, **quiet)
    for trigger in (parts.box.submit, parts.send.click):
        then_answer(trigger(events.take, [parts.box, parts.session], everything, **quiet))
    then_answer(doing.click(events.do, [parts.session, parts.kept], everything, **quiet))
    parts.stop.click(events.stopped, parts.session, everything, cancels=answering, **quiet)
    for choice in (parts.department, parts.year):
        choice.input(events.set_scope, [parts.department, parts.year, parts.session], None, **quiet)
    files.upload(
        uploads.read,
        files,
        [results, files, reports],
        api_visibility="private",
        show_progress="full",
        show_progress_on=results,
        concurrency_limit=1,
    ).then(events.refreshed, [parts.session, parts.kept], everything, **quiet)


def _side(context: PageContext, parts: Parts) -> tuple[gr.UploadButton, gr.HTML, gr.HTML]:
    """Conversations before, and the reports that can be asked about."""
    parts.new = gr.Button(context.label("new"), elem_id="jx-new")
    parts.past = gr.HTML(elem_id="jx-past", apply_default_css=False)
    takeaway_buttons(context, parts.session)
    context.line("reports", "jx-side-title")
    files = gr.UploadButton(
        context.label("upload"), file_count="multiple", size="sm", elem_id="jx-upload"
    )
    results = gr.HTML(elem_id="jx-results", apply_default_css=False)
    reports = gr.HTML(elem_id="jx-reports", apply_default_css=False)
    return files, results, reports


def _chat(context: PageContext, parts: Parts, doing: gr.HTML) -> None:
    """Messages, then everything that one asks with."""
    context.line("side", "jx-narrow-bar")
    parts.chat = gr.Chatbot(
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
    opinion_form(context, parts.session, doing)
    with gr.Column(elem_id="jx-asking"):
        parts.editing = gr.HTML(
            context.label("editing"), visible=False, elem_id="jx-editing", apply_default_css=False
        )
        with gr.Row(elem_id="jx-ask"):
            parts.box = gr.Textbox(
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
            parts.send = gr.Button(
                context.label("send"), variant="primary", scale=0, min_width=84, elem_id="jx-send"
            )
            parts.stop = gr.Button(
                context.label("stop"), visible=False, scale=0, min_width=84, elem_id="jx-stop"
            )
        with gr.Row(elem_id="jx-scope"):
            context.line("scope", "jx-faint")
            parts.department = gr.Dropdown(
                [],
                label=context.label("department"),
                show_label=False,
                container=False,
                filterable=True,
                min_width=150,
                elem_id="jx-department",
            )
            parts.year = gr.Dropdown(
                [],
                label=context.label("year"),
                show_label=False,
                container=False,
                filterable=False,
                min_width=110,
                elem_id="jx-year",
            )
            context.line("keys", "jx-keys")
