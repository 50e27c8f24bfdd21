"""Calls the page's own events as a program could that bypasses the page."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx


def event_id(client: httpx.Client, name: str) -> int:
    """The number of an event of the page by its name."""
    config = client.get("/config").raise_for_status().json()
    return next(e["id"] for e in config["dependencies"] if e["api_name"] == name)


def call(client: httpx.Client, number: int, data: list[Any], session: str | None = None) -> Any:
    """Start an event, wait for its end; the message that ended it."""
    session = session or uuid.uuid4().hex
    body = {"fn_index": number, "data": data, "session_hash": session, "event_data": None}
    client.post("/gradio_api/queue/join", json=body).raise_for_status()
    with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as lines:
        for line in lines.iter_lines():
            message = json.loads(line[5:]) if line.startswith("data:") else {}
            if message.get("msg") == "process_completed":
                return message
    raise AssertionError("the event did not end")
