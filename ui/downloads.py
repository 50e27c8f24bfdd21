"""A button that makes a file and hands it to the browser."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ui.offline  # noqa: F401  before Gradio

import gradio as gr  # isort: skip
from gradio.utils import get_upload_folder  # isort: skip

from ingest.errors import JixiaoError
from ui.context import PageContext

# What the browser downloads; the component itself is not shown.
_TAKE = "() => document.querySelector('#{id} a, a#{id}, #{id} button, button#{id}')?.click()"


def download_button(
    context: PageContext,
    key: str,
    make: Callable[..., str | None],
    inputs: Sequence[Any],
    name: str,
    *,
    of: str | None = None,
    small: bool = False,
) -> gr.Button:
    """A button whose click calls ``make`` for the path of a file, and downloads that.

    ``make`` is given the values of the inputs and the request; it may raise
    ``JixiaoError``, which is shown. ``name`` is the id on the page.
    """
    button = gr.Button(
        context.label(key, of),
        size="sm" if small else "md",
        scale=1 if small else 0,
        min_width=60 if small else 150,
        elem_id=f"{name}-button",
    )
    file = gr.DownloadButton(visible="hidden", elem_id=name)

    def made(request: gr.Request, *values: Any) -> Any:
        try:
            return gr.update(value=make(*values, request))
        except JixiaoError as error:
            raise gr.Error(str(error), print_exception=False) from error

    click = button.click(made, list(inputs), file, api_visibility="private")
    click.success(None, js=_TAKE.format(id=name), api_visibility="private")
    return button


def fresh_path(name: str) -> Path:
    """Where to write a file that is to be downloaded under ``name``; cleared with uploads."""
    folder = Path(get_upload_folder())
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=folder)) / name
