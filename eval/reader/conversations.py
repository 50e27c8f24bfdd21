"""``eval/training/fields/*.conv``: conversations about the reports beside them.

A line is a turn: its kind (``assistant.reader.sentence``), the question, and the values of
what it asks for, between tabs; an empty line ends a conversation. In the question ``[A …]``
are words that name the first thing, ``[B …]`` the second; ``{A …}`` at its end are words of
questions before it that the thing takes over. Values are ``A=585 件; B=none``: none where
the report does not say it, ``-`` where nothing single is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from assistant.reader.sentence import Kind

LETTERS = "ABCD"  # things that are told apart
_TAKEN = re.compile(r"\s*\{([A-Z]) ([^{}]*)\}")
_OWN = re.compile(r"\[([A-Z]) ([^\[\]]+)\]")
_VALUE = re.compile(r"([A-Z])=(none|(-?\d[\d.]*)\s+([^\s;]+))")
REMEMBERED = 2  # questions before one that are read with it

Marks = dict[str, set[int]]  # letter: places of the characters that name its thing


class Value(NamedTuple):
    """A number and its unit; None: any, or none at all."""

    number: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what is marked in it, and in the questions before it that it needs.

    ``before`` has the newest first; ``values`` None where the report does not say it.
    """

    kind: Kind
    text: str
    marks: Marks
    before: tuple[str, ...] = ()
    marks_before: tuple[Marks, ...] = ()
    values: dict[str, Value | None] = field(default_factory=dict)

    @property
    def letters(self) -> list[str]:
        """The things that it asks for."""
        return [c for c in LETTERS if any(c in marks for marks in (self.marks, *self.marks_before))]

    def words(self, letter: str) -> str:
        """What names a thing, as :class:`assistant.reader.sentence.Thing` has it."""
        texts = zip((self.text, *self.before), (self.marks, *self.marks_before), strict=True)
        return " ".join(w for text, marks in texts if (w := _words(text, marks.get(letter, set()))))


class Unclear(ValueError):
    """A turn takes words over that stand in none of the questions read with it."""


def conversations(file: Path) -> Iterator[list[Turn]]:
    """Those of one file; a turn that takes over what is out of reach is left out."""
    turns: list[Turn] = []
    earlier: list[str] = []
    for line in [*file.read_text(encoding="utf-8").split("\n"), ""]:
        if not line.strip():
            if turns:
                yield turns
            turns, earlier = [], []
            continue
        kind, question, values = line.split("\t")
        text, marks, taken = _read(question)
        try:
            before, marks_before = _taken_from(taken, earlier)
        except Unclear:
            pass
        else:
            turns.append(Turn(Kind(kind), text, marks, before, marks_before, _values(values)))
        earlier.append(text)


def _read(question: str) -> tuple[str, Marks, list[tuple[str, str]]]:
    """The plain text, what is marked in it, and what is taken over."""
    taken = _TAKEN.findall(question)
    own = _TAKEN.sub("", question).rstrip()
    text, position, marks = "", 0, Marks()
    for match in _OWN.finditer(own):
        text += own[position : match.start()]
        marks.setdefault(match[1], set()).update(range(len(text), len(text) + len(match[2])))
        text += match[2]
        position = match.end()
    return text + own[position:], marks, taken


def _taken_from(
    taken: list[tuple[str, str]], earlier: list[str]
) -> tuple[tuple[str, ...], tuple[Marks, ...]]:
    """The questions before that are read, with the words taken over marked in them.

    They are the last two; where one further back is returned to, it stands for the second.
    """
    nearest = earlier[::-1][:REMEMBERED]
    further = [[nearest[0], text] for text in earlier[::-1][REMEMBERED:]]
    for texts in (nearest, *further):
        marks = [Marks() for _ in texts]
        for letter, words in taken:
            place = next((n for n, text in enumerate(texts) if words in text), None)
            if place is None:
                break
            start = texts[place].rfind(words)
            marks[place].setdefault(letter, set()).update(range(start, start + len(words)))
        else:
            return tuple(texts), tuple(marks)
    raise Unclear(taken)


def _values(cell: str) -> dict[str, Value | None]:
    found: dict[str, Value | None] = {}
    for match in _VALUE.finditer(cell):
        unit = None if match[4] == "-" else match[4]
        found[match[1]] = None if match[2] == "none" else Value(Decimal(match[3]), unit)
    return found


def _words(text: str, places: set[int]) -> str:
    """The marked characters, a space between those that stand apart."""
    words, last = "", None
    for place in sorted(places):
        words += (" " if last is not None and place != last + 1 else "") + text[place]
        last = place
    return words
