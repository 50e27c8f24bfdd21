"""The sources panel and the list of reports as escaped HTML.

A citation opens as a native ``<details>``: the passage it quotes, between its
neighbours in the same section, with the quoted words marked by their position.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from assistant.answer import Answer, Citation, Language
from ingest.report import Passage, Report
from ui.markup import escape
from ui.originals.routes import file_address, view_address
from ui.render import Reports, copy_id, copy_text, source_id
from ui.service import FileResult, ReportInfo
from ui.text import words

_NEIGHBOURS = 2  # passages shown before and after the cited one
_WITH_PAGES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One answered question of the conversation, with the reports it cites."""

    number: int
    answer: Answer
    reports: Reports


def panel_html(turns: Sequence[Turn], language: Language) -> str:
    """Sources of the last answer, then those of earlier answers, folded."""
    said = words("sources", language)
    several = bool(turns) and len(turns[-1].answer.citations) > 1
    title = _head(said, several=several)
    opening = f'<div class="jx-panel" data-link-copied="{escape(said["link_copied"])}">{title}'
    if not turns:
        hint = escape(said["sources_hint"])
        return f'{opening}<p class="jx-faint">{hint}</p></div>'
    earlier = [
        f'<details class="jx-earlier-turn"><summary>{escape(turn.answer.question)}</summary>'
        f"{_sources(turn)}</details>"
        for turn in reversed(turns[:-1])
        if turn.answer.citations
    ]
    return (
        f"{opening}{_sources(turns[-1])}"
        + (
            f'<h3 class="jx-panel-subtitle">{escape(said["earlier"])}</h3>{"".join(earlier)}'
            if earlier
            else ""
        )
        + "</div>"
    )


def _head(said: Mapping[str, str], *, several: bool) -> str:
    """The panel's title, the way through several sources, and back to the chat."""
    steps = (
        '<span class="jx-steps">'
        f'<button type="button" class="jx-step" value="-1">{escape(said["previous"])}</button>'
        f'<button type="button" class="jx-step" value="1">{escape(said["next"])}</button></span>'
        if several
        else ""
    )
    return (
        f'<div class="jx-panel-head"><h2 class="jx-panel-title">{escape(said["sources"])}</h2>'
        f'{steps}<button type="button" class="jx-close">{escape(said["close"])}</button></div>'
    )


def passage_html(text: str, start: int | None = None, end: int | None = None) -> str:
    """A passage's text; ``start:end`` of it marked, by position and by nothing else."""
    if start is None or end is None:
        return _verbatim(text)
    return (
        f"{_verbatim(text[:start])}<mark>{_verbatim(text[start:end])}</mark>{_verbatim(text[end:])}"
    )


def reports_html(reports: Sequence[ReportInfo], language: Language) -> str:
    """The reports that can be asked about."""
    said = words("loaded", language)
    if not reports:
        return f'<p class="jx-faint">{escape(said["no_reports"])}</p>'
    count = escape(said["reports_count"].format(count=len(reports)))
    items = "".join(_report(report, language) for report in reports)
    return f'<p class="jx-faint">{count}</p><ul class="jx-reports">{items}</ul>'


def results_html(results: Iterable[FileResult], language: Language) -> str:
    """What became of each uploaded file."""
    said = words("loaded", language)
    items = []
    read = False
    for result in results:
        refused = result.problem is not None
        read = read or not refused
        state = said["refused" if refused else "read"]
        detail = result.problem if refused else result.report
        items.append(
            f'<li class="jx-{"refused" if refused else "read"}">'
            f'<span class="jx-state">{escape(state)}</span>'
            f'<span class="jx-file">{escape(result.file)}</span>'
            f'<span class="jx-detail">{escape(detail or "")}</span></li>'
        )
    ready = f'<p class="jx-faint">{escape(said["ready"])}</p>' if read else ""
    return f'<ul class="jx-results">{"".join(items)}</ul>{ready}'


def _sources(turn: Turn) -> str:
    """The citations of one answer, and (for the copy link) its text."""
    answer = turn.answer
    if not answer.citations:
        return f'<p class="jx-faint">{escape(words("sources", answer.language)["no_sources"])}</p>'
    said = words("answer", answer.language)
    items = "".join(_source(turn, citation) for citation in answer.citations)
    return (
        f'<div class="jx-sources">{items}</div>'
        f'<span id="{copy_id(turn.number)}" hidden data-copy="{escape(copy_text(answer))}"'
        f' data-done="{escape(said["copied"])}"></span>'
    )


