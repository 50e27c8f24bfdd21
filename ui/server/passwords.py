"""Passwords are kept as scrypt hashes (RFC 7914) and compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import threading
from functools import cache

SHORTEST = 8  # characters
LONGEST = 256  # hashing unbounded input would be work that a stranger can order
_N, _R, _P = 2**15, 8, 1  # 32 MiB and some tenth of a second for one guess
_MEMORY = 64 * 2**20
_AT_ONCE = threading.BoundedSemaphore(2)  # so that many logins cannot take all memory


def hash_password(password: str) -> str:
    """``scrypt$N$r$p$salt$hash``; the numbers are kept so that they can be raised later."""
    salt = os.urandom(16)
    digest = _scrypt(password, salt, _N, _R, _P)
    return "$".join(("scrypt", str(_N), str(_R), str(_P), _text(salt), _text(digest)))


def matches(password: str, hashed: str) -> bool:
    """Whether this is the password; False also for a hash that is not one of ours."""
    try:
        kind, n, r, p, salt, digest = hashed.split("$")
        if kind != "scrypt" or len(password) > LONGEST:
            return False
        found = _scrypt(password, base64.b64decode(salt), int(n), int(r), int(p))
        return hmac.compare_digest(found, base64.b64decode(digest))
    except ValueError:
        return False


@cache
def nobody() -> str:
    """Checked where there is no such user, so that the time tells nobody who has an account."""
    return hash_password(os.urandom(12).hex())


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    with _AT_ONCE:
        return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
