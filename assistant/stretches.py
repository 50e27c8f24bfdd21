"""Stretches of a Chinese question that the glossary lacks, cut where the reports' words end.

Chinese is written without spaces: 搞市场执法 is no term of any glossary, but 市场 and 执法
stand in the reports. What is left between such words stays a term of its own (校车司机 is
校车 and 司机, and a report without 司机 says nothing of them); single characters are dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.lexicon import wording
from assistant.plan import Concept, Operand

_LEAST = 3  # characters of a stretch that is worth cutting
_WORD = 2  # least characters of a word


Says = Callable[[str], bool]  # whether a word stands in the reports


def with_words_of(operand: Operand, says: Says) -> Operand:
    """The operand with its unknown stretches cut into the words that the reports say."""
    cut: list[Concept] = []
    for concept in operand.concepts:
        cut.extend(_cut(concept, says) if _loose(concept) else [concept])
    if len(cut) == len(operand.concepts):
        return operand
    return replace(operand, concepts=tuple({c.surface: c for c in cut}.values()))


def _loose(concept: Concept) -> bool:
    surface = concept.surface
    return not concept.known and len(surface) >= _LEAST and "\u3400" <= surface[0] <= "\u9fff"


def _cut(concept: Concept, says: Says) -> list[Concept]:
    surface = concept.surface
    if says(surface):
        return [concept]
    pieces: list[str] = []
    left, position, found = "", 0, False
    while position < len(surface):
        size = next(
            (
                n
                for n in range(len(surface) - position, _WORD - 1, -1)
                if says(surface[position : position + n])
            ),
            0,
        )
        if size:
            pieces += [left, surface[position : position + size]]
            left, found = "", True
            position += size
        else:
            left += surface[position]
            position += 1
    if not found:
        return [concept]
    light, telling = wording().zh_light, wording().zh_telling
    between = [p for p in (*pieces, left) if p]
    words = [p for p in between if len(p) >= _WORD]
    cut = [Concept(w, (w,), known=False, light=w in light) for w in words]
    if any(p in telling for p in between):
        cut.append(concept)  # what the report has none of, although it has the rest
    return cut
