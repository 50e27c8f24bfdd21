"""What an audit finds: one contradiction, in words, with the places that make it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from assistant.citations import quote_span
from assistant.located import Located
from ingest.report import Figure, Indicator, Report, Role


class Severity(IntEnum):
    """How much a contradiction matters; the lowest number the most."""

    ERROR = 1  # the figures cannot all be right
    DOUBT = 2  # one of them is probably misplaced or misprinted
    NOTE = 3  # explained by rounding, or worth a look


_ANY_OF_THEM = ("two values", "misprint")  # kinds that do not say which place is right


@dataclass(frozen=True, slots=True)
class Finding:
    """``kind`` names the check; ``said`` is the finding in words by language."""

    kind: str
    severity: Severity
    report: Report
    said: dict[str, str]
    places: tuple[Located, ...]

    @property
    def in_doubt(self) -> tuple[Located, ...]:
        """The places whose own value is in question; others only show why."""
        return self.places if self.kind in _ANY_OF_THEM else self.places[:1]

    def quotes(self) -> list[str]:
        """The report's own words at each place, verbatim."""
        spans = ((p, *quote_span(p)) for p in self.places)
        return [p.passage.text[start:end] for p, start, end in spans]


def amounts(report: Report) -> dict[str, Located]:
    """The department's or project's own funds by label; the first of each label."""
    found: dict[str, Located] = {}
    for figure in report.figures:
        if figure.role is Role.FUNDS and figure.label != "任务涉及资金":
            found.setdefault(figure.label, Located(report, figure))
    return found


def of_indicators(report: Report) -> Iterator[tuple[Indicator, dict[str, list[Located]]]]:
    """Each indicator with the figures of its row: target, actual, 分值, 得分."""
    by_passage: dict[int, list[Figure]] = {}
    for figure in report.figures:
        by_passage.setdefault(figure.passage, []).append(figure)
    for indicator in report.indicators:
        row: dict[str, list[Located]] = {}
        for figure in by_passage.get(indicator.passage, ()):
            for kind, is_it in (
                ("分值", figure.label == f"{indicator.name}分值"),
                ("得分", figure.label == f"{indicator.name}得分"),
                ("target", figure.role is Role.TARGET),
                ("actual", figure.role is Role.ACTUAL),
            ):
                if is_it:
                    row.setdefault(kind, []).append(Located(report, figure))
                    break
        yield indicator, row


def base(located: Located) -> Decimal:
    """A figure's value in its base unit."""
    return located.figure.value * located.figure.scale


def shown(located: Located) -> str:
    """A figure as printed, with its unit."""
    figure = located.figure
    return f"{figure.text}{figure.unit if figure.unit and figure.unit not in figure.text else ''}"
