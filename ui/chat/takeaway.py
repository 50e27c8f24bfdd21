"""The conversation to take away: as Word, Markdown or a workbook of its figures."""

from __future__ import annotations

import gradio as gr

from assistant.takeaway import save
from ingest.errors import JixiaoError
from ui.chat.visit import Visit
from ui.context import PageContext, request_language
from ui.downloads import download_button, fresh_path
from ui.text import words

_ABOUT = "opinion"
_FORMATS = (("word", ".docx"), ("markdown", ".md"), ("excel", ".xlsx"))


def takeaway_buttons(context: PageContext, visit: gr.State) -> None:
    """A button a format."""
    context.line("take", "jx-side-title", _ABOUT)
    with gr.Row(elem_id="jx-takeaway"):
        for name, suffix in _FORMATS:
            download_button(
                context, name, _Maker(suffix), [visit], f"jx-take-{name}", of=_ABOUT, small=True
            )


class _Maker:
    """Makes the file of one format."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix

    def __call__(self, visit: Visit, request: gr.Request) -> str:
        language = request_language(request)
        said = words(_ABOUT, language)
        entries = visit.session.entries if visit.session else []
        answers = [entry.answer for entry in entries if entry.answer is not None]
        if not answers:
            raise JixiaoError(said["nothing"])
        if self._suffix == ".xlsx" and not any(answer.figures for answer in answers):
            raise JixiaoError(said["no_figures"])
        path = fresh_path(f"jixiao{self._suffix}")
        save(answers, path, language)
        return str(path)
