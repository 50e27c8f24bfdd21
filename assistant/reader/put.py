"""A question and a figure as the reader reads them: one short text each.

Numbers in a figure's sentence are left out and its own place is marked: what a figure is
of decides, never how large it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.matching import FigureText
from assistant.plan import Operand
from ingest.report import Figure, Report, Role

_NUMBER = re.compile(r"[\d,，.]*\d")
_SIDES = {Role.TARGET: "目标", Role.ACTUAL: "实际", Role.FUNDS: "资金", Role.NONE: ""}
_SECTION, _BEFORE, _AFTER = 40, 70, 24  # characters that are read


@dataclass(frozen=True, slots=True)
class PutFigure:
    """What a figure is called with its side, the section it stands in, and its clause.

    In the clause 【unit】 stands in the figure's place.
    """

    called: str
    section: str
    clause: str


def put_question(operand: Operand) -> str:
    """What is asked, as it was put, with its terms; the side where one is asked for.

    Of a follow-up the questions before it come after, the last one first.
    """
    if operand.leaning and operand.heard:
        return operand.heard
    said = operand.said or operand.text
    side = _SIDES[operand.role] if operand.role else ""
    parts = (said.strip(), operand.named or operand.words, side)
    return " < ".join((" | ".join(part for part in parts if part), *operand.before))


def put_figure(report: Report, figure: Figure, text: FigureText) -> PutFigure:
    """The same of one figure of a report; ``text`` is what stands around it."""
    passage = report.passages[figure.passage]
    section = _once((*passage.section[-2:], figure.task or "", report.project or ""))
    label = _once((figure.label, figure.subject, figure.indicator or ""))
    before = _blank(f"{text.context}{text.before}")[-_BEFORE:]
    after = _blank(text.after)[:_AFTER]
    return PutFigure(
        called=f"{label} {_SIDES[figure.role]}".strip(),
        section=section[-_SECTION:],
        clause=f"{before}【{figure.unit or ''}】{after}",
    )


def _once(parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))


def _blank(text: str) -> str:
    return " ".join(_NUMBER.sub("#", text).split())
