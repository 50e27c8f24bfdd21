"""What is kept of a report between questions: texts around its figures, vectors, words."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.matching import FigureText, figure_texts
from assistant.ranking.grams import grams
from index_store.store import Store
from ingest.report import Report

_REPORTS_KEPT = 512
_VOCABULARIES_KEPT = 24
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD_SIZES = (2, 3, 4)

Vectors = NDArray[np.float32]
Half = NDArray[np.float16]


class Reading:
    """A report as questions meet it. Vectors and words are made when first needed."""

    def __init__(self, report: Report) -> None:
        self.texts: list[FigureText] = figure_texts(report)
        self.whole = "\n".join((report.title, *(p.text for p in report.passages)))
        self._vectors: Vectors | None = None
        self._labels: Vectors | None = None

    def vectors(self, store: Store) -> Vectors | None:
        """A vector a figure, of its own clause; None where no encoder is set."""
        if self._vectors is None and self.texts:
            self._vectors = store.encode([f"{t.label} {t.before} {t.after}" for t in self.texts])
        return self._vectors

    def labels(self, store: Store) -> Vectors | None:
        """A vector a figure, of what it is called; None where no encoder is set."""
        if self._labels is None and self.texts:
            self._labels = store.encode([t.label or t.before for t in self.texts])
        return self._labels

    def says(self, word: str) -> bool:
        """Whether a word stands in the report; looked for only where all its pairs do."""
        pairs = self.pairs
        if len(word) < 2:
            return word in self.whole
        near = all(word[i : i + 2] in pairs for i in range(len(word) - 1))
        return near and word in self.whole

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of characters that stand beside each other in the report."""
        whole = self.whole
        return frozenset(whole[i : i + 2] for i in range(len(whole) - 1))

    @cached_property
    def grams(self) -> list[frozenset[str]]:
        """The character pairs around each figure."""
        return [grams(text.whole) for text in self.texts]


class Vocabulary:
    """The stretches of two to four characters of a text, with their vectors."""

    def __init__(self, store: Store, texts: Sequence[str]) -> None:
        words = {
            chunk[start : start + size]
            for text in texts
            for chunk in _CHINESE.findall(text)
            for size in _WORD_SIZES
            for start in range(len(chunk) - size + 1)
        }
        self.words = sorted(words)
        made = store.encode(self.words) if self.words else None
        self.vectors: Half | None = None if made is None else made.astype(np.float16)

    def nearest(self, asked: Vectors, count: int) -> list[tuple[str, float]]:
        """The words nearest in meaning to one vector, with their cosines, best first."""
        if self.vectors is None:
            return []
        cosines = self.vectors @ asked.astype(np.float16)
        best = np.argsort(-cosines, kind="stable")[:count]
        return [(self.words[i], float(cosines[i])) for i in best]


_readings: OrderedDict[tuple[str, str], Reading] = OrderedDict()
_vocabularies: OrderedDict[tuple[str, str], Vocabulary] = OrderedDict()
_keeping = threading.Lock()  # many threads ask at once
_Kept = TypeVar("_Kept", Reading, Vocabulary)


def reading(report: Report) -> Reading:
    """The reading of a report, kept for the reports used last."""
    return _kept(_readings, report, _REPORTS_KEPT, lambda: Reading(report))


def vocabulary(store: Store, report: Report) -> Vocabulary:
    """The words of a report, kept for the reports used last."""
    texts = [passage.text for passage in report.passages]
    return _kept(_vocabularies, report, _VOCABULARIES_KEPT, lambda: Vocabulary(store, texts))


def _kept(
    things: OrderedDict[tuple[str, str], _Kept],
    report: Report,
    most: int,
    make: Callable[[], _Kept],
) -> _Kept:
    """What is kept of a report, made where it is not; outside the lock, as it takes long."""
    key = (report.id, report.source_hash)
    with _keeping:
        if key in things:
            things.move_to_end(key)
            return things[key]
    made = make()
    with _keeping:
        # Another thread may have been faster: all share one.
        made = things.setdefault(key, made)
        things.move_to_end(key)
        while len(things) > most:
            things.popitem(last=False)
    return made
