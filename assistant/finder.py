"""Which figure a question means, of those that :mod:`assistant.weighing` leaves.

The learned ranker says how surely each figure is meant, or none: an indicator that only
sounds alike is not an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from assistant.fitness import REQUIRED
from assistant.located import Located
from assistant.matching import (
    concept_in_figure,
    concept_match,
    figure_text,
)
from assistant.plan import Concept, Operand
from assistant.ranking.features import NAMES, Matrix
from assistant.ranking.model import model, probabilities
from assistant.reader.network import network
from assistant.reader.put import put_figure, put_question
from assistant.reader.second_look import READ, SURE_UNREAD, together
from assistant.sameness import contradict
from assistant.settings import UNREAD, settings
from assistant.weighing import Weighing, weighing
from assistant.wholes import of_its_project, part_of, unspoken_part
from index_store.store import Store
from ingest.report import Indicator, Report

# Chosen from the curve of accuracy against coverage; see docs/accuracy.md.
MOST_DOUBT = 0.5  # greatest chance that none is meant
LEAST_SURE = 0.8  # least chance of the value given
MOST_DOUBT_ASKED_BACK = 0.2  # the same as MOST_DOUBT, where it is asked which one is meant
_LEAST_CHOICE = 0.08  # least chance of a value that is offered then
_MOST_CHOICES = 4
_MOST_LIKELY = 8  # values that are kept beside the one given
TIE = 0.35  # candidates this close (logit) are equally good
_SAME_VALUE_BEHIND = 4.0  # how far another place with the same value may be behind
_KIN_BEHIND = 2.0  # how far kin of the figure answered before may be behind another of its row
_LEAST_NAME = 4  # characters of a figure's name that a question may have as its own
_OF_A_NAME = 4.0  # utility of being called just as the question does
_NOT_MEANT = -50.0  # utility of what is not meant
_MOST_UNSAID = 0.1  # of a question's terms that an amount may lack, to count for its parts
_OFFICE_BEHIND = 4.0  # the same of the office's row behind that of one of its projects
_WHOLE_BEHIND = 1.5  # how far the whole may be behind a part of it that nobody spoke of


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate: how well it fits, and what of the question it covers."""

    located: Located
    cover: float  # weighted share of the question's terms that it covers
    missing: float  # weighted share of those that nothing near it has
    score: float  # utility, on the logit scale
    chance: float  # that it is the one meant


@dataclass(frozen=True, slots=True)
class Finding:
    """The figure meant, where else it stands, and what else could be meant.

    ``same`` are other places with the same value; ``rivals`` equally good candidates with
    another value; ``nearest`` what came closest when nothing fits; ``conflicting`` the same
    thing with another value, where the report contradicts itself. ``unsure`` is what may be
    meant where something surely is and no one figure stands out: there is no ``best`` then.
    ``likely`` is what comes first of all, each value once, whether or not it is given; the
    chance of a match there is that of its value.
    """

    best: Match | None
    same: tuple[Located, ...] = ()
    rivals: tuple[Match, ...] = ()
    nearest: Match | None = None
    conflicting: tuple[Match, ...] = ()
    unsure: tuple[Match, ...] = ()
    likely: tuple[Match, ...] = ()

    @property
    def sureness(self) -> float:
        """The chance that the value given is the one meant; 0 where none is."""
        if self.best is None:
            return 0.0
        value = self.best.located.base_value
        same = (m.chance for m in self.likely if m.located.base_value == value)
        return next(same, self.best.chance)


def find_figure(store: Store, operand: Operand, report_ids: Sequence[str]) -> Finding:
    """The figure that an operand means among the reports given."""
    weighed = weighing(store, operand, report_ids)
    if weighed is None:
        return Finding(None)
    utilities, none = _opinions(weighed, operand)
    utilities = _kin_first(utilities, weighed, operand)
    chances = probabilities(utilities, none)
    cover, missing = NAMES.index("cover"), NAMES.index("missing")
    matches = [
        Match(located, float(row[cover]), float(row[missing]), float(fits), float(chance))
        for located, row, fits, chance in zip(
            weighed.located, weighed.rows, utilities, chances, strict=False
        )
        if _has_required(operand, located, weighed.concepts)
    ]
    if not matches:
        return Finding(None)
    matches.sort(key=_order)
    best = _whole_of(matches, operand.concepts)
    matches, best = _with_unspoken_parts(matches, best, operand.concepts)
    likely = _by_value(matches)
    if chances[-1] > MOST_DOUBT or _sureness(matches, best) < LEAST_SURE:
        nearest = max(matches, key=lambda m: (m.cover, m.score))
        return Finding(
            None,
            nearest=nearest if nearest.cover > 0.3 else None,
            unsure=_choices(likely) if chances[-1] <= MOST_DOUBT_ASKED_BACK else (),
            likely=likely,
        )
    return replace(_group(matches, best), likely=likely)


