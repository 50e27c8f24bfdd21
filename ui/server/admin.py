"""For administrators: who has an account, and what happened lately. Shown, not changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from assistant.answer import Language
from ui.server.accounts import Role
from ui.server.gate import House
from ui.server.login import page
from ui.server.visitor import NotAllowed, Visitor
from ui.server.words import say

_SHOWN = 200  # events
_TEMPLATE = """<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{heading}}</title>
<link rel="icon" href="{{root}}/icon.svg">
<link rel="stylesheet" href="{{root}}/login.css">
</head>
<body>
<main class="card wide">
<p><a href="{{root}}/">{{back}}</a></p>
<h1>{{heading}}</h1>
{{body}}
</main>
</body>
</html>"""


def admin_pages(house: House) -> APIRouter:
    """The page of accounts and events."""
    router = APIRouter(include_in_schema=False)

    @router.get("/admin")
    def show(request: Request) -> Response:
        visitor: Visitor = request.state.visitor
        language = visitor.language
        values = {"heading": say("admin_title", language), "back": say("back", language)}
        try:
            visitor.require(Role.ADMIN)
        except NotAllowed as refused:
            body = f'<p class="problem" role="alert">{escape(str(refused))}</p>'
            return page(house, language, _TEMPLATE, values, 403, body=body)
        body = _accounts(house, language) + _events(house, language)
        return page(house, language, _TEMPLATE, values, body=body)

    return router


def _accounts(house: House, language: Language) -> str:
    rows = [
        (account.name, say(f"role_{account.role}", language), str(len(account.tokens)))
        for account in (house.accounts.all() if house.accounts else [])
    ]
    heads = [say(key, language) for key in ("user", "role", "tokens")]
    hint = f'<p class="faint">{escape(say("manage_hint", language))}</p>'
    return f"<h2>{escape(say('accounts', language))}</h2>{hint}{_table(heads, rows)}"


def _events(house: House, language: Language) -> str:
    events = house.log.last(_SHOWN)
    heading = f"<h2>{escape(say('access_log', language))}</h2>"
    if not events:
        return f'{heading}<p class="faint">{escape(say("log_empty", language))}</p>'
    heads = [say(key, language) for key in ("time", "event", "user", "address", "details")]
    return heading + _table(heads, [_row(event, language) for event in events])


def _row(event: dict[str, Any], language: Language) -> tuple[str, ...]:
    try:
        when = datetime.fromisoformat(event["time"]).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (KeyError, ValueError):
        when = str(event.get("time", ""))
    details = [str(event[k]) for k in ("question", "file", "report", "problem") if event.get(k)]
    coded = (("refused", event.get("needs")), ("status", event.get("status")), ("by", event["by"]))
    details += [say(f"{kind}_{code}", language) for kind, code in coded if code]
    what = say(f"event_{event.get('event')}", language)
    return (when, what, event.get("user") or "—", str(event.get("address")), " · ".join(details))


def _table(heads: list[str], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    last = len(heads) - 1
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="{"long" if n == last and last > 2 else "exact"}">{escape(text)}</td>'
            for n, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
