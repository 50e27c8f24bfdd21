"""A visitor of the web page, without a browser: speaks the protocol of Gradio's own script.

What follows an event on the page (answer, sources, suggestions) follows here too, in the
same order and each as a request of its own, so that the server has the same work.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

_ANSWERED = "jx-foot"  # stands under an answer that is whole
_OWN = re.compile(  # ids of this conversation, and how long an answer took
    r"jx-(?:source|copy)-\d+|jx-do-[a-z]+(?:-\d+)*|<span class=\"jx-seconds\">[^<]*</span>"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the page shows it, and how long after the question it was whole."""

    html: str
    seconds: float

    def comparable(self) -> str:
        """Without what differs between two visitors who get the same answer."""
        return _OWN.sub("", self.html)


class Visitor:
    """One open page."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._session = uuid.uuid4().hex
        self._values: dict[int, Any] = {}  # by component
        self._ids: dict[str, int] = {}  # of components, by their element id
        self._events: list[dict[str, Any]] = []

    async def open(self) -> None:
        """Load the page and what it does by itself."""
        config = (await self._client.get("/config")).raise_for_status().json()
        for component in config["components"]:
            self._values[component["id"]] = component["props"].get("value")
            if name := component["props"].get("elem_id"):
                self._ids.setdefault(name, component["id"])
        self._events = config["dependencies"]
        for event in self._events:
            if any(trigger == "load" for _, trigger in event["targets"]) and self._mine(event):
                await self._run(event)

    async def new(self) -> None:
        """Begin another conversation."""
        await self._trigger("jx-new", "click")

    async def ask(self, question: str) -> Shown:
        """Ask in the page's box.

        Raises:
            RuntimeError: no whole answer came.
        """
        self._values[self._ids["jx-question"]] = question
        self._began, self._answered = time.perf_counter(), 0.0
        await self._trigger("jx-question", "submit")
        if not self._answered:
            raise RuntimeError(f"{question}: no answer, but {self._last()[-300:]}")
        return Shown(self._whole, self._answered - self._began)

    # -- what the script of the page does --------------------------------------------

    def _mine(self, event: dict[str, Any]) -> bool:
        """Whether an event is of the page to ask on; every page's stand in the config."""
        named = set(self._ids.values())
        chat, kept = self._ids["jx-chat"], event["outputs"]
        return chat in kept or self._ids["jx-reports"] in kept or not named.isdisjoint(kept)

    async def _trigger(self, element: str, what: str) -> None:
        target = [self._ids[element], what]
        for event in self._events:
            if target in event["targets"]:
                await self._run(event)

    async def _run(self, event: dict[str, Any]) -> None:
        """One event, and all that follow it."""
        if event["backend_fn"]:
            await self._send(event)
        elif event["inputs"] and event["outputs"]:  # a script that hands on what was typed
            self._values[event["outputs"][0]] = self._values[event["inputs"][0]]
        for after in self._events:
            if after.get("trigger_after") == event["id"]:
                await self._run(after)

    async def _send(self, event: dict[str, Any]) -> None:
        name = event["api_name"] or event["id"]
        joined = await self._client.post(
            "/gradio_api/queue/join",
            json={
                "fn_index": event["id"],
                "data": [self._values.get(component) for component in event["inputs"]],
                "session_hash": self._session,
                "event_data": None,
            },
        )
        joined.raise_for_status()
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", address) as lines:
            async for line in lines.aiter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed":
                    if not message["success"]:
                        raise RuntimeError(f"the page's event {name!r} failed")
                    self._take(event, message["output"]["data"])
                    return
        raise RuntimeError(f"the page's event {name!r} did not end")

    def _take(self, event: dict[str, Any], data: list[Any]) -> None:
        for component, given in zip(event["outputs"], data, strict=True):
            if isinstance(given, dict) and given.get("__type__") == "update":
                if "value" in given:
                    self._values[component] = given["value"]
            else:
                self._values[component] = given
        if not getattr(self, "_answered", 1.0) and _ANSWERED in self._last():
            self._answered = time.perf_counter()
            self._whole = self._last()

    def _last(self) -> str:
        """The last message of the chat."""
        messages = self._values.get(self._ids["jx-chat"]) or []
        return str(messages[-1]["content"][0]["text"]) if messages else ""
