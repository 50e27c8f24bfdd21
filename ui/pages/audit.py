"""Where reports contradict themselves: every finding with the places that do not agree."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import gradio as gr

from assistant.audit import Finding, Severity
from assistant.auditing import findings, save_findings
from assistant.citations import Sources
from ui.cited import sources_html
from ui.context import PageContext, request_language
from ui.downloads import download_button, fresh_path
from ui.findings import findings_html
from ui.names import report_names
from ui.render import line_html
from ui.text import words

_log = logging.getLogger(__name__)
_ALL = [severity.name.lower() for severity in Severity]


def build(context: PageContext) -> None:
    """The page over the service."""
    page = _Page(context)
    with gr.Column(elem_id="jx-audit"):
        context.line("heading", "jx-heading")
        context.line("hint", "jx-faint")
        empty = gr.HTML(visible=False, apply_default_css=False)
        with gr.Column() as whole:
            with gr.Row(elem_classes="jx-choice"):
                reports = gr.Dropdown(
                    label=context.label("reports"),
                    info=context.label("reports_info"),
                    multiselect=True,
                    scale=4,
                    min_width=240,
                    elem_id="jx-audited",
                )
                severities = gr.CheckboxGroup(
                    choices=[(context.label(name), name) for name in _ALL],
                    value=_ALL,
                    label=context.label("severities"),
                    scale=3,
                    min_width=240,
                    elem_id="jx-severities",
                )
            with gr.Row(elem_classes="jx-columns"):
                with gr.Column(scale=5, min_width=320):
                    found = gr.HTML(elem_id="jx-found", apply_default_css=False)
                    download_button(
                        context, "download", page.workbook, [reports, severities], "jx-audit-file"
                    )
                with gr.Column(scale=4, min_width=320, elem_classes="jx-side"):
                    sources = gr.HTML(elem_id="jx-panel", apply_default_css=False)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    context.app.load(page.start, None, [empty, whole, reports, found, sources], **quiet)
    # Who clicks on while an answer is under way gets the answer to the last click.
    quiet["trigger_mode"] = "always_last"
    for chosen in (reports, severities):
        chosen.input(page.show, [reports, severities], [found, sources], **quiet)


class _Page:
    """What happens on the page: each public method is one event."""

    def __init__(self, context: PageContext) -> None:
        self._service = context.service

    def start(self, request: gr.Request) -> list[Any]:
        """The opened page: everything that was found."""
        language = request_language(request)
        infos = self._service.reports()
        if not infos:
            said = words("audit", language)
            link = f'<p><a class="jx-action" href="./reports">{said["to_reports"]}</a></p>'
            text = line_html(said["empty"], "hint") + link
            return [gr.update(value=text, visible=True), gr.update(visible=False),
                    gr.skip(), gr.skip(), gr.skip()]  # fmt: skip
        choices = list(report_names(infos, language).items())
        offered = gr.update(choices=[(name, report_id) for report_id, name in choices])
        return [gr.skip(), gr.skip(), offered, *self.show([], _ALL, request)]

    def show(
        self, reports: Sequence[str] | None, severities: Sequence[str] | None, request: gr.Request
    ) -> list[Any]:
        """The findings of the chosen reports and severities, and their sources."""
        language = request_language(request)
        said = words("audit", language)
        if not severities:
            return [line_html(said["none_chosen"], "hint"), ""]
        try:
            ids, found = self._found(reports, severities)
        except Exception:
            _log.exception("reports were not audited")
            return [line_html(said["failed"], "error"), gr.skip()]
        sources = Sources()
        shown = findings_html(found, len(ids), sources, language)
        panel = sources_html(sources.citations, sources.passages, self._service.report, language)
        return [shown, panel]

    def workbook(
        self, reports: Sequence[str] | None, severities: Sequence[str] | None, request: gr.Request
    ) -> str:
        """The findings in force as a file."""
        path = fresh_path("jixiao-audit.xlsx")
        _, found = self._found(reports, severities or _ALL)
        save_findings(found, path, request_language(request))
        return str(path)

    def _found(
        self, reports: Sequence[str] | None, severities: Sequence[str]
    ) -> tuple[list[str], list[Finding]]:
        loaded = [info.id for info in self._service.reports()]
        ids = [i for i in loaded if not reports or i in reports]
        chosen = [severity for severity in Severity if severity.name.lower() in severities]
        return ids, findings([self._service.report(i) for i in ids], chosen)
