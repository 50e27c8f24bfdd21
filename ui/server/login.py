"""The login page: one form, no script, so that it works wherever a browser does."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from assistant.answer import Language
from ui.server.gate import COOKIE, House, language_of
from ui.server.passwords import LONGEST
from ui.server.visitor import Visitor
from ui.server.words import say
from ui.text import LANGUAGE_COOKIE, LANGUAGES

_BLANK = re.compile(r"\{\{(\w+)\}\}")
_CONDITION = re.compile(r"\{\{\?(\w+)\}\}")
_HERE = Path(__file__).parent
_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}


def login_pages(house: House) -> APIRouter:
    """The pages for coming and going, and what they look like."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def form(request: Request, next: str = "/", lang: str | None = None, out: int = 0) -> Response:
        language = _language(request, lang)
        if _logged_in(request, house):
            return RedirectResponse(_target(house, next), 303)
        said = "logged_out" if out else ("ended" if next != "/" else None)
        response = login_page(house, language, next, notice=say(said, language) if said else "")
        if lang in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, lang, max_age=31536000, path=f"{house.root}/", samesite="lax"
            )
        return response

    @router.post("/login")
    async def enter(
        request: Request,
        username: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/",
    ) -> Response:
        language, name = language_of(request), username.strip()[:64]
        address = request.client.host if request.client else ""
        if house.accounts is None:
            return RedirectResponse(_target(house, "/"), 303)
        if not name or not password:
            return login_page(house, language, next, say("empty", language), name, status=400)
        if wait := house.logins.wait(name, address):
            house.log.write("login_locked", name, address, by="page")
            text = say("locked", language, minutes=int(wait // 60) + 1)
            return login_page(house, language, next, text, name, status=429)
        account = None
        if len(password) <= LONGEST:
            account = await run_sync(house.accounts.check_password, name, password)
        if account is None:
            house.logins.failed(name, address)
            house.log.write("login_failed", name, address, by="page")
            return login_page(house, language, next, say("wrong", language), name, status=401)
        house.logins.succeeded(name, address)
        house.log.write("login", name, address, by="page")
        response = RedirectResponse(_target(house, next), 303)
        response.set_cookie(
            COOKIE,
            house.sessions.begin(account.name),
            max_age=int(house.session_hours * 3600),
            path=house.root or "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    @router.post("/logout")
    def leave(request: Request) -> Response:
        if key := request.cookies.get(COOKIE):
            account = house.sessions.account(key)
            house.sessions.end(key)
            if account:
                address = request.client.host if request.client else ""
                house.log.write("logout", account.name, address, by="page")
        response = RedirectResponse(f"{house.root}/login?out=1", 303)
        response.delete_cookie(COOKIE, path=house.root or "/")
        return response

    @router.get("/me")
    def me(request: Request) -> dict[str, str | None]:
        """Who is logged in; a name of null where there are no accounts."""
        visitor: Visitor = request.state.visitor
        return {"name": visitor.name, "role": visitor.role.value}

    @router.get("/login.css")
    def style() -> Response:
        return FileResponse(_HERE / "login.css", media_type="text/css")

    @router.get("/icon.svg")
    def icon() -> Response:
        return FileResponse(_HERE.parent / "icon.svg", media_type="image/svg+xml")

    return router


def login_page(
    house: House,
    language: Language,
    next: str,
    problem: str = "",
    name: str = "",
    *,
    notice: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The form, with what was wrong with the last try."""
    other = "en" if language == "zh" else "zh"
    values = {
        "next": next,
        "name": name,
        "nobody": "" if name else "autofocus",
        "somebody": "autofocus" if name else "",
        "problem": problem,
        "notice": notice,
        "other": other,
        **{
            key: say(key, language)
            for key in ("title", "login", "login_hint", "user", "password", "other_language")
        },
    }
    template = (_HERE / "login.html").read_text(encoding="utf-8")
    return page(house, language, template, values, status)


def page(
    house: House,
    language: Language,
    template: str,
    values: dict[str, str],
    status: int = 200,
    *,
    body: str = "",
) -> HTMLResponse:
    """One of the server's own pages. ``{{name}}`` stands for a value, escaped.

    Lines with ``{{?name}}`` are left out where the value is empty; ``body`` is HTML and
    takes the place of the line ``{{body}}``.
    """
    values = {**values, "root": house.root, "lang": "zh-CN" if language == "zh" else "en"}
    lines = []
    for line in template.splitlines():
        condition = _CONDITION.match(line)
        if condition and not values[condition[1]]:
            continue
        line = line[condition.end() :] if condition else line
        # One pass: what stands in a value is never taken for a blank.
        if line == "{{body}}":
            lines.append(body)
        else:
            lines.append(_BLANK.sub(lambda blank: escape(values[blank[1]]), line))
    return HTMLResponse("\n".join(lines), status, headers=_POLICY)


def _logged_in(request: Request, house: House) -> bool:
    key = request.cookies.get(COOKIE)
    return house.accounts is None or bool(key and house.sessions.account(key))


def _target(house: House, next: str) -> str:
    """Where to go after the login: only to a page of ours."""
    parts = urlsplit(next)
    ours = next.startswith("/") and not next.startswith(("//", "/\\")) and "\\" not in next
    return house.root + (next if ours and not parts.netloc and not parts.scheme else "/")


def _language(request: Request, chosen: str | None) -> Language:
    for language in LANGUAGES:
        if chosen == language:
            return language
    return language_of(request)
