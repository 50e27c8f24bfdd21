"""A reverse proxy as offices have one: it serves the page under a path of its own host."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

_OWN = {"host", "connection", "transfer-encoding", "content-length"}


@contextmanager
def proxied(target: str, path: str, *, cut: bool) -> Iterator[str]:
    """The address under which the page at ``target`` is found; ``cut`` takes the path off."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(_Proxy(target, path, host, cut), log_level="critical", lifespan="off")
        )
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield f"http://{host}{path}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)


class _Proxy:
    def __init__(self, target: str, path: str, host: str, cut: bool) -> None:
        self._target, self._path, self._host, self._cut = target, path, host, cut
        self._client = httpx.AsyncClient(trust_env=False, timeout=None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        if not request.url.path.startswith(f"{self._path}/"):
            await PlainTextResponse("another program", 404)(scope, receive, send)
            return
        path = request.url.path.removeprefix(self._path if self._cut else "")
        query = f"?{request.url.query}" if request.url.query else ""
        headers = {k: v for k, v in request.headers.items() if k not in _OWN}
        headers |= {"Host": self._host, "X-Forwarded-Host": self._host}
        sent = self._client.build_request(
            request.method, f"{self._target}{path}{query}", headers=headers,
            content=await request.body(),
        )  # fmt: skip
        answer = await self._client.send(sent, stream=True)

        async def pieces() -> AsyncIterator[bytes]:
            try:
                async for piece in answer.aiter_raw():
                    yield piece
            finally:
                await answer.aclose()

        response = StreamingResponse(pieces(), answer.status_code)
        response.raw_headers = [
            (name.lower(), value)
            for name, value in answer.headers.raw
            if name.lower() not in (b"transfer-encoding", b"connection")
        ]
        await response(scope, receive, send)
