"""An answer as it is being written: its lines, figures and citations so far."""

from __future__ import annotations

import re

from assistant.answer import AnswerFigure, Calculation, Language, Status
from assistant.citations import Sources
from assistant.lexicon import lexicon
from assistant.located import Located
from assistant.phrases import phrase
from ingest.report import Report, Role

# What marks a citation or emphasis in an answer, where it stands in a report's own words.
_MARK, _BOLD = re.compile(r"\[(\d+)\]"), "**"
_PLANNED = re.compile(r"预算|计划|目标|指标值")


class Draft:
    """What has been said so far, in one language, and how reports and figures are named in it."""

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
        """A phrase of ``phrases.toml`` with its blanks filled in."""
        return phrase(name, self.language, **values)

    def who(self, report: Report, year: int | None = None) -> str:
        """Whose figure it is: department and year, or the report's title."""
        self.sources.name(report.department, report.title)
        year = year or report.year
        if report.department and year:
            return self.say("who", department=report.department, year=year)
        return report.department or (str(year) if year else report.title)

    def whose(self, located: Located) -> str:
        """The same of a figure, with the project where it stands in a project's own form."""
        report = located.report
        who = self.who(report, located.year)
        if not report.project or report.project in label_of(located):
            return who
        self.sources.name(report.project)
        return self.say("who_project", who=who, project=plain(report.project))

    def what(self, located: Located) -> str:
        """What a figure is called, and that it was a target where its name does not say so."""
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


def plain(text: str) -> str:
    """A report's words without what an answer's Markdown would read as its own marks."""
    return _MARK.sub(r"［\1］", text).replace(_BOLD, "＊＊")


def label_of(located: Located) -> str:
    """What a figure is called: its task's name before a task's funds."""
    figure = located.figure
    if figure.task and figure.role is Role.FUNDS:
        return f"{figure.task}（{figure.label}）"
    if figure.subject and figure.subject not in figure.label and len(figure.label) < 12:
        return figure.label + figure.subject
    return figure.label
