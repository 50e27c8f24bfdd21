"""Nothing unsupported leaves the house.

Every number an answer shows must stand in one of its citations' quotes or in
one of its calculations, and every quote must stand in its passage at the place
it names. The verifier knows nothing of how an answer came about.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from assistant.answer import Answer
from ingest.errors import JixiaoError
from ingest.report import Report

_MARK = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
_YEAR_BEFORE = re.compile(r"[上去]一?年|同期")
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")


class Unsupported(JixiaoError):
    """An answer holds a figure or quote that its sources do not."""


def numbers(text: str) -> set[Decimal]:
    """All numbers of a text by value; citation marks are none."""
    plain = _MARK.sub(" ", text.translate(_WIDE))
    return {Decimal(re.sub("[,，]", "", n)) for n in _NUMBER.findall(plain)}


def verify(
    answer: Answer, reports: dict[str, Report], names: Collection[str] = frozenset()
) -> None:
    """Check an answer against the reports its citations come from.

    Digits in ``names``, of offices and reports that the answer speaks of, are no
    figures (第113中学) where the name stands in full.

    Raises:
        Unsupported: the first thing that has no support.
    """
    supported: set[Decimal] = set()
    by_id = {c.id: c for c in answer.citations}
    for citation in answer.citations:
        report_id, index = answer.passages[citation.id]
        passage = reports[report_id].passages[index]
        if passage.text[citation.start : citation.end] != citation.quote:
            raise Unsupported(f"citation {citation.id} is not in its passage at its place")
        supported |= numbers(citation.quote) | numbers(citation.section)
        if citation.year:
            supported.add(Decimal(citation.year))
            if _YEAR_BEFORE.search(passage.text):  # 上年为346例 is told with the year's number
                supported.add(Decimal(citation.year - 1))
    calculated: set[Decimal] = set()
    for calculation in answer.calculations:
        for operand in calculation.operands:
            source = by_id.get(operand.citation)
            if source is None or Decimal(operand.value) not in numbers(source.quote):
                raise Unsupported(f"operand {operand.value} is not in its citation")
        calculated |= numbers(calculation.expression) | numbers(calculation.result)
    for figure in answer.figures:
        value = abs(Decimal(figure.value))
        if figure.kind == "reported":
            quotes = [by_id[i].quote for i in figure.citations]
            if not any(value in numbers(q) for q in quotes):
                raise Unsupported(f"figure {figure.value} is in none of its citations")
        elif value not in calculated:
            raise Unsupported(f"figure {figure.value} is the result of no calculation")
    said = (
        numbers(_without(answer.answer, names)) - supported - calculated - numbers(answer.question)
    )
    # Names and years in a refusal or question back are not figures of the reports.
    said -= {Decimal(y) for y in _years_named(answer)}
    if not answer.figures:  # what was looked for may be a part of a word: PM2 of PM2.5
        said = {number for number in said if f"{number}" not in answer.question}
    if said:
        raise Unsupported(f"the answer says {sorted(said)[0]}, which no source does")


def _without(text: str, names: Collection[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def _years_named(answer: Answer) -> set[int]:
    named = {f.year for f in answer.figures if f.year}
    found = re.findall(r"(?<!\d)((?:19|20)\d{2})(?=年|\b)(?![.\d万亿元])", answer.answer)
    return named | {int(y) for y in found if answer.status != "answered"}
