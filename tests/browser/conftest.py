"""One server and one browser for all browser tests.

``service`` is the only place that says what stands behind the page.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ui.service import Service

from .chromium import launch_chromium, missing_chromium
from .fake_service import FakeService

Open = Callable[..., Any]  # open_page(locale="zh-CN", width=1440, height=900) → page


@pytest.fixture(scope="session")
def service() -> Service:
    return FakeService()


@pytest.fixture(scope="session")
def address(service: Service) -> Iterator[str]:
    """The address of the served page."""
    from ui.app import serve

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = serve(service, "127.0.0.1", port, block=False)
    yield f"http://127.0.0.1:{port}"
    app.close(verbose=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if problem := missing_chromium():
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    with launch_chromium() as chromium:
        yield chromium


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Open]:
    """Opens the page in a fresh browser profile; every request and dialog is recorded."""
    contexts = []

    def open_page(locale: str = "zh-CN", width: int = 1440, height: int = 900) -> Any:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.requested = []
        page.dialogs = []
        page.errors = []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))

        def dismiss(dialog: Any) -> None:
            page.dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", dismiss)
        page.goto(address)
        page.locator(".jx-example").first.wait_for(timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    """A file that can be uploaded; its first line is its title."""
    path = tmp_path / "附件2（天园街）.txt"
    path.write_text("2023年度天园街道办事处部门整体支出绩效自评表\n单位：万元\n", encoding="utf-8")
    return path
