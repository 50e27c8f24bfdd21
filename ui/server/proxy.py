"""Behind a proxy: what it says of the visitor is believed, what strangers say is not."""

from __future__ import annotations

from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

# Gradio takes addresses from these whoever sent them.
_SAID_BY_PROXIES = (b"x-forwarded-", b"x-gradio-server", b"forwarded")


class Behind:
    """The app under a path (``root``), with or without the proxy cutting the path off.

    ``proxies`` are addresses and networks, comma-separated, whose X-Forwarded-* headers
    are believed.
    """

    def __init__(self, app: ASGIApp, root: str, proxies: str) -> None:
        self._root = root
        # Typed in uvicorn's words for the same things.
        self._proxies: Any = ProxyHeadersMiddleware(cast(Any, app), trusted_hosts=proxies)
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope = dict(scope)
        path = scope["path"]
        if self._root and (path == self._root or path.startswith(f"{self._root}/")):
            scope["path"] = path[len(self._root) :] or "/"
            scope["raw_path"] = scope["path"].encode()
        peer = scope["client"][0] if scope.get("client") else None
        if peer in self._proxies.trusted_hosts:
            await self._proxies(scope, receive, send)
            return
        scope["headers"] = [
            (name, value)
            for name, value in scope["headers"]
            if not name.lower().startswith(_SAID_BY_PROXIES)
        ]
        await self._app(scope, receive, send)
