"""Results to words in Chinese or English, with citations.

Every sentence names department and year; every figure is followed by the mark
of the citation it stands in. Amounts keep the unit the source prints.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.amounts import made, printed
from assistant.answer import (
    Answer,
    AnswerFigure,
    Calculation,
    Language,
    Operand,
    Status,
)
from assistant.citations import Sources
from assistant.finder import Located
from assistant.lexicon import lexicon
from assistant.phrases import phrase
from assistant.results import (
    Computed,
    Conflict,
    Missing,
    Quotation,
    RateMismatch,
    Reported,
    Result,
    Silence,
    Verbal,
)
from ingest.report import Report, Role
from ingest.units import format_number

# What marks a citation or emphasis in an answer, where it stands in a report's own words.
_MARK, _BOLD = re.compile(r"\[(\d+)\]"), "**"


_PLANNED = re.compile(r"预算|计划|目标|指标值")


def compose(
    question: str, language: Language, result: Result, elapsed_ms: float = 0.0
) -> tuple[Answer, Sources]:
    """The answer object of a result, and the sources to verify it against."""
    composer = _Composer(language)
    composer.write(result)
    sources = composer.sources
    return (
        Answer(
            question=question,
            language=language,
            status=composer.status,
            answer="\n\n".join(composer.lines),
            figures=tuple(composer.figures),
            calculations=tuple(composer.calculations),
            citations=tuple(sources.citations),
            warnings=tuple(dict.fromkeys(composer.warnings)),
            elapsed_ms=elapsed_ms,
            passages=sources.passages,
            shown=tuple(composer.shown),
        ),
        sources,
    )


def plain(text: str) -> str:
    """A report's words without what an answer's Markdown would read as its own marks."""
    return _MARK.sub(r"［\1］", text).replace(_BOLD, "＊＊")


class _Composer:
    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.sources = Sources()
        self.status = Status.ANSWERED
        self.lines: list[str] = []
        self.figures: list[AnswerFigure] = []
        self.shown: list[AnswerFigure] = []
        self.calculations: list[Calculation] = []
        self.warnings: list[str] = []

    def say(self, name: str, **values: object) -> str:
        return phrase(name, self.language, **values)

    def write(self, result: Result) -> None:
        if result.choices:
            self._choices(result.choices)
            return
        for met in result.met:
            self.lines.append(self.say("met" if met else "not_met"))
        for exceeds in result.exceeds:
            self.lines.append(self.say("exceeds" if exceeds else "within"))
        told = {id(r.located.figure) for r in result.reported}
        # By identity: hashing a figure's report would hash all of its text.
        for reported in {id(r.located.figure): r for r in result.reported}.values():
            self._reported(reported, counted=True)
        if result.none_of:
            self.lines.append(self.say("none_of"))
        for shown in result.shown:
            if id(shown.located.figure) not in told:
                self._reported(shown, counted=False)
        for computed in result.computed:
            self._computed(computed)
        for verbal in result.verbal:
            self._verbal(verbal)
        self._quotations(result.quotations)
        self._indicators(result)
        self._tasks(result)
        self._reports(result)
        for missing in result.missing:
            self._missing(missing)
        for conflict in result.conflicts:
            self._conflict(conflict)
        self.warnings.extend(result.assumptions)
        for report in self.sources.reports.values():
            if report.ocr:
                self.warnings.append(self.say("read_by_ocr", title=report.title, file=report.file))
        has_answer = any(
            (
                result.reported,
                result.shown,
                result.computed,
                result.verbal,
                result.quotations,
                result.indicators,
                result.tasks,
                result.reports,
                result.none_of,
            )
        )
        whole = [missing for missing in result.missing if not missing.partial]
        if result.missing and (not has_answer or (whole and not result.computed)):
            self.status = Status.NOT_FOUND
            self.figures = []

    # -- figures ----------------------------------------------------------

    def _reported(self, reported: Reported, *, counted: bool) -> None:
        located = reported.located
        marks = [self.sources.figure(located)]
        for other in reported.same[:3]:
            mark = self.sources.figure(other)
            if mark not in marks:
                marks.append(mark)
        self.lines.append(
            self.say(
                "figure",
                who=self._who(located.report, located.year),
                what=self._what(located),
                value=printed(located.figure, self.language),
                marks="".join(f"[{m}]" for m in marks),
            )
        )
        figure = AnswerFigure(
            label=label_of(located),
            value=format_number(located.figure.value),
            unit=located.figure.unit,
            year=located.year,
            department=located.report.department,
            kind="reported",
            citations=tuple(marks),
        )
        (self.figures if counted else self.shown).append(figure)

    def _calculation(self, computed: Computed) -> tuple[Calculation, list[int]]:
        operands, marks = [], []
        for located in computed.operands:
            mark = self.sources.figure(located)
            marks.append(mark)
            operands.append(
                Operand(
                    label=_dated(located),
                    value=format_number(located.figure.value),
                    unit=located.figure.unit,
                    citation=mark,
                )
            )
        return (
            Calculation(
                name=computed.name,
                expression=computed.expression,
                operands=tuple(operands),
                result=format_number(computed.value),
                unit=computed.unit,
            ),
            marks,
        )

    def _computed(self, computed: Computed) -> None:
        calculation, marks = self._calculation(computed)
        self.calculations.append(calculation)
        self.figures.append(
            AnswerFigure(
                label=computed.label,
                value=calculation.result,
                unit=computed.unit,
                year=computed.year,
                department=computed.department,
                kind="computed",
                citations=tuple(dict.fromkeys(marks)),
            )
        )
        self.lines.append(
            self.say(
                "computed",
                what=computed.label if self.language == "zh" else computed.label_en,
                value=made(calculation.result, computed.unit, self.language),
                expression=computed.expression,
                marks="".join(f"[{m}]" for m in dict.fromkeys(marks)),
            )
        )

    def _who(self, report: Report, year: int | None = None) -> str:
        self.sources.name(report.department, report.title)
        year = year or report.year
        if report.department and year:
            return self.say("who", department=report.department, year=year)
        return report.department or (str(year) if year else report.title)

    def _what(self, located: Located) -> str:
        label = plain(label_of(located))
        role = located.figure.role
        # 年初预算数 says itself that it was planned.
        planned = role is Role.TARGET and not _PLANNED.search(label)
        side = self.say("target_of", what=label) if planned else label
        if self.language == "en":
            english = lexicon().translation.get(located.figure.label) or lexicon().translation.get(
                located.figure.subject
            )
            if english and not any(char.isdigit() for char in english):
                side += f" ({english})"
        return side

    # -- words ------------------------------------------------------------

    def _verbal(self, verbal: Verbal) -> None:
        report, indicator = verbal.report, verbal.indicator
        text = report.passages[indicator.passage].text
        end = text.find(indicator.actual or "") + len(indicator.actual or "")
        mark = self.sources.cite(report, indicator.passage, 0, end)
        self.lines.append(
            self.say(
                "verbal",
                who=self._who(report),
                what=plain(indicator.name),
                value=plain(indicator.actual or ""),
                marks=f"[{mark}]",
            )
        )

    def _quotations(self, quotations: Sequence[Quotation]) -> None:
        if not quotations:
            return
        report = quotations[0].report
        self.lines.append(self.say("quotes", who=self._who(report)))
        for quotation in quotations:
            text = quotation.report.passages[quotation.passage].text
            mark = self.sources.cite(
                quotation.report, quotation.passage, quotation.start, quotation.end
            )
            said = plain(text[quotation.start : quotation.end].strip())
            self.lines.append(f"- “{said}” [{mark}]")

    def _indicators(self, result: Result) -> None:
        """A line an indicator, its target beside what was done where the form has both."""
        task = object()
        for report, indicator in result.indicators:
            if indicator.task != task:
                task = indicator.task
                self.lines.append(
                    self.say("indicators", who=self._who(report), task=indicator.task or "")
                )
            parts = (indicator.name, indicator.target, indicator.actual)
            text = report.passages[indicator.passage].text
            end = min(len(text), len("\t".join(part for part in parts if part)))
            mark = self.sources.cite(report, indicator.passage, 0, end)
            told = self.say(
                "indicator_both" if indicator.target else "indicator",
                what=plain(indicator.name),
                target=plain(indicator.target or ""),
                actual=plain(indicator.actual or "—"),
            )
            self.lines.append(f"- {told} [{mark}]")

    def _tasks(self, result: Result) -> None:
        for number, (report, task) in enumerate(result.tasks):
            if number == 0 or result.tasks[number - 1][0] is not report:
                self.lines.append(self.say("tasks", who=self._who(report)))
            funds = next(
                (
                    Located(report, f)
                    for f in report.figures
                    if f.task == task.name and f.role is Role.FUNDS
                ),
                None,
            )
            named = next(p for p in report.passages if p.task == task.name)
            line = f"- {task.name} [{self.sources.cite(report, named.index, 0, len(named.text))}]"
            if funds:
                mark = self.sources.figure(funds)
                line += f"：{funds.figure.text}{funds.figure.unit or ''} [{mark}]"
            self.lines.append(line)

    def _reports(self, result: Result) -> None:
        if not result.reports:
            return
        self.lines.append(self.say("reports"))
        for info in result.reports:
            self.lines.append(f"- {self._info(info.department, info.year, info.title)}")

    def _info(self, department: str | None, year: int | None, title: str) -> str:
        self.sources.name(department, title, f"{year}年", f", {year}:")
        return self.say("report", department=department or "—", year=year or "—", title=title)

    # -- what is not there ------------------------------------------------

    def _missing(self, missing: Missing) -> None:
        years = "、".join(str(y) for y in missing.years)
        line = self.say(
            f"missing_{missing.detail or missing.reason.value}",
            sought=missing.sought,
            place=missing.place or "",
            years=years,
        )
        self.lines.append(line)
        if missing.reason in (Silence.YEAR, Silence.PLACE) and missing.searched:
            loaded = sorted({(r.department or r.title, r.year or 0) for r in missing.searched})
            names: dict[str, list[str]] = {}
            for department, year in loaded:
                names.setdefault(department, []).append(str(year) if year else "—")
            listed = "；".join(f"{n}（{'、'.join(y)}）" for n, y in list(names.items())[:12])
            self.lines.append(self.say("loaded", reports=listed))
        if missing.nearest:
            mark = self.sources.figure(missing.nearest)
            self.lines.append(
                self.say(
                    "nearest",
                    what=self._what(missing.nearest),
                    value=printed(missing.nearest.figure, self.language),
                    marks=f"[{mark}]",
                )
            )

    def _choices(self, choices: Sequence[Located]) -> None:
        self.status = Status.CLARIFY
        self.lines.append(self.say("clarify"))
        for located in choices:
            mark = self.sources.figure(located)
            self.lines.append(
                "- "
                + self.say(
                    "figure",
                    who=self._who(located.report, located.year),
                    what=self._what(located),
                    value=printed(located.figure, self.language),
                    marks=f"[{mark}]",
                )
            )

    def _conflict(self, conflict: Conflict | RateMismatch) -> None:
        if isinstance(conflict, RateMismatch):
            calculation, _ = self._calculation(conflict.computed)
            if calculation not in self.calculations:
                self.calculations.append(calculation)
            stated = conflict.stated.figure
            self.sources.figure(conflict.stated)
            self.warnings.append(
                self.say(
                    "rate_mismatch",
                    what=conflict.computed.label,
                    stated=f"{stated.text}{stated.unit or ''}",
                    computed=f"{calculation.result}{conflict.computed.unit or ''}",
                    expression=calculation.expression,
                )
            )
            return
        mark = self.sources.figure(conflict.other)
        self.warnings.append(
            self.say(
                "conflict",
                what=self._what(conflict.other),
                value=printed(conflict.other.figure, self.language),
                marks=f"[{mark}]",
            )
        )


def label_of(located: Located) -> str:
    """What a figure is called: its task's name before a task's funds."""
    figure = located.figure
    if figure.task and figure.role is Role.FUNDS:
        return f"{figure.task}（{figure.label}）"
    if figure.subject and figure.subject not in figure.label and len(figure.label) < 12:
        return figure.label + figure.subject
    return figure.label


def _dated(located: Located) -> str:
    year = located.year
    return f"{year}年{label_of(located)}" if year else label_of(located)
