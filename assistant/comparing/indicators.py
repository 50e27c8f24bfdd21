"""What can be compared: every indicator that stands in the loaded reports, and the search for one.

An indicator here is what figures of several reports have in common: the words they
are labelled with, whether they say what was aimed at or what was done, and what they
are counted in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from assistant.answer import Language
from assistant.execution.figures import name_of
from assistant.lexicon import lexicon
from assistant.located import Located
from assistant.matching import concept_match
from assistant.plan import Concept
from assistant.question import read_question
from assistant.terms import concepts
from ingest.report import Figure, Report, Role
from ingest.units import parse_unit

_LEAST = 0.5  # of what was typed that the name of an indicator covers
_LIGHT = 0.4  # weight of words that name nothing by themselves (数量, 完成)
_EXACT, _CALLED = 0.6, 0.3  # bonus of an indicator called just so, or so in the glossary
_CLOSE = 0.06  # scores so near that it must be asked which is meant
_SPREAD = 0.02  # bonus a report it stands in, up to ten
_SURE = 0.9  # how surely every term of an indicator must stand in a name that means the same
_UNSPOKEN = 0.25  # penalty of what the name says beyond what was typed
_MARKED = "（目标）"  # what the name of a target ends in


class SeriesKey(NamedTuple):
    """``name`` in the report's words; ``aimed`` for targets; ``base`` the unit without scale."""

    name: str
    aimed: bool
    base: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator: the reports that have it, and the unit it is mostly printed in."""

    key: SeriesKey
    unit: str | None
    reports: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called; a target says that it is one."""
        planned = any(w in self.key.name for w in ("目标", "预算", "计划"))
        return self.key.name + (_MARKED if self.key.aimed and not planned else "")

    @property
    def english(self) -> str | None:
        """The glossary's English for it, where it has one."""
        translation = lexicon().translation
        inner = self.key.name.removesuffix("）").rpartition("（")
        found = translation.get(self.key.name)
        if found is None and inner[0]:
            of = translation.get(inner[2])
            found = f"{inner[0]}: {of}" if of else None
        return f"{found} (target)" if found and self.key.aimed else found


def bare_rate(figure: Figure) -> bool:
    """A 1 or 0.98 beside a 率: a rate that is printed without its percent sign."""
    named = (figure.indicator or figure.label).endswith("率") or figure.label.endswith("率")
    return figure.unit is None and named and Decimal(0) <= figure.value <= 1


def key_of(report: Report, figure: Figure) -> SeriesKey:
    """Which indicator a figure is one of."""
    base = "%" if bare_rate(figure) else figure.base_unit
    aimed = figure.role is Role.TARGET
    if figure.task and figure.role is Role.FUNDS and figure.task == report.project:
        return SeriesKey(figure.label, aimed, base)  # of the project that the row names
    return SeriesKey(name_of(Located(report, figure)).removesuffix(_MARKED), aimed, base)


class Catalogue:
    """All indicators of some reports, and where in each report they stand."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._places: dict[str, dict[SeriesKey, list[int]]] = {}
        units: dict[SeriesKey, Counter[str | None]] = {}
        for report in reports:
            places = self._places[report.id] = {}
            for index, figure in enumerate(report.figures):
                if figure.label:
                    key = key_of(report, figure)
                    places.setdefault(key, []).append(index)
                    unit = "%" if bare_rate(figure) else figure.unit
                    units.setdefault(key, Counter())[unit] += 1
        having: dict[SeriesKey, list[str]] = {}
        for report_id, places in self._places.items():
            for key in places:
                having.setdefault(key, []).append(report_id)
        self._series = {
            key: Series(key, tally.most_common(1)[0][0], tuple(having[key]))
            for key, tally in units.items()
        }

    def places(self, report_id: str, key: SeriesKey) -> Sequence[int]:
        """The positions in ``Report.figures`` of an indicator's figures in a report."""
        return self._places.get(report_id, {}).get(key, ())

    def names_of(self, series: Series) -> tuple[tuple[SeriesKey, ...], ...]:
        """The indicator itself, its other names in the glossary, labels that mean the same."""
        like = [k for k in self._series if k.aimed is series.key.aimed and _alike(k, series.key)]
        own = tuple(k for k in like if k.name == series.key.name)
        names = set(synonyms(series.key.name))
        named = tuple(k for k in like if k.name in names and k not in own)
        meant = tuple(k for k in like if k not in own and k not in named and _means(k, series))
        return own, named, meant

    def __len__(self) -> int:
        return len(self._series)

    def get(self, key: SeriesKey) -> Series | None:
        """The indicator of a key, None where no report has it any more."""
        return self._series.get(key)

    def search(self, text: str = "", limit: int = 50) -> list[Series]:
        """The indicators that a text means, the likeliest first; without one the commonest.

        The text may be Chinese or English, an indicator's name or a whole question.
        """
        wanted = _concepts(text)
        if not text.strip() or not wanted:
            return sorted(self._series.values(), key=_commonest)[:limit]
        scored = [(s, _score(s, text, wanted)) for s in self._series.values()]
        fitting = [(s, score) for s, score in scored if score is not None]
        fitting.sort(key=lambda pair: (-round(pair[1], 6), *_commonest(pair[0])))
        return [series for series, _ in fitting[:limit]]

    def reports_with(self, series: Series) -> set[str]:
        """The reports that have an indicator, under this name or another of the same meaning."""
        keys = [key for level in self.names_of(series) for key in level]
        return {report_id for key in keys for report_id in self._series[key].reports}

    def chosen(self, text: str) -> tuple[Series | None, list[Series]]:
        """The one indicator that a text means, or None and those it may mean."""
        exact = [s for s in self._series.values() if text.strip() in (s.name, s.key.name)]
        if exact:
            return min(exact, key=lambda s: (s.key.aimed, *_commonest(s))), []
        wanted = _concepts(text)
        found = self.search(text, 6)
        if not found:
            return None, []
        scores = [_score(s, text, wanted) or 0.0 for s in found]
        close = [s for s, score in zip(found, scores, strict=True) if scores[0] - score <= _CLOSE]
        alike = [s for s in close if not _same_meaning(s, found[0])]
        return (None, close) if alike else (found[0], [])


