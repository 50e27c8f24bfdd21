"""Errors that say which file, what was expected and what to do."""

from __future__ import annotations


class JixiaoError(Exception):
    """Base of every error a user may see: one line, no traceback."""


class UnreadableFile(JixiaoError):
    """A file that cannot be read as a report; the message names it and says why."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
