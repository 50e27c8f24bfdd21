"""Every figure that a question could mean, with what the ranker sees of each.

Hard filters come first: year, side, unit, the other thing of a contrast. What is left is
weighed by words, meaning and form; :mod:`assistant.finder` decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.denial import denies, says_not
from assistant.fitness import (
    another_rate,
    budget_beside_spending,
    differs,
    is_a_change,
    other_money,
)
from assistant.likeness import with_likeness
from assistant.located import Located
from assistant.matching import (
    FigureText,
    contradicts,
    of_another_in_series,
    other_sides,
    weigh,
)
from assistant.plan import Concept, Operand
from assistant.ranking.features import Candidate, Matrix, Meaning, null_row, rows
from assistant.ranking.grams import Rarity
from assistant.reading import reading
from assistant.stock import not_how_many_there_are, not_what_was_added
from assistant.stretches import with_words_of
from index_store.store import Store
from ingest.report import Figure, Report, Role

_CANDIDATES = 200
_PASSAGES = 40  # by meaning, where a word of the question is not in the glossary
_FEW_REPORTS = 12  # up to so many, every figure is looked at


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
    texts: tuple[FigureText, ...]
    rows: Matrix
    null: Matrix
    concepts: tuple[Concept, ...]


def weighing(store: Store, operand: Operand, report_ids: Sequence[str]) -> Weighing | None:
    """The candidates of an operand with their features; None where there is none."""
    if not report_ids or not operand.concepts:
        return None
    excluded = other_sides(operand.text)
    undone = denies(operand.text)
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
        and not _budget_beside_spending(operand, candidate)
        # What was done is not what was left undone, near as the words are.
        and not (undone and not says_not(candidate.text.label + candidate.text.before))
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
        tuple(c.text for c in pool),
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


def _could_be(operand: Operand, figure: Figure) -> bool:
    """Whether side and unit are not those of something else.

    What was done is no answer to what was aimed at, nor the target in an indicator's row to
    what was done, although its other cell may be blank; money is none to how many.
    """
    if operand.role is Role.TARGET:
        other_side = figure.role is Role.ACTUAL
    else:
        done = operand.role is Role.ACTUAL or bool(_DONE.search(operand.text))
        other_side = figure.role is Role.TARGET and (done or figure.indicator is not None)
    return not (
        other_side
        or differs(operand, figure)
        or other_money(operand, figure)
        or is_a_change(operand, figure)
        or not_how_many_there_are(operand, figure)
        or not_what_was_added(operand, figure)
    )


def _of_the_office(operand: Operand, candidate: _Candidate) -> bool:
    """Whether a rate is that of the whole office, where that of a project is asked for."""
    figure = candidate.report.figures[candidate.index]
    own = figure.role is Role.FUNDS and not figure.task and not candidate.report.project
    rate = figure.label.endswith("率") and "项目" not in figure.label  # 项目支出执行率 names itself
    return own and rate and bool(_OF_A_PROJECT.search(operand.text))


def _budget_beside_spending(operand: Operand, candidate: _Candidate) -> bool:
    """Whether a sentence tells a budget beside what was spent of it; rows of a form are apart."""
    report, figure = candidate.report, candidate.report.figures[candidate.index]
    if figure.cell or "\t" in report.passages[figure.passage].text:
        return False
    return budget_beside_spending(operand, figure, report.figures)


# 入网了 says that it was done; its aim, in prose too, is no answer.
_DONE = re.compile(r"实际(?!支出|采购|收入|执行|完成率)|[^为]了(?=\s|$)|\bactual(?:ly)?\b", re.I)
_OF_A_PROJECT = re.compile(r"(?<!各)项目|\bproject\b", re.I)