def _source(turn: Turn, citation: Citation) -> str:
    said = words("sources", turn.answer.language)
    where = [f'<span lang="zh">{escape(citation.section)}</span>'] if citation.section else []
    if citation.page is not None:
        where.append(escape(said["page"].format(page=citation.page)))
    if citation.cell is not None:
        where.append(escape(said["cell"].format(cell=citation.cell)))
    return (
        f'<details class="jx-source" id="{source_id(turn.number, citation.id)}">'
        f'<summary><span class="jx-number-badge">{citation.id}</span>'
        '<span class="jx-source-text">'
        f'<span class="jx-report" lang="zh">{escape(citation.report)}</span>'
        f'<span class="jx-where">{" · ".join(where)}</span>'
        f'<q class="jx-quote" lang="zh">{_verbatim(citation.quote)}</q>'
        f'<span class="jx-open">{escape(said["open"])}</span>'
        "</span></summary>"
        f"{_opened(turn, citation)}</details>"
    )


def _opened(turn: Turn, citation: Citation) -> str:
    """The cited passage in its section; a quote that no longer stands there is not marked."""
    said = words("sources", turn.answer.language)
    report_id, index = turn.answer.passages.get(citation.id, ("", -1))
    report = turn.reports.get(report_id)
    passage = report.passages[index] if report and 0 <= index < len(report.passages) else None
    if report is None or passage is None or not _stands(citation, passage):
        return f'<div class="jx-opened"><p class="jx-faint">{escape(said["moved"])}</p></div>'
    path = " / ".join(passage.section) or citation.section
    paragraphs = "".join(
        f'<p class="jx-cited" aria-label="{escape(said["cited"])}">'
        f"{passage_html(neighbour.text, citation.start, citation.end)}</p>"
        if neighbour.index == passage.index
        else f"<p>{passage_html(neighbour.text)}</p>"
        for neighbour in _around(report, passage)
    )
    return (
        f'<div class="jx-opened"><div class="jx-path" lang="zh">{escape(path)}</div>'
        f'<div class="jx-passages" lang="zh" tabindex="0">{paragraphs}</div>'
        f"{_original(report.id, citation, index, said)}</div>"
    )


def _original(report_id: str, citation: Citation, passage: int, said: Mapping[str, str]) -> str:
    """The file the passage was read from: its page or table, fetched when opened, and itself."""
    name = PurePath(citation.file).suffix.lower()
    kind = ""
    if name in _WITH_PAGES and citation.page is not None:
        kind = f"page/{citation.page}"
    elif citation.cell is not None:
        kind = "table"
    view = ""
    if kind:
        address = escape(view_address(report_id, kind, citation, passage))
        view = (
            f'<div class="jx-original" data-view="{address}"'
            f' data-kind="{kind.partition("/")[0]}"'
            f' data-alt="{escape(said["original_alt"].format(file=citation.file))}"'
            f' data-unmarked="{escape(said["original_unmarked"])}"'
            f' data-scanned="{escape(said["original_scanned"])}"'
            f' data-missing="{escape(said["original_missing"])}">'
            f'<span class="jx-faint">{escape(said["original_loading"])}</span></div>'
        )
    return (
        f'{view}<div class="jx-origin">{escape(said["original"])} '
        f'<a class="jx-file-link" href="{escape(file_address(report_id))}" download>'
        f"{escape(citation.file)}</a></div>"
    )


def _around(report: Report, passage: Passage) -> list[Passage]:
    """The passage and its neighbours, as far as the section reaches."""
    first = max(0, passage.index - _NEIGHBOURS)
    return [
        other
        for other in report.passages[first : passage.index + _NEIGHBOURS + 1]
        if other.section == passage.section
    ]


def _stands(citation: Citation, passage: Passage) -> bool:
    found = passage.text[citation.start : citation.end]
    return "".join(found.split()) == "".join(citation.quote.split()) != ""


def _report(report: ReportInfo, language: Language) -> str:
    said = words("loaded", language)
    department = report.department or said["unknown_department"]
    year = (
        words("answer", language)["year"].format(year=report.year)
        if report.year is not None
        else said["unknown_year"]
    )
    notes = "".join(f"<li>{escape(warning)}</li>" for warning in report.warnings)
    folded = (
        f"<details><summary>{escape(said['report_notes'])} ({len(report.warnings)})</summary>"
        f"<ul>{notes}</ul></details>"
        if notes
        else ""
    )
    return (
        f'<li><span class="jx-report" lang="zh">{escape(report.title)}</span>'
        f'<span class="jx-where">{escape(year)} · {escape(department)}</span>{folded}</li>'
    )


def _verbatim(text: str) -> str:
    """Source text; between two cells stand a rule and a place to break, no part of the text."""
    return escape(text).replace("&#9;", '<span class="jx-tab">&#9;</span><wbr>')
