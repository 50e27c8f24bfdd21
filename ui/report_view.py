"""A report as it was read, to hold beside the paper: indicators, sections, marked figures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from assistant.answer import Language
from assistant.reading_notes import note_in
from ingest.report import Figure, Indicator, Passage, Report
from ui.markup import escape
from ui.text import words

_MOST_PASSAGES = 400
_MOST_INDICATORS = 300
_LONGEST = 3000  # characters of a passage


def report_html(report: Report, language: Language, *, stored: bool) -> str:
    """Everything that was read, with every figure marked in its passage."""
    said = words("reports", language)
    year = words("answer", language)["year"].format(year=report.year) if report.year else ""
    about = " · ".join(filter(None, [report.department, year, report.project, report.version]))
    state = "" if stored else f'<span class="jx-badge">{escape(said["not_stored"])}</span>'
    facts = said["facts"].format(
        sections=len({passage.section for passage in report.passages}),
        indicators=len(report.indicators),
        figures=len(report.figures),
    )
    notes = "".join(f"<li>{escape(note_in(language, note))}</li>" for note in report.warnings)
    return (
        f'<article class="jx-view"><h2 class="jx-table-title">{escape(report.title)} {state}</h2>'
        f'<p class="jx-where">{escape(about)}</p><p class="jx-where">{escape(facts)}</p>'
        + (f'<div class="jx-notes"><ul>{notes}</ul></div>' if notes else "")
        + _indicators(report.indicators, language)
        + _sections(report, language)
        + "</article>"
    )


def _indicators(indicators: Iterable[Indicator], language: Language) -> str:
    listed = list(indicators)
    if not listed:
        return ""
    said = words("reports", language)
    columns = ["indicator", "target", "actual"]
    if any(i.points or i.score for i in listed):
        columns += ["points", "score"]
    head = "".join(f'<th scope="col">{escape(said[name])}</th>' for name in columns)
    rows = ""
    for indicator in listed[:_MOST_INDICATORS]:
        values = [indicator.target, indicator.actual, indicator.points, indicator.score]
        cells = "".join(f"<td>{escape(v or '—')}</td>" for v in values[: len(columns) - 1])
        above = " / ".join(indicator.levels) or indicator.task or ""
        rows += (
            f'<tr><th scope="row">{escape(indicator.name)}<span class="jx-file">{escape(above)}'
            f"</span></th>{cells}</tr>"
        )
    title = f"{said['indicators']} ({len(listed)})"
    return (
        f'<details class="jx-part" open><summary>{escape(title)}</summary>'
        f'<div class="jx-scroll" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="jx-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></details>"
    )


def _sections(report: Report, language: Language) -> str:
    said = words("reports", language)
    figures: dict[int, list[Figure]] = {}
    for figure in report.figures:
        figures.setdefault(figure.passage, []).append(figure)
    shown = report.passages[:_MOST_PASSAGES]
    parts = ""
    for section, passages in groupby(shown, key=lambda passage: passage.section):
        texts = "".join(_passage(p, figures.get(p.index, []), language) for p in passages)
        path = " / ".join(section)
        parts += f'<h3 class="jx-path">{escape(path)}</h3>{texts}'
    more = ""
    if len(report.passages) > _MOST_PASSAGES:
        text = said["more_text"].format(count=_MOST_PASSAGES)
        more = f'<p class="jx-line jx-hint">{escape(text)}</p>'
    return (
        f'<details class="jx-part" open><summary>{escape(said["sections"])}</summary>'
        f'<p class="jx-faint">{escape(said["legend"])}</p>'
        f'<div class="jx-text-read">{parts}{more}</div></details>'
    )


def _passage(passage: Passage, figures: Iterable[Figure], language: Language) -> str:
    """The text, its figures marked where they stand."""
    shown, position = "", 0
    for figure in sorted(figures, key=lambda f: f.start):
        if figure.start < position or figure.end > _LONGEST:
            continue
        shown += _verbatim(passage.text[position : figure.start])
        shown += f"<mark>{_verbatim(passage.text[figure.start : figure.end])}</mark>"
        position = figure.end
    rest = passage.text[position:_LONGEST]
    shown += _verbatim(rest) + ("…" if len(passage.text) > _LONGEST else "")
    place = [passage.place.cell] if passage.place.cell else []
    if passage.place.page is not None:
        place.append(words("reports", language)["page"].format(page=passage.place.page))
    where = f'<span class="jx-place">{escape(" · ".join(place))}</span>' if place else ""
    return f"<p>{where}{shown}</p>"


def _verbatim(text: str) -> str:
    """Source text; the tab between two cells gets a rule that is not part of the text."""
    return escape(text).replace("&#9;", '<span class="jx-tab">&#9;</span>')
