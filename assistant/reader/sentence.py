"""What a question asks for: its kind, and which of its words name which thing.

Of a follow-up, words of the questions before it belong to the things as well (query
resolution by term classification, Voskarides et al. 2020): 那办结的呢 after 受理信访多少件
names 办结 itself and takes 信访 over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_LEAST = 0.5  # of a token, to belong to a thing
_THINGS = 4  # that are told apart


class Kind(StrEnum):
    """What is asked for; the order is that of the network's outputs."""

    LOOK = "look"  # one figure or several
    DIFF = "diff"  # how much more one thing is than another
    WHICH = "which"  # which of the things named is more
    SHARE = "share"  # how much of the second the first is
    PER = "per"  # the first for each of the second
    SUM = "sum"
    AVG = "avg"
    GOAL = "goal"  # what was done against what was aimed at
    CHANGE = "change"  # between years
    MOST = "most"  # of a group
    LEAST = "least"
    FILTER = "filter"  # those of a group beyond a bound
    MISSED = "missed"  # targets that were not met
    LIST = "list"
    COUNT = "count"  # how many there are of what is listed
    WHY = "why"
    PROBLEMS = "problems"
    MEASURES = "measures"
    HOW = "how"  # told in words
    CONVERT = "convert"  # the figure answered, in another unit
    REPORTS = "reports"
    OTHER = "other"  # opinions, forecasts, talk


KINDS = tuple(Kind)


class Text(NamedTuple):
    """One of the texts read together: the number of its first token, and where each stands."""

    text: str
    first: int
    offsets: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """What one figure is asked of: words of the question, then words taken over.

    ``begin`` and ``end`` are where its own words begin and end in the question, equal
    where it has none; ``since`` is the question that words were last taken over from,
    1 for the one just before, 0 for none.
    """

    own: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    begin: int = 0
    end: int = 0
    since: int = 0

    @property
    def words(self) -> str:
        """All of them, as they stood."""
        return " ".join((*self.own, *self.taken))


@dataclass(frozen=True, slots=True)
class Sentence:
    """The likeliest kind with its chance, and the things in the order in which they are put."""

    kind: Kind
    chance: float
    things: tuple[Thing, ...] = ()


Spans = Callable[[str], Sequence[tuple[int, int]]]


def sentence(
    kinds: NDArray[np.float32],
    tags: NDArray[np.float32],
    texts: Sequence[Text],
    terms: Spans = lambda text: (),
) -> Sentence:
    """From the network's outputs: logits a kind, and a token and thing.

    ``terms`` tells where the words of a text stand that nobody cuts.
    """
    best = int(np.argmax(kinds))
    chance = 1.0 / float(np.exp(kinds - kinds[best]).sum())
    least = math.log(_LEAST / (1 - _LEAST))
    things = [_thing(tags[:, n] > least, texts, terms) for n in range(_THINGS)]
    told = {thing.words: thing for thing in things if thing.own or thing.taken}
    return Sentence(KINDS[best], chance, tuple(told.values()))


def _thing(tagged: NDArray[np.bool_], texts: Sequence[Text], terms: Spans) -> Thing:
    own, *before = (_uncut(_runs(tagged, text), terms(text.text)) for text in texts)
    taken = [text.text[a:b] for runs, text in zip(before, texts[1:], strict=True) for a, b in runs]
    return Thing(
        tuple(texts[0].text[a:b] for a, b in own),
        tuple(taken),
        own[0][0] if own else 0,
        own[-1][1] if own else 0,
        next((n for n, runs in enumerate(before, 1) if runs), 0),
    )


_LATIN = re.compile(r"[A-Za-z0-9'’-]")


def _whole_word(text: str, begin: int, end: int) -> tuple[int, int]:
    """A stretch with the rest of the word that it is part of, where words are spelt."""
    while begin and _LATIN.match(text[begin]) and _LATIN.match(text[begin - 1]):
        begin -= 1
    while end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end]):
        end += 1
    return begin, end


def _uncut(runs: list[tuple[int, int]], terms: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches with the whole of a term of which they have the half, or one character.

    A token cut off is the commonest mistake of the marks: 办 for 办结.
    """
    whole: list[tuple[int, int]] = []
    for begin, end in runs:
        single = end - begin == 1
        for first, last in terms:
            both = min(end, last) - max(begin, first)
            if both > 0 and (both * 2 >= last - first or single):
                begin, end = min(begin, first), max(end, last)
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((begin, end))
    return whole


def _runs(tagged: NDArray[np.bool_], text: Text) -> list[tuple[int, int]]:
    """Stretches of tokens that belong to a thing, without the spaces around them."""
    runs: list[tuple[int, int]] = []
    for number, (begin, end) in enumerate(text.offsets):
        if not tagged[text.first + number] or not text.text[begin:end].strip():
            continue
        begin, end = _whole_word(text.text, begin, end)
        if runs and text.text[runs[-1][1] : begin].strip() == "":
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((begin, end))
    stripped = []
    for begin, end in runs:
        piece = text.text[begin:end]
        begin += len(piece) - len(piece.lstrip())
        stripped.append((begin, begin + len(piece.strip())))
    return stripped
