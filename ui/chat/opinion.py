"""What a reader says of an answer: 👍, 👎, a comment, what it should have been."""

from __future__ import annotations

import logging
from typing import Any, cast

import gradio as gr

from assistant.service import Assistant
from eval.feedback import add_feedback, feedback_on
from ingest.errors import JixiaoError
from ui.chat.session import Session
from ui.chat.visit import Visit
from ui.context import PageContext, request_language
from ui.render import line_html
from ui.text import words

_log = logging.getLogger(__name__)
_ABOUT = "opinion"


def opinion_form(context: PageContext, visit: gr.State, judging: gr.HTML) -> None:
    """The form below the answers; it opens when 👍 or 👎 under one of them is clicked."""
    form = _Form(context)
    judged = gr.State(None)  # number of the answer, and whether it was right
    with gr.Column(visible=False, elem_id="jx-opinion", elem_classes="jx-card") as column:
        said = gr.HTML(apply_default_css=False)
        with gr.Row():
            comment = gr.Textbox(
                label=context.label("comment", _ABOUT), max_length=2000, scale=3, min_width=180,
                elem_id="jx-opinion-comment",
            )  # fmt: skip
            expected = gr.Textbox(
                label=context.label("expected", _ABOUT),
                placeholder=context.label("expected_example", _ABOUT),
                max_length=500, scale=3, min_width=180,
                elem_id="jx-opinion-expected",
            )  # fmt: skip
            unit = gr.Textbox(
                label=context.label("unit", _ABOUT), max_length=20, scale=1, min_width=80,
                elem_id="jx-opinion-unit",
            )  # fmt: skip
        with gr.Row(elem_classes="jx-buttons"):
            send = gr.Button(
                context.label("send", _ABOUT), variant="primary", size="sm", scale=0,
                min_width=90, elem_id="jx-opinion-send",
            )  # fmt: skip
            close = gr.Button(
                context.label("close", _ABOUT), size="sm", scale=0, min_width=90,
                elem_id="jx-opinion-close",
            )  # fmt: skip
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    fields = [comment, expected, unit, send]
    shown = [judged, column, said, *fields]
    judging.click(form.judge, visit, shown, **quiet)
    send.click(form.send, [visit, judged, comment, expected, unit], shown, **quiet)
    close.click(lambda: gr.update(visible=False), None, column, **quiet)


class _Form:
    """The form's behaviour: each public method is one event."""

    def __init__(self, context: PageContext) -> None:
        self._service = cast(Assistant, context.service)

    def judge(self, visit: Visit, request: gr.Request, event: gr.EventData) -> list[Any]:
        """👍 is kept at once; 👎 asks what is wrong."""
        session = visit.session
        asked = event._data if isinstance(event._data, dict) else {}
        what, numbers = asked.get("do"), asked.get("numbers", [])
        if what not in ("right", "wrong") or session is None or not numbers:
            return [gr.skip()] * 7
        number, right = int(numbers[0]), what == "right"
        said = words(_ABOUT, request_language(request))
        question = self._question(session, number)
        if question is None:
            return [gr.skip()] * 7
        if right and (problem := self._keep(session, number, request, right=True)):
            return self._told(line_html(problem, "error"))
        text = said["thanks" if right else "what"].format(question=question)
        asks = gr.update(value="", visible=not right)
        return [(number, right), gr.update(visible=True), line_html(text, "hint"),
                gr.update(value="", visible=True), asks, asks,
                gr.update(visible=True)]  # fmt: skip

    def send(
        self,
        visit: Visit,
        judged: tuple[int, bool] | None,
        comment: str | None,  # None of a field that is not shown
        expected: str | None,
        unit: str | None,
        request: gr.Request,
    ) -> list[Any]:
        """The comment, and what the answer should have been, are kept."""
        session, said = visit.session, words(_ABOUT, request_language(request))
        if session is None or judged is None:
            return self._told(line_html(said["failed"], "error"))
        number, right = judged
        problem = self._keep(
            session,
            number,
            request,
            right=right,
            comment=comment or "",
            expected=expected or "",
            unit=unit or "",
        )
        if problem:  # what was typed stays
            return [gr.skip(), gr.skip(), line_html(problem, "error"), *[gr.skip()] * 4]
        return self._told(line_html(said["kept"], "done"))

    def _keep(
        self, session: Session, number: int, request: gr.Request, *, right: bool, **said: str
    ) -> str | None:
        """Keep a verdict; what went wrong, if anything did."""
        answer = session.entries[number - 1].answer
        if answer is None:
            return words(_ABOUT, request_language(request))["failed"]
        before = [entry.question for entry in session.entries[: number - 1]]
        try:
            folder = self._service.store.folder
            judged = feedback_on(answer, right, before=before, user=request.username, **said)
            add_feedback(folder, judged)
        except JixiaoError as error:
            return str(error)
        except Exception:
            _log.exception("feedback was not kept")
            return words(_ABOUT, request_language(request))["failed"]
        return None

    def _question(self, session: Session, number: int) -> str | None:
        if not 1 <= number <= len(session.entries):
            return None
        entry = session.entries[number - 1]
        return entry.question if entry.answer is not None else None

    def _told(self, line: str) -> list[Any]:
        """Only a line, and the button to close it."""
        hidden = gr.update(value="", visible=False)
        return [None, gr.update(visible=True), line, hidden, hidden, hidden,
                gr.update(visible=False)]  # fmt: skip
