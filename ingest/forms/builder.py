"""Collects passages and figures while a form is parsed, in source order."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest import narrative
from ingest.figures import make_figure, prose_figures, quantities
from ingest.forms.headings import side_of
from ingest.leaning import with_topics
from ingest.owners import opening_owner, owned_amounts
from ingest.report import Figure, Indicator, Passage, Place, Role

_POINTS = re.compile(r"问题|不足|改进|建议|措施|下一步|打算|经验")


class ReportBuilder:
    """Passages with their figures; indexes are positions in ``passages``."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.figures: list[Figure] = []
        self.warnings: list[str] = []

    def passage(
        self,
        text: str,
        section: tuple[str, ...],
        role: Role,
        place: Place,
        *,
        task: str | None = None,
        indicators: tuple[str, ...] = (),
    ) -> Passage:
        """Add one passage as it is; figures are added by the caller."""
        added = Passage(len(self.passages), text, section, role, task, indicators, place)
        self.passages.append(added)
        return added

    def prose(
        self,
        text: str,
        section: tuple[str, ...],
        role: Role,
        place: Place,
        *,
        task: str | None = None,
        indicators: tuple[str, ...] = (),
    ) -> list[Passage]:
        """Add running text: one passage a list item, with its headings and figures."""
        added = []
        owner = None if task else opening_owner(text)
        task = task or owner
        heads: set[tuple[str, ...]] = set()
        for piece in narrative.pieces(text):
            if piece.headings and piece.headings not in heads and _POINTS.search(" ".join(section)):
                # （一）预算编制不够精细。…: in a list of problems the heading is the point.
                heads.add(piece.headings)
                self.passage(piece.headings[-1], section + piece.headings[:-1], role, place)
            passage = self.passage(
                text[piece.start : piece.end],
                section + piece.headings,
                side_of(piece.headings, role),
                place,
                task=task,
                indicators=indicators,
            )
            figures = prose_figures(passage)
            self.figures.extend(owned_amounts(figures) if owner else figures)
            added.append(passage)
        return added

    def cell(
        self,
        passage: Passage,
        cell: str,
        offset: int,
        *,
        label: str,
        unit: str | None = None,
        indicator: str | None = None,
        role: Role | None = None,
        quote_from: int | None = None,
        address: str | None = None,
        context: str = "",
    ) -> list[Figure]:
        """Add the figures of one table cell that stands at ``offset`` in the passage.

        The quote starts at ``quote_from`` (the label's cell) where that is beside it.
        """
        begin = offset if quote_from is None else quote_from
        found = []
        for quantity in quantities(cell, whole_cell=True):
            moved = replace(quantity, start=quantity.start + offset, end=quantity.end + offset)
            figure = make_figure(
                moved,
                passage,
                label=label,
                context=context,
                clause=(begin, offset + len(cell.rstrip())),
                unit=None if quantity.unit else unit,
                indicator=indicator,
                role=role,
            )
            found.append(replace(figure, cell=address))
        self.figures.extend(found)
        return found

    def prose_in_row(
        self, passage: Passage, text: str, offset: int, address: str | None, row: str = ""
    ) -> None:
        """Add the figures of a cell of running text that stands at ``offset`` in its row.

        ``row`` is what the row is called: all its figures lean on that.
        """
        inner = Passage(passage.index, text, passage.section, Role.NONE, passage.task)
        for figure in with_topics(prose_figures(inner), {passage.index: inner}):
            self.figures.append(
                replace(
                    figure,
                    start=figure.start + offset,
                    end=figure.end + offset,
                    clause_start=figure.clause_start + offset,
                    clause_end=figure.clause_end + offset,
                    cell=address,
                    context=f"{row} {figure.context}".strip(),
                )
            )

    def indicator_row(
        self,
        passage: Passage,
        name: str,
        cell: str,
        offset: int,
        unit: str | None,
        address: str | None = None,
    ) -> Indicator:
        """Add an indicator and the figures of its result cell."""
        whole = list(quantities(cell, whole_cell=True))
        if len(whole) == 1 and whole[0].unit is None:
            self.cell(
                passage, cell, offset, label=name, indicator=name, quote_from=0, address=address
            )
        else:
            inner = Passage(passage.index, cell, passage.section, Role.ACTUAL, passage.task)
            for figure in prose_figures(inner):
                said = figure.label if figure.label in cell else ""
                self.figures.append(
                    replace(
                        figure,
                        label=said if len(said) > 2 else name,
                        context=name,
                        indicator=name,
                        start=figure.start + offset,
                        end=figure.end + offset,
                        clause_start=0,
                        clause_end=figure.clause_end + offset,
                        cell=address,
                    )
                )
        return Indicator(name, None, cell or None, passage.index, passage.task)

    def mark_swapped_rows(self, indicators: list[Indicator]) -> None:
        """Mark figures of rows whose text names the indicator of another row.

        受理积分入户 | 受理积分入学235宗 beside 受理积分入学 | 受理积分入户276宗: the two
        carry each other's values, and neither side of them can be trusted alone.
        """
        names = {i.name for i in indicators}
        swapped = {
            i.name: other
            for i in indicators
            for other in names
            if other != i.name
            and i.actual
            and other in i.actual
            and i.name not in i.actual
            and other not in i.name
        }
        for index, figure in enumerate(self.figures):
            if figure.indicator in swapped and any(i.passage == figure.passage for i in indicators):
                self.figures[index] = replace(figure, doubtful=True)
        for name, other in swapped.items():
            self.warnings.append(f"关键指标“{name}”一行填写的是“{other}”的完成情况")
