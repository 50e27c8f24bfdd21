"""What all pages share: language, colours, and nothing from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Open

pytestmark = pytest.mark.browser


def dark(page: Any) -> bool:
    """Whether the page is drawn in its dark colours."""
    return bool(page.evaluate("document.body.classList.contains('dark')"))


@pytest.mark.parametrize(
    ("locale", "other", "send", "title"),
    [("zh-CN", "en", "Ask", "Ask · Jixiao"), ("en-US", "zh", "提问", "问答 · 绩效问答")],
)
def test_the_language_is_switched_and_stays(
    open_page: Open, locale: str, other: str, send: str, title: str
) -> None:
    page = open_page(locale)
    page.locator(f"[data-jx-language={other}]").click()
    page.wait_for_function("title => document.title === title", arg=title)
    page.reload()
    page.locator("#jx-reports .jx-faint").wait_for()
    assert page.locator("#jx-send").inner_text() == send
    assert page.evaluate("document.documentElement.lang").startswith(other)
    assert page.locator(f"[data-jx-language={other}]").get_attribute("aria-pressed") == "true"
    # The words that the server puts in follow too.
    assert ("Reports loaded" in page.locator("#jx-reports").inner_text()) == (other == "en")


def test_light_and_dark_are_switched_and_stay(open_page: Open) -> None:
    page = open_page()
    assert not dark(page)
    page.locator(".jx-theme").click()
    assert dark(page)
    page.reload()
    page.locator("#jx-reports .jx-faint").wait_for()
    assert dark(page)
    page.locator(".jx-theme").click()
    assert not dark(page)


def test_the_page_says_what_it_is_doing_while_it_starts(open_page: Open, address: str) -> None:
    page = open_page()
    page.route("**/assets/*.js", lambda route: route.abort())  # as if the network were slow
    page.goto(address, wait_until="commit")
    page.get_by_role("status").wait_for()
    assert page.get_by_role("status").inner_text() == "正在打开绩效问答…"


def test_the_browser_is_told_to_load_nothing_from_elsewhere(open_page: Open, address: str) -> None:
    page = open_page()
    policy = page.request.get(address).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    blocked = page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener("securitypolicyviolation", (event) => done(event.blockedURI));
          new Image().src = "http://elsewhere.invalid/x.png";
        })"""
    )
    assert blocked == "http://elsewhere.invalid/x.png"
