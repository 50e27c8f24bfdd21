"""How well a figure or passage fits the terms of a question.

A term matches where one of its wordings stands in the text, in full, with a
few characters between (出租屋税 in 出租房屋税), or in most of its character
pairs. Where it stands counts: before the number in its own clause most, in
the section's name least.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon import wording
from assistant.plan import Concept
from ingest.report import Figure, Report, Role

# What a match is worth by where it stands.
_LABEL, _BEFORE, _CONTEXT, _SECTION, _AFTER = 1.0, 0.9, 0.76, 0.6, 0.35
_PREDICATE = 0.8
_JOINED = 0.8
_LIGHT_WEIGHT = 0.45
_LIGHT_SHARE = 0.5  # of the heaviest term's weight, the most that a light word has
_SERIES_TAIL = 2  # characters after one of a series that name the same thing
_UNKNOWN_WEIGHT = 0.6  # English words the glossary lacks: adjectives, turns of phrase


@dataclass(frozen=True, slots=True)
class FigureText:
    """The texts around a figure, by their distance from it."""

    label: str
    before: str
    context: str
    section: str
    after: str
    counted: bool  # a noun follows the unit, and what is said after it is said of it

    @property
    def whole(self) -> str:
        return " ".join((self.label, self.before, self.context, self.section, self.after))


def figure_text(report: Report, figure: Figure) -> FigureText:
    """The texts of one figure of a report."""
    return _text_beside(report, figure, report.figures)


def figure_texts(report: Report) -> list[FigureText]:
    """The same of all its figures."""
    of_passage: dict[int, list[Figure]] = {}
    for figure in report.figures:
        of_passage.setdefault(figure.passage, []).append(figure)
    return [_text_beside(report, f, of_passage[f.passage]) for f in report.figures]


def _text_beside(report: Report, figure: Figure, others: Iterable[Figure]) -> FigureText:
    passage = report.passages[figure.passage]
    # In an enumeration what stands before the last figure belongs to that one.
    start = max(
        (
            f.end
            for f in others
            if f.passage == figure.passage and figure.clause_start <= f.end <= figure.start
        ),
        default=figure.clause_start,
    )
    own = (figure.task or "") if figure.role is Role.FUNDS else (figure.indicator or "")
    label = " ".join(dict.fromkeys((figure.label, figure.subject, own)))
    return FigureText(
        label=label,
        before=passage.text[start : figure.start],
        context=f"{figure.context} {passage.text[figure.clause_start : start]}",
        # Whose report it is, and of what project, is said of every figure in it.
        section=" ".join(
            (*passage.section, figure.task or "", report.project or "", report.department or "")
        ),
        after=passage.text[figure.end : figure.clause_end],
        counted=bool(figure.subject),
    )


@lru_cache(maxsize=20_000)
def _loose(form: str) -> re.Pattern[str]:
    return re.compile(".{0,2}?".join(re.escape(c) for c in form))


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


@lru_cache(maxsize=200_000)
def form_match(form: str, text: str) -> float:
    """0 to 1: how surely the wording ``form`` stands in ``text``."""
    if not text:
        return 0.0
    if form in text:
        return 1.0
    if len(form) < 3:
        return 0.0
    if form[0].isascii():
        return 1.0 if form.lower() in text.lower() else 0.0
    if all(char in text for char in form) and _loose(form).search(text):
        return 0.92
    pairs = _pairs(form)
    share = len(pairs & _pairs(text)) / len(pairs)
    # The last word of a Chinese compound says what it is: 积分入户 is no 积分入学.
    worth = 0.85 if form[-2:] in text else 0.5
    enough = share >= 0.5 if len(pairs) < 3 else share > 0.5
    return share * worth if enough else 0.0


def concept_match(concept: Concept, text: str) -> float:
    """The best match of any wording of a concept."""
    best = _best_form(concept.forms, text)
    if not concept.alike:
        return best
    return max([best, *(near for word, near in concept.alike if near > best and word in text)])


@lru_cache(maxsize=100_000)  # the labels of a form are those of a hundred offices
def _best_form(forms: tuple[str, ...], text: str) -> float:
    if text and any(form in text for form in forms):
        return 1.0
    return max((form_match(form, text) for form in forms), default=0.0)


def concept_in_figure(concept: Concept, text: FigureText) -> float:
    """The best match of a concept around a figure, by where it stands."""
    best = 0.0
    joined = _joined_match(concept, text)
    for part, worth in (
        (text.label, _LABEL),
        (text.before, _BEFORE),
        (text.context, _CONTEXT),
        (text.section, _SECTION),
        (text.after, _PREDICATE if text.counted else _AFTER),
    ):
        if worth > best:
            best = max(best, worth * concept_match(concept, part))
    return max(best, joined)


def _joined_match(concept: Concept, text: FigureText) -> float:
    """拆除违建84宗、面积15万平方米: a label that is the tail of 拆除面积, the head before it."""
    label = text.label.split(" ")[0]
    if not 2 <= len(label) <= 3:
        return 0.0
    heads = (f[: -len(label)] for f in concept.forms if f.endswith(label) and len(f) > len(label))
    return _JOINED if any(len(h) > 1 and h in text.context for h in heads) else 0.0


Sides = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def other_sides(asked: str) -> Sides:
    """The sides that a question names, each with the one that it excludes."""
    lowered = asked.lower()
    return tuple(
        (here, there)
        for sides in wording().contrasts
        for here, there in (sides, sides[::-1])
        if _says(here, lowered) and not _says(there, lowered)
    )


def contradicts(sides: Sides, text: FigureText) -> bool:
    """Whether a figure is of the other side of what was asked: 农村 where 城镇 was said."""
    if not sides:
        return False
    own = f"{text.label} {text.before} {text.after if text.counted else ''}"
    return any(
        any(w in own for w in there) and not any(w in own for w in here) for here, there in sides
    )


def of_another_in_series(asked: str, text: FigureText) -> bool:
    """Whether a figure is of another one of a series: 二等功 where 一等功 was asked for.

    The character of the series and what follows it (等功) stand in the question; the figure's
    own words have another character of it before the same.
    """
    own = f"{text.label} {text.before}"
    if _another_code(asked, own):
        return True
    return any(
        meant not in own and any(other in own for other in others)
        for meant, others in _in_series(asked)
    )


@lru_cache(maxsize=1000)
def _in_series(asked: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a question has of a series (一等功), with the others of it (二等功, 三等功)."""
    found = []
    for series in wording().zh_series:
        for place, char in enumerate(asked[:-1]):
            follows = asked[place + 1 : place + 1 + _SERIES_TAIL]
            if char in series and follows.strip() and follows[0] not in series:
                others = tuple(other + follows for other in series if other != char)
                found.append((char + follows, others))
    return tuple(found)


