"""One thing in several years or offices: the figures that are called alike.

Each report is looked at by itself first. Where what is likeliest there is called otherwise
(茶叶种植面积 in one year, 新造油茶面积 in the next), or where one report leaves it open, what is
called as in the others counts. Two things that only share a question are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from assistant.finder import Finding, Match
from assistant.located import Located
from assistant.sameness import named_alike
from ingest.report import Figure, Role

_ALIKE = 0.6  # of the names of one thing
_SURE = 0.85  # chance at which a thing may be called otherwise than in the other report
_LEAST = 0.45  # chance that each of the figures taken must have
_LEAST_BESIDE = 0.2  # the same, where another report says surely what it is called
_LEAST_ON_AVERAGE = 0.5  # chance of the figures taken, one with the other
_CHOICES = 5
_MOST = 4  # reports that are chosen among together
_WORTH_OF_A_NAME = 0.5  # what being called the same is worth beside chances


def counterparts(findings: Sequence[Finding]) -> list[Located] | None:
    """A figure of each finding, all of one thing; None where there is no such choice."""
    sure = [f.best for f in findings if f.best]
    plain = [m.located for m in sure] if len(sure) == len(findings) else None
    surely = all(f.sureness >= _SURE for f in findings)
    if plain and (len(plain) > _MOST or (_same_name(sure) and _same_side(sure))):
        return plain if surely or _called_alike(sure) else None
    best: tuple[float, list[Match]] | None = None
    for chosen in product(*(_choices(f) for f in findings[:_MOST])):
        matches = list(chosen)
        chances = [m.chance for m in matches]
        named = any(f.best is m for f, m in zip(findings, matches, strict=False))
        least = _LEAST_BESIDE if named else _LEAST
        if min(chances) < least or not _called_alike(matches):
            continue
        if sum(chances) < _LEAST_ON_AVERAGE * len(chances) and not _same_name(matches):
            continue
        worth = sum(chances) + _WORTH_OF_A_NAME * _same_name(matches)
        if best is None or worth > best[0]:
            best = worth, matches
    if best and len(findings) <= _MOST:
        return [m.located for m in best[1]]
    return plain if plain and _same_side(sure) and (surely or _called_alike(sure)) else None


def _same_side(matches: Sequence[Match]) -> bool:
    """Whether all were aimed at, or all done: a target is no year's result."""
    return len({m.located.figure.role is Role.TARGET for m in matches}) == 1


def _same_name(matches: Sequence[Match]) -> bool:
    return len({m.located.figure.label for m in matches}) == 1


def _choices(finding: Finding) -> list[Match]:
    """What may be meant there, the likeliest first."""
    first = [finding.best] if finding.best else []
    rest = (*finding.rivals, *finding.conflicting, *finding.likely)
    seen = {id(m.located.figure) for m in first}
    for match in rest:
        if id(match.located.figure) not in seen:
            seen.add(id(match.located.figure))
            first.append(match)
    return first[:_CHOICES]


def _called_alike(matches: Sequence[Match]) -> bool:
    first = matches[0].located.figure
    return all(
        _same_unit(first.base_unit, m.located.figure.base_unit)
        and (first.role is Role.TARGET) is (m.located.figure.role is Role.TARGET)
        and _named_alike(first, m.located.figure)
        for m in matches[1:]
    )


def _named_alike(one: Figure, other: Figure) -> bool:
    """立案 of one year is 立案查办违法案件 of the next; 支出 is not 项目支出."""
    shorter, longer = sorted((one.label, other.label), key=len)
    begins = len(shorter) > 1 and longer.startswith(shorter)
    return begins or named_alike(one, other) >= _ALIKE


def _same_unit(one: str | None, other: str | None) -> bool:
    return one == other or one is None or other is None
