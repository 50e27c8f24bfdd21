"""What is seen of an operand and a figure side by side, as numbers.

Each candidate becomes a row of :data:`NAMES`. The numbers say how well the words, the
meaning, the unit and the side of the form fit; none of them decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.fitness import counts_in, excess, head_fit, is_kin, of_another_year
from assistant.matching import FigureText, Weights, concept_in_figure, concept_match
from assistant.measures import kinds_of
from assistant.plan import Concept, Operand
from assistant.ranking.grams import Rarity, grams
from assistant.terms import terms_in
from ingest.report import Figure, Role
from ingest.units import parse_unit

Matrix = NDArray[np.float64]
Meaning = tuple[float, float]  # cosines of the question with the figure's label and clause

_DIMENSIONS = ("money", "percent", "area")
_POINTS = re.compile(r"得分|分值|总分|满分|扣分")
_ASKS_POINTS = re.compile(r"分|scor|point|mark", re.I)
_MANY = 3  # terms that nobody spoke of; more count the same
_NEAR = 0.3  # a match below this is none
_OF_A_PART = 0.4  # what ``excess`` says of a project's amount that nobody spoke of

NAMES = (
    "cover", "label_cover", "own_cover", "missing", "missing_known", "missing_much",
    "missing_known_some", "missing_known_much", "missing_heaviest", "missing_terms",
    "heaviest", "heaviest_own", "weakest", "all_there",
    "label_meaning", "meaning",
    "asked_in_label", "asked_in_own", "asked_in_whole", "label_in_asked", "longest_common",
    "dimension_fits", "dimension_differs", "counted_differs", "counter_fits", "counter_differs",
    "counter_dimension", "unasked_percent", "kind_fits", "kind_asked",
    "plain_target", "target_target", "target_actual", "target_other", "actual_target",
    "no_side", "doubtful", "other_year", "kin", "head", "head_missing",
    "excess", "of_a_part", "own_cell", "indicator", "funds_of_task", "nameless",
    "label_length", "has_subject", "unasked_points",
    "exact", "unspoken_label", "unspoken_before", "unspoken_context", "nothing_unspoken",
)  # fmt: skip
# Those whose worth is another one in English, where words were translated.
BY_LANGUAGE = (
    "cover", "missing", "missing_known", "missing_terms", "missing_heaviest",
    "meaning", "label_meaning", "heaviest", "weakest",
    "asked_in_label", "label_in_asked", "label_cover",
)  # fmt: skip
# What can only speak for a figure, or only against it, whatever a sample of questions says.
FOR = (
    "cover", "heaviest", "all_there", "meaning", "label_meaning", "asked_in_label",
    "asked_in_own", "asked_in_whole", "dimension_fits", "counter_fits", "kind_fits",
    "target_target", "kin", "head", "exact",
)  # fmt: skip
AGAINST = (
    "missing", "missing_known", "missing_much", "missing_known_some", "missing_known_much",
    "missing_heaviest", "missing_terms", "dimension_differs", "counted_differs",
    "counter_differs", "plain_target", "actual_target", "doubtful", "other_year",
    "head_missing", "excess", "of_a_part", "unasked_points",
    "unspoken_label", "unspoken_before", "unspoken_context",
)  # fmt: skip
NULL_NAMES = ("none", "none_english", "unknown_words", "terms", "no_term")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure with the texts around it and how near in meaning it is."""

    figure: Figure
    text: FigureText
    meaning: Meaning


def rows(
    operand: Operand, weights: Weights, candidates: Sequence[Candidate], rarity: Rarity
) -> Matrix:
    """One row of :data:`NAMES` a candidate."""
    asked = grams(operand.text)
    spoken = asked.union(*(grams(form) for c in operand.concepts for form in c.forms[:12]))
    seen = _Seen(operand, weights, asked, spoken, rarity.total(asked) or 1.0, rarity)
    return np.array([seen.row(c) for c in candidates], dtype=np.float64).reshape(-1, len(NAMES))


def null_row(operand: Operand, weights: Weights) -> Matrix:
    """The row of :data:`NULL_NAMES`: what speaks for none of the figures being meant."""
    unknown = sum(w for w, c in zip(weights.values, operand.concepts, strict=True) if not c.known)
    terms = sum(not c.light for c in operand.concepts)
    english = float(operand.language == "en")
    return np.array([1.0, english, unknown / weights.total, min(terms, 4) / 4, float(not terms)])


