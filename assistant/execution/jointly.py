"""Several things sought at once: each is another figure, and all of them have to be right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from assistant.execution.figures import find
from assistant.finder import LEAST_SURE, Finding, Match
from assistant.plan import Operand
from index_store.store import ReportInfo, Store

_MOST_THINGS = 5  # that are weighed against each other
_MOST_EACH = 6  # figures that each of them may be
_BESIDE = 3.0  # how much likelier figures asked for together are that stand beside each other
_LEAST = 1e-3  # chance of a figure that is thought of


class _Option(NamedTuple):
    match: Match | None  # None: whatever else, or nothing
    chance: float


@dataclass(frozen=True, slots=True)
class Jointly:
    """What each thing is, given that they differ; ``chance`` is that all are as found."""

    findings: tuple[Finding, ...]
    chance: float

    @property
    def sure(self) -> bool:
        """Whether what is made of them is as sure as one figure has to be."""
        return all(f.best for f in self.findings) and self.chance >= LEAST_SURE


def find_each(store: Store, operands: Sequence[Operand], reports: Sequence[ReportInfo]) -> Jointly:
    """The figures of several things of one question, none of them twice.

    外墙和屋面各修了多少: what is surely the first is not the second.
    """
    return told_apart([find(store, operand, reports) for operand in operands])


def told_apart(findings: Sequence[Finding]) -> Jointly:
    """The same of what was found of each by itself."""
    single = math.prod(f.sureness for f in findings)
    if not 1 < len(findings) <= _MOST_THINGS or not all(f.likely or f.best for f in findings):
        return Jointly(tuple(findings), single)
    options = [_options(finding) for finding in findings]
    every: list[tuple[tuple[_Option, ...], float]] = []
    for chosen in product(*options):
        taken = [id(o.match.located.figure) for o in chosen if o.match]
        if len(set(taken)) == len(taken):
            weight = math.prod(o.chance for o in chosen)
            every.append((chosen, weight * _BESIDE if _in_one_passage(chosen) else weight))
    total = sum(weight for _, weight in every)
    whole = [(chosen, weight) for chosen, weight in every if all(o.match for o in chosen)]
    if not whole or not total:
        return Jointly(tuple(findings), single)
    best, weight = max(whole, key=lambda pair: pair[1])
    told = []
    for place, (finding, option) in enumerate(zip(findings, best, strict=True)):
        assert option.match
        own = sum(w for chosen, w in every if chosen[place].match is option.match) / total
        told.append(_with(finding, option.match, own))
    return Jointly(tuple(told), weight / total)


def _in_one_passage(chosen: Sequence[_Option]) -> bool:
    """Whether the figures taken stand in one row or paragraph of a report."""
    found = [o.match.located for o in chosen if o.match]
    places = {(located.report.id, located.figure.passage) for located in found}
    return len(found) == len(chosen) and len(places) == 1


def _options(finding: Finding) -> list[_Option]:
    likely = [_Option(m, m.chance) for m in finding.likely[:_MOST_EACH] if m.chance >= _LEAST]
    if finding.best and not likely:
        likely = [_Option(finding.best, 1.0)]
    return [*likely, _Option(None, max(0.0, 1.0 - sum(o.chance for o in likely)))]


def _with(finding: Finding, match: Match, chance: float) -> Finding:
    """A finding of the match chosen, where it is sure enough now."""
    sure = replace(match, chance=chance)
    if finding.best and finding.best.located.base_value == match.located.base_value:
        return replace(finding, likely=(sure,))
    if chance < LEAST_SURE:
        return finding
    return Finding(sure, nearest=sure, likely=(sure,))
