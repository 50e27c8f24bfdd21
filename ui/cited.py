"""The sources of a table, shown by the panel that shows an answer's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.answer import Answer, Citation, Language, Status
from ingest.errors import JixiaoError
from ingest.report import Report
from ui.render import source_id
from ui.sources import Turn, panel_html

_TABLE = 1  # its number among what is shown: there is one table on a page


def source_link(citation: int) -> str:
    """What a cell of the table links to."""
    return f"#{source_id(_TABLE, citation)}"


def sources_html(
    citations: Sequence[Citation],
    passages: Mapping[int, tuple[str, int]],
    report: Callable[[str], Report],
    language: Language,
) -> str:
    """The panel of the citations; a report removed meanwhile is said to be gone."""
    reports: dict[str, Report] = {}
    shown = {citation.id for citation in citations}
    for report_id in {report_id for number, (report_id, _) in passages.items() if number in shown}:
        try:
            reports[report_id] = report(report_id)
        except (KeyError, JixiaoError):
            continue
    held = Answer(
        question="",
        language=language,
        status=Status.ANSWERED,
        answer="",
        citations=tuple(citations),
        passages={number: passages[number] for number in shown if number in passages},
    )
    return panel_html([Turn(_TABLE, held, reports)] if citations else [], language)