@dataclass(frozen=True, slots=True)
class _Seen:
    """One operand, prepared once for all its candidates."""

    operand: Operand
    weights: Weights
    asked: frozenset[str]
    spoken: frozenset[str]
    asked_weight: float
    rarity: Rarity

    def row(self, candidate: Candidate) -> list[float]:
        operand, figure, text = self.operand, candidate.figure, candidate.text
        unspoken = excess(operand.concepts, figure)
        return [
            *self._words(text),
            *candidate.meaning,
            *self._letters(text),
            *self._unit(figure),
            *self._side(figure),
            float(figure.role is Role.NONE),
            float(figure.doubtful),
            float(of_another_year(operand, figure) > 0),
            float(is_kin(figure.label, operand.kin)),
            head_fit(operand, figure),
            self._head_missing(text),
            unspoken,
            float(unspoken >= _OF_A_PART),
            float(bool(figure.cell)),
            float(bool(figure.indicator)),
            float(figure.role is Role.FUNDS and bool(figure.task)),
            float(not figure.label),
            min(len(figure.label), 20) / 20,
            float(bool(figure.subject)),
            float(
                bool(_POINTS.search(figure.label))
                and not _ASKS_POINTS.search(operand.text + operand.words)
            ),
            *self._unspoken(text),
        ]

    def _unspoken(self, text: FigureText) -> list[float]:
        """Terms of the field near the figure that the question does not speak of.

        三公经费 before 实际支出48.36万元: it is not what 实际支出 asks for.
        """
        name = text.label.split(" ")[0]
        exact = any(name == form for c in self.operand.concepts for form in c.forms)
        counts = [
            sum(not self._speaks_of(term) for term in terms_in(part))
            for part in (text.label, text.before, text.context)
        ]
        return [
            float(exact),
            *(min(count, _MANY) / _MANY for count in counts),
            float(not any(counts)),
        ]

    def _speaks_of(self, term: str) -> bool:
        if term in self.operand.text:
            return True
        return any(
            term in form or form in term or any(term in w or w in term for w, _ in c.alike)
            for c in self.operand.concepts
            for form in c.forms
        )

    def _words(self, text: FigureText) -> list[float]:
        """How much of the question's terms stand where, by their weights."""
        concepts, values, total = self.operand.concepts, self.weights.values, self.weights.total
        scores = [concept_in_figure(c, text) for c in concepts]
        label = [concept_match(c, text.label) for c in concepts]
        own = [max(s, concept_match(c, text.before)) for s, c in zip(label, concepts, strict=True)]

        def covered(matched: Sequence[float]) -> float:
            return sum(v * s for v, s in zip(values, matched, strict=True)) / total

        missing = [(v, c) for v, s, c in zip(values, scores, concepts, strict=True) if s == 0]
        lacking = sum(v for v, _ in missing) / total
        known = sum(v for v, c in missing if c.known and not c.light) / total
        terms = [n for n, c in enumerate(concepts) if not c.light]
        heaviest = max(terms, key=lambda n: values[n], default=None)
        weakest = min((scores[n] for n in terms), default=0.0)
        return [
            covered(scores),
            covered(label),
            covered(own),
            lacking,
            known,
            float(lacking > 0.4),
            float(known > 0.15),
            float(known > 0.35),
            float(heaviest is not None and scores[heaviest] < _NEAR),
            min(sum(not c.light for _, c in missing), 4) / 4,
            0.0 if heaviest is None else scores[heaviest],
            0.0 if heaviest is None else own[heaviest],
            weakest,
            float(weakest >= 0.8),
        ]

    def _letters(self, text: FigureText) -> list[float]:
        """How much of the question's own characters the texts have, and the other way round."""
        label, own, whole = (
            grams(text.label),
            grams(text.label) | grams(text.before),
            grams(text.whole),
        )
        rarity = self.rarity
        return [
            rarity.total(self.asked & label) / self.asked_weight,
            rarity.total(self.asked & own) / self.asked_weight,
            rarity.total(self.asked & whole) / self.asked_weight,
            rarity.total(self.spoken & label) / (rarity.total(label) or 1.0),
            _common(self.operand.concepts, text.label),
        ]

    def _unit(self, figure: Figure) -> list[float]:
        operand = self.operand
        unit = parse_unit(figure.unit) if figure.unit else None
        dimension = unit.dimension if unit else None
        bare_rate = figure.unit is None and (figure.indicator or figure.label).endswith("率")
        asks = operand.dimension in _DIMENSIONS
        fits = dimension == operand.dimension or (bare_rate and operand.dimension == "percent")
        counts = bool(operand.counters) and counts_in(figure.unit, operand.counters)
        return [
            float(asks and fits),
            float(asks and not fits),
            float(operand.dimension == "count" and dimension in _DIMENSIONS),
            float(counts),
            float(bool(operand.counters) and not counts),
            float(bool(operand.counters) and dimension in ("money", "percent")),
            float(operand.dimension is None and not operand.counters and dimension == "percent"),
            float(bool(operand.kinds & kinds_of(figure.unit))),
            float(bool(operand.kinds) and not kinds_of(figure.unit)),
        ]

    def _side(self, figure: Figure) -> list[float]:
        asked, own = self.operand.role, figure.role
        aimed = asked is Role.TARGET
        return [
            float(asked is None and own is Role.TARGET),
            float(aimed and own is Role.TARGET),
            float(aimed and own is Role.ACTUAL),
            float(aimed and own in (Role.FUNDS, Role.NONE)),
            float(asked is Role.ACTUAL and own is Role.TARGET),
        ]

    def _head_missing(self, text: FigureText) -> float:
        heads = [c for c in self.operand.concepts if c.surface == self.operand.head]
        return float(any(concept_in_figure(c, text) == 0 for c in heads))


def _common(concepts: Sequence[Concept], label: str) -> float:
    """The longest wording of the question that stands whole in the label, of its length."""
    longest = max((len(f) for c in concepts for f in c.forms if f in label), default=0)
    return longest / max(len(label), 1) if label else 0.0
