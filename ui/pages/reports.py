"""The loaded reports: add, look through, remove, export."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import gradio as gr

from assistant.answer import Language
from assistant.exporting import export
from assistant.service import Assistant
from ingest.errors import JixiaoError
from ingest.pipeline import Outcome
from ingest.report import Report
from ui.context import PageContext, request_language
from ui.downloads import download_button, fresh_path
from ui.listing import listing
from ui.names import report_names
from ui.render import line_html
from ui.report_list import loaded_html, outcomes_html, reports_of
from ui.report_view import report_html
from ui.text import words

_log = logging.getLogger(__name__)
_KEPT_S = 3600  # how long what was read waits to be loaded
_SHOW = """() => document.querySelector('#jx-view')?.scrollIntoView({ block: 'nearest' })"""


@dataclass
class Session:
    """What one visitor has read and not yet loaded, and what they look at."""

    outcomes: list[Outcome] = field(default_factory=list)
    looking_at: str | None = None  # id of a loaded report


def build(context: PageContext) -> None:
    """The page over the service."""
    page = _Page(context)
    session = gr.State(None, time_to_live=_KEPT_S)
    with gr.Column(elem_id="jx-reports-page"):
        context.line("heading", "jx-heading")
        with gr.Row(elem_classes="jx-columns"):
            with gr.Column(scale=6, min_width=320):
                with gr.Column(elem_classes="jx-card"):
                    context.line("add", "jx-column-title")
                    context.line("add_hint", "jx-faint")
                    context.line("kinds", "jx-faint")
                    files = gr.File(
                        label=context.label("files"),
                        show_label=False,
                        file_count="multiple",
                        height=120,
                        elem_id="jx-files",
                    )
                    said = gr.HTML(elem_id="jx-said", apply_default_css=False)
                    with gr.Column(visible=False, elem_id="jx-read") as read:
                        outcomes = listing("jx-outcomes")
                        with gr.Row(elem_classes="jx-buttons"):
                            keep = gr.Button(
                                "", variant="primary", scale=0, min_width=160, elem_id="jx-keep"
                            )
                            discard = gr.Button(
                                context.label("discard"), scale=0, min_width=100,
                                elem_id="jx-discard",
                            )  # fmt: skip
                context.line("loaded", "jx-column-title")
                with gr.Row(elem_classes="jx-buttons"):
                    search = gr.Textbox(
                        label=context.label("search"),
                        placeholder=context.label("search_hint"),
                        max_lines=1,
                        scale=3,
                        min_width=200,
                        elem_id="jx-find",
                    )
                    download_button(context, "export", page.workbook, [], "jx-export-file")
                loaded = listing("jx-loaded")
            with gr.Column(scale=5, min_width=320, elem_classes="jx-side"):
                remove = gr.Button(
                    context.label("remove"), scale=0, visible=False, elem_id="jx-remove"
                )
                with gr.Column(visible=False, elem_id="jx-sure", elem_classes="jx-card") as sure:
                    question = gr.HTML(apply_default_css=False)
                    with gr.Row(elem_classes="jx-buttons"):
                        yes = gr.Button(
                            context.label("remove_yes"), variant="stop", scale=0, min_width=120,
                            elem_id="jx-remove-yes",
                        )  # fmt: skip
                        no = gr.Button(
                            context.label("remove_no"), scale=0, min_width=120,
                            elem_id="jx-remove-no",
                        )  # fmt: skip
                view = gr.HTML(elem_id="jx-view", apply_default_css=False)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    shown = [view, remove, sure]
    context.app.load(page.start, None, [session, loaded, *shown], **quiet)
    files.upload(
        page.read,
        [files, session],
        [session, files, said, read, outcomes, keep],
        api_visibility="private",
        show_progress="full",
        show_progress_on=said,
        concurrency_limit=1,
    )
    keep.click(
        page.keep,
        [session, search],
        [session, said, read, loaded, *shown],
        api_visibility="private",
        show_progress="full",
        show_progress_on=said,
    )
    discard.click(page.discard, session, [session, said, read, *shown], **quiet)
    search.change(page.find, search, loaded, trigger_mode="always_last", **quiet)
    for listed in (outcomes, loaded):
        looked = listed.select(page.look, session, [session, *shown], **quiet)
        looked.then(None, js=_SHOW, api_visibility="private")
    remove.click(page.ask, session, [question, sure], **quiet)
    no.click(lambda: gr.update(visible=False), None, sure, **quiet)
    yes.click(page.remove, [session, search], [session, said, loaded, *shown], **quiet)


class _Page:
    """What happens on the page: each public method is one event."""

    def __init__(self, context: PageContext) -> None:
        self._service = cast(Assistant, context.service)

    def start(self, request: gr.Request) -> list[Any]:
        """The opened page."""
        language = request_language(request)
        return [Session(), self._loaded("", language), *self._nothing(language)]

    def find(self, text: str, request: gr.Request) -> str:
        """The reports that a few words find."""
        return self._loaded(text, request_language(request))

    def read(
        self,
        paths: Sequence[str] | None,
        session: Session | None,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  Gradio finds it by its default
    ) -> list[Any]:
        """Chosen files are read, and shown before anything is stored."""
        language = request_language(request)
        said = words("reports", language)
        session = session or Session()

        def report(done: int, total: int, name: str) -> None:
            progress((done, total), desc=said["reading"].format(name=name), unit="")

        try:
            session.outcomes = self._service.read_ahead([Path(p) for p in paths or ()], report)
        except JixiaoError as error:
            failed = line_html(str(error), "error")
            return [session, None, failed, gr.update(visible=False), "", gr.skip()]
        except Exception:
            _log.exception("chosen files were not read")
            failed = line_html(said["failed"], "error")
            return [session, None, failed, gr.update(visible=False), "", gr.skip()]
        count = len(reports_of(session.outcomes))
        label = said["keep_one"] if count == 1 else said["keep"].format(count=count)
        return [
            session,
            None,
            "",
            gr.update(visible=True),
            outcomes_html(session.outcomes, language),
            gr.update(value=label, visible=count > 0),
        ]

    def keep(self, session: Session | None, text: str, request: gr.Request) -> list[Any]:
        """What was read is stored."""
        language = request_language(request)
        said = words("reports", language)
        reports = reports_of(session.outcomes) if session else []
        if session is None or not reports:
            gone = line_html(said["gone"], "error")
            return [session or Session(), gone, gr.update(visible=False),
                    *[gr.skip()] * 4]  # fmt: skip
        try:
            results = self._service.keep(reports)
        except JixiaoError as error:
            return [session, line_html(str(error), "error"), *[gr.skip()] * 5]
        except Exception:
            _log.exception("reports were not stored")
            return [session, line_html(said["failed"], "error"), *[gr.skip()] * 5]
        same = results.count("unchanged")
        lines = [said["kept"].format(count=len(results) - same)] if len(results) > same else []
        lines += [said["unchanged"].format(count=same)] if same else []
        return [
            Session(),
            line_html("\n".join(lines), "done"),
            gr.update(visible=False),
            self._loaded(text, language),
            *self._nothing(language),
        ]

    def discard(self, session: Session | None, request: gr.Request) -> list[Any]:
        """What was read is forgotten."""
        language = request_language(request)
        said = line_html(words("reports", language)["discarded"], "hint")
        return [Session(), said, gr.update(visible=False), *self._nothing(language)]

    def look(self, session: Session | None, request: gr.Request, event: gr.EventData) -> list[Any]:
        """A report of one of the lists is shown as it was read."""
        language = request_language(request)
        session = session or Session()
        which = str(event._data.get("value", ""))
        report, stored = self._report(which, session)
        session.looking_at = report.id if report and stored else None
        if report is None:
            gone = line_html(words("reports", language)["gone"], "error")
            return [session, gone, gr.update(visible=False), gr.update(visible=False)]
        shown = report_html(report, language, stored=stored)
        return [session, shown, gr.update(visible=stored), gr.update(visible=False)]

    def ask(self, session: Session | None, request: gr.Request) -> list[Any]:
        """Before a report is removed, its name is asked back."""
        language = request_language(request)
        name = self._name(session.looking_at if session else None, language)
        if name is None:
            return [gr.skip(), gr.update(visible=False)]
        text = words("reports", language)["remove_sure"].format(name=name)
        return [line_html(text, "sure"), gr.update(visible=True)]

    def remove(self, session: Session | None, text: str, request: gr.Request) -> list[Any]:
        """The report that is shown is removed."""
        language = request_language(request)
        said = words("reports", language)
        name = self._name(session.looking_at if session else None, language)
        if session is None or session.looking_at is None or name is None:
            told = line_html(said["gone"], "error")
        else:
            try:
                self._service.store.remove(session.looking_at)
                told = line_html(said["removed"].format(name=name), "done")
            except JixiaoError as error:
                told = line_html(str(error), "error")
        kept = Session(session.outcomes if session else [])
        return [kept, told, self._loaded(text, language), *self._nothing(language)]

    def workbook(self, request: gr.Request) -> str:
        """Every figure and indicator of the loaded reports as a file."""
        infos = self._service.reports()
        if not infos:
            raise JixiaoError(words("reports", request_language(request))["none"])
        path = fresh_path("jixiao-figures.xlsx")
        export([self._service.report(info.id) for info in infos], path)
        return str(path)

    def _loaded(self, text: str, language: Language) -> str:
        return loaded_html(self._service.reports(), text or "", language)

    def _nothing(self, language: Language) -> list[Any]:
        """Nothing is looked through."""
        hint = line_html(words("reports", language)["choose"], "hint")
        shown = hint if self._service.reports() else ""
        return [shown, gr.update(visible=False), gr.update(visible=False)]

    def _report(self, which: str, session: Session) -> tuple[Report | None, bool]:
        """The report of a button, and whether it is stored."""
        kind, _, number = which.partition("-")
        if kind == "read" and number.isdigit():
            reports = reports_of(session.outcomes)
            return (reports[int(number)] if int(number) < len(reports) else None), False
        try:
            return self._service.report(which), True
        except (KeyError, JixiaoError):
            return None, True

    def _name(self, report_id: str | None, language: Language) -> str | None:
        return report_names(self._service.reports(), language).get(report_id or "")
