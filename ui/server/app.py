"""The server put together: gate, login, programs' interface, and the page."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from assistant.service import Assistant
from assistant.settings import Settings
from ui.originals.routes import originals
from ui.server.access_log import AccessLog
from ui.server.accounts import Accounts
from ui.server.admin import admin_pages
from ui.server.api.errors import explain_errors
from ui.server.api.operations import Operations
from ui.server.api.routes import api_routes
from ui.server.gate import Gate, House
from ui.server.guard import Guard, Guarded
from ui.server.limits import Logins, Window
from ui.server.login import login_pages
from ui.server.proxy import Behind
from ui.server.sessions import Sessions
from ui.server.tools import McpEndpoint
from ui.server.visitor import Visitor, who

DOCUMENT = "/api/v1/openapi.json"
_DESCRIPTION = (
    "Answers from Chinese budget performance reports, every figure cited. "
    "Where accounts are in use: HTTP Basic, or `Authorization: Bearer` with a token "
    'of `jixiao user token`. Every failure is `{"error": {"code", "message"}}`.'
)


def build_server(
    assistant: Assistant, settings: Settings, *, open_to: str | None = None
) -> ASGIApp:
    """The ASGI app over an assistant.

    Without ``open_to`` the accounts of the store are asked for. ``loopback`` lets
    everybody in who comes to this machine's own name, ``anyone`` under any name.
    """
    _load_gradio()
    from gradio.utils import get_upload_folder

    folder = assistant.store.folder
    accounts = Accounts(folder)
    house = House(
        root=settings.root_path.rstrip("/"),
        accounts=None if open_to else accounts,
        any_host=open_to == "anyone",
        sessions=Sessions(folder, accounts, settings.session_hours),
        logins=Logins(settings.max_failed_logins, settings.lockout_minutes),
        log=AccessLog(folder, settings.access_log_mb, settings.access_logs_kept),
        session_hours=settings.session_hours,
        max_upload_mb=settings.max_upload_mb,
        cache=Path(get_upload_folder()),
    )
    # One's own machine is not asked to wait.
    limited = open_to != "loopback"
    guard = Guard(
        lambda: who(house.role),
        house.log,
        Window(settings.questions_per_minute, 60) if limited else None,
        Window(settings.uploads_per_hour, 3600) if limited else None,
    )
    service = Guarded(assistant, guard)
    operations = Operations(service)
    mcp = McpEndpoint(operations)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        serving = asyncio.create_task(mcp.run())
        try:
            yield
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving
            house.log.close()

    app = FastAPI(
        title="Jixiao",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,  # its page would be loaded from another host
        redoc_url=None,
        openapi_url=None,  # see DOCUMENT
        servers=[{"url": house.root or "/"}],
        lifespan=lifespan,
    )
    explain_errors(app)
    app.include_router(login_pages(house))
    app.include_router(admin_pages(house))
    app.add_api_route(DOCUMENT, lambda: app.openapi(), include_in_schema=False)
    app.include_router(api_routes(house, service, operations))
    app.router.routes.append(Route("/mcp", mcp))
    app.router.routes.append(Route("/health", _health))
    app.router.routes.extend(originals(service))
    _mount_pages(app, service, house)
    return Behind(Gate(app, house), house.root, settings.trusted_proxies)


def _load_gradio() -> None:
    """Gradio without the MCP SDK, which it loads for a command of its own if it finds it.

    That is a second until the page is there; our own tools load it later.
    """
    hidden = "mcp" not in sys.modules
    if hidden:
        sys.modules["mcp"] = None  # type: ignore[assignment]
    try:
        import gradio  # noqa: F401
    finally:
        if hidden:
            del sys.modules["mcp"]


def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _mount_pages(app: FastAPI, service: Guarded, house: House) -> None:
    import gradio as gr

    # It warns that several pages are not rendered on the server, which nobody asked it to do.
    warnings.filterwarnings("ignore", message="SSR mode is not supported", category=UserWarning)
    from ui.app import build_app, page_settings

    def name_of(request: Request) -> str | None:
        visitor: Visitor | None = request.state.visitor
        return visitor.name if visitor else None

    settings: dict[str, Any] = page_settings()
    settings["max_file_size"] = f"{house.max_upload_mb}mb"
    gr.mount_gradio_app(
        app,
        build_app(cast(Any, service)),  # the pages name what they need of it in ``ui.service``
        path="/",
        root_path=house.root or None,
        auth_dependency=name_of if house.accounts else None,
        **settings,
    )
