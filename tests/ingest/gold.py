"""Gold lists of figures, and how an extraction compares with one."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ingest.report import Report

Key = tuple[Decimal, str, str, str]  # value, unit, qualifier, role


@dataclass(frozen=True)
class Comparison:
    """Figures in both, only in the gold list, only extracted."""

    right: Counter[Key]
    missed: Counter[Key]
    invented: Counter[Key]

    @property
    def precision(self) -> float:
        return self.right.total() / max(1, self.right.total() + self.invented.total())

    @property
    def recall(self) -> float:
        return self.right.total() / max(1, self.right.total() + self.missed.total())


def read_gold(path: Path) -> Counter[Key]:
    """The figures of a gold list, each as often as it stands in the source."""
    with path.open(encoding="utf-8", newline="") as lines:
        return Counter(
            (Decimal(row["value"]), row["unit"], row["qualifier"], row["role"])
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def compare(gold: Counter[Key], report: Report) -> Comparison:
    """Compare by value, unit, qualifier and side of the form."""
    found = Counter(
        (f.value, f.unit or "", f.qualifier.value if f.qualifier else "", f.role.value)
        for f in report.figures
    )
    return Comparison(gold & found, gold - found, found - gold)
