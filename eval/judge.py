"""One answer against what was expected of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Answer, AnswerFigure, Calculation, Citation, Status
from assistant.department_names import chinese_mentions
from eval.quantities import decimal, rounds_to, same, squeeze, states
from eval.questions import Expectation, ExpectedFigure
from eval.runner import Exchange

_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")


class Outcome(StrEnum):
    """What became of a turn; every turn has exactly one."""

    RIGHT = "right"
    WRONG_FIGURE = "wrong_figure"  # gave a figure that was not asked for, or where none exists
    REFUSED = "refused"  # said "not found" to what the reports do say
    ASKED_BACK = "asked_back"  # asked which, though the question was clear
    UNREFUSED = "unrefused"  # answered in words what the reports do not say
    INCOMPLETE = "incomplete"  # no wrong figure, but something asked for is missing
    FAILED = "failed"  # raised an error


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    good: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.good + other.good, self.total + other.total)

    @property
    def rate(self) -> float | None:
        return self.good / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one turn, and why."""

    exchange: Exchange
    outcome: Outcome
    missing: tuple[str, ...]  # what a right answer would also have had, in words
    cited: Share  # figures and operands whose cited quotes bear them out
    found: Share  # expected quotes that the citations contain
    extra_figures: int  # figures beyond those asked for
    warned: bool | None  # None where no warning was called for
    wrong_year: bool | None = None  # None where no year was at stake, or nothing was answered

    @property
    def flawless(self) -> bool:
        """Right, every figure borne out by its quote, and warned where it had to."""
        return (
            self.outcome is Outcome.RIGHT
            and self.cited.good == self.cited.total
            and self.warned is not False
        )


def judge(exchange: Exchange) -> Judgement:
    """Compare one exchange with its label."""
    expect = exchange.turn.expect
    answer = exchange.answer
    if answer is None:
        found = Share(0, len(expect.quotes))
        return Judgement(exchange, Outcome.FAILED, (), Share(), found, 0, None)
    missing = tuple(_missing(answer, expect))
    gave_answer = answer.status is Status.ANSWERED
    quotes = [squeeze(citation.quote) for citation in answer.citations]
    needles = [squeeze(needle) for needle in expect.quotes]
    places = [squeeze(_place(citation)) for citation in answer.citations]
    sources = [squeeze(source) for source in expect.sources]
    wants_quotes = Status.ANSWERED in expect.statuses and (
        gave_answer or expect.statuses == (Status.ANSWERED,)
    )
    return Judgement(
        exchange=exchange,
        outcome=_outcome(answer, expect, missing),
        missing=missing if gave_answer else (),
        cited=_cited(answer),
        found=(
            Share(
                sum(any(n in quote for quote in quotes) for n in needles)
                + sum(any(s in place for place in places) for s in sources),
                len(needles) + len(sources),
            )
            if wants_quotes
            else Share()
        ),
        extra_figures=_extra(answer, expect),
        warned=bool(answer.warnings) if expect.warning and gave_answer else None,
        wrong_year=_wrong_year(answer, exchange) if gave_answer else None,
    )


def figure_matches(figure: AnswerFigure, expected: ExpectedFigure) -> bool:
    """Same quantity in any notation, and the year and department that were asked for."""
    if expected.year is not None and figure.year != expected.year:
        return False
    if expected.department is not None and not _named(expected.department, figure.department):
        return False
    return _quantity_matches(figure.value, figure.unit, expected)


def _named(expected: str, department: str | None) -> bool:
    """A part of the full name, or a short one: 文旅局 of 文化广电和旅游局."""
    if department is None:
        return False
    return expected in department or any(
        mention.start == 0 and mention.stop == len(expected)
        for mention in chinese_mentions(department, expected, ())
    )


def _place(citation: Citation) -> str:
    """Everything that says where a citation stands, and its words."""
    page = f"第{citation.page}页" if citation.page is not None else ""
    parts = (citation.report, citation.file, citation.section, page, citation.cell or "")
    return " ".join((*parts, citation.quote))


def figure_supported(figure: AnswerFigure, answer: Answer) -> bool:
    """A reported figure stands in a quote it cites; a computed one in a calculation."""
    value = decimal(figure.value)
    if value is None:
        return False
    if figure.kind == "computed":
        return any(
            result is not None and same(result, calculation.unit, value, figure.unit)
            for calculation in answer.calculations
            for result in (decimal(calculation.result),)
        )
    quotes = _quotes(answer)
    return bool(figure.citations) and all(
        states(quotes.get(citation, ""), value, figure.unit) for citation in figure.citations
    )


