"""Words that the glossary lacks, met by what the reports themselves call the same.

A word of the question is looked up in the general dictionary, and compared by the encoder
with the words that stand in the reports in scope; what they say, and is a translation or
near enough in meaning, is tried as a wording of it, worth as much as it is near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dictionary import dictionary
from assistant.lexicon import english_words
from assistant.plan import Concept, Operand
from assistant.reading import reading, vocabulary
from index_store.store import Store
from ingest.report import Report

_NEAR = {"zh": 0.76, "en": 0.67}  # least cosine of a wording
_JOINED = 0.8  # least cosine of two English words taken as one term
_SPREAD = 0.12  # how far below the nearest a wording may be
_WORDINGS = 6
_TRANSLATED = 0.9  # what a translation is worth whose sense is met in full
_ONE_CHARACTER = 0.5  # of that, for a word of one character: 车 stands in many others
_SYNONYM = 0.8  # what a Chinese word is worth that shares a sense
_LEAST_SHARE = 0.5  # of a sense's words that the question has
_LEAST_OF_WORD = 2  # characters of a Chinese word that is looked up


def with_likeness(store: Store, operand: Operand, reports: Sequence[Report]) -> Operand:
    """The operand, its unknown words given the wordings of the reports that are near them."""
    if not reports or not any(_unknown(c) or _translated(c) for c in operand.concepts):
        return operand
    concepts: list[Concept] = []
    position = 0
    known = operand.concepts
    while position < len(known):
        concept = known[position]
        following = known[position + 1] if position + 1 < len(known) else None
        if following and _unknown(concept) and _unknown(following) and concept.surface.isascii():
            pair = f"{concept.surface} {following.surface}"
            near = _nearest(store, pair, _JOINED, reports)
            if near:
                concepts.append(Concept(pair, (pair,), known=False, light=False, alike=near))
                position += 2
                continue
        if _unknown(concept) or (_translated(concept) and not _stands(concept, reports)):
            near = _nearest(store, concept.surface, _NEAR[operand.language], reports)
            concept = replace(
                concept, alike=_joined(near, _in_dictionary(concept, operand, reports))
            )
        concepts.append(concept)
        position += 1
    return replace(operand, concepts=tuple(concepts))


def _unknown(concept: Concept) -> bool:
    return not concept.known and not any(char.isdigit() for char in concept.surface)


def _translated(concept: Concept) -> bool:
    """One English word, whose wordings in the glossary may be of another sense (rental → 租金)."""
    return concept.surface.isalpha() and concept.surface.isascii() and not concept.light


def _stands(concept: Concept, reports: Sequence[Report]) -> bool:
    return any(reading(report).says(form) for report in reports for form in concept.forms)


def _nearest(
    store: Store, word: str, least: float, reports: Sequence[Report]
) -> tuple[tuple[str, float], ...]:
    asked = store.encode([word])
    if asked is None:
        return ()
    found: dict[str, float] = {}
    for report in reports:
        for near, cosine in vocabulary(store, report).nearest(asked[0], _WORDINGS):
            found[near] = max(cosine, found.get(near, 0.0))
    best = max(found.values(), default=0.0)
    if best < least:
        return ()
    kept = [(w, c) for w, c in found.items() if c >= max(least, best - _SPREAD)]
    return tuple(sorted(kept, key=lambda pair: -pair[1])[:_WORDINGS])


def _joined(*found: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    best: dict[str, float] = {}
    for word, worth in (pair for wordings in found for pair in wordings):
        best[word] = max(worth, best.get(word, 0.0))
    return tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))


def _in_dictionary(
    concept: Concept, operand: Operand, reports: Sequence[Report]
) -> list[tuple[str, float]]:
    """What the dictionary gives for a word, as far as the reports say it."""
    readings = [reading(report) for report in reports]
    offered: list[tuple[str, float]] = []
    if concept.surface.isascii():
        for word, share in dictionary().translations(concept.surface, english_words(operand.text)):
            if share >= _LEAST_SHARE:
                worth = _TRANSLATED * share * (_ONE_CHARACTER if len(word) == 1 else 1.0)
                offered.append((word, worth))
    elif len(concept.surface) >= _LEAST_OF_WORD:
        offered = [
            (w, _SYNONYM)
            for w in dictionary().synonyms(concept.surface)
            if len(w) >= _LEAST_OF_WORD
        ]
    return [(w, worth) for w, worth in offered if any(kept.says(w) for kept in readings)]
