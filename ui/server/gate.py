"""The gate: every request passes it, whichever part of the server it is for.

It refuses what comes from another website, finds out who is there, sends those who
are not logged in to the login page, and keeps closed what of Gradio the page does not
use. Nothing behind it needs to remember to ask.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Language
from ui.server.access_log import AccessLog
from ui.server.accounts import Account, Accounts, Role
from ui.server.limits import Logins
from ui.server.sessions import Sessions
from ui.server.visitor import Visitor, current
from ui.server.words import say
from ui.text import chosen_language

COOKIE = "jixiao_session"
_PUBLIC = frozenset({"/login", "/logout", "/login.css", "/icon.svg", "/favicon.ico", "/health"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SMALL_BODY = 16 * 2**20
_VERIFIED_S = 300.0  # a Basic password is hashed anew at most this often
# What the page's own script calls; the rest of Gradio (its API, recordings, remote
# files, code editing, monitoring) is closed.
_GRADIO = (
    "queue/", "upload", "file=", "heartbeat/", "cancel", "reset", "startup-events", "app_id",
    "login_check", "user", "theme.css", "info", "component_server",
)  # fmt: skip
_GRADIO_CLOSED = ("/monitoring", "/manifest.json", "/pwa_icon", "/config/")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    # Gradio's page has scripts in its text; but none, and nothing else, from elsewhere.
    "Content-Security-Policy": (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
}


@dataclass(frozen=True, slots=True)
class House:
    """What the gate and the pages around it share."""

    root: str  # the path that the server stands under, without a slash at its end
    accounts: Accounts | None  # None where everybody is let in
    any_host: bool  # whether any name is accepted for a server without accounts
    sessions: Sessions
    logins: Logins
    log: AccessLog
    session_hours: float
    max_upload_mb: int
    cache: Path  # where Gradio keeps what is uploaded and taken away

    def role(self, name: str | None) -> Role | None:
        """The role of a name today; without accounts everybody may do everything."""
        if self.accounts is None:
            return Role.ADMIN
        account = self.accounts.get(name) if name else None
        return account.role if account else None


class Gate:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house
        self._verified = _Verified()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks WebSocket
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        send = _with_headers(send)
        refused = self._refuse(request)
        if refused is None:
            visitor, failed = await self._who(request)
            refused = failed or self._keep_out(request, visitor)
            if refused is None:
                scope.setdefault("state", {})["visitor"] = visitor
                token = current.set(visitor if visitor and visitor.by != "page" else None)
                body = _Body(receive, send, self._longest(scope["path"]))
                try:
                    await self._app(scope, body.receive, body.send)
                except _TooLarge:
                    pass
                finally:
                    current.reset(token)
                if body.too_large:
                    await self._too_large(request)(scope, receive, send)
                return
        await refused(scope, receive, send)

    # -- what nobody may --------------------------------------------------

    def _refuse(self, request: Request) -> Response | None:
        headers, path = request.headers, request.scope["path"]
        language = language_of(request)
        host = headers.get("x-forwarded-host") or headers.get("host", "")
        house = self._house
        if house.accounts is None and not house.any_host and _name(host) not in _LOOPBACK:
            return error(403, "host", say("host", language))
        if not _from_here(request, host):
            return error(403, "elsewhere", say("elsewhere", language))
        if self._closed(path):
            return error(404, "not_found", say("unknown_page", language))
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._longest(path):
            return self._too_large(request)
        return None

    def _closed(self, path: str) -> bool:
        if path.startswith(_GRADIO_CLOSED):
            return True
        if not path.startswith("/gradio_api"):
            return False
        rest = path.removeprefix("/gradio_api").removeprefix("/")
        if not rest.startswith(_GRADIO):
            return True
        if not rest.startswith("file="):
            return False
        # Only from the folder of things uploaded and made for taking away, where each
        # lies in a folder named by an unguessable hash.
        try:
            file = Path(rest.removeprefix("file=")).resolve()
        except (OSError, ValueError):
            return True
        return not file.is_relative_to(self._house.cache.resolve())

    def _longest(self, path: str) -> int:
        uploads = path == "/gradio_api/upload" or path == "/api/v1/reports"
        return self._house.max_upload_mb * 2**20 if uploads else _SMALL_BODY

    def _too_large(self, request: Request) -> Response:
        megabytes = self._longest(request.scope["path"]) // 2**20
        text = say("too_large", language_of(request), megabytes=megabytes)
        return error(413, "too_large", text)

    # -- who is there -----------------------------------------------------

    async def _who(self, request: Request) -> tuple[Visitor | None, Response | None]:
        house, language = self._house, language_of(request)
        address = request.client.host if request.client else ""
        by = {"api": "api", "mcp": "mcp"}.get(request.scope["path"].split("/")[1], "page")
        if house.accounts is None:
            return Visitor(None, Role.ADMIN, address, language, by), None
        account = None
        authorization = request.headers.get("authorization")
        if authorization and by != "page":
            account, failed = await self._by_header(authorization, address, language)
            if failed:
                return None, failed
        elif key := request.cookies.get(COOKIE):
            account = house.sessions.account(key)
        if account is None:
            return None, None
        return Visitor(account.name, account.role, address, language, by), None

    async def _by_header(
        self, authorization: str, address: str, language: Language
    ) -> tuple[Account | None, Response | None]:
        from anyio.to_thread import run_sync

        accounts = self._house.accounts
        assert accounts is not None
        kind, _, value = authorization.partition(" ")
        if kind.lower() == "bearer":
            return accounts.check_token(value.strip()), None
        if kind.lower() != "basic":
            return None, None
        try:
            name, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except ValueError:
            return None, None
        known = self._verified.get(accounts, name, password)
        if known:
            return known, None
        if wait := self._house.logins.wait(name, address):
            self._house.log.write("login_locked", name, address, by="api")
            return None, locked(wait, language)
        account = await run_sync(accounts.check_password, name, password)
        if account is None:
            self._house.logins.failed(name, address)
            self._house.log.write("login_failed", name, address, by="api")
            return None, None
        self._house.logins.succeeded(name, address)
        self._verified.keep(account, password)
        return account, None

    def _keep_out(self, request: Request, visitor: Visitor | None) -> Response | None:
        path, language = request.scope["path"], language_of(request)
        if visitor is not None:
            if path == "/gradio_api/upload" and not visitor.role.covers(Role.EDITOR):
                return error(403, "not_allowed", say("needs_editor", language))
            return None
        if path in _PUBLIC:
            return None
        if path.startswith(("/api/", "/mcp")):
            refused = error(401, "needs_login", say("needs_token", language))
            refused.headers["WWW-Authenticate"] = 'Basic realm="jixiao", charset="UTF-8"'
            return refused
        wanted = request.method == "GET" and "text/html" in request.headers.get("accept", "")
        if wanted:
            target = path + (f"?{request.url.query}" if request.url.query else "")
            next_page = f"?next={quote(target)}" if target != "/" else ""
            return RedirectResponse(f"{self._house.root}/login{next_page}", 303)
        return error(401, "needs_login", say("ended", language))


class _Verified:
    """Basic passwords that were right a moment ago, as keyed hashes."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._until: dict[str, tuple[float, float]] = {}

    def get(self, accounts: Accounts, name: str, password: str) -> Account | None:
        """The account, where this was right and it has not changed."""
        until, since = self._until.get(self._key(name, password), (0.0, 0.0))
        account = accounts.get(name)
        return account if account and account.since == since and time.time() < until else None

    def keep(self, account: Account, password: str) -> None:
        """This was right."""
        now = time.time()
        with self._lock:
            self._until = {k: v for k, v in self._until.items() if v[0] > now}
            self._until[self._key(account.name, password)] = (now + _VERIFIED_S, account.since)

    def _key(self, name: str, password: str) -> str:
        both = f"{name}\n{password}".encode()
        return hashlib.blake2b(both, key=self._secret).hexdigest()


