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
_YEARS = "员村街2021年到2023年实际支出分别是多少？"
_HIGHEST_EN = "Which office had the highest budget completion rate in 2022?"
_PDF = "2023年社区文化室建设的执行率是多少"
_WORD = "2022年社区文化室建设的全年执行数是多少"
# name, locale, width, height, colours, questions, which citation of the last answer to open
_SHOTS: list[tuple[str, str, int, int, str, list[str], int | None]] = [
    ("page-zh", "zh-CN", 1440, 900, "light", [_RATE], -1),
    ("page-en", "en-US", 1440, 900, "light", [_RATE_EN], -1),
    ("page-dark", "zh-CN", 1440, 900, "dark", [_YEARS], None),
    ("page-narrow", "zh-CN", 390, 844, "light", [_TAX], None),
    ("page-empty", "zh-CN", 1440, 900, "light", [], None),
    ("page-ranking", "en-US", 1440, 900, "light", [_HIGHEST_EN], None),
    ("source-pdf", "zh-CN", 1440, 900, "light", [_PDF], 0),
    ("source-word", "zh-CN", 1440, 900, "light", [_WORD], 0),
    ("source-narrow", "zh-CN", 390, 844, "light", [_PDF], 0),
]


def take(address: str, folder: Path) -> None:
    """Ask, open a source, and save one picture a setting."""
    folder.mkdir(parents=True, exist_ok=True)
    with launch_chromium() as browser:
        for name, locale, width, height, colours, questions, cited in _SHOTS:
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
                page.wait_for_timeout(1500)  # what may be asked next
            if questions and cited is not None:
                reply.locator(".jx-text .jx-cite").nth(cited).click()
            page.wait_for_timeout(3000)  # scrolling comes to rest, originals arrive
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
