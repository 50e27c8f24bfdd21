"""Who is logged in: random ids in cookies, known here by their hashes only."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from ui.server.accounts import Account, Accounts, write_private

FILE = "sessions.json"


@dataclass(frozen=True, slots=True)
class Session:
    """A login: of whom, and until when (seconds since 1970)."""

    user: str
    made: float
    until: float


class Sessions:
    """The logins of one store; kept in a file, so that a restart logs nobody out."""

    def __init__(self, folder: Path, accounts: Accounts, hours: float) -> None:
        self._path = folder / FILE
        self._accounts = accounts
        self._seconds = hours * 3600
        self._lock = threading.Lock()
        self._sessions = self._read()

    def begin(self, user: str) -> str:
        """A new login; the id for the cookie."""
        key = secrets.token_urlsafe(32)
        now = time.time()
        with self._lock:
            self._sessions = {k: s for k, s in self._sessions.items() if s.until > now}
            self._sessions[_hash(key)] = Session(user, now, now + self._seconds)
            self._write()
        return key

    def account(self, key: str) -> Account | None:
        """Whose login this is; None where it has ended or its account has changed."""
        session = self._sessions.get(_hash(key))
        if session is None or session.until <= time.time():
            return None
        account = self._accounts.get(session.user)
        return account if account and account.since <= session.made else None

    def end(self, key: str) -> None:
        """Log out."""
        with self._lock:
            if self._sessions.pop(_hash(key), None):
                self._write()

    def _read(self) -> dict[str, Session]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return {key: Session(**session) for key, session in kept.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}  # nothing is lost: everybody logs in again

    def _write(self) -> None:
        kept = {key: asdict(session) for key, session in self._sessions.items()}
        write_private(self._path, json.dumps(kept))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
