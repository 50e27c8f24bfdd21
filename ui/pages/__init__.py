"""The pages, one module each; a page is there as soon as its module has ``build``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from ui.context import PageContext

Build = Callable[[PageContext], None]
_ORDER = ("ask", "reports", "compare", "audit", "quality")


class Page(NamedTuple):
    """``path`` is below the address of the server; the first page has none."""

    name: str
    path: str
    build: Build


def pages() -> list[Page]:
    """The pages that are built, in the order of the navigation."""
    found: list[Page] = []
    for name in _ORDER:
        build: Build | None = getattr(import_module(f"ui.pages.{name}"), "build", None)
        if build is not None:
            found.append(Page(name, name if found else "", build))
    return found
