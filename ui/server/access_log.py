"""The access log: who logged in, asked, uploaded and removed; a JSON object a line."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

FILE = "access.log"


class AccessLog:
    """The log of one store: ``access.log``, and ``access.log.1`` and so on for older lines."""

    def __init__(self, folder: Path, megabytes: int = 10, kept: int = 10) -> None:
        self._path = folder / FILE
        self._kept = kept
        folder.mkdir(parents=True, exist_ok=True)
        self._handler = _Private(
            self._path, maxBytes=megabytes * 2**20, backupCount=kept, encoding="utf-8", delay=True
        )

    def write(self, event: str, user: str | None, address: str, **details: Any) -> None:
        """Note an event. What cannot be written is said on the program's own log, not to users."""
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "event": event,
            "user": user,
            "address": address,
            **details,
        }
        text = json.dumps(line, ensure_ascii=False)
        self._handler.handle(logging.makeLogRecord({"msg": text, "args": None}))

    def last(self, count: int) -> list[dict[str, Any]]:
        """The newest events, newest first."""
        found: list[dict[str, Any]] = []
        for line in self._newest_lines():
            try:
                found.append(json.loads(line))
            except ValueError:  # a line that a full disk cut off
                continue
            if len(found) == count:
                break
        return found

    def close(self) -> None:
        """Give the file back."""
        self._handler.close()

    def _newest_lines(self) -> Iterator[str]:
        for number in range(self._kept + 1):
            path = Path(f"{self._path}.{number}") if number else self._path
            if not path.exists():
                return
            yield from reversed(path.read_text(encoding="utf-8", errors="replace").split("\n"))


class _Private(RotatingFileHandler):
    """Questions can be nobody else's business: the file is for its owner."""

    def _open(self) -> Any:
        stream = super()._open()
        Path(self.baseFilename).chmod(0o600)
        return stream

    def handleError(self, record: logging.LogRecord) -> None:
        logging.getLogger(__name__).exception("the access log cannot be written")
