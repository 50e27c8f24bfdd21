"""Something to see at once: the address answers while the page is still being loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.gate import error, language_of
from ui.server.words import say

_HERE = Path(__file__).parent
_TEMPLATE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="1">
<title>{title}</title>
<link rel="stylesheet" href="{root}/login.css">
</head>
<body><main class="card"><p class="brand">{title}</p><p role="status">{said}</p>
<progress aria-label="{said}"></progress></main></body>
</html>"""


class Starting:
    """An ASGI app that loads another one and hands over to it."""

    def __init__(self, load: Callable[[], ASGIApp], root: str, ready: Callable[[], None]) -> None:
        self._load = load
        self._root = root.rstrip("/")
        self._ready = ready
        self._app: ASGIApp | None = None
        self.failed: BaseException | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is not None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._wait(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()  # lifespan.startup
        await send({"type": "lifespan.startup.complete"})
        inner = asyncio.create_task(self._open())
        await receive()  # lifespan.shutdown
        inner.cancel()
        await asyncio.gather(inner, return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self) -> None:
        """Load the app and live through its own start and end."""
        from anyio.to_thread import run_sync

        try:
            app = await run_sync(self._load)
        except BaseException as failure:
            self.failed = failure
            self._ready()
            raise
        started = asyncio.Event()
        messages: asyncio.Queue[Message] = asyncio.Queue()
        messages.put_nowait({"type": "lifespan.startup"})

        async def told(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                self.failed = RuntimeError(message.get("message", ""))
            started.set()

        life = asyncio.ensure_future(app({"type": "lifespan", "state": {}}, messages.get, told))
        life.add_done_callback(lambda _: started.set())
        await started.wait()
        if life.done() and not self.failed and (problem := life.exception()):
            self.failed = problem
        if not self.failed:
            self._app = app
        self._ready()
        try:
            await asyncio.Event().wait()
        finally:
            messages.put_nowait({"type": "lifespan.shutdown"})
            await asyncio.gather(life, return_exceptions=True)

    async def _wait(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if scope["path"].endswith("/login.css"):
            await FileResponse(_HERE / "login.css")(scope, receive, send)
            return
        language = language_of(request)
        said = say("starting", language)
        response = error(503, "starting", said)
        if "text/html" in request.headers.get("accept", ""):
            from starlette.responses import HTMLResponse

            lang = "zh-CN" if language == "zh" else "en"
            title = say("title", language)
            text = _TEMPLATE.format(lang=lang, root=self._root, said=said, title=title)
            response = HTMLResponse(text, 503)
        response.headers["Retry-After"] = "1"
        response.headers["Cache-Control"] = "no-store"
        await response(scope, receive, send)
