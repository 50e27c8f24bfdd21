"""The page for everybody: no violation of WCAG 2.2 AA that axe can see."""

from __future__ import annotations

import pytest

from .accessibility import violations
from .chromium import ask
from .conftest import Open

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 1440), ("en-US", 390)])
def test_the_chat_is_accessible(open_page: Open, locale: str, width: int, dark: bool) -> None:
    page = open_page(locale, width=width)
    if dark:
        page.locator(".jx-theme").click()
    page.wait_for_timeout(400)  # colours fade
    assert violations(page) == []
    reply = ask(page, "2022年员村街预算完成率是多少？")
    page.locator(".jx-suggestions").wait_for()
    ask(page, "员村街2021年到2023年实际支出分别是多少？")
    page.wait_for_timeout(400)
    assert violations(page) == []
    reply.locator(".jx-text .jx-cite").first.click()
    page.wait_for_timeout(600)
    assert violations(page) == []
