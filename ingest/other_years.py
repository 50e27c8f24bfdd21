"""Figures of a year other than the report's: 2022年全年实际支出为14,905.20万元 in that of 2023.

A sentence that names another year, or the year before, speaks of it until it names
another; dates (2022年12月15日) and periods name no year of a figure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest import narrative
from ingest.report import Figure, Report, Role

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年(?:度|全年)?(?!\s*\d{1,2}\s*月|[末底]?以来|[末底]?以?前|至|－|-)"
)
_BEFORE = re.compile(r"(?:上|去|前一)年(?:度|同期)?(?!结转|结余|末|底)")
_SINCE = re.compile(r"[比较自从](?:于)?\s*$")  # 比上年增长5.2%: the figure is this year's
_LEADING = re.compile(
    r"^(?:(?:19|20)\d{2}\s*|[上去])年(?:度|(?!度))(?=[\u4e00-\u9fff“《])(?!结转|结余)"
)


def with_years(report: Report) -> Report:
    """The report, its figures of other years marked and named without the year."""
    if report.year is None:
        return report
    figures: list[Figure] = []
    for figure in report.figures:
        before = figures[-1] if figures and figures[-1].passage == figure.passage else None
        figures.append(_dated(figure, report, report.year, before))
    return replace(report, figures=_respective(figures, report, report.year))


_YEARS = re.compile(r"(?:(?:19|20)\d{2}\s*年?度?\s*[、和与及至,，]?\s*){2,}")


def _respective(figures: list[Figure], report: Report, own: int) -> tuple[Figure, ...]:
    """2021年、2022年、2023年接待游客分别为286.4万、241.9万和372.5万人次: each its own year."""
    dated: dict[int, Figure] = {}
    for passage in report.passages:
        if "分别" not in passage.text:
            continue
        for start, end in narrative.sentences(passage.text):
            listed = _YEARS.search(passage.text, start, end)
            years = (
                [int(y) for y in re.findall(r"(?:19|20)\d{2}", listed.group())] if listed else []
            )
            for left, right in narrative.clauses(passage.text, start, end):
                said = passage.text.find("分别", left, right)
                inside = [
                    n
                    for n, f in enumerate(figures)
                    if f.passage == passage.index
                    and left <= f.start < right
                    and f.start > said >= 0
                ]
                if not years or len(inside) != len(years):
                    continue
                label = _YEARS.sub("", passage.text[left:said]).strip()
                for n, year in zip(inside, years, strict=True):
                    named = replace(figures[n], label=label or figures[n].label, subject="")
                    dated[n] = replace(named, year=None if year == own else year)
    return tuple(dated.get(n, figure) for n, figure in enumerate(figures))


# 由2022年的3.87万亩下降到3.05万亩: what it came to is this year's.
_FROM_YEAR = re.compile(
    r"[由从](?:(?:19|20)\d{2}|[上去])年[^，。；]*?[\d%‰\u4e00-\u9fff](?:到|至|为)(?=[^，。；]*$)"
)


def _dated(figure: Figure, report: Report, own: int, before: Figure | None) -> Figure:
    text = report.passages[figure.passage].text
    label = _LEADING.sub("", figure.label)
    if figure.cell or figure.label != label or "\t" in text:
        label = re.sub(r"\s*(?:19|20)\d{2}\s*年度?(?=[\u4e00-\u9fff])", " ", label).strip()
    headed = "\t" in text and _YEAR.search(figure.label)  # 公交客运量 2021年, row and column
    if figure.cell or headed or (figure.role is Role.FUNDS and not figure.context):
        year = _year_of(figure.label, figure.label, own)  # the head of its column or row
    else:
        start = next(
            (a for a, b in narrative.clauses(text) if a <= figure.start < b), figure.clause_start
        )
        spoken = max((text.rfind(mark, 0, figure.start) for mark in "。；;\n"), default=-1) + 1
        named, clause = (_FROM_YEAR.sub("", text[a : figure.start]) for a in (spoken, start))
        year = _year_of(named, clause, own)
    if year is None:
        return figure
    if re.fullmatch(r"(?:上|去)年(?:度|同期)?", label) and before:
        label = before.label  # 公交客运量2846.5万人次，上年为2690.3万人次
    label = label if len(label) > 1 else figure.label
    return replace(figure, label=label, year=None if year == own else year)


def _year_of(spoken: str, clause: str, own: int) -> int | None:
    """The year named last before the figure: a number in its part of the sentence, 上年 in
    its clause."""
    if any(not _compares(clause, m) for m in _BEFORE.finditer(clause)):
        return own - 1
    named = [int(m.group(1)) for m in _YEAR.finditer(spoken) if not _compares(spoken, m)]
    return named[-1] if named else None


def _compares(text: str, match: re.Match[str]) -> bool:
    """Whether the year is only what is compared with: not in 比2022年的2746万人次增长."""
    after = text[match.end() :]
    if re.match(r"\s*(?:全年|同期|年末|年底)?的?\s*$", after):
        return False  # the value itself follows
    return bool(_SINCE.search(text[: match.start()])) or bool(re.match(r"\s*(?:相比|比较)", after))