class _TooLarge(Exception):
    """A body grew beyond its limit."""


class _Body:
    """A request's body, cut where it grows beyond the limit without having said so.

    What the app says to a body that was cut is not sent.
    """

    def __init__(self, receive: Receive, send: Send, longest: int) -> None:
        self._receive = receive
        self._send = send
        self._left = longest
        self._answering = False
        self.too_large = False

    async def receive(self) -> Message:
        """The next piece."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0 and not self._answering:
            self.too_large = True
            raise _TooLarge
        return message

    async def send(self, message: Message) -> None:
        """The answer to it."""
        if not self.too_large:
            self._answering = True
            await self._send(message)


def language_of(connection: HTTPConnection) -> Language:
    """The language of a request, ``zh`` or ``en``: chosen on the page, or the browser's."""
    headers = connection.headers
    return chosen_language(headers.get("cookie"), headers.get("accept-language"))


def error(status: int, code: str, message: str) -> Response:
    """An error as all programs get it."""
    body = json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False)
    return Response(body, status, media_type="application/json")


def locked(wait: float, language: Language) -> Response:
    """Too many failed logins."""
    response = error(429, "locked", say("locked", language, minutes=int(wait // 60) + 1))
    response.headers["Retry-After"] = str(int(wait) + 1)
    return response


def _from_here(request: Request, host: str) -> bool:
    """Whether a request comes from this site itself, or from no website at all."""
    origin = request.headers.get("origin")
    if origin is not None:
        return _netloc(origin) == _netloc(f"//{host}", urlsplit(origin).scheme)
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return True
    return request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _netloc(address: str, scheme: str = "") -> tuple[str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme or scheme, 0)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None


def _name(host: str) -> str | None:
    found = _netloc(f"//{host}")
    return found[0] if found else None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            for name in [n for n in headers if n.startswith("access-control-")]:
                del headers[name]  # Gradio would let other websites read the answers
        await send(message)

    return sending