def _opinions(weighed: Weighing, operand: Operand) -> tuple[Matrix, float]:
    """How well each figure fits, and that none does: by the ranker, or read besides.

    The reader was taught whole questions: 那学生的呢 is left to the ranker. So is what
    leaves no doubt, and what is asked for by the very name of a figure.
    """
    english = operand.language == "en"
    ranker = model().utilities(weighed.rows, english=english)
    none = model().null(weighed.null)
    ranker = _by_very_name(ranker, weighed, operand)
    named = any(x.figure.label == operand.words for x in weighed.located)
    unread = settings().reader == UNREAD or (operand.leaning and not operand.heard) or named
    if unread or _is_sure(weighed, ranker, none):
        return ranker, none
    likely = np.argsort(-ranker, kind="stable")[:READ].tolist()
    figures = [
        put_figure(weighed.located[n].report, weighed.located[n].figure, weighed.texts[n])
        for n in likely
    ]
    read = np.array(network().opinions(put_question(operand), figures))
    return together(weighed.rows, weighed.null, likely, read, english=english)


def _by_very_name(utilities: Matrix, weighed: Weighing, operand: Operand) -> Matrix:
    """产业活动单位 is the figure called just so, not 法人单位和产业活动单位."""
    called = np.array([x.figure.label == operand.text for x in weighed.located])
    if len(operand.text) < _LEAST_NAME or not called.any():
        return utilities
    values = {x.base_value for x, own in zip(weighed.located, called, strict=True) if own}
    return utilities + called * _OF_A_NAME if len(values) == 1 else utilities


def _is_sure(weighed: Weighing, utilities: Matrix, none: float) -> bool:
    """Whether one value is as good as certain without reading."""
    chances = probabilities(utilities, none)
    best = weighed.located[int(np.argmax(utilities))].base_value
    same = (c for c, x in zip(chances, weighed.located, strict=False) if x.base_value == best)
    return float(sum(same)) >= SURE_UNREAD


def _kin_first(utilities: Matrix, weighed: Weighing, operand: Operand) -> Matrix:
    """其他资金呢 after a 全年执行数: of the amounts of one row, the one that was asked before."""
    kin = weighed.rows[:, NAMES.index("kin")] > 0
    if not operand.kin or not kin.any() or kin.all():
        return utilities
    if utilities[kin].max() < utilities.max() - _KIN_BEHIND:
        return utilities
    best = weighed.located[int(np.argmax(np.where(kin, utilities, -np.inf)))]
    beside = np.array([_same_row(best, other) for other in weighed.located])
    return np.where(beside & ~kin, _NOT_MEANT, utilities)


def _same_row(one: Located, other: Located) -> bool:
    return one.report is other.report and one.figure.passage == other.figure.passage


