"""Which figure a question means: candidates from the index, then a close reading.

The lexical index proposes, the terms decide. A figure is accepted only when it
covers enough of what was asked, and a term that nothing covers speaks against
every candidate: an indicator that only sounds alike is not an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.fitness import (
    REQUIRED,
    another_rate,
    excess,
    fit,
    head_fit,
    is_kin,
    of_another_year,
    people_and_things,
)
from assistant.likeness import with_likeness
from assistant.matching import (
    FigureText,
    concept_in_figure,
    concept_match,
    contradicts,
    other_sides,
    weigh,
)
from assistant.plan import Concept, Operand
from assistant.reading import reading
from index_store.store import Store
from ingest.report import Figure, Indicator, Passage, Report, Role

# Least cover and likeness together; translation loses words, so English needs less.
ACCEPT = {"zh": 0.68, "en": 0.72}
# An unmatched term this heavy is what the question is about: 车船税 is not 出租房屋税.
MOST_MISSING = {"zh": 0.4, "en": 0.55}
LEAST_COVER = 0.2  # least covered share of the question's terms, whatever the likeness
TIE = 0.03  # candidates this close are equally good
_CANDIDATES = 200
_PASSAGES = 40  # by meaning, where a word of the question is not in the glossary
_FEW_REPORTS = 12  # up to so many, every figure is looked at
_LIKENESS = 0.4  # what a cosine of 1 adds to a score
_SURENESS = {"zh": 0.5, "en": 0.8}  # and to the decision whether to answer at all
_KIN_BONUS = 0.2
_LIKE_THE_HEAD = 0.45  # least cosine where the thing counted is an English word nobody knows
_LIKE_ENOUGH = 0.5  # least cosine where no term of the question names the thing
_BEHIND = 0.1  # how far the first acceptable figure may be behind one of the wrong unit
_WHOLE_BEHIND = 0.25  # how far the whole may be behind a part of it that nobody spoke of


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
    """One candidate: ``cover`` is the weighted share of the terms it covers."""

    located: Located
    cover: float
    likeness: float  # cosine of meaning
    missing: float  # weighted share of the question's terms that nothing near it has
    score: float
    counted: bool = True  # what the question counts, a term of the glossary, is near it


@dataclass(frozen=True, slots=True)
class Finding:
    """The figure meant, where else it stands, and what else could be meant.

    ``same`` are other places with the same value; ``rivals`` equally good
    candidates with another value; ``nearest`` what came closest when nothing fits.
    """

    best: Match | None
    same: tuple[Located, ...] = ()
    rivals: tuple[Match, ...] = ()
    nearest: Match | None = None


def _similarity(store: Store, operand: Operand, pool: Sequence[_Candidate]) -> list[float]:
    """Cosine of the question's words and each figure's own; zeros where no encoder is set."""
    asked = store.encode([operand.text]) if operand.text else None
    if asked is None:
        return [0.0] * len(pool)
    similar = []
    for candidate in pool:
        vectors = reading(candidate.report).vectors(store)
        similar.append(0.0 if vectors is None else float(vectors[candidate.index] @ asked[0]))
    return similar


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


def find_figure(store: Store, operand: Operand, report_ids: Sequence[str]) -> Finding:
    """The figure that an operand means among the reports given."""
    if not report_ids or not operand.concepts:
        return Finding(None)
    excluded = other_sides(operand.text)
    pool = [
        candidate
        for candidate in _candidates(store, operand, report_ids)
        # What a report says of another year answers only questions about that year.
        if candidate.report.figures[candidate.index].year == operand.year
        and not contradicts(excluded, candidate.text)
        and not another_rate(operand, candidate.report.figures[candidate.index])
    ]
    if not pool:
        return Finding(None)
    around = _closest(pool)
    operand = with_likeness(store, operand, around)
    # How rare a term is, is seen among all their figures, not among those it led to.
    weights = weigh(operand.concepts, (t.whole for r in around for t in reading(r).texts))
    similar = _similarity(store, operand, pool)
    matches = []
    for candidate, likeness in zip(pool, similar, strict=True):
        located = Located(candidate.report, candidate.report.figures[candidate.index])
        scores = [concept_in_figure(c, candidate.text) for c in operand.concepts]
        if any(
            s < REQUIRED and c.surface in operand.required
            for c, s in zip(operand.concepts, scores, strict=True)
        ):
            continue
        cover = sum(w * s for w, s in zip(weights.values, scores, strict=True)) / weights.total
        missing = (
            sum(w for w, s in zip(weights.values, scores, strict=True) if s == 0) / weights.total
        )
        score = (
            cover
            + _LIKENESS * likeness
            + fit(operand, located.figure)
            - excess(operand.concepts, located.figure)
            - of_another_year(operand, located.figure)
            + head_fit(operand, located.figure)
            + (_KIN_BONUS if is_kin(located.figure.label, operand.kin) else 0.0)
        )
        counted = all(
            s > 0
            for c, s in zip(operand.concepts, scores, strict=True)
            if c.surface == operand.head
            and (c.known or (c.surface not in people_and_things() and likeness < _LIKE_THE_HEAD))
        )
        matches.append(Match(located, cover, likeness, missing, score, counted))
    if not matches:
        return Finding(None)
    matches.sort(key=_order)
    first = next((n for n, m in enumerate(matches) if _accepted(m, operand)), None)
    if first is None or matches[0].score - matches[first].score > _BEHIND:
        nearest = max(matches, key=lambda m: m.cover)
        return Finding(None, nearest=nearest if nearest.cover > 0.3 else None)
    return _group(matches[first:], operand.concepts)


def _accepted(match: Match, operand: Operand) -> bool:
    """Enough of the question is covered, by its words or by words and meaning together."""
    sure = match.cover + _SURENESS[operand.language] * match.likeness
    fits = fit(operand, match.located.figure)
    # What was done is no answer to what was aimed at.
    aimed = operand.role is not Role.TARGET or match.located.figure.role is not Role.ACTUAL
    # Light words alone name nothing, unless the whole question is like the figure's own words.
    named = any(not c.light for c in operand.concepts) or match.likeness >= _LIKE_ENOUGH
    return (
        match.counted
        and aimed
        and named
        and match.cover >= LEAST_COVER
        and match.missing <= MOST_MISSING[operand.language] + (0.15 if sure >= 0.85 else 0.0)
        and sure >= ACCEPT[operand.language]
        and fits > -0.3
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


def _group(matches: list[Match], concepts: Sequence[Concept]) -> Finding:
    """Split the candidates beside the best into the same value and rivals."""
    best = _whole_of(matches, concepts)
    matches = [best, *(m for m in matches if m is not best)]
    value = best.located.base_value
    same: list[Located] = []
    rivals: list[Match] = []
    for match in matches[1:]:
        close = best.score - match.score <= TIE
        if match.located.base_value == value and _same_office(match.located, best.located):
            if best.score - match.score <= 0.3 and match.cover >= best.cover - 0.3:
                same.append(match.located)
        elif _part_of(match.located.figure, best.located.figure):
            continue
        elif close or (match.located.figure.doubtful and match.cover >= best.cover - 0.1):
            rivals.append(match)
    return Finding(best, tuple(same), tuple(rivals), best)


def _part_of(part: Figure, whole: Figure) -> bool:
    """上年结转资金全年执行数 beside 全年执行数: asked plainly, the whole is meant."""
    return len(whole.label) > 2 and part.label != whole.label and part.label.endswith(whole.label)


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
