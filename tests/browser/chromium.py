"""The installed Chromium, kept from talking to anyone but the page."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = Path(os.environ.get("JIXIAO_CHROMIUM", "/usr/bin/chromium"))
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def missing_chromium() -> str | None:
    """What is missing for a browser test, if anything."""
    if not CHROMIUM.exists():
        return f"{CHROMIUM} is not installed (apt install chromium, or set JIXIAO_CHROMIUM)"
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed (pip install -e '.[dev]')"
    return None


@contextmanager
def launch_chromium() -> Iterator[Any]:
    """A running browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS)
        yield browser
        browser.close()


def ask(page: Any, question: str) -> Any:
    """Type a question, press Enter, wait for the finished reply; returns its element."""
    replies = page.locator("#jx-chat .bot-row")
    before = replies.count()
    box = page.locator("#jx-question textarea")
    box.fill(question)
    box.press("Enter")
    reply = replies.nth(before)
    # Not while it is looked up, and not while it is being written out.
    finished = ":is(.jx-foot, .jx-error, .jx-hint)"
    reply.locator(finished).first.wait_for(timeout=60_000)
    return reply
