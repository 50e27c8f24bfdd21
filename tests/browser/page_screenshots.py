"""Screenshots of the other pages: ``python -m tests.browser.page_screenshots docs/images``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from assistant.service import Assistant
from tests.conftest import SAMPLES, open_store

from .chromium import launch_chromium
from .reports import plain_report
from .serving import served


def _reports(page: Any, folder: Path) -> None:
    bad = folder / "扫描不完整.pdf"
    bad.write_bytes(b"%PDF-1.7 half")
    files = [str(plain_report(folder)), str(bad)]
    page.locator("#jx-files input[type=file]").set_input_files(files)
    page.locator("#jx-outcomes [data-jx-look]").first.click(timeout=60_000)
    page.locator("#jx-view mark").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def _compare(page: Any, _: Path) -> None:
    box = page.locator("#jx-indicator input")
    box.fill("实际支出数")
    box.press("Enter")
    page.get_by_role("link", name="12198.33").click()
    page.locator("#jx-panel details[open] mark").first.wait_for()


def _audit(page: Any, _: Path) -> None:
    page.locator(".jx-quote-link").first.click()
    page.locator("#jx-panel details[open] mark").first.wait_for()


def _quality(page: Any, _: Path) -> None:
    page.locator("#jx-run").click()
    page.locator(".jx-scores").wait_for(timeout=180_000)


# name, path, what is there when it is ready, locale, width, colours, what is done first
_SHOTS: list[tuple[str, str, str, str, int, str, Callable[[Any, Path], None]]] = [
    ("reports", "reports", "#jx-loaded tbody tr", "zh-CN", 1440, "light", _reports),
    ("compare-zh", "compare", "a.jx-cell", "zh-CN", 1440, "light", _compare),
    ("compare-en", "compare", "a.jx-cell", "en-US", 1440, "dark", _compare),
    ("compare-narrow", "compare", "a.jx-cell", "zh-CN", 390, "light", lambda *_: None),
    ("audit", "audit", ".jx-finding", "zh-CN", 1440, "light", _audit),
    ("quality", "quality", "#jx-kept .jx-line", "en-US", 1440, "light", _quality),
]


def take(address: str, folder: Path, files: Path) -> None:
    """Do what a person would, and save one picture a setting."""
    folder.mkdir(parents=True, exist_ok=True)
    with launch_chromium() as browser:
        for name, path, ready, locale, width, colours, first in _SHOTS:
            height = 900 if width > 600 else 844
            context = browser.new_context(
                locale=locale, viewport={"width": width, "height": height}, color_scheme=colours
            )
            page: Any = context.new_page()
            page.goto(f"{address}/{path}")
            page.locator(ready).first.wait_for(timeout=60_000)
            first(page, files)
            page.wait_for_timeout(1500)  # scrolling comes to rest
            page.screenshot(path=str(folder / f"{name}.png"))
            context.close()


def main() -> None:
    """Serve the pages and take their pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as place:
        assistant = Assistant(open_store(Path(place) / "store"), today=date(2026, 1, 15))
        assistant.ingest_files([SAMPLES])
        with served(assistant) as address:
            take(address, folder, Path(place))
        assistant.store.close()


if __name__ == "__main__":
    main()
