"""What may be asked next: only questions that the loaded reports answer as meant.

Candidates are made from the figure that was answered and from what else the same
reports hold; each is then asked in a conversation of its own and kept only where the
answer rests on the very figures it was made from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import Answer, AnswerFigure, Citation, Language, Status
from assistant.department_names import spoken_name
from assistant.lexicon import lexicon
from ingest.report import Figure, Report, Role
from ingest.units import format_number, parse_unit

from index_store.store import ReportInfo  # isort: skip

MOST = 3  # suggestions of one answer
_TRIED = 6  # candidates that are asked, at most
_Holds = Callable[[Answer], bool]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``button`` says it shortly; ``question`` is what is asked, complete in itself."""

    button: str
    question: str


class Source(Protocol):
    """What suggestions are made from: an assistant."""

    def reports(self) -> list[ReportInfo]:
        """The loaded reports."""

    def report(self, report_id: str) -> Report:
        """One of them whole."""

    def ask(self, question: str, language: Language | None = None) -> Answer:
        """One question without a conversation."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """The figure an answer rests on, in its report."""

    report: Report
    figure: Figure
    year: int
    department: str

    @property
    def what(self) -> str:
        """What a question calls it."""
        figure = self.figure
        if figure.role is Role.FUNDS and figure.task:
            return f"{figure.task}（{figure.label}）"
        return figure.label


def suggest(source: Source, answer: Answer) -> list[Suggestion]:
    """At most ``MOST`` questions, the most useful first."""
    found: list[Suggestion] = []
    for tried, (suggestion, holds) in enumerate(_candidates(source, answer)):
        if tried == _TRIED or len(found) == MOST:
            break
        if suggestion.question == answer.question:
            continue
        given = source.ask(suggestion.question)
        if given.status is Status.ANSWERED and holds(given):
            found.append(suggestion)
    return found


def _candidates(source: Source, answer: Answer) -> Iterator[tuple[Suggestion, _Holds]]:
    if answer.status is Status.CLARIFY:
        yield from _offices(answer)
    elif answer.status is Status.NOT_FOUND:
        yield from _years(source, answer)
    elif basis := _basis(source, answer):
        yield from _of_figure(source, answer, basis)


def _of_figure(
    source: Source, answer: Answer, basis: _Basis
) -> Iterator[tuple[Suggestion, _Holds]]:
    infos, language = source.reports(), answer.language
    value = format_number(basis.figure.value)
    # A figure of a project is asked by the project's name too, which no office's question needs.
    years = sorted({r.year for r in infos if r.department == basis.department and r.year})
    said: dict[str, Any] = {
        "who": spoken_name(basis.department, language),
        "year": basis.year,
        "what": _called(basis.what, language),
    }

    def made(kind: str, **more: Any) -> Suggestion:
        return _made(kind, language, **said, **more)

    several = len({c.department for c in answer.citations}) > 1
    compared = len({c.year for c in answer.citations}) > 1
    if basis.year - 1 in years and not compared:
        yield made("compare", other=basis.year - 1), _rests_on(value, computed=True)
    target = _target(basis)
    if target is not None:
        aimed = format_number(target.value)
        yield made("target"), _gives(aimed)
        yield made("completion"), _rests_on(value, aimed, computed=True)
        if target.value > basis.figure.value and (reason := _reason(basis)):
            yield made("reason"), lambda given: _quotes(given, reason)
    whole = _spending(basis.report)
    if whole and whole is not basis.figure and _comparable(basis.figure, whole):
        yield made("share"), _rests_on(value, format_number(whole.value), computed=True)
    offices = {r.department for r in infos if r.year == basis.year}
    if len(offices) > 1 and not several and not basis.figure.task:
        yield made("highest"), lambda given: len({c.department for c in given.citations}) > 1
    if len(years) > 2:
        yield (
            made("trend", first=years[0], last=years[-1]),
            lambda given: {years[0], years[-1]} <= {f.year for f in given.figures},
        )


def _offices(answer: Answer) -> Iterator[tuple[Suggestion, _Holds]]:
    """Asked back which office is meant: the same question for each of them."""
    departments = list(dict.fromkeys(c.department for c in answer.citations if c.department))
    if len(departments) < 2:
        return
    for department in departments:
        who = spoken_name(department, answer.language)
        suggestion = _made("office", answer.language, who=who, asked=answer.question)
        yield suggestion, _only_of(department)


def _years(source: Source, answer: Answer) -> Iterator[tuple[Suggestion, _Holds]]:
    """A year that is not loaded: the same question for the years that are."""
    loaded = sorted({r.year for r in source.reports() if r.year}, reverse=True)
    missing = (
        [
            year
            for year in range(loaded[-1] - 10, loaded[0] + 10)
            if year not in loaded and answer.question.count(str(year)) == 1
        ]
        if loaded
        else []
    )
    if len(missing) != 1 or any(str(year) in answer.question for year in loaded):
        return
    for year in loaded:
        asked = answer.question.replace(str(missing[0]), str(year))
        yield _made("year", answer.language, other=year, asked=asked), _of_year(year)


def _basis(source: Source, answer: Answer) -> _Basis | None:
    """The figure of the answer, or the first one it was computed from."""
    reported = [f for f in answer.figures if f.kind == "reported"]
    if len(reported) > 1 or not answer.figures:
        return None  # a list of things: none of them is what was spoken of
    wanted = _cited(answer, reported[0]) if reported else _first_operand(answer)
    if wanted is None:
        return None
    citation, value, unit = wanted
    report_id, passage = answer.passages[citation.id]
    report = source.report(report_id)
    figure = next(
        (
            f
            for f in report.figures
            if f.passage == passage
            and citation.start <= f.start < f.end <= citation.end
            and (format_number(f.value), f.unit) == (value, unit)
        ),
        None,
    )
    year = (figure.year if figure else None) or report.year
    if figure is None or year is None or not report.department:
        return None
    return _Basis(report, figure, year, report.department)


def _cited(answer: Answer, figure: AnswerFigure) -> tuple[Citation, str, str | None] | None:
    found = next((c for c in answer.citations if c.id in figure.citations), None)
    return (found, figure.value, figure.unit) if found else None


def _first_operand(answer: Answer) -> tuple[Citation, str, str | None] | None:
    for calculation in answer.calculations[:1]:
        for operand in calculation.operands[:1]:
            found = next((c for c in answer.citations if c.id == operand.citation), None)
            return (found, operand.value, operand.unit) if found else None
    return None


def _target(basis: _Basis) -> Figure | None:
    """What was aimed at, where the form states it of the same indicator in the same unit."""
    figure = basis.figure
    if figure.role is Role.TARGET:
        return None
    names = {figure.indicator, figure.label} - {None, ""}
    aims = [
        f
        for f in basis.report.figures
        if f.role is Role.TARGET and {f.indicator, f.label} & names and f.unit == figure.unit
    ]
    return aims[0] if len({f.value for f in aims}) == 1 else None


def _reason(basis: _Basis) -> str | None:
    return next(
        (i.reason for i in basis.report.indicators if i.name == basis.figure.indicator), None
    )


def _spending(report: Report) -> Figure | None:
    return next(
        (f for f in report.figures if f.label == "实际支出数" and f.role is Role.FUNDS), None
    )


def _comparable(part: Figure, whole: Figure) -> bool:
    unit = parse_unit(part.unit) if part.unit else None
    is_money = unit is not None and unit.dimension == "money"
    return (
        is_money
        and part.role is Role.FUNDS
        and part.value * part.scale < (whole.value * whole.scale)
    )


def _rests_on(*values: str, computed: bool) -> _Holds:
    """The answer is computed, from these values among others."""

    def holds(given: Answer) -> bool:
        used = {o.value for c in given.calculations for o in c.operands}
        return set(values) <= used and any(f.kind == "computed" for f in given.figures) == computed

    return holds


def _gives(value: str) -> _Holds:
    return lambda given: bool(given.figures) and given.figures[0].value == value


def _of_year(year: int) -> _Holds:
    return lambda given: any(f.year == year for f in given.figures)


def _only_of(department: str) -> _Holds:
    return lambda given: {c.department for c in given.citations} == {department}


def _quotes(given: Answer, reason: str) -> bool:
    return any(reason.strip()[:20] in c.quote for c in given.citations)


def _called(label: str, language: Language) -> str:
    if language == "zh":
        return label
    return lexicon().translation.get(label, label)


def _made(kind: str, language: Language, **said: Any) -> Suggestion:
    words = _wordings()[kind][language]
    return Suggestion(words["button"].format(**said), words["question"].format(**said))


@cache
def _wordings() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
