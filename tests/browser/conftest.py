"""One server and one browser for all browser tests; what stands behind the page is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Assistant
from tests.conftest import open_store
from ui.service import Service

from .serving import served

# open_page(locale="zh-CN", width=1440, height=900, at=None) → page
Open = Callable[..., Any]
# visit(path, ready, locale="zh-CN", width=1440, at=None) → page
Visit = Callable[..., Any]


@pytest.fixture(scope="session")
def service(sample_assistant: Assistant) -> Service:
    """What stands behind the page: the samples, to be asked and not to be changed."""
    return sample_assistant


@pytest.fixture
def own_assistant(tmp_path: Path) -> Iterator[Assistant]:
    """An assistant of the test's own, with no report yet."""
    store = open_store(tmp_path / "store")
    yield Assistant(store, today=date(2026, 1, 15))
    store.close()


@pytest.fixture(scope="session")
def address(service: Service) -> Iterator[str]:
    """The address of the page over the samples."""
    with served(service) as address:
        yield address


@pytest.fixture
def serve_page() -> Iterator[Callable[[Service], str]]:
    """Serves the page over a service of the test's own; returns its address."""
    with ExitStack() as serving:
        yield lambda service: serving.enter_context(served(service))


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """Opens a page by its path in a fresh browser profile, and waits for ``ready`` to be there."""
    contexts = []

    def visit(
        path: str, ready: str, locale: str = "zh-CN", width: int = 1440, at: str | None = None
    ) -> Any:
        height = 900 if width > 600 else 844
        context = browser.new_context(locale=locale, viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.requested, page.dialogs, page.errors = [], [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(f"{at or address}/{path}")
        page.locator(ready).first.wait_for(timeout=30_000)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Open]:
    """Opens the page in a fresh browser profile; every request and dialog is recorded."""
    contexts = []

    def open_page(
        locale: str = "zh-CN", width: int = 1440, height: int = 900, at: str | None = None
    ) -> Any:
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
        page.goto(at or address)
        # The list of reports, or that it is empty: on a narrow screen it is there and not in sight.
        page.locator("#jx-reports .jx-faint").wait_for(state="attached", timeout=30_000)
        page.locator(".jx-welcome, .jx-question").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
