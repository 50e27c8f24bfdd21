"""Two values of one thing that a slip explains: digits or rows that changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from assistant.audit.findings import Finding, Severity, base, shown
from assistant.located import Located
from ingest.report import Report, Role

_LEAST_DIGITS = 3  # 73 and 37 are alike by chance
_LEAST_SHARED = 0.5  # of the pairs of characters of the shorter of two labels
Amount = tuple[Decimal, str | None]  # a value in its base unit

_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def digits_that_changed_places(report: Report) -> Iterator[Finding]:
    """追讨工资金额 1,856.4万元 in the table, 追讨工资1,865.4万元 in the text."""
    rows, text = _done(report)
    alike: dict[tuple[str, ...], list[Located]] = {}  # by the digits, whatever their order
    for place in text:
        alike.setdefault(tuple(sorted(_bare(place.figure.text))), []).append(place)
    for row in rows:
        for other in alike.get(tuple(sorted(_bare(row.figure.text))), ()):
            if row.figure.label == other.figure.label:
                continue
            if _exchanged(row.figure.text, other.figure.text) and _alike(row, other):
                yield _finding(
                    report,
                    f"“{row.figure.label}”写为{shown(row)}，正文为{shown(other)}，"
                    "数字的先后不同，其一可能是笔误",
                    f"{row.figure.label} is {shown(row)} in its row and {shown(other)} in the "
                    "text, the same digits in another order: one may be a slip",
                    (row, other),
                )


def rows_that_changed_places(report: Report) -> Iterator[Finding]:
    """Two rows, each with the value that the text gives for the other."""
    rows, text = _done(report)
    told: dict[Amount, list[Located]] = {}
    for place in text:
        told.setdefault(_amount(place), []).append(place)
    # Only rows whose values the text gives too can have been exchanged.
    known = [row for row in rows if _amount(row) in told]
    for first, second in combinations(known, 2):
        if _amount(first)[1] != _amount(second)[1] or _amount(first) == _amount(second):
            continue
        told_first = _told(told[_amount(second)], first, second)
        told_second = _told(told[_amount(first)], second, first)
        if told_first and told_second and not _alike(first, second):
            yield _finding(
                report,
                f"“{first.figure.label}”写为{shown(first)}、“{second.figure.label}”写为"
                f"{shown(second)}，正文正好相反，两行可能互换",
                f"{first.figure.label} is {shown(first)} and {second.figure.label} "
                f"{shown(second)}; the text has it the other way round: the rows may be exchanged",
                (first, second, told_first, told_second),
            )


def _done(report: Report) -> tuple[list[Located], list[Located]]:
    """What was done in the report's own year: by rows of indicators, and in running text."""
    done = [
        Located(report, f)
        for f in report.figures
        if f.role is Role.ACTUAL and not f.doubtful and f.year is None and f.unit != "%"
    ]
    return [d for d in done if d.figure.indicator], [
        d for d in done if not d.figure.indicator and not d.figure.cell
    ]


def _amount(located: Located) -> Amount:
    return base(located), located.figure.base_unit


def _told(places: Sequence[Located], row: Located, other: Located) -> Located | None:
    """Where the text, at places with another row's value, speaks of the thing of this one."""
    return next((t for t in places if _alike(row, t) and not _alike(other, t)), None)


def _alike(one: Located, other: Located) -> bool:
    """Whether two labels name one thing, as far as their characters tell."""
    if one.figure.base_unit != other.figure.base_unit:
        return False
    here, there = _pairs(one.figure.label), _pairs(other.figure.label)
    shorter = min(len(here), len(there))
    return shorter > 1 and len(here & there) >= _LEAST_SHARED * shorter


@lru_cache(maxsize=4096)
def _pairs(label: str) -> frozenset[str]:
    return frozenset(
        part[i : i + 2] for part in _CHINESE.findall(label) for i in range(len(part) - 1)
    )


def _bare(number: str) -> str:
    return re.sub(r"[,，]", "", number)


def _exchanged(one: str, other: str) -> bool:
    """Whether two digits of a number changed places, and nothing else is another."""
    here, there = _bare(one), _bare(other)
    if len(here) != len(there) or sum(c.isdigit() for c in here) < _LEAST_DIGITS:
        return False
    apart = [n for n, (a, b) in enumerate(zip(here, there, strict=True)) if a != b]
    return len(apart) == 2 and [here[n] for n in apart] == [there[n] for n in reversed(apart)]


def _finding(report: Report, zh: str, en: str, places: tuple[Located, ...]) -> Finding:
    return Finding("misprint", Severity.DOUBT, report, {"zh": zh, "en": en}, places)
