"""Where a report contradicts itself: each finding quotes the places that do not agree."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable

from assistant.audit import identities, indicators, misprints, rates, scores, sums
from assistant.audit.findings import Finding, Severity
from ingest.report import Report

__all__ = ["Finding", "Severity", "audit", "audited"]

# Each looks for one kind of contradiction; none knows the others.
CHECKS: tuple[Callable[[Report], Iterable[Finding]], ...] = (
    rates.stated_rates,
    rates.rates_of_a_sentence,
    identities.budget_adds_up,
    sums.totals_of_funds,
    sums.totals_of_tables,
    scores.scores_within_points,
    scores.execution_score,
    scores.scores_add_up,
    indicators.full_marks_for_a_missed_target,
    indicators.rows_of_another_indicator,
    indicators.two_values_of_one_indicator,
    misprints.digits_that_changed_places,
    misprints.rows_that_changed_places,
    indicators.rates_above_the_whole,
    identities.years_that_disagree,
)


_KEPT = 64  # reports whose findings are kept
_kept: OrderedDict[tuple[str, str], list[Finding]] = OrderedDict()
_keeping = threading.Lock()  # many threads ask at once


def audited(report: Report) -> list[Finding]:
    """The findings of a report, kept for the reports used last."""
    key = (report.id, report.source_hash)
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = audit(report)
    with _keeping:
        _kept[key] = found
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


def audit(report: Report) -> list[Finding]:
    """The findings of a report, the gravest first."""
    found = [finding for check in CHECKS for finding in check(report)]
    return sorted(found, key=lambda finding: finding.severity)
