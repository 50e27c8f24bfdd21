"""Conversations kept across a reload: whole on the server, their questions in the browser.

The browser's own list survives a restart of the server; a conversation that the server
has forgotten is asked anew from it, of the reports as they are by then.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from ui.chat.session import Session

LISTED = 20  # conversations a browser keeps
_KEPT = 500  # conversations the server keeps, of all visitors
_REPEATED = 8  # questions asked anew at most, the last ones
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Past:
    """A conversation as the browser keeps it: each question with the scope it was asked in."""

    id: str
    questions: tuple[tuple[str, tuple[str, ...], int | None], ...]

    @property
    def title(self) -> str:
        """Its first question."""
        return self.questions[0][0][:_LONGEST_TITLE] if self.questions else ""

    def to_json(self) -> dict[str, Any]:
        """For the browser."""
        return {"id": self.id, "questions": [[q, list(d), y] for q, d, y in self.questions]}


@dataclass(frozen=True, slots=True)
class History:
    """``current`` is the id of the conversation that was open last, if one was.

    ``browser`` is an unguessable name of the browser: pages of it that are open at once
    each know only the list they opened with, and find the others' conversations by it.
    """

    current: str | None = None
    past: tuple[Past, ...] = ()
    browser: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @classmethod
    def read(cls, kept: Any) -> History:
        """What the browser kept; whatever is not of our making is left out."""
        if not isinstance(kept, dict):
            return cls()
        past = tuple(p for entry in _list(kept.get("past")) if (p := _past(entry)))
        current, browser = kept.get("current"), kept.get("browser")
        read = cls(current if isinstance(current, str) else None, past[:LISTED])
        return replace(read, browser=browser) if isinstance(browser, str) and browser else read

    def to_json(self) -> dict[str, Any]:
        """For the browser."""
        past = [past.to_json() for past in self.past]
        return {"current": self.current, "past": past, "browser": self.browser}

    def find(self, conversation: str | None) -> Past | None:
        """The conversation of this id."""
        return next((past for past in self.past if past.id == conversation), None)

    def having(self, session: Session, others: Sequence[Session] = ()) -> History:
        """With a conversation as it is now, which comes first, and others that may be new."""
        now = [past for one in (session, *others) if (past := _as_past(one)).questions]
        listed = {past.id: past for past in self.past}
        new = [past for past in now if past.id not in listed]
        listed |= {past.id: past for past in now}
        mine = [listed.pop(session.id)] if session.id in listed else []
        for past in new:
            listed.pop(past.id, None)
        rest = [past for past in new if past.id != session.id]
        ordered = tuple([*mine, *rest, *listed.values()][:LISTED])
        return replace(self, current=session.id, past=ordered)


class Memory:
    """The conversations of all visitors, as long as there is room. Ids are unguessable;
    where visitors have names, each is given only their own."""

    def __init__(self, room: int = _KEPT) -> None:
        self._room = room
        self._sessions: OrderedDict[tuple[str | None, str], tuple[str, Session]] = OrderedDict()
        self._lock = Lock()

    def keep(self, visitor: str | None, browser: str, session: Session) -> None:
        """Remember a conversation, and that it is of this browser."""
        with self._lock:
            self._sessions[visitor, session.id] = (browser, session)
            self._sessions.move_to_end((visitor, session.id))
            while len(self._sessions) > self._room:
                self._sessions.popitem(last=False)

    def find(self, visitor: str | None, conversation: str) -> Session | None:
        """A visitor's conversation, if it is still known."""
        with self._lock:
            known = self._sessions.get((visitor, conversation))
            return known[1] if known else None

    def of(self, visitor: str | None, browser: str) -> list[Session]:
        """The conversations of a browser, the latest first."""
        with self._lock:
            held = [s for (v, _), (b, s) in self._sessions.items() if (v, b) == (visitor, browser)]
        return held[::-1]

    def forget(self, visitor: str | None, browser: str, but: str) -> None:
        """Forget the conversations of a browser but one."""
        with self._lock:
            for (name, id_), (its, _) in list(self._sessions.items()):
                if (name, its) == (visitor, browser) and id_ != but:
                    del self._sessions[name, id_]


def to_repeat(past: Past) -> Sequence[tuple[str, tuple[str, ...], int | None]]:
    """The questions to ask anew."""
    return past.questions[-_REPEATED:]


def _as_past(session: Session) -> Past:
    asked = tuple(
        (e.question, e.scope.departments, e.scope.year) for e in list(session.entries) if not e.open
    )
    return Past(session.id, asked)


def _past(entry: Any) -> Past | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        return None
    questions = []
    for asked in _list(entry.get("questions")):
        if not (isinstance(asked, list) and len(asked) == 3 and isinstance(asked[0], str)):
            return None
        question, departments, year = asked
        named = tuple(d for d in _list(departments) if isinstance(d, str))
        questions.append((question, named, year if isinstance(year, int) else None))
    return Past(entry["id"], tuple(questions)) if questions else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
