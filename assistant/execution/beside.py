"""Figures right beside one that was answered: 其中涉及多少人, how many of those were fixed?

A follow-up often asks for the next figure of the same row or sentence. One is taken only
where its unit and words fit and no other one of the sentence fits as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.fitness import REQUIRED, differs, is_counted_so
from assistant.likeness import with_likeness
from assistant.located import Located
from assistant.matching import concept_match, contradicts, other_sides
from assistant.plan import Beside, Concept, Operand
from assistant.reading import reading
from assistant.results import Reported, Result
from index_store.store import ReportInfo, Store
from ingest import narrative
from ingest.report import Figure, Report

_SPOKEN_OF = 0.04  # what naming a thing spoken of before adds: 种了多少亩 after the tea's value
_SAME_UNIT = 0.05  # what being counted as the answered one adds


def beside(store: Store, plan: Beside, reports: Sequence[ReportInfo]) -> Result | None:
    """The one figure of the same row or sentence that was asked for; None where none stands out."""
    if not any(r.id == plan.place.report_id for r in reports):
        return None
    report = store.report(plan.place.report_id)
    given = report.figures[plan.place.number]
    plan = replace(plan, operand=with_likeness(store, plan.operand, [report]))
    excluded = other_sides(plan.operand.text)
    texts = reading(report).texts
    near = [
        (_worth(plan.operand, f, report, n, given.base_unit, plan.about), n)
        for n, f in _around(report, given)
        if not contradicts(excluded, texts[n])
    ]
    near = sorted((w, -n) for w, n in near if w > 0)
    if not near or (len(near) > 1 and near[-1][0] == near[-2][0]):
        return None
    located = Located(report, report.figures[-near[-1][1]])
    return Result(reported=(Reported(located),))


def _around(report: Report, given: Figure) -> list[tuple[int, Figure]]:
    """The other figures of its row, or of its sentence and the rest of its passage."""
    text = report.passages[given.passage].text
    row = bool(given.cell) or "\t" in text
    spans = narrative.sentences(text)
    start, end = next(((a, b) for a, b in spans if a <= given.start < b), (0, len(text)))
    return [
        (n, f)
        for n, f in enumerate(report.figures)
        if f is not given
        and f.passage == given.passage
        and (row or start <= f.start < end)
        and f.year == given.year
    ]


def _worth(
    operand: Operand,
    figure: Figure,
    report: Report,
    number: int,
    unit: str | None,
    about: Sequence[Concept] = (),
) -> float:
    """0 where a figure is not meant; else how much of the question's own words it has."""
    counted = bool(operand.counters or operand.dimension or operand.kinds)
    if differs(operand, figure) or (counted and not is_counted_so(operand, figure)):
        return 0.0
    text = reading(report).texts[number]
    said = f"{text.label} {text.before} {text.after if text.counted else ''}"
    own = operand.concepts
    terms = [c for c in own if not c.light]
    known = [c for c in terms if c.known]
    matched = [max(concept_match(c, said), 0.0) for c in own]
    if known and not any(concept_match(c, said) >= REQUIRED for c in known):
        return 0.0
    # 其中退回的多少件 is not answered with those of its sentence that were answered; 涉及多少人
    # after an amount of money is, by what was counted.
    counted_apart = counted and not known and figure.base_unit not in (unit, "%")
    if terms and not any(m >= REQUIRED for m in matched) and not counted_apart:
        return 0.0
    if not counted and not any(m >= REQUIRED for m in matched):
        return 0.0
    of_it = sum(concept_match(c, said) >= REQUIRED for c in about)
    return (
        0.1 + sum(matched) + _SPOKEN_OF * of_it + (_SAME_UNIT if figure.base_unit == unit else 0.0)
    )
