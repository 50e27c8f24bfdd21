"""Makes a comparison: cells in one unit, what changed between them, and what is amiss."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant import calculator
from assistant.audit import audited
from assistant.calculator import Calculated, CalculationError, Quantity
from assistant.citations import Sources
from assistant.comparing import words
from assistant.comparing.cells import Found, TooMany, amount, look_up
from assistant.comparing.indicators import Catalogue, Series, SeriesKey
from assistant.comparing.table import Absence, Cell, Change, Comparison, Gap, Note, Subject
from assistant.department_names import chinese_mentions, spoken_name
from assistant.located import Located
from assistant.scoping import of_version
from assistant.service import Assistant
from index_store.store import ReportInfo
from ingest.errors import JixiaoError


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared; nothing chosen means everything that has the indicator."""

    key: SeriesKey
    subjects: tuple[Subject, ...] = ()
    years: tuple[int, ...] = ()


class Comparer:
    """Comparisons over an assistant's reports; the list of indicators is kept until they change."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._catalogue: tuple[int, Catalogue] | None = None

    def catalogue(self) -> Catalogue:
        """Every indicator of the reports that count."""
        generation = self._assistant.store.generation()
        with self._lock:
            if self._catalogue is None or self._catalogue[0] != generation:
                reports = (self._assistant.report(info.id) for info in self._infos())
                self._catalogue = (generation, Catalogue(reports))
            return self._catalogue[1]

    def suggested(self) -> Series | None:
        """The indicator that most departments have in most years; None without reports."""
        departments = {i.id for i in self._infos() if not i.project}
        listed = self.catalogue().search("", len(self.catalogue()))
        return max(
            listed,
            key=lambda s: (len(departments & set(s.reports)), len(s.reports), not s.key.aimed),
            default=None,
        )

    def subjects(self, series: Series | None = None) -> list[Subject]:
        """Departments and projects, those that have the indicator where one is given."""
        infos = self._infos()
        if series is None:
            return sorted({_subject(i) for i in infos})
        # Projects' amounts stand beside departments' only where they are called the same.
        own, having = set(series.reports), self.catalogue().reports_with(series)
        return sorted(
            {_subject(i) for i in infos if i.id in own or (i.id in having and not i.project)}
        )

    def years(self, series: Series | None = None) -> list[int]:
        """The fiscal years of the same reports, oldest first."""
        having = None if series is None else self.catalogue().reports_with(series)
        return sorted(
            {i.year for i in self._infos() if i.year and (having is None or i.id in having)}
        )

    def subject_named(self, name: str) -> list[Subject]:
        """The subjects that a short or full name means: 员村街, 文旅局, 社区文化室建设, Yuancun."""
        known = self.subjects()
        exact = [s for s in known if name in (s.name, s.department, s.project)]
        if exact:
            return exact
        return [
            s
            for s in known
            if name in s.project
            or any(True for _ in chinese_mentions(s.department, name, ()))
            or spoken_name(s.department, "en").casefold() == name.casefold()
        ]

    def compare(self, wanted: Wanted) -> Comparison:
        """The table of an indicator.

        Raises:
            JixiaoError: no loaded report has the indicator.
        """
        series = self.catalogue().get(wanted.key)
        if series is None:
            raise JixiaoError(f"{wanted.key.name}: no loaded report has this indicator")
        subjects = wanted.subjects or tuple(self.subjects(series))
        years = tuple(sorted(set(wanted.years))) or tuple(self.years(series))
        names = self.catalogue().names_of(series)
        of: dict[Subject, list[ReportInfo]] = {}
        for info in self._infos():
            of.setdefault(_subject(info), []).append(info)
        found = {(s, y): self._look_up(names, of.get(s, []), y) for s in subjects for y in years}
        unit = _common_unit(series, found.values())
        sources = Sources()
        cells = {at: _cell(*at, what, unit, sources) for at, what in found.items()}
        return Comparison(
            series=series,
            unit=unit,
            subjects=subjects,
            years=years,
            cells=cells,
            changes=tuple(_changes(cells, subjects, years)),
            gaps=tuple(_gaps(cells, subjects, years)),
            citations=tuple(sources.citations),
            passages=dict(sources.passages),
        )

    def _infos(self) -> list[ReportInfo]:
        """The version of each report that counts."""
        return [i for i in of_version(self._assistant.reports(), None) if i.department]

    def _look_up(
        self, names: Sequence[Sequence[SeriesKey]], own: Sequence[ReportInfo], year: int
    ) -> Found | TooMany | Absence:
        infos = [i for i in own if i.year == year]
        others = [i for i in own if i.year != year]
        found = look_up(self._assistant.store, self.catalogue(), names, year, infos, others)
        if found is None:
            return Absence.UNSAID if infos else Absence.NO_REPORT
        return found


def _subject(info: ReportInfo) -> Subject:
    return Subject(info.department or "", info.project or "")


def _common_unit(series: Series, found: Iterable[Found | TooMany | Absence]) -> str | None:
    """The unit that most cells are printed in, so that few have to be converted."""
    units = Counter(amount(f.best).unit for f in found if isinstance(f, Found))
    return units.most_common(1)[0][0] if units else series.unit


def _cell(
    subject: Subject,
    year: int,
    found: Found | TooMany | Absence,
    unit: str | None,
    sources: Sources,
) -> Cell:
    if isinstance(found, Absence):
        said = words.absence(found, year)
        return Cell(subject, year, absence=found, notes=(Note(subject, year, said),))
    if isinstance(found, TooMany):
        said = words.too_many(len({p.figure.value for p in found.values}))
        places = tuple(sources.figure(p) for p in found.values[:3])
        note = Note(subject, year, said, grave=True)
        return Cell(subject, year, others=places, absence=Absence.AMBIGUOUS, notes=(note,))
    best = found.best
    printed = amount(best)
    shown = _in_unit(printed, unit)
    notes = [Note(subject, year, said, grave) for said, grave in _remarks(found, year, shown, unit)]
    return Cell(
        subject,
        year,
        value=shown.value,
        unit=shown.unit,
        printed=best.passage.text[best.figure.start : best.figure.end],
        qualifier=best.figure.qualifier,
        citation=sources.figure(best),
        others=tuple(sources.figure(p) for p in found.others),
        notes=tuple(notes),
    )


def _in_unit(printed: Quantity, unit: str | None) -> Quantity:
    """A value in the table's unit, or as it is where it measures something else."""
    if printed.unit == unit or unit is None or printed.unit is None:
        return printed
    try:
        return Quantity(calculator.converted(printed, unit).value, unit)
    except CalculationError:
        return printed


