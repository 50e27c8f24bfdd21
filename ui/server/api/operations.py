"""What programs can do, whichever way they come: over HTTP or as MCP tools."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from secrets import token_urlsafe

from assistant.calculator import result_json
from assistant.service import Conversation
from index_store.errors import UnknownReport
from index_store.store import ReportInfo
from ingest.report import Figure, Report
from ui.server.api import models
from ui.server.guard import Guarded

_KEPT = 1000  # conversations
_KEPT_S = 3600.0
_FIGURES_SEARCHED = 400  # candidates among which department and year choose


class UnknownConversation(KeyError):
    """An id that was never given to this user, or too long ago."""


@dataclass
class _Kept:
    owner: str | None
    conversation: Conversation
    used: float
    lock: threading.Lock = field(default_factory=threading.Lock)


class Operations:
    """Over one service; safe to use from many threads."""

    def __init__(self, service: Guarded) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._conversations: OrderedDict[str, _Kept] = OrderedDict()

    def ask(self, asked: models.Question) -> models.Reply:
        """Answer a question.

        Raises:
            UnknownConversation: the conversation's id is not known here.
            NotAllowed: nobody who may ask is there.
            TooMany: too many questions.
        """
        visitor = self._service.guard.question()
        key, kept = self._conversation(asked.conversation, visitor.name)
        with kept.lock:
            for turn in asked.turns:
                kept.conversation.ask(turn, asked.language)
            answer = self._service.guard.answered(
                visitor, asked.question, lambda q: kept.conversation.ask(q, asked.language)
            )
        return models.Reply.model_validate({**answer.to_json(), "conversation": key})

    def reports(
        self, department: str | None = None, year: int | None = None
    ) -> list[models.ReportSummary]:
        """The reports in the store."""
        return [_summary(info) for info in self._infos(department, year)]

    def report(self, report_id: str) -> models.ReportContents:
        """One report.

        Raises:
            UnknownReport: there is none of this id.
        """
        info = next((i for i in self._service.reports() if i.id == report_id), None)
        if info is None:
            raise UnknownReport(report_id)
        report = self._service.report(report_id)
        rows = [*report.indicators, *(i for task in report.tasks for i in task.indicators)]
        return models.ReportContents(
            **dict(_summary(info)),
            tasks=[
                models.Task(name=t.name, expected=t.expected, achieved=t.achieved, funds=t.funds)
                for t in report.tasks
            ],
            indicator_rows=[
                models.Indicator(
                    name=i.name, target=i.target, actual=i.actual, points=i.points,
                    score=i.score, reason=i.reason, task=i.task,
                )
                for i in rows
            ],
            section_names=list(dict.fromkeys(" / ".join(p.section) for p in report.passages)),
        )  # fmt: skip

    def report_figures(self, report_id: str) -> list[models.ReportFigure]:
        """Every figure of a report, in its order.

        Raises:
            UnknownReport: there is none of this id.
        """
        info = next((i for i in self._service.reports() if i.id == report_id), None)
        if info is None:
            raise UnknownReport(report_id)
        report = self._service.report(report_id)
        return [_figure(report, info, figure) for figure in report.figures]

    def find_figures(
        self,
        words: str,
        department: str | None = None,
        year: int | None = None,
        limit: int = 20,
    ) -> list[models.ReportFigure]:
        """Figures by the words around them, best first. Candidates, not an answer."""
        infos = {info.id: info for info in self._infos(department, None)}
        hits = self._service.inner.store.search_figures(words, list(infos), _FIGURES_SEARCHED)
        found: list[models.ReportFigure] = []
        for hit in hits:
            report = self._service.report(hit.report_id)
            figure = report.figures[hit.index]
            if year is None or (figure.year or infos[hit.report_id].year) == year:
                found.append(_figure(report, infos[hit.report_id], figure))
            if len(found) == limit:
                break
        return found

    def calculate(self, expression: str) -> models.Calculated:
        """Decimal arithmetic; an error is a part of the result."""
        return models.Calculated.model_validate(result_json(expression))

    def _infos(self, department: str | None, year: int | None) -> Sequence[ReportInfo]:
        return [
            info
            for info in self._service.reports()
            if (department is None or department in (info.department or ""))
            and (year is None or info.year == year)
        ]

    def _conversation(self, key: str | None, owner: str | None) -> tuple[str, _Kept]:
        now = time.monotonic()
        with self._lock:
            while self._conversations:
                oldest = next(iter(self._conversations.values()))
                if len(self._conversations) <= _KEPT and now - oldest.used < _KEPT_S:
                    break
                self._conversations.popitem(last=False)
            if key is None:
                key = token_urlsafe(12)
                inner = self._service.inner.new_conversation()
                kept = self._conversations[key] = _Kept(owner, inner, now)
                return key, kept
            found = self._conversations.get(key)
            if found is None or found.owner != owner:
                raise UnknownConversation(key)
            found.used = now
            self._conversations.move_to_end(key)
            return key, found


def _summary(info: ReportInfo) -> models.ReportSummary:
    return models.ReportSummary(
        id=info.id, title=info.title, form=info.form, department=info.department, year=info.year,
        project=info.project, version=info.version, unit=info.unit, file=info.file,
        recognised_from_scan=info.ocr, warnings=list(info.warnings), sections=info.sections,
        figures=info.figures, indicators=info.indicators,
    )  # fmt: skip


def _figure(report: Report, info: ReportInfo, figure: Figure) -> models.ReportFigure:
    passage = report.passages[figure.passage]
    return models.ReportFigure(
        label=figure.label,
        value=format(figure.value, "f"),
        unit=figure.unit,
        qualifier=figure.qualifier.value if figure.qualifier else None,
        side=figure.role.value,
        year=figure.year or info.year,
        department=info.department,
        indicator=figure.indicator,
        task=figure.task,
        report=report.id,
        title=report.title,
        file=report.file,
        section=" / ".join(passage.section),
        page=passage.place.page,
        cell=figure.cell or passage.place.cell,
        quote=passage.text[figure.clause_start : figure.clause_end],
    )
