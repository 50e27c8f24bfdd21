"""How well questions are answered: run the evaluation, see every miss, add questions."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import gradio as gr

from assistant.answer import Language
from assistant.service import Assistant
from eval.evaluation import Asked, by_reports, evaluate_sets, of_set
from eval.feedback import all_feedback
from eval.kept_sheet import append_questions
from eval.own import add_question, own_questions
from eval.questions import LabelledConversation, load_questions
from eval.sets import question_sets
from ingest.errors import JixiaoError
from ui.context import PageContext, request_language
from ui.downloads import download_button, fresh_path
from ui.listing import listing
from ui.opinions import opinions_html
from ui.render import line_html
from ui.scores import scores_html
from ui.text import words

_log = logging.getLogger(__name__)
_SETS = ("own", "open", "sheet")
_ADDED = ("answer", "unit", "year", "department", "source")


@dataclass
class Session:
    """One visitor's run; ``stop`` is set when they have seen enough."""

    stop: threading.Event = field(default_factory=threading.Event)


def build(context: PageContext) -> None:
    """The page over the service."""
    page = _Page(context)
    session = gr.State(None)
    with gr.Column(elem_id="jx-quality"):
        context.line("heading", "jx-heading")
        context.line("hint", "jx-faint")
        with gr.Row(elem_classes="jx-columns"):
            with gr.Column(scale=6, min_width=320):
                with gr.Column(elem_classes="jx-card"):
                    chosen = gr.Radio(
                        choices=[(context.label(name), name) for name in _SETS],
                        value="open",
                        label=context.label("set"),
                        elem_id="jx-set",
                    )
                    with gr.Column(visible=False) as sheet_part:
                        sheet = gr.File(
                            label=context.label("sheet_file"),
                            file_types=[".xlsx", ".csv"],
                            height=110,
                            elem_id="jx-sheet",
                        )
                        download_button(context, "template", page.template, [], "jx-template-file")
                    with gr.Row(elem_classes="jx-buttons"):
                        run = gr.Button(
                            context.label("run"), variant="primary", scale=0, min_width=140,
                            elem_id="jx-run",
                        )  # fmt: skip
                        stop = gr.Button(
                            context.label("stop"), scale=0, min_width=100, visible=False,
                            elem_id="jx-stop-run",
                        )  # fmt: skip
                result = gr.HTML(elem_id="jx-result", apply_default_css=False)
            with gr.Column(scale=4, min_width=320):
                with gr.Column(elem_classes="jx-card"):
                    context.line("add", "jx-column-title")
                    context.line("add_hint", "jx-faint")
                    question = gr.Textbox(
                        label=context.label("question"),
                        placeholder=context.label("question_example"),
                        lines=2,
                        max_length=1000,
                        elem_id="jx-new-question",
                    )
                    answer = gr.Textbox(
                        label=context.label("answer"),
                        placeholder=context.label("answer_example"),
                        max_length=1000,
                        elem_id="jx-new-answer",
                    )
                    with gr.Row():
                        unit = _short(context, "unit")
                        year = _short(context, "year")
                        department = _short(context, "department")
                    source = _short(context, "source")
                    save = gr.Button(
                        context.label("save"), scale=0, min_width=120, elem_id="jx-add-question"
                    )
                    added = gr.HTML(elem_id="jx-added", apply_default_css=False)
                context.line("kept", "jx-column-title")
                kept = listing("jx-kept")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    fields = [question, answer, unit, year, department, source]
    context.app.load(page.start, None, [session, chosen, result, kept], **quiet)
    chosen.change(lambda name: gr.update(visible=name == "sheet"), chosen, sheet_part, **quiet)
    began = run.click(page.begin, session, [session, run, stop, result], **quiet)
    ran = began.then(
        page.run,
        [chosen, sheet, session],
        result,
        api_visibility="private",
        show_progress="full",
        show_progress_on=result,
        concurrency_limit=1,
    )
    ran.then(page.ended, None, [run, stop], **quiet)
    stop.click(page.stop, session, stop, **quiet)
    save.click(page.add, fields, [added, kept, *fields], **quiet)
    kept.select(page.fill, None, question, **quiet)


def _short(context: PageContext, name: str) -> gr.Textbox:
    return gr.Textbox(
        label=context.label(name), max_lines=1, max_length=200, min_width=90,
        elem_id=f"jx-new-{name}",
    )  # fmt: skip