def _outcome(answer: Answer, expect: Expectation, missing: tuple[str, ...]) -> Outcome:
    if answer.status is Status.ANSWERED:
        if _leads_wrong(answer, expect):
            return Outcome.WRONG_FIGURE
        if Status.ANSWERED not in expect.statuses:
            return Outcome.UNREFUSED
        return Outcome.INCOMPLETE if missing else Outcome.RIGHT
    if answer.status in expect.statuses:
        return Outcome.RIGHT
    return Outcome.REFUSED if answer.status is Status.NOT_FOUND else Outcome.ASKED_BACK


def _leads_wrong(answer: Answer, expect: Expectation) -> bool:
    if not answer.figures:
        return False
    if Status.ANSWERED not in expect.statuses:
        return True
    leading = answer.figures[0]
    if leading.kind == "computed" and any(
        _rounded_matches(leading.value, leading.unit, e) for e in expect.computed
    ):
        return False
    return bool(expect.wanted) and not any(figure_matches(leading, e) for e in expect.wanted)


def _wrong_year(answer: Answer, exchange: Exchange) -> bool | None:
    """Whether the leading figure is of another year than those asked for.

    The years asked for are those of the label; where it names none, or expects no figure,
    those that the question itself spells out.
    """
    expect = exchange.turn.expect
    labelled = {wanted.year for wanted in expect.wanted}
    if not labelled or None in labelled:
        labelled = {int(year) for year in _YEAR.findall(squeeze(exchange.turn.question))}
    given = answer.figures[0].year if answer.figures else None
    if not labelled or given is None:
        return None
    # Did it go up in 2024? is answered with both years, the earlier one first.
    compared = bool(answer.calculations) and labelled <= {f.year for f in answer.figures}
    return given not in labelled and not compared


def _missing(answer: Answer, expect: Expectation) -> Iterator[str]:
    for figure in expect.figures:
        if not figure.optional and not any(figure_matches(f, figure) for f in answer.figures):
            yield f"figure {describe(figure)}"
    for result in expect.computed:
        if not result.optional and not _computed(answer, result):
            yield f"computed {describe(result)}"
    text = squeeze(answer.answer)
    for needle in expect.texts:
        if squeeze(needle) not in text:
            yield f"text {needle!r}"
    if all(wanted.optional for wanted in expect.wanted):  # words were asked for: the quotes
        quotes = [squeeze(citation.quote) for citation in answer.citations]
        for needle in expect.quotes:
            if not any(squeeze(needle) in quote for quote in quotes):
                yield f"quote {needle!r}"


def _computed(answer: Answer, expected: ExpectedFigure) -> bool:
    return any(figure_matches(figure, expected) for figure in answer.figures) or any(
        _rounded_matches(calculation.result, calculation.unit, expected)
        for calculation in answer.calculations
    )


def _rounded_matches(text: str, unit: str | None, expected: ExpectedFigure) -> bool:
    """A result with more digits than the label gives it."""
    value = decimal(text)
    return value is not None and any(
        value == option.value
        if option.any_unit
        else rounds_to(value, unit, option.value, option.unit)
        for option in expected.values
    )


def _quantity_matches(text: str, unit: str | None, expected: ExpectedFigure) -> bool:
    value = decimal(text)
    return value is not None and any(
        value == option.value if option.any_unit else same(value, unit, option.value, option.unit)
        for option in expected.values
    )


def _cited(answer: Answer) -> Share:
    quotes = _quotes(answer)
    figures = Share(
        sum(figure_supported(figure, answer) for figure in answer.figures), len(answer.figures)
    )
    for calculation in answer.calculations:
        figures += _operands_cited(calculation, quotes)
    return figures


def _operands_cited(calculation: Calculation, quotes: dict[int, str]) -> Share:
    good = 0
    for operand in calculation.operands:
        value = decimal(operand.value)
        if value is not None and states(quotes.get(operand.citation, ""), value, operand.unit):
            good += 1
    return Share(good, len(calculation.operands))


def _extra(answer: Answer, expect: Expectation) -> int:
    return sum(
        not any(figure_matches(figure, expected) for expected in expect.wanted)
        for figure in answer.figures
    )


def _quotes(answer: Answer) -> dict[int, str]:
    return {citation.id: citation.quote for citation in answer.citations}


def describe(figure: ExpectedFigure) -> str:
    """An expected figure in a few characters: ``0.09万份 / 900份 (2022)``."""
    notations = " / ".join(f"{option.value}{option.unit or ''}" for option in figure.values)
    scope = ", ".join(str(part) for part in (figure.department, figure.year) if part is not None)
    optional = " [optional]" if figure.optional else ""
    return f"{notations} ({scope}){optional}" if scope else f"{notations}{optional}"
