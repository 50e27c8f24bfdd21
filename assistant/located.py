"""A figure with its report: what is found, shown and cited."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.report import Figure, Passage, Report


@dataclass(frozen=True, slots=True)
class Located:
    """A figure with its report."""

    report: Report
    figure: Figure

    @property
    def passage(self) -> Passage:
        return self.report.passages[self.figure.passage]

    @property
    def year(self) -> int | None:
        """The year the figure is of: the report's, unless the source names another."""
        return self.figure.year or self.report.year

    @property
    def base_value(self) -> tuple[Decimal, str | None]:
        """The value in base units, to see that 0.09万份 is 900份."""
        return (self.figure.value * self.figure.scale).normalize(), self.figure.base_unit
