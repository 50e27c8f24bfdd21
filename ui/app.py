"""The web app: its pages in one frame, assembled and served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ui.offline  # noqa: F401  before Gradio

import gradio as gr  # isort: skip
from starlette.middleware import Middleware

from ui.context import PageContext
from ui.first_paint import FirstPaint
from ui.frame import header, headers
from ui.pages import Page, pages
from ui.service import Service
from ui.text import LANGUAGES, labels, words
from ui.theme import theme

_HERE = Path(__file__).parent


def build_app(service: Service) -> gr.Blocks:
    """The pages over ``service``, each at an address of its own."""
    with gr.Blocks(title="Jixiao 绩效", analytics_enabled=False, fill_width=True) as app:
        first, *others = pages()
        _build(first, app, service)
    for page in others:
        with app.route(words("frame", "en")[page.name], page.path, show_in_navbar=False):
            _build(page, app, service)
    return app


def page_settings() -> dict[str, Any]:
    """What ``mount_gradio_app`` needs for the pages to look and speak as they do."""
    built = pages()
    return {
        "favicon_path": str(_HERE / "icon.svg"),
        "i18n": gr.I18n(**{str(code): labels(code) | headers(built, code) for code in LANGUAGES}),
        "theme": theme(),
        "css_paths": sorted((_HERE / "style").glob("*.css")),
        "js": _script(),
        "app_kwargs": {"middleware": [Middleware(FirstPaint)]},
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "max_file_size": "200mb",
        "show_error": False,
    }


def _build(page: Page, app: gr.Blocks, service: Service) -> None:
    context = PageContext(app, service, page.name)
    with gr.Column(elem_id="jx-page", elem_classes=f"jx-page-{page.name}"):
        header(context)
        page.build(context)


def _script() -> str:
    """The pages' scripts as one function; each is a function that attaches its listeners."""
    functions = [
        path.read_text(encoding="utf-8")
        for path in sorted((_HERE / "script").glob("*.js"))
        if path.name != "first.js"  # in the page itself; see first_paint
    ]
    return "() => {\n" + "\n".join(f"({code.strip()})();" for code in functions) + "\n}"
