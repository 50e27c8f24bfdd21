"""A comparison as a chart: lines over years, or bars over departments of one year.

Drawn here as SVG, not by Gradio's plots: those keep the lines of the table before
(6.31: a series that comes with new data is not drawn), and a chart must never show
other figures than the table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil, floor, log10

from assistant.answer import Language
from assistant.comparing import Comparison, Subject
from ingest.units import format_number
from ui.markup import escape
from ui.names import subject_names
from ui.text import words

_MOST_LINES = 8  # more of them cannot be told apart
_MOST_BARS = 30
_WIDTH, _HEIGHT = 640, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 30, 24, 32
_DASHES = ("", "7 4", "2 4", "9 3 2 3")  # lines differ in more than colour

_LABEL = 14  # height of a value beside its point

Series = tuple[str, dict[int, Decimal]]
Point = tuple[float, float, Decimal]


def plot_html(comparison: Comparison, language: Language) -> str:
    """The chart of a comparison, nothing where a chart would say nothing."""
    names = subject_names(comparison.subjects)
    series = list(_series(comparison, names))
    years = sorted({year for _, values in series for year in values})
    said = words("compare", language)
    title = f"{comparison.series.name}（{comparison.unit}）" if comparison.unit else ""
    if len(years) > 1 and len(series) <= _MOST_LINES:
        drawn = _lines(series, years, language)
    elif len(years) == 1 and 1 < len(series) <= _MOST_BARS:
        drawn = _bars(series, years[0])
    else:
        return ""
    return (
        f'<figure class="jx-plot"><figcaption>{escape(said["chart"])} '
        f'<span class="jx-faint">{escape(title)}</span></figcaption>{drawn}</figure>'
    )


def _series(comparison: Comparison, names: dict[Subject, str]) -> Iterator[Series]:
    for subject in comparison.subjects:
        cells = (comparison.cells[subject, year] for year in comparison.years)
        values = {
            c.year: c.value for c in cells if c.value is not None and c.unit == comparison.unit
        }
        if values:
            yield names[subject], values


def _lines(series: Sequence[Series], years: Sequence[int], language: Language) -> str:
    low, high, ticks = _scale([v for _, values in series for v in values.values()])
    wide, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(year: int) -> float:
        return _LEFT + wide * (years.index(year) + 0.5) / len(years)

    def y(value: float) -> float:
        return _TOP + tall * (1 - (value - low) / (high - low))

    grid = "".join(
        f'<path class="jx-rule" d="M{_LEFT} {y(t):.1f}H{_WIDTH - _RIGHT}"/>'
        f'<text class="jx-tick" x="{_LEFT - 8}" y="{y(t) + 4:.1f}" text-anchor="end">{t:g}</text>'
        for t in ticks
    )
    form = words("answer", language)["year"]
    axis = "".join(
        f'<text class="jx-tick" x="{x(year):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">'
        f"{escape(form.format(year=year))}</text>"
        for year in years
    )
    lines = [
        [(x(year), y(float(v)), v) for year, v in sorted(values.items())] for _, values in series
    ]
    drawn = "".join(_line(points, number) for number, points in enumerate(lines))
    drawn += "".join(_labels([point for points in lines for point in points]))
    legend = "".join(
        f'<li><svg width="26" height="10" aria-hidden="true"><line class="jx-stroke-{number}" '
        f'x1="0" x2="26" y1="5" y2="5"{_dash(number)}/></svg>{escape(name)}</li>'
        for number, (name, _) in enumerate(series)
    )
    # All it says stands in the table: who hears the page hears that.
    return (
        f'<svg class="jx-lines" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
        f'{grid}{axis}{drawn}</svg><ul class="jx-legend">{legend}</ul>'
    )


def _line(points: Sequence[Point], number: int) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    dots = "".join(
        f'<circle class="jx-fill-{number}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y, _ in points
    )
    return (
        f'<polyline class="jx-stroke-{number}" points="{path}" fill="none"{_dash(number)}/>{dots}'
    )


def _labels(points: Sequence[Point]) -> Iterator[str]:
    """The value above its point, or below it; none where others stand there already."""
    taken: list[tuple[float, float]] = []
    for x, y, value in sorted(points, key=lambda point: point[:2]):
        for at in (y - 9, y + 19):
            if all(x != other or abs(at - there) >= _LABEL for other, there in taken):
                taken.append((x, at))
                yield (
                    f'<text class="jx-point" x="{x:.1f}" y="{at:.1f}" text-anchor="middle">'
                    f"{escape(format_number(value))}</text>"
                )
                break


def _dash(number: int) -> str:
    dash = _DASHES[number % len(_DASHES)]
    return f' stroke-dasharray="{dash}"' if dash else ""


def _bars(series: Sequence[Series], year: int) -> str:
    ordered = sorted(series, key=lambda one: -one[1][year])
    most = max(abs(values[year]) for _, values in ordered) or Decimal(1)
    rows = "".join(
        f'<li><span class="jx-bar-label">{escape(name)}</span>'
        f'<span class="jx-bar-room"><span class="jx-bar-length" '
        f'style="width:{float(abs(values[year]) / most * 100):.1f}%"></span></span>'
        f'<span class="jx-bar-number">{escape(format_number(values[year]))}</span></li>'
        for name, values in ordered
    )
    return f'<ul class="jx-bar-list" aria-hidden="true">{rows}</ul>'


def _scale(values: Sequence[Decimal]) -> tuple[float, float, list[float]]:
    """The ends of the axis and its ticks, at round numbers around the values."""
    low, high = float(min(values)), float(max(values))
    room = (high - low) or abs(high) or 1.0
    step = 10 ** floor(log10(room / 4))
    step *= next(f for f in (1, 2, 5, 10) if room / (step * f) <= 5)
    first, last = floor(low / step) * step, ceil(high / step) * step
    if first == last:
        last = first + step
    count = round((last - first) / step)
    return first, last, [round(first + step * n, 10) for n in range(count + 1)]