def _remarks(
    found: Found, year: int, shown: Quantity, unit: str | None
) -> Iterator[tuple[words.Said, bool]]:
    best = found.best
    if found.others:
        yield words.conflict([words.printed(p) for p in found.others]), True
    if best.figure.doubtful:
        yield words.misplaced(), True
    yield from ((said, True) for said in _audited(best))
    if best.report.year != year:
        yield words.other_report(best.report.title), False
    if found.renamed:
        yield words.other_wording(best.figure.label), False
    if shown.unit != unit:
        yield words.other_unit(shown.unit), True
    elif amount(best).unit != shown.unit or best.figure.unit != amount(best).unit:
        yield words.converted(words.printed(best)), False
    if best.figure.qualifier is not None:
        yield words.qualified(words.printed(best)), False
    if best.report.ocr:
        yield words.by_ocr(), False


def _audited(located: Located) -> Iterator[words.Said]:
    """What the audit says of this very figure."""
    for finding in audited(located.report):
        if any(_same_place(p, located) for p in finding.in_doubt) and finding.kind != "misplaced":
            yield {"zh": finding.said["zh"], "en": finding.said["en"]}


def _same_place(one: Located, other: Located) -> bool:
    return (one.figure.passage, one.figure.start) == (other.figure.passage, other.figure.start)


Cells = dict[tuple[Subject, int], Cell]


def _changes(cells: Cells, subjects: Sequence[Subject], years: Sequence[int]) -> Iterator[Change]:
    """From year to year, and from the first to the last where there are more than two."""
    pairs = list(pairwise(years))
    if len(years) > 2:
        pairs.append((years[0], years[-1]))
    for subject in subjects:
        for since, until in pairs:
            made = _between(cells[subject, until], cells[subject, since])
            if made:
                yield Change(subject, since, until, *made)


def _gaps(cells: Cells, subjects: Sequence[Subject], years: Sequence[int]) -> Iterator[Gap]:
    """Every other subject against the first."""
    for subject in subjects[1:]:
        for year in years:
            made = _between(cells[subject, year], cells[subjects[0], year])
            if made:
                yield Gap(subject, subjects[0], year, *made)


def _between(one: Cell, other: Cell) -> tuple[Calculated, Calculated | None] | None:
    """One cell less the other, and by how many percent; None where it cannot be said."""
    if one.value is None or other.value is None:
        return None
    pair = Quantity(one.value, one.unit), Quantity(other.value, other.unit)
    try:
        difference = calculator.difference(*pair)
    except CalculationError:
        return None
    growth = None
    if one.unit != "%" and other.value > 0:
        growth = calculator.growth(*pair)
    return difference, growth


def resolve(comparer: Comparer, text: str, names: Sequence[str], years: Sequence[int]) -> Wanted:
    """What the words of a command mean.

    Raises:
        JixiaoError: an indicator or a department that none or several are called.
    """
    series, alike = comparer.catalogue().chosen(text)
    if series is None and alike:
        listed = "、".join(s.name for s in alike)
        raise JixiaoError(f"{text}: fits several indicators, name one: {listed}")
    if series is None:
        raise JixiaoError(f"{text}: no loaded report has such an indicator")
    subjects: list[Subject] = []
    for name in names:
        meant = comparer.subject_named(name)
        if not meant:
            known = "、".join(s.name for s in comparer.subjects())
            raise JixiaoError(f"{name}: no loaded report is of it; there are {known}")
        having = [s for s in meant if s in comparer.subjects(series)]
        subjects += [s for s in having or meant if s not in subjects]
    return Wanted(series.key, tuple(subjects), tuple(years))
