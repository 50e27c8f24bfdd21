"""The chat: ask, read the answer, check its sources. What happens is in ``ui.chat``."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.chat.conversations import LONGEST_QUESTION
from ui.chat.events import Events
from ui.chat.opinion import opinion_form
from ui.chat.shown import Parts
from ui.chat.takeaway import takeaway_buttons
from ui.chat.uploads import Uploads
from ui.chat.visit import Visit
from ui.context import PageContext

# Buttons inside messages reach the server through elements of their own; see script/ask.js.
_LISTEN = "document.addEventListener('jx-{to}', (event) => trigger('click', event.detail))"
# What was typed is handed on, and the box is empty for what comes next.
_HAND_ON = "(typed) => [typed, '', '']"
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
    parts.visit = gr.State(Visit())
    parts.kept = gr.BrowserState(None, storage_key="jixiao-conversations", secret="jixiao")
    parts.asked = gr.Textbox(visible=False)
    asking, judging, doing = (_buttons(to) for to in ("asking", "judging", "doing"))
    with gr.Row(elem_id="jx-columns"):
        with gr.Column(scale=0, min_width=240, elem_id="jx-side"):
            files, results, reports = _side(context, parts)
        with gr.Column(scale=6, min_width=320, elem_id="jx-left"):
            send, stop = _chat(context, parts, judging)
        with gr.Column(scale=5, min_width=320, elem_id="jx-right"):
            parts.sources = gr.HTML(elem_id="jx-panel", apply_default_css=False)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    page = [parts.visit, parts.kept]
    after = [parts.chat, parts.sources, parts.department, parts.year, parts.past, parts.kept]
    whole = [*after, parts.editing, parts.box]

    def answered_by(trigger: Any, ask: Any, inputs: list[Any]) -> None:
        """An event that asks: the answer is written out, then what belongs to it follows."""
        # Also while another one is on its way, which Gradio would else let fall.
        always: dict[str, Any] = {**quiet, "trigger_mode": "multiple"}
        # While an answer is written out, which takes a moment, many others are too.
        written = trigger(ask, inputs, parts.chat, concurrency_limit=64, **always)
        written.then(events.after, page, after, concurrency_limit=16, **always)

    opened = context.app.load(events.start, page, [*whole, parts.visit], **quiet)
    answered_by(opened.then(None, js=_FORGET_LINK, **quiet).then, events.linked, page)
    listed = [reports, results]
    context.app.load(uploads.listed, None, listed, **quiet)
    parts.new.click(events.new, page, whole, **quiet)
    for trigger in (parts.box.submit, send.click):
        handed = trigger(
            None,
            parts.box,
            [parts.asked, parts.box, parts.editing],
            js=_HAND_ON,
            trigger_mode="multiple",
            **quiet,
        )
        answered_by(handed.then, events.ask, [parts.asked, *page])
    asking.click(None, None, parts.editing, js="() => ''", **quiet)
    answered_by(asking.click, events.chosen, page)
    doing.click(events.do, page, whole, **quiet)
    stop.click(events.stopped, parts.visit, parts.chat, **quiet).then(
        events.after, page, after, **quiet
    )
    for choice in (parts.department, parts.year):
        choice.input(events.set_scope, [parts.department, parts.year, parts.visit], None, **quiet)
    files.upload(
        uploads.read,
        files,
        [results, files, reports],
        api_visibility="private",
        show_progress="full",
        show_progress_on=results,
        concurrency_limit=1,
    ).then(events.refreshed, page, [*whole, parts.visit], **quiet)


def _buttons(to: str) -> gr.HTML:
    """What listens to the buttons inside messages that are for ``to``."""
    listen = _LISTEN.format(to=to)
    return gr.HTML("", js_on_load=listen, visible="hidden", elem_id=f"jx-{to}-buttons")


def _side(context: PageContext, parts: Parts) -> tuple[gr.UploadButton, gr.HTML, gr.HTML]:
    """Conversations before, and the reports that can be asked about."""
    parts.new = gr.Button(context.label("new"), elem_id="jx-new")
    parts.past = gr.HTML(elem_id="jx-past", apply_default_css=False)
    takeaway_buttons(context, parts.visit)
    context.line("reports", "jx-side-title")
    files = gr.UploadButton(
        context.label("upload"), file_count="multiple", size="sm", elem_id="jx-upload"
    )
    results = gr.HTML(elem_id="jx-results", apply_default_css=False)
    reports = gr.HTML(elem_id="jx-reports", apply_default_css=False)
    return files, results, reports


def _chat(context: PageContext, parts: Parts, judging: gr.HTML) -> tuple[gr.Button, gr.Button]:
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
    opinion_form(context, parts.visit, judging)
    with gr.Column(elem_id="jx-asking"):
        parts.editing = gr.HTML(elem_id="jx-editing", apply_default_css=False)
        with gr.Row(elem_id="jx-ask"):
            parts.box = gr.Textbox(
                label=context.label("question"),
                placeholder=context.label("placeholder"),
                show_label=False,
                container=False,
                lines=1,
                max_lines=5,
                max_length=LONGEST_QUESTION,
                autofocus=True,
                scale=6,
                min_width=160,
                elem_id="jx-question",
            )
            # Which of the two is shown follows from the chat; see style/chat.css.
            send = gr.Button(
                context.label("send"), variant="primary", scale=0, min_width=84, elem_id="jx-send"
            )
            stop = gr.Button(context.label("stop"), scale=0, min_width=84, elem_id="jx-stop")
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
    return send, stop
