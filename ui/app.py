"""The web app: its pages in one frame, assembled and served."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import ui.offline  # noqa: F401  before Gradio

import gradio as gr  # isort: skip
from starlette.middleware import Middleware

from ingest.errors import JixiaoError
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
    """What ``launch`` or ``mount_gradio_app`` needs for the pages to look and speak as they do."""
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


def serve(
    service: Service,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    open_browser: bool = False,
    block: bool = True,
) -> gr.Blocks:
    """Serve the page over ``service``; with ``block`` until it is interrupted.

    Raises ``JixiaoError`` where the address cannot be used.
    """
    # A company proxy must not stand between the server and its own check that it is up.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1,localhost"]))
    app = build_app(service)
    try:
        app.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            share=False,
            prevent_thread_lock=not block,
            quiet=True,
            **page_settings(),
        )
    except OSError as error:
        # Gradio's own words speak of its settings, not of ours.
        raise JixiaoError(
            f"{host}:{port}: the page cannot be served there, something else may be using it; "
            "choose another --port"
        ) from error
    return app


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