class _Page:
    """What happens on the page: each public method is one event."""

    def __init__(self, context: PageContext) -> None:
        self._service = cast(Assistant, context.service)

    def start(self, request: gr.Request) -> list[Any]:
        """The opened page."""
        language = request_language(request)
        said = words("quality", language)
        first = "own" if self._own() else "open"
        return [Session(), first, line_html(said["not_run"], "hint"), self._kept(language)]

    def begin(self, session: Session | None) -> list[Any]:
        """The run was asked for: it can be stopped from now on."""
        return [Session(), gr.update(visible=False), gr.update(visible=True, interactive=True), ""]

    def run(
        self,
        chosen: str,
        sheet: str | None,
        session: Session | None,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  Gradio finds it by its default
    ) -> str:
        """Ask every question of the chosen set, and show how that went."""
        language = request_language(request)
        said = words("quality", language)
        session = session or Session()

        def told(done: int, total: int, question: str) -> None:
            text = question if len(question) <= 40 else question[:40] + "…"
            progress((done, total), desc=said["asking"].format(question=text), unit="")

        try:
            loaded = _for_editors(self._service)
            asked = self._asked(chosen, sheet, loaded)
            if not asked:
                name = "no_own" if chosen == "own" else "no_sheet"
                return line_html(said[name], "hint")
            progress(0.0, desc=said["reading"])
            card = evaluate_sets(asked, progress=told, stopped=session.stop.is_set)
        except JixiaoError as error:
            return line_html(str(error), "error")
        except Exception:
            _log.exception("the evaluation failed")
            return line_html(said["failed"], "error")
        return scores_html(card, language)

    def ended(self) -> list[Any]:
        """The run is over, one way or another."""
        return [gr.update(visible=True), gr.update(visible=False)]

    def stop(self, session: Session | None, request: gr.Request) -> Any:
        """No further question is asked."""
        if session is not None:
            session.stop.set()
        text = words("quality", request_language(request))["stopping"]
        return gr.update(value=text, interactive=False)

    def add(
        self,
        question: str,
        answer: str,
        unit: str,
        year: str,
        department: str,
        source: str,
        request: gr.Request,
    ) -> list[Any]:
        """A question with its right answer is kept with the store."""
        language = request_language(request)
        said = words("quality", language)
        values = dict(zip(_ADDED, (answer, unit, year, department, source), strict=True))
        unchanged = [gr.skip()] * 7
        if not question.strip():
            return [line_html(said["no_question"], "error"), *unchanged]
        if not answer.strip():
            return [line_html(said["no_answer"], "error"), *unchanged]
        try:
            store = _for_editors(self._service).store
            made = add_question(store.folder, question, values)
        except JixiaoError as error:
            text = said["bad_year"] if "year" in str(error) else str(error)
            return [line_html(text, "error"), *unchanged]
        done = line_html(said["added"].format(question=made.turns[0].question), "done")
        return [done, self._kept(language), *[""] * 6]

    def fill(self, event: gr.EventData) -> str | Any:
        """Feedback without a right answer: its question goes into the form."""
        items = all_feedback(self._service.store.folder)
        number = str(event._data.get("value", ""))
        if not number.isdigit() or int(number) >= len(items):
            return gr.skip()
        return items[int(number)].turns[-1]

    def template(self, request: gr.Request) -> str:
        """A sheet of questions to go on with: the store's own, or an empty one."""
        path = fresh_path("jixiao-questions.xlsx")
        append_questions(path, self._own(), request_language(request))
        return str(path)

    def _asked(self, chosen: str, sheet: str | None, loaded: Assistant) -> Sequence[Asked]:
        """The open labelled sets that are here, or questions about what is loaded."""
        if chosen == "open":
            return [of_set(s) for s in question_sets() if s.available and not s.kept]
        questions = self._own() if chosen == "own" else load_questions(Path(sheet)) if sheet else []
        return by_reports(questions, loaded=loaded)

    def _own(self) -> list[LabelledConversation]:
        return own_questions(self._service.store.folder)

    def _kept(self, language: Language) -> str:
        folder = self._service.store.folder
        return opinions_html(len(self._own()), all_feedback(folder), language)


def _for_editors(service: Assistant) -> Assistant:
    """The assistant itself: an evaluation is neither counted nor logged question by question.

    Raises:
        JixiaoError: whoever is there may not.
    """
    open_up = getattr(service, "for_editors", None)
    return cast(Assistant, open_up()) if open_up else service
