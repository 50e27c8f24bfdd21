"""Citations of one answer: each stretch of a passage once, with where it stands."""

from __future__ import annotations

from assistant.answer import Citation
from assistant.located import Located
from ingest.report import Report

_QUOTE_REACH = 90  # characters a quote may grow to, to hold what its clause leans on
_STOPS = "。；！？\n\t"


class Sources:
    """The citations of one answer, each passage stretch once."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self.passages: dict[int, tuple[str, int]] = {}
        self.reports: dict[str, Report] = {}
        self.names: set[str] = set()  # of offices and reports that the answer speaks of
        self._ids: dict[tuple[str, int, int, int], int] = {}

    def name(self, *names: str | None) -> None:
        """Note a name whose digits are no figures: 第113中学."""
        self.names.update(name for name in names if name)

    def cite(
        self, report: Report, passage_index: int, start: int, end: int, cell: str | None = None
    ) -> int:
        """The id of a citation of this stretch, made if it is new.

        ``cell`` is the figure's own, where the format has addresses; else the row's stands.
        """
        key = (report.id, passage_index, start, end)
        if key not in self._ids:
            passage = report.passages[passage_index]
            number = self._ids[key] = len(self.citations) + 1
            self.citations.append(
                Citation(
                    id=number,
                    report=report.title,
                    file=report.file,
                    department=report.department,
                    year=report.year,
                    section=" / ".join(passage.section),
                    page=passage.place.page,
                    cell=cell or passage.place.cell,
                    quote=passage.text[start:end],
                    start=start,
                    end=end,
                )
            )
            self.passages[number] = (report.id, passage_index)
            self.reports[report.id] = report
        return self._ids[key]

    def figure(self, located: Located) -> int:
        """Cite a figure with the stretch between stops that it leans on."""
        start, end = quote_span(located)
        return self.cite(located.report, located.figure.passage, start, end, located.figure.cell)


def quote_span(located: Located) -> tuple[int, int]:
    """The clause of a figure, grown back to the last stop where that stays short."""
    figure, text = located.figure, located.passage.text
    start, end = figure.clause_start, max(figure.clause_end, figure.end)
    back = start
    while back > 0 and text[back - 1] not in _STOPS:
        back -= 1
    if end - back <= _QUOTE_REACH:
        start = back
    while start < figure.start and text[start].isspace():
        start += 1
    return start, end
