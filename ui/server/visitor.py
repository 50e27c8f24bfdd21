"""Who is behind what happens now, and what they may do.

The gate (``gate``) says it for every request. Gradio runs the page's events away
from their requests, but tells its functions which request each belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from assistant.answer import Language
from ingest.errors import JixiaoError
from ui.server.accounts import Role
from ui.server.words import say


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone, or some program, at work. ``name`` is None where there are no accounts."""

    name: str | None
    role: Role
    address: str
    language: Language = "zh"
    by: str = "page"  # page, api or mcp

    @property
    def key(self) -> str:
        """Under what their questions and uploads are counted."""
        return self.name or self.address

    def require(self, role: Role) -> None:
        """Raise ``NotAllowed`` where this is not for them."""
        if not self.role.covers(role):
            raise NotAllowed(say(f"needs_{role}", self.language))


class NotAllowed(JixiaoError):
    """Someone asked for what their role does not include."""


class TooMany(JixiaoError):
    """Someone asks or uploads more often than is allowed; ``seconds`` until they may."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


# Of a program's request. Not of the page's: Gradio may start in one what works for all.
current: ContextVar[Visitor | None] = ContextVar("current", default=None)


def who(find: Callable[[str | None], Role | None]) -> Visitor | None:
    """Who is at work here: behind an event of the page, or a request of a program.

    ``find`` tells the role that a name has today; None where its account is gone.
    """
    from gradio.context import LocalContext

    from ui.context import request_language

    request = LocalContext.request.get(None)
    if request is None:
        return current.get()
    role = find(request.username)
    if role is None:
        return None
    address = request.client.host if request.client else ""
    return Visitor(request.username, role, address, request_language(request))
