"""Accounts: a file in the store folder, changed by ``jixiao user``, read by the server.

The server notices a changed file before the next request, so that a removed user
or a new role counts at once, without a restart.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from index_store.lock import write_lock
from ingest.errors import JixiaoError
from ui.server.passwords import LONGEST, SHORTEST, hash_password, matches, nobody

FILE = "accounts.json"
_NAME = re.compile(r"[\w.@-]{1,64}")
_LOCK_TIMEOUT_S = 10.0


class Role(StrEnum):
    """What someone may do; each may also do what the ones before it may."""

    READER = "reader"  # ask, look, take away
    EDITOR = "editor"  # upload and remove reports
    ADMIN = "admin"  # see accounts and the access log

    def covers(self, needed: Role) -> bool:
        """Whether this role may do what ``needed`` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Token:
    """A program's key for an account; only its hash is kept. Times are seconds since 1970."""

    id: str
    hashed: str
    made: float
    until: float | None


@dataclass(frozen=True, slots=True)
class Account:
    """One user. ``since`` is when the password was set: older sessions end with it."""

    name: str
    role: Role
    password: str
    since: float
    tokens: tuple[Token, ...] = ()


class Accounts:
    """The accounts of one store."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._kept: dict[str, Account] = {}

    def all(self) -> list[Account]:
        """Every account, by name.

        Raises:
            JixiaoError: the file cannot be read; nobody is let in by mistake.
        """
        return sorted(self._current().values(), key=lambda account: account.name)

    def get(self, name: str) -> Account | None:
        """The account of this name."""
        return self._current().get(name)

    def check_password(self, name: str, password: str) -> Account | None:
        """The account, where name and password fit; as slow for a name that is unknown."""
        account = self.get(name)
        fits = matches(password, account.password if account else nobody())
        return account if account and fits else None

    def check_token(self, token: str) -> Account | None:
        """The account whose token this is, while it is valid."""
        hashed = _token_hash(token)
        for account in self._current().values():
            for kept in account.tokens:
                if hmac.compare_digest(kept.hashed, hashed):
                    valid = kept.until is None or time.time() < kept.until
                    return account if valid else None
        return None

    def add(self, name: str, password: str, role: Role) -> None:
        """Make an account.

        Raises:
            JixiaoError: the name is taken or not allowed, or the password too short or long.
        """
        if not _NAME.fullmatch(name):
            raise JixiaoError(f"user {name!r}: a name has 1-64 letters, digits or . _ - @")
        _check_strength(password)
        with self._changing() as accounts:
            if name in accounts:
                raise JixiaoError(f"user {name} exists; `jixiao user password {name}` changes it")
            accounts[name] = Account(name, role, hash_password(password), time.time())

    def remove(self, name: str) -> None:
        """Take an account away, and with it its sessions and tokens."""
        with self._changing() as accounts:
            del accounts[self._known(name, accounts).name]

    def set_password(self, name: str, password: str) -> None:
        """Change a password; who is logged in must log in again."""
        _check_strength(password)
        with self._changing() as accounts:
            known = self._known(name, accounts)
            hashed = hash_password(password)
            accounts[name] = replace(known, password=hashed, since=time.time())

    def set_role(self, name: str, role: Role) -> None:
        """Change what a user may do."""
        with self._changing() as accounts:
            accounts[name] = replace(self._known(name, accounts), role=role)

    def new_token(self, name: str, days: int | None = None) -> str:
        """A key for a program; it is shown this once and cannot be read back."""
        token = f"jixiao_{secrets.token_urlsafe(32)}"
        now = time.time()
        kept = Token(
            secrets.token_hex(4), _token_hash(token), now, now + days * 86400 if days else None
        )
        with self._changing() as accounts:
            known = self._known(name, accounts)
            accounts[name] = replace(known, tokens=(*known.tokens, kept))
        return token

    def revoke_tokens(self, name: str) -> int:
        """Make all tokens of an account invalid; how many there were."""
        with self._changing() as accounts:
            known = self._known(name, accounts)
            accounts[name] = replace(known, tokens=())
        return len(known.tokens)

    def _known(self, name: str, accounts: dict[str, Account]) -> Account:
        if name not in accounts:
            raise JixiaoError(f"no user {name}; see `jixiao user list`")
        return accounts[name]

    def _current(self) -> dict[str, Account]:
        with self._lock:
            stamp = self._stamp_of_file()
            if stamp != self._stamp:
                self._kept = self._read()
                self._stamp = stamp
            return self._kept

    def _stamp_of_file(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino)

    def _read(self) -> dict[str, Account]:
        if not self.path.exists():
            return {}
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            return {
                name: Account(
                    name, Role(kept["role"]), kept["password"], float(kept["since"]),
                    tuple(Token(**token) for token in kept["tokens"]),
                )
                for name, kept in data["users"].items()
            }  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise JixiaoError(
                f"{self.path}: the accounts cannot be read ({error}); restore it from a copy"
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        """The accounts, to be changed; written back in one step, for the owner's eyes only."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with write_lock(self.path.with_suffix(".lock"), _LOCK_TIMEOUT_S):
            accounts = self._read()
            yield accounts
            users = {
                name: {key: value for key, value in asdict(kept).items() if key != "name"}
                for name, kept in sorted(accounts.items())
            }
            write_private(self.path, json.dumps({"users": users}, ensure_ascii=False, indent=1))


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; only its owner may read it."""
    fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
    fresh.touch(0o600, exist_ok=False)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _check_strength(password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise JixiaoError(f"a password has {SHORTEST} to {LONGEST} characters")


def _token_hash(token: str) -> str:
    # Tokens are 256 random bits: nothing to guess, so no slow hash is needed.
    return hashlib.sha256(token.encode()).hexdigest()
