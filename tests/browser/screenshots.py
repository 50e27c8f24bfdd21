"""Screenshots of the page for the README: ``python -m tests.browser.screenshots docs/images``."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path
from typing import Any

from .chromium import ask, launch_chromium
from .fake_service import FakeService

_TAX = "2022年代征个人出租房屋税多少？"
# name, locale, width, height, colours, questions
_SHOTS: list[tuple[str, str, int, int, str, list[str]]] = [
    ("page-zh", "zh-CN", 1440, 900, "light", [_TAX, "2022年预算完成率是多少？"]),
    ("page-en", "en-US", 1440, 900, "light", ["What was the budget completion rate in 2022?"]),
    ("page-dark", "zh-CN", 1440, 900, "dark", ["2022年预算完成率是多少？"]),
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
    from ui.app import serve

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = serve(FakeService(), "127.0.0.1", port, block=False)
    take(f"http://127.0.0.1:{port}", folder)
    app.close(verbose=False)


if __name__ == "__main__":
    main()