def synonyms(name: str) -> tuple[str, ...]:
    """Other wordings of an indicator's name that the glossary knows, itself among them."""
    return (name, *(f for f in lexicon().chinese.get(name, ()) if f != name))


def language_of(text: str) -> Language:
    """The language that an indicator was typed in."""
    return read_question(text[:200], ()).language


def _concepts(text: str) -> tuple[Concept, ...]:
    return concepts(text, language_of(text)) if text.strip() else ()


def _same_meaning(one: Series, other: Series) -> bool:
    """实际支出 and 实际支出数: two names of one indicator."""
    return one.key[1:] == other.key[1:] and one.key.name in synonyms(other.key.name)


def _alike(one: SeriesKey, other: SeriesKey) -> bool:
    """The same unit, or another counter where things are counted (人, 名)."""
    if one.base == other.base:
        return True
    units = [parse_unit(key.base) if key.base else None for key in (one, other)]
    return all(unit is not None and unit.dimension == "count" for unit in units)


def _means(key: SeriesKey, series: Series) -> bool:
    """A name made of the indicator's own terms in other wordings, and of nothing else."""
    if " " in key.name or " " in series.key.name or "（" in key.name + series.key.name:
        return False  # row and column of a table, a task's own amount: named by both
    terms = concepts(series.key.name, "zh")
    if not terms or any(concept_match(term, key.name) < _SURE for term in terms):
        return False
    spoken = set("".join(form for term in terms for form in term.forms)) | set("·")
    return set(key.name) <= spoken


def _commonest(series: Series) -> tuple[bool, int, bool, str]:
    points = series.key.base == "分"  # of a form's scoring, which few people compare
    return (points, -len(series.reports), series.key.aimed, series.key.name)


def _score(series: Series, text: str, wanted: Sequence[Concept]) -> float | None:
    """How well an indicator fits what was typed, None where it does not."""
    name = series.name
    weights = [_LIGHT if concept.light else 1.0 for concept in wanted]
    matches = [concept_match(concept, name) for concept in wanted]
    cover = sum(w * m for w, m in zip(weights, matches, strict=True)) / sum(weights)
    typed = "".join(text.split())
    if typed and typed.lower() in f"{name} {series.english or ''}".lower().replace(" ", ""):
        cover = max(cover, 1.0)
    if cover < _LEAST:
        return None
    spoken = set("".join(_forms(wanted, matches))) | set(typed)
    unspoken = sum(1 for char in series.key.name if char not in spoken) / len(series.key.name)
    called = any(name == form for concept in wanted for form in concept.forms)
    exact = typed.lower() in (name, (series.english or "").lower().replace(" ", ""))
    spread = _SPREAD * min(10, len(series.reports))
    aimed = 0.3 if series.key.aimed and "目标" not in text and "target" not in text.lower() else 0.0
    return cover + max(_EXACT * exact, _CALLED * called) + spread - _UNSPOKEN * unspoken - aimed


def _forms(wanted: Sequence[Concept], matches: Sequence[float]) -> Iterator[str]:
    for concept, match in zip(wanted, matches, strict=True):
        if match:
            yield from concept.forms