def _by_value(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The best match of each value, with the chance of all that have it; the likeliest few."""
    found: dict[tuple[Decimal, str | None], Match] = {}
    for match in matches:
        value = match.located.base_value
        first = found.get(value)
        found[value] = (
            replace(first, chance=first.chance + match.chance) if first is not None else match
        )
    return tuple(sorted(found.values(), key=lambda m: -m.chance)[:_MOST_LIKELY])


def _choices(likely: Sequence[Match]) -> tuple[Match, ...]:
    """The values that may well be meant; nothing where it is only one."""
    offered = tuple(m for m in likely if m.chance >= _LEAST_CHOICE)[:_MOST_CHOICES]
    return offered if len(offered) > 1 else ()


def _sureness(matches: Sequence[Match], best: Match) -> float:
    """How surely one of the values that would be given is meant.

    Those are the best, what ties with it, what contradicts it, and the parts of it that
    nobody spoke of, where the whole was taken for them.
    """
    top = matches[0]
    given = {best.located.base_value, top.located.base_value}
    given |= {
        m.located.base_value
        for m in matches
        if best.score - m.score <= TIE or _contradict(m.located, best.located)
    }
    return sum(m.chance for m in matches if m.located.base_value in given)


def _has_required(operand: Operand, located: Located, concepts: Sequence[Concept]) -> bool:
    if not operand.required:
        return True
    text = figure_text(located.report, located.figure)
    return all(
        concept_in_figure(c, text) >= REQUIRED for c in concepts if c.surface in operand.required
    )


def _order(match: Match) -> tuple[float, str, int]:
    return (-round(match.score, 6), match.located.report.id, match.located.figure.passage)


def _whole_of(matches: list[Match], concepts: Sequence[Concept]) -> Match:
    """全年执行数 before 基本支出全年执行数, unless the question speaks of the part."""
    best = matches[0]
    for match in matches[1:]:
        behind = best.score - match.score
        if behind > _OFFICE_BEHIND:
            break
        if of_its_project(best.located, match.located, concepts):
            return match
        if behind <= _WHOLE_BEHIND and unspoken_part(best.located, match.located, concepts):
            return match
    return best


def _with_unspoken_parts(
    matches: Sequence[Match], best: Match, concepts: Sequence[Concept]
) -> tuple[list[Match], Match]:
    """The matches, what speaks for parts that nobody spoke of counted for the whole.

    Who asks for 全年执行数 means none of 项目支出全年执行数.
    """
    money = best.located.figure.base_unit == "元" and best.missing <= _MOST_UNSAID
    parts = [m for m in matches if unspoken_part(m.located, best.located, concepts)]
    if not parts or not money:
        return list(matches), best
    whole = replace(best, chance=best.chance + sum(m.chance for m in parts))
    ids = {id(m) for m in parts}
    told = [whole if m is best else replace(m, chance=0.0) if id(m) in ids else m for m in matches]
    return told, whole


def _group(matches: list[Match], best: Match) -> Finding:
    """Split the candidates beside the best into the same value and rivals."""
    matches = [best, *(m for m in matches if m is not best)]
    value = best.located.base_value
    same: list[Located] = []
    rivals: list[Match] = []
    conflicting: list[Match] = []
    for match in matches[1:]:
        close = best.score - match.score <= TIE
        if match.located.base_value == value and _same_office(match.located, best.located):
            if best.score - match.score <= _SAME_VALUE_BEHIND and match.cover >= best.cover - 0.3:
                same.append(match.located)
        elif _contradict(match.located, best.located):
            conflicting.append(match)
        elif part_of(match.located.figure, best.located.figure) or not match.chance:
            continue
        elif close or (match.located.figure.doubtful and match.cover >= best.cover - 0.1):
            rivals.append(match)
    return Finding(best, tuple(same), tuple(rivals), best, tuple(conflicting))


def _contradict(one: Located, other: Located) -> bool:
    return one.report is other.report and contradict(one.figure, other.figure)


def _same_office(one: Located, other: Located) -> bool:
    """Whether two places speak of the same department and year."""
    return (one.report.department, one.year) == (other.report.department, other.year)


def find_indicator(
    store: Store, operand: Operand, report_ids: Sequence[str]
) -> tuple[Report, Indicator, float] | None:
    """The indicator whose name the operand means, for results in words (达标)."""
    best: tuple[Report, Indicator, float] | None = None
    meaningful = [c for c in operand.concepts if not c.light] or list(operand.concepts)
    for report_id in report_ids:
        report = store.report(report_id)
        for indicator in report.indicators:
            text = f"{indicator.name} {indicator.actual or ''}"
            scores = [
                max(concept_match(c, text), 0.8 * concept_match(c, indicator.task or ""))
                for c in meaningful
            ]
            named = max((concept_match(c, indicator.name) for c in meaningful), default=0.0)
            cover = sum(scores) / max(len(scores), 1) if named >= 0.9 else 0.0
            if cover and (best is None or cover > best[2]):
                best = (report, indicator, cover)
    return best if best and best[2] >= 0.75 else None