_CODE = re.compile(r"([A-Za-z]+)-?(\d+(?:\.\d+)?)")


def _another_code(asked: str, own: str) -> bool:
    """PM10 where PM2.5 was asked for: the same letters, another number."""
    meant = {(m[1].lower(), m[2]) for m in _CODE.finditer(asked)}
    if not meant:
        return False
    there = {(m[1].lower(), m[2]) for m in _CODE.finditer(own)}
    letters = {code for code, _ in meant}
    return not meant & there and any(code in letters for code, _ in there)


def _says(words: Iterable[str], text: str) -> bool:
    return any(
        re.search(rf"(?<![a-z]){re.escape(w)}(?![a-z])", text) if w.isascii() else w in text
        for w in words
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """Each concept's weight: how rare it is among the texts in scope."""

    values: tuple[float, ...]

    @property
    def total(self) -> float:
        return sum(self.values) or 1.0


def weigh(concepts: Sequence[Concept], texts: Iterable[str]) -> Weights:
    """Rare terms weigh more, light words (数量, 完成) little."""
    pool = list(texts)
    size = len(pool)
    values = []
    for concept in concepts:
        frequency = sum(1 for text in pool if concept_match(concept, text) >= 0.6)
        rarity = math.log((size + 1) / (frequency + 1)) + 0.5
        if concept.light:
            # A light word that stands nowhere says nothing against an answer.
            rarity = rarity * _LIGHT_WEIGHT if frequency else 0.0
        elif not concept.known and concept.surface.isascii():
            rarity *= _UNKNOWN_WEIGHT
        values.append(rarity)
    # However rare a light word is, the terms it goes with weigh more.
    most = max((v for c, v in zip(concepts, values, strict=True) if not c.light), default=None)
    if most is not None:
        values = [
            min(v, _LIGHT_SHARE * most) if c.light else v
            for c, v in zip(concepts, values, strict=True)
        ]
    return Weights(tuple(values))
