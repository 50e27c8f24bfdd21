"""The calculator's one error."""

from __future__ import annotations

from ingest.errors import JixiaoError


class CalculationError(JixiaoError):
    """An expression or operation without a result; one line that says why."""
