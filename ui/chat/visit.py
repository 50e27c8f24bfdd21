"""A page that is open in some browser: which conversation it shows, what is being changed on it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from ui.chat.session import Session


class Visit:
    """Gradio gives every opened page a copy of its own, which its events share."""

    def __init__(self) -> None:
        self.editing: int | None = None  # number of the question being changed, from 1
        self.choices: tuple[Any, ...] = ()  # offices and years that can be chosen on it
        self.hint = ""  # stands under the chat until something is asked
        self._session: Session | None = None
        self._lock = Lock()

    def __deepcopy__(self, _: dict[int, Any]) -> Visit:
        return Visit()

    @property
    def session(self) -> Session | None:
        """The conversation it shows; None before any event of the page."""
        return self._session

    def opened(self, first: Callable[[], Session]) -> Session:
        """The conversation it shows; ``first`` opens one where there is none yet.

        Whichever event of a page comes first: a question may be sent before the page has
        done what it does when it opens.
        """
        with self._lock:
            if self._session is None:
                self._session = first()
            return self._session

    def show(self, session: Session) -> None:
        """Leave the conversation for another one."""
        with self._lock:
            self._session = session
            self.editing = None
            self.hint = ""

    def edited(self) -> int | None:
        """The number of the question being changed, which is then no longer so."""
        editing, self.editing = self.editing, None
        return editing
