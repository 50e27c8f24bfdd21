"""The frame around every page: name, navigation, language, light or dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Language
from ui.context import PageContext
from ui.markup import escape
from ui.pages import Page
from ui.text import words

_LANGUAGE_NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}


def header(context: PageContext) -> None:
    """Put the frame's header on the page being built."""
    context.line(f"header_{context.name}", "jx-frame", of="frame")


def headers(pages: Sequence[Page], language: Language) -> dict[str, str]:
    """The header of each page, under the keys by which ``header`` asks for them."""
    return {f"frame_header_{page.name}": _header(page, pages, language) for page in pages}


def _header(page: Page, pages: Sequence[Page], language: Language) -> str:
    said = words("frame", language)
    # Relative, so that they hold behind a proxy under a path: all pages are one level deep.
    links = "".join(
        f'<a href="./{other.path}"{_current(other is page)}>{escape(said[other.name])}</a>'
        for other in pages
    )
    languages = "".join(
        f'<button type="button" lang="{code}" data-jx-language="{code}"'
        f' aria-pressed="{str(code == language).lower()}">{name}</button>'
        for code, name in _LANGUAGE_NAMES.items()
    )
    return (
        f'<header class="jx-header" data-title="{escape(_page_title(page, said))}">'
        f'<h1 class="jx-hidden">{escape(_page_title(page, said))}</h1>'
        f'<a class="jx-brand" href="./"><span class="jx-title">{escape(said["title"])}</span></a>'
        f'<nav class="jx-nav" aria-label="{escape(said["navigation"])}">{links}</nav>'
        '<div class="jx-switches">'
        f'<div class="jx-languages" role="group" aria-label="{escape(said["language"])}">'
        f"{languages}</div>"
        f'<button type="button" class="jx-theme" data-jx-theme'
        f' aria-label="{escape(said["theme"])}" title="{escape(said["theme"])}"></button>'
        f'<div class="jx-account" hidden data-logout="{escape(said["logout"])}"'
        f' data-admin="{escape(said["admin"])}"></div>'
        "</div></header>"
    )


def _current(current: bool) -> str:
    return ' aria-current="page"' if current else ""


def _page_title(page: Page, said: Mapping[str, str]) -> str:
    """What the browser's tab and its bookmarks call the page."""
    return f"{said[page.name]} · {said['title']}"
