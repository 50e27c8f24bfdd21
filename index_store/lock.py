"""One writer at a time, across processes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from index_store.errors import StoreLocked


@contextmanager
def write_lock(path: Path, timeout_s: float) -> Iterator[None]:
    """Hold the lock file; it is given back when the process ends, however it ends.

    Raises:
        StoreLocked: another process held it for longer than ``timeout_s``.
    """
    with path.open("a+b") as handle:
        deadline = time.monotonic() + timeout_s
        while not _try(handle):
            if time.monotonic() >= deadline:
                raise StoreLocked(
                    f"{path.parent}: another process is writing to the store; "
                    "wait until it is done, then try again"
                )
            time.sleep(0.05)
        yield


def _try(handle: IO[bytes]) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
