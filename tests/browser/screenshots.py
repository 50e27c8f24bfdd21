"""Screenshots of the page for the README: ``python -m tests.browser.screenshots docs/images``."""

from __future__ import annotations

import argparse
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from assistant.service import Assistant
from tests.conftest import SAMPLES, open_store

from .chromium import ask, launch_chromium
from .serving import served

_TAX = "2022年员村街代征个人出租房屋税多少？"
_RATE = "2022年员村街预算完成率是多少？"
_RATE_EN = "What was the budget completion rate of Yuancun in 2022?"
# name, locale, width, height, colours, questions
_SHOTS: list[tuple[str, str, int, int, str, list[str]]] = [
    ("page-zh", "zh-CN", 1440, 900, "light", [_TAX, _RATE]),
    ("page-en", "en-US", 1440, 900, "light", [_RATE_EN]),
    ("page-dark", "zh-CN", 1440, 900, "dark", [_RATE]),
    ("page-narrow", "zh-CN", 390, 844, "light", [_TAX]),
]  # fmt: skip


def take(address: str, folder: Path) -> None:
    """Ask, open the last source, and save one picture a setting."""
    folder.mkdir(parents=True, exist_ok=True)
    with launch_chromium() as browser:
        for name, locale, width, height, colours, questions in _SHOTS:
            context = browser.new_context(
                locale=locale,
                viewport={"width": width, "height": height},
                color_scheme=colours,
            )
            page: Any = context.new_page()
            page.goto(address)
            page.locator(".jx-example").first.wait_for()
            for question in questions:
                reply = ask(page, question)
            if width > 1000:
                reply.locator(".jx-text .jx-cite").last.click()
            page.wait_for_timeout(1000)  # smooth scrolling comes to rest
            page.screenshot(path=str(folder / f"{name}.png"))
            context.close()


def main() -> None:
    """Serve the page and take its pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as store:
        assistant = Assistant(open_store(Path(store)), today=date(2026, 1, 15))
        assistant.ingest_files([SAMPLES])
        with served(assistant) as address:
            take(address, folder)
        assistant.store.close()


if __name__ == "__main__":
    main()
