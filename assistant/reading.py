"""What is kept of a report between questions: texts around its figures, vectors, words."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching import FigureText, figure_text
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
        self.texts: list[FigureText] = [figure_text(report, figure) for figure in report.figures]
        self._vectors: Vectors | None = None

    def vectors(self, store: Store) -> Vectors | None:
        """A vector a figure, of its own words; None where no encoder is set."""
        if self._vectors is None and self.texts:
            self._vectors = store.encode([f"{t.label} {t.before} {t.after}" for t in self.texts])
        return self._vectors


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


def reading(report: Report) -> Reading:
    """The reading of a report, kept for the reports used last."""
    key = (report.id, report.source_hash)
    kept = _readings.get(key)
    if kept is None:
        kept = _readings[key] = Reading(report)
        while len(_readings) > _REPORTS_KEPT:
            _readings.popitem(last=False)
    else:
        _readings.move_to_end(key)
    return kept


def vocabulary(store: Store, report: Report) -> Vocabulary:
    """The words of a report, kept for the reports used last."""
    key = (report.id, report.source_hash)
    kept = _vocabularies.get(key)
    if kept is None:
        kept = _vocabularies[key] = Vocabulary(store, [p.text for p in report.passages])
        while len(_vocabularies) > _VOCABULARIES_KEPT:
            _vocabularies.popitem(last=False)
    else:
        _vocabularies.move_to_end(key)
    return kept
