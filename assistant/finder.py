"""Which figure a question means: candidates from the index, then a close reading.

Hard filters come first (year, side, unit), then the learned ranker says how surely
each figure is meant, or none: an indicator that only sounds alike is not an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from assistant.fitness import REQUIRED, another_rate, differs, is_a_change
from assistant.likeness import with_likeness
from assistant.matching import (
    FigureText,
    concept_in_figure,
    concept_match,
    contradicts,
    figure_text,
    of_another_in_series,
    other_sides,
    weigh,
)
from assistant.plan import Concept, Operand
from assistant.ranking.features import NAMES, Candidate, Matrix, Meaning, null_row, rows
from assistant.ranking.grams import Rarity
from assistant.ranking.model import model, probabilities
from assistant.reading import reading
from assistant.sameness import contradict
from assistant.stretches import with_words_of
from index_store.store import Store
from ingest.report import Figure, Indicator, Passage, Report, Role

# Chosen from the curve of accuracy against coverage; see docs/accuracy.md.
MOST_DOUBT = 0.5  # greatest chance that none is meant
LEAST_SURE = 0.6  # least chance of the value given
MOST_DOUBT_ASKED_BACK = 0.2  # the same as MOST_DOUBT, where it is asked which one is meant
_LEAST_CHOICE = 0.08  # least chance of a value that is offered then
_MOST_CHOICES = 4
TIE = 0.35  # candidates this close (logit) are equally good
_SAME_VALUE_BEHIND = 4.0  # how far another place with the same value may be behind
_CANDIDATES = 200
_PASSAGES = 40  # by meaning, where a word of the question is not in the glossary
_FEW_REPORTS = 12  # up to so many, every figure is looked at
_KIN_BEHIND = 2.0  # how far kin of the figure answered before may be behind another of its row
_NOT_MEANT = -50.0  # utility of what is not meant
_WHOLE_BEHIND = 1.5  # how far the whole may be behind a part of it that nobody spoke of


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
    """

    best: Match | None
    same: tuple[Located, ...] = ()
    rivals: tuple[Match, ...] = ()
    nearest: Match | None = None
    conflicting: tuple[Match, ...] = ()
    unsure: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    report: Report
    index: int
    text: FigureText


def _candidates(store: Store, operand: Operand, report_ids: Sequence[str]) -> list[_Candidate]:
    """Every figure where the reports are few, else those that words and meaning lead to."""
    if len(report_ids) <= _FEW_REPORTS:
        places = {
            (report_id, index): None
            for report_id in report_ids
            for index in range(len(store.report(report_id).figures))
        }
    else:
        query = " ".join(form for c in operand.concepts for form in c.forms[:8])
        hits = store.search_figures(query, report_ids, _CANDIDATES)
        places = {(hit.report_id, hit.index): None for hit in hits}
        if operand.text and any(not c.known for c in operand.concepts):
            for passage in store.dense_passages(operand.text, report_ids, _PASSAGES):
                figures = store.report(passage.report_id).figures
                near = (n for n, f in enumerate(figures) if f.passage == passage.index)
                places.update({(passage.report_id, n): None for n in near})
    reports = {report_id: store.report(report_id) for report_id, _ in places}
    texts = {report_id: reading(report).texts for report_id, report in reports.items()}
    return [
        _Candidate(reports[report_id], index, texts[report_id][index])
        for report_id, index in places
    ]


def _closest(pool: Sequence[_Candidate]) -> list[Report]:
    """The reports that most candidates are of."""
    counted = Counter(candidate.report.id for candidate in pool)
    by_id = {candidate.report.id: candidate.report for candidate in pool}
    return [by_id[report_id] for report_id, _ in counted.most_common(_FEW_REPORTS)]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Every figure that could be meant, as the ranker sees them; training starts here too."""

    located: tuple[Located, ...]
    rows: Matrix
    null: Matrix
    concepts: tuple[Concept, ...]


def weighing(store: Store, operand: Operand, report_ids: Sequence[str]) -> Weighing | None:
    """The candidates of an operand with their features; None where there is none."""
    if not report_ids or not operand.concepts:
        return None
    excluded = other_sides(operand.text)
    pool = [
        candidate
        for candidate in _candidates(store, operand, report_ids)
        # What a report says of another year answers only questions about that year.
        if candidate.report.figures[candidate.index].year == operand.year
        and not contradicts(excluded, candidate.text)
        and not of_another_in_series(operand.text, candidate.text)
        and not another_rate(operand, candidate.report.figures[candidate.index])
        and _could_be(operand, candidate.report.figures[candidate.index])
        and not _of_the_office(operand, candidate)
    ]
    if not pool:
        return None
    around = _closest(pool)
    read = [reading(report) for report in around]
    operand = with_words_of(operand, lambda word: any(r.says(word) for r in read))
    operand = with_likeness(store, operand, around)
    # How rare a term is, is seen among all their figures, not among those it led to.
    weights = weigh(operand.concepts, (t.whole for r in around for t in reading(r).texts))
    rarity = Rarity([grams for r in around for grams in reading(r).grams])
    candidates = [
        Candidate(c.report.figures[c.index], c.text, meaning)
        for c, meaning in zip(pool, _meaning(store, operand, pool), strict=True)
    ]
    return Weighing(
        tuple(Located(c.report, c.report.figures[c.index]) for c in pool),
        rows(operand, weights, candidates, rarity),
        null_row(operand, weights),
        operand.concepts,
    )


def _meaning(store: Store, operand: Operand, pool: Sequence[_Candidate]) -> list[Meaning]:
    """Cosines of the question with each figure's label and clause; zeros without an encoder."""
    asked = store.encode([operand.text or operand.words])
    if asked is None:
        return [(0.0, 0.0)] * len(pool)
    near = []
    for candidate in pool:
        kept = reading(candidate.report)
        labels, clauses = kept.labels(store), kept.vectors(store)
        if labels is None or clauses is None:
            near.append((0.0, 0.0))
        else:
            index = candidate.index
            near.append((float(labels[index] @ asked[0]), float(clauses[index] @ asked[0])))
    return near


