"""Reports added from the page to ask on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.errors import JixiaoError
from ui.context import request_language
from ui.render import line_html
from ui.service import FileResult, Service
from ui.sources import reports_html, results_html
from ui.text import words

_log = logging.getLogger(__name__)


class Uploads:
    """The list of reports and what adds to it: each public method is one event."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def listed(self, request: gr.Request) -> list[Any]:
        """The reports, and nothing yet of files."""
        return [reports_html(self._service.reports(), request_language(request)), ""]

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
        return [shown, None, reports_html(self._service.reports(), language)]
