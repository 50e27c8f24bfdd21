"""What a browser gets before Gradio runs: the chosen language and colours, and a word of patience.

Gradio's page is one for all visitors: English, empty until its script has loaded, and
in the language and colours of the browser. This middleware puts a few lines of our own
into it. It also forbids the browser to load anything from elsewhere.
"""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Language
from ui.markup import escape
from ui.text import chosen_language, words

_SCRIPT = Path(__file__).parent / "script" / "first.js"
_LANGUAGE_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
# Gradio's own page is made of inline scripts and styles; anything else is of this server.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "media-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


class FirstPaint:
    """ASGI middleware around Gradio's app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._script = _SCRIPT.read_text(encoding="utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, its pages completed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        language = chosen_language(asked.get("cookie"), asked.get("accept-language"))
        start: Message | None = None
        body = b""

        async def complete(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                if headers.get("content-type", "").startswith("text/html"):
                    start = message
                    return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            page = self._completed(body.decode("utf-8"), language).encode("utf-8")
            headers = MutableHeaders(raw=start["headers"])
            if scope["method"] != "HEAD":
                headers["content-length"] = str(len(page))
            headers["content-security-policy"] = _POLICY
            headers["referrer-policy"] = "same-origin"
            headers["x-content-type-options"] = "nosniff"
            await send({**start, "headers": headers.raw})
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, complete)

    def _completed(self, page: str, language: Language) -> str:
        if "<gradio-app" not in page:
            return page
        said = words("frame", language)
        waiting = (
            f'<div id="jx-starting" role="status">{escape(said["starting"])}'
            f"<noscript><br>{escape(said['no_script'])}</noscript></div>"
        )
        page = page.replace('lang="en"', f'lang="{_LANGUAGE_TAGS[language]}"', 1)
        page = page.replace("<head>", f"<head><script>{self._script}</script>", 1)
        return page.replace("<gradio-app", f"{waiting}<gradio-app", 1)
