"""What can go wrong with a store; each says what to do."""

from __future__ import annotations

from ingest.errors import JixiaoError


class StoreError(JixiaoError):
    """A store that cannot be used as it is."""


class StoreLocked(StoreError):
    """Another process is writing."""


class UnknownReport(StoreError):
    """A report id that the store does not have."""
