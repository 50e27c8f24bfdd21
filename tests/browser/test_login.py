"""Logging in as a person does it, in both languages, on a wide and a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from tests.conftest import SAMPLES, open_store
from ui.server.accounts import Accounts, Role
from ui.server.run import served

from .accessibility import violations
from .chromium import ask
from .proxy import proxied

PASSWORD = "a-long-secret"
SCREENS = [("zh-CN", 1440), ("zh-CN", 390), ("en-US", 1440), ("en-US", 390)]


@pytest.fixture(scope="module")
def locked_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with a reader and an editor and an administrator."""
    folder = tmp_path_factory.mktemp("locked")
    store = open_store(folder)
    assistant = Assistant(store)
    assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    accounts = Accounts(folder)
    for role in Role:
        accounts.add(role.value, PASSWORD, role)
    with served(assistant, Settings()) as address:
        yield address
    store.close()


@pytest.fixture
def visit(browser: Any, locked_address: str) -> Iterator[Any]:
    """Opens the page in a fresh browser profile."""
    contexts = []

    def visit(locale: str = "zh-CN", width: int = 1440, path: str = "/", **more: Any) -> Any:
        size = {"width": width, "height": 900}
        context = browser.new_context(locale=locale, viewport=size, **more)
        contexts.append(context)
        page = context.new_page()
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        page.goto(f"{locked_address}{path}")
        return page

    yield visit
    for context in contexts:
        context.close()


def log_in(page: Any, name: str, password: str = PASSWORD) -> None:
    """Type name and password, press Enter."""
    page.locator("#username").fill(name)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")


def begun(page: Any) -> None:
    """The name field has the cursor.

    A browser puts it there when it first paints the page, on a busy machine a moment after
    the page has loaded; keys pressed before go nowhere.
    """
    page.wait_for_function("document.activeElement.id === 'username'")


def opened(page: Any) -> None:
    """The page itself is there."""
    page.locator("#jx-question textarea").wait_for(timeout=30_000)


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "width"), SCREENS)
def test_a_wrong_password_is_said_and_the_right_one_opens_the_page(
    visit: Any, locked_address: str, locale: str, width: int
) -> None:
    page = visit(locale, width)
    heading = {"zh-CN": "登录", "en-US": "Log in"}[locale]
    assert page.locator("h1").inner_text() == heading
    assert page.locator("html").get_attribute("lang") == locale.replace("en-US", "en")
    begun(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    log_in(page, "reader", "not-the-password")
    problem = page.get_by_role("alert")
    assert (
        problem.inner_text()
        == {
            "zh-CN": "用户名或密码不正确，请重新输入。",
            "en-US": "The user name or the password is not right. Please try again.",
        }[locale]
    )
    assert page.locator("#username").input_value() == "reader"
    log_in(page, "reader")
    opened(page)
    assert all(url.startswith((locked_address, "data:", "blob:")) for url in page.requested)


@pytest.mark.browser
def test_the_keyboard_alone_is_enough(visit: Any) -> None:
    page = visit()
    begun(page)
    page.keyboard.type("reader")
    assert page.locator("#username").input_value() == "reader"
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Enter")
    opened(page)


@pytest.mark.browser
def test_the_language_can_be_changed_before_the_login_and_stays(visit: Any) -> None:
    page = visit("en-US", path=f"/?{urlencode({'q': '2022年员村街代征个人出租房屋税多少'})}")
    page.get_by_role("link", name="中文").click()
    assert page.locator("h1").inner_text() == "登录"
    log_in(page, "reader", "not-the-password")
    assert "不正确" in page.get_by_role("alert").inner_text()
    log_in(page, "reader")
    opened(page)
    # The link to a question that was opened before the login is followed after it.
    page.locator(".jx-value").first.wait_for(timeout=30_000)
    assert page.locator(".jx-value").first.inner_text() == "2100.52"
    assert page.locator("html").get_attribute("lang") == "zh-CN"


@pytest.mark.browser
def test_it_works_without_script(visit: Any) -> None:
    page = visit(java_script_enabled=False)
    log_in(page, "reader")
    page.wait_for_url("**/")
    assert "/login" not in page.url


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "width"), SCREENS)
@pytest.mark.parametrize("role", ["reader", "admin"])
def test_the_page_says_who_is_logged_in_and_lets_them_out(
    visit: Any, locale: str, width: int, role: str
) -> None:
    page = visit(locale, width)
    log_in(page, role)
    opened(page)
    account = page.locator(".jx-account")
    account.wait_for()
    assert role in account.inner_text()
    link = account.locator("a")
    assert link.count() == (1 if role == "admin" else 0)
    if role == "admin":
        link.click()
        title = {"zh-CN": "账号与访问记录", "en-US": "Accounts and access log"}[locale]
        assert page.locator("h1").inner_text() == title
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.go_back()
        opened(page)
    page.locator(".jx-account button").click()
    said = {"zh-CN": "您已退出登录。", "en-US": "You are logged out."}[locale]
    page.get_by_role("status").wait_for()
    assert page.get_by_role("status").inner_text() == said
    page.goto(page.url.split("/login")[0])
    assert "/login" in page.url


@pytest.mark.browser
def test_without_accounts_there_is_nothing_to_log_out_of(open_page: Any) -> None:
    page = open_page()
    assert page.locator(".jx-account:visible").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_pictures_for_looking_at(visit: Any, width: int, tmp_path: Path) -> None:
    """The login page fits the screen in both languages and colours, nothing cut off."""
    for locale in ("zh-CN", "en-US"):
        for scheme in ("light", "dark"):
            page = visit(locale, width, color_scheme=scheme)
            box = page.locator("main").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            page.screenshot(path=str(tmp_path / f"{locale}-{scheme}-{width}.png"))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 1440), ("en-US", 390)])
def test_login_and_accounts_are_accessible(
    visit: Any, locale: str, width: int, scheme: str
) -> None:
    page = visit(locale, width, color_scheme=scheme)
    assert violations(page) == []
    log_in(page, "admin", "not-the-password")
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    log_in(page, "admin")
    opened(page)
    page.goto(page.url + "admin")
    page.locator("h1").wait_for()
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("cut", [True, False])
def test_behind_a_proxy_under_a_path_everything_works(
    browser: Any, tmp_path: Path, cut: bool
) -> None:
    store = open_store(tmp_path)
    assistant = Assistant(store)
    assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    Accounts(tmp_path).add("reader", PASSWORD, Role.READER)
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    with (
        served(assistant, Settings(root_path="/jixiao")) as own,
        proxied(own.removesuffix("/jixiao"), "/jixiao", cut=cut) as address,
    ):
        page.goto(f"{address}/")
        log_in(page, "reader")
        opened(page)
        assert page.url == f"{address}/"
        reply = ask(page, "2022年员村街代征个人出租房屋税多少？")
        assert reply.locator(".jx-value").inner_text() == "2100.52"
        page.locator(".jx-account button").click()
        page.get_by_role("status").wait_for()
        assert page.url.startswith(f"{address}/login")
        context.close()
    assert all(url.startswith((f"{address}/", "data:", "blob:")) for url in requested), requested
    store.close()
