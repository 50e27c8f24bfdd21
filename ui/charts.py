"""Figures side by side: columns over years, bars over departments.

Drawn with elements whose sizes are set, so that every value stays text that can be
read aloud, found and copied; what is drawn says no more than the table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import AnswerFigure, Language
from assistant.department_parts import parts
from ui.markup import escape, foreign
from ui.names import label_html
from ui.text import words

_MOST = 24  # more of them are a table
_HEIGHT = 115  # pixels of the highest column


def chart_html(figures: Sequence[AnswerFigure], language: Language) -> str:
    """A chart of figures that differ in year alone or in department alone; else nothing."""
    departments = {f.department for f in figures}
    years = {f.year for f in figures}
    if not 2 <= len(figures) <= _MOST or not _of_one_kind(figures):
        return ""
    if len(departments) == 1 and len(years) == len(figures):
        ordered = sorted(figures, key=lambda f: f.year or 0)
        return _columns(ordered, language)
    if len(years) == 1 and len(departments) == len(figures):
        ordered = sorted(figures, key=_amount, reverse=True)
        return _bars(ordered, language)
    return ""


def _columns(figures: Sequence[AnswerFigure], language: Language) -> str:
    year = words("answer", language)["year"]
    items = "".join(
        '<div class="jx-column">'
        f'<div class="jx-column-room"><span class="jx-column-value">{escape(figure.value)}</span>'
        f'<span class="jx-column-bar" style="height:{height:.0f}px"></span></div>'
        f'<span class="jx-column-name">{escape(year.format(year=figure.year))}</span></div>'
        for figure, height in zip(figures, _sizes(figures, _HEIGHT), strict=True)
    )
    title = _title(figures, language)
    return f'<div class="jx-chart">{title}<div class="jx-columns">{items}</div></div>'


def _bars(figures: Sequence[AnswerFigure], language: Language) -> str:
    label = _label(figures)

    def name(figure: AnswerFigure) -> str:
        own = parts(figure.department or "").own
        return own if figure.label == label else f"{own}（{figure.label}）"

    items = "".join(
        '<div class="jx-bar">'
        f'<span class="jx-bar-name">{escape(name(figure))}</span>'
        f'<span class="jx-bar-track">{_fill(size)}</span>'
        f'<span class="jx-bar-value">{escape(figure.value)}</span></div>'
        for figure, size in zip(figures, _sizes(figures, 100), strict=True)
    )
    return (
        f'<div class="jx-chart">{_title(figures, language)}<div class="jx-bars">{items}</div></div>'
    )


def _fill(size: Decimal) -> str:
    return f'<span class="jx-bar-fill" style="width:{size:.1f}%"></span>'


def _title(figures: Sequence[AnswerFigure], language: Language) -> str:
    """What is drawn, and in which unit."""
    label, unit = label_html(_label(figures), language), figures[0].unit or ""
    if unit:
        unit = escape(f"（{unit}）") if language == "zh" else f" ({foreign(unit)})"
    return f'<div class="jx-chart-title">{label}{unit}</div>'


def _sizes(figures: Sequence[AnswerFigure], longest: int) -> list[Decimal]:
    """Lengths from zero: a bar never exaggerates a difference."""
    amounts = [_amount(figure) for figure in figures]
    most = max(amounts)
    return [amount / most * longest if most else Decimal() for amount in amounts]


def _of_one_kind(figures: Sequence[AnswerFigure]) -> bool:
    """Values in one unit, none below zero: others cannot be held side by side."""
    return len({f.unit for f in figures}) == 1 and all(Decimal(f.value) >= 0 for f in figures)


def _amount(figure: AnswerFigure) -> Decimal:
    return Decimal(figure.value)


def _label(figures: Sequence[AnswerFigure]) -> str:
    """What most of them are called."""
    names = [figure.label for figure in figures]
    return max(names, key=names.count)
