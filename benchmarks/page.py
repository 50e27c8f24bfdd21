"""A visitor of the web page, without a browser: opens it and asks one question."""

from __future__ import annotations

import html
import json
import uuid
from typing import Any

import httpx


class Visitor:
    """One open page. Speaks the protocol that Gradio's own page speaks."""

    def __init__(self, address: str, timeout_s: float = 60.0) -> None:
        """Open the page at ``address``; waits at most ``timeout_s`` for any one event."""
        self._client = httpx.Client(base_url=address, timeout=timeout_s, trust_env=False)
        self._session = uuid.uuid4().hex
        config = self._client.get("/config").raise_for_status().json()
        self._events: dict[str, tuple[int, int]] = {}  # name → number, count of inputs
        for event in config["dependencies"]:
            made = (event["id"], len(event["inputs"]))
            self._events.setdefault(event["api_name"], made)
        self._run("start")

    def ask(self, question: str) -> str:
        """Ask in the page's box; the conversation as the page then shows it, as HTML."""
        self._run("take", question)
        return html.unescape(json.dumps(self._run("answer"), ensure_ascii=False))

    def close(self) -> None:
        """Leave the page."""
        self._client.close()

    def _run(self, event: str, *first: Any) -> list[Any]:
        """Start an event, all its inputs but the first empty, and wait for its end."""
        number, inputs = self._events[event]
        data = [*first, *[None] * (inputs - len(first))]
        self._client.post(
            "/gradio_api/queue/join",
            json={
                "fn_index": number,
                "data": data,
                "session_hash": self._session,
                "event_data": None,
            },
        ).raise_for_status()
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        with self._client.stream("GET", address) as lines:
            for line in lines.iter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed":
                    if not message["success"]:
                        raise RuntimeError(f"the page's event {event!r} failed")
                    given: list[Any] = message["output"]["data"]
                    return given
        raise RuntimeError(f"the page's event {event!r} did not end")