def find_figure(store: Store, operand: Operand, report_ids: Sequence[str]) -> Finding:
    """The figure that an operand means among the reports given."""
    weighed = weighing(store, operand, report_ids)
    if weighed is None:
        return Finding(None)
    utilities = model().utilities(weighed.rows, english=operand.language == "en")
    utilities = _kin_first(utilities, weighed, operand)
    chances = probabilities(utilities, model().null(weighed.null))
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
    if chances[-1] > MOST_DOUBT or _sureness(matches, best) < LEAST_SURE:
        nearest = max(matches, key=lambda m: (m.cover, m.score))
        unsure = _likeliest(matches) if chances[-1] <= MOST_DOUBT_ASKED_BACK else ()
        return Finding(None, nearest=nearest if nearest.cover > 0.3 else None, unsure=unsure)
    return _group(matches, best)


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


def _likeliest(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The best match of each value that may well be meant; nothing where it is only one."""
    by_value: dict[tuple[Decimal, str | None], tuple[float, Match]] = {}
    for match in matches:
        value = match.located.base_value
        chance, first = by_value.get(value, (0.0, match))
        by_value[value] = (chance + match.chance, first)
    likely = [m for chance, m in by_value.values() if chance >= _LEAST_CHOICE][:_MOST_CHOICES]
    return tuple(likely) if len(likely) > 1 else ()


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


def _could_be(operand: Operand, figure: Figure) -> bool:
    """Whether side and unit are not those of something else.

    What was done is no answer to what was aimed at, nor the target in an indicator's row to
    what was done, although its other cell may be blank; money is none to how many.
    """
    if operand.role is Role.TARGET:
        other_side = figure.role is Role.ACTUAL
    else:
        done = bool(_DONE.search(operand.text))
        other_side = figure.role is Role.TARGET and (done or figure.indicator is not None)
    return not (other_side or differs(operand, figure) or is_a_change(operand, figure))


def _of_the_office(operand: Operand, candidate: _Candidate) -> bool:
    """Whether a rate is that of the whole office, where that of a project is asked for."""
    figure = candidate.report.figures[candidate.index]
    own = figure.role is Role.FUNDS and not figure.task and not candidate.report.project
    rate = figure.label.endswith("率") and "项目" not in figure.label  # 项目支出执行率 names itself
    return own and rate and bool(_OF_A_PROJECT.search(operand.text))


_DONE = re.compile(r"实际(?!支出|采购|收入|执行|完成率)|\bactual\b", re.I)
_OF_A_PROJECT = re.compile(r"(?<!各)项目|\bproject\b", re.I)


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
        if best.score - match.score > _WHOLE_BEHIND:
            break
        if not _part_of(best.located.figure, match.located.figure):
            continue
        part = best.located.figure.label.removesuffix(match.located.figure.label)
        spoken = any(concept_match(c, part) >= REQUIRED for c in concepts)
        if not spoken and match.located.report is best.located.report:
            return match
    return best


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
        elif _part_of(match.located.figure, best.located.figure):
            continue
        elif close or (match.located.figure.doubtful and match.cover >= best.cover - 0.1):
            rivals.append(match)
    return Finding(best, tuple(same), tuple(rivals), best, tuple(conflicting))


def _part_of(part: Figure, whole: Figure) -> bool:
    """上年结转资金全年执行数 beside 全年执行数: asked plainly, the whole is meant."""
    return len(whole.label) > 2 and part.label != whole.label and part.label.endswith(whole.label)


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
