"""The figures of answers as a workbook: a row a figure, with formula and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from assistant.answer import Answer, AnswerFigure, Language
from assistant.spreadsheet import Sheet, Value, write_workbook
from ingest.errors import JixiaoError

_COLUMNS: dict[Language, tuple[str, ...]] = {
    "zh": ("问题", "指标", "数值", "单位", "年度", "部门", "来历", "计算式", "报告", "文件", "章节",
           "页", "单元格", "原文"),
    "en": ("Question", "Indicator", "Value", "Unit", "Year", "Department", "Kind", "Formula",
           "Report", "File", "Section", "Page", "Cell", "Quote"),
}  # fmt: skip
_KINDS: dict[Language, dict[str, str]] = {
    "zh": {"reported": "报告原文", "computed": "计算得出", "sheet": "数字"},
    "en": {"reported": "as reported", "computed": "computed", "sheet": "Figures"},
}


def write_figures(answers: Sequence[Answer], path: Path, language: Language) -> None:
    """Write every figure that the answers give.

    Raises:
        JixiaoError: they give none, or the file cannot be written.
    """
    rows = [row for answer in answers for row in _rows(answer, language)]
    if not rows:
        raise JixiaoError("these answers give no figures; save them as .docx or .md")
    write_workbook(path, [Sheet(_KINDS[language]["sheet"], _COLUMNS[language], rows)])


def _rows(answer: Answer, language: Language) -> Iterator[list[Value]]:
    citations = {citation.id: citation for citation in answer.citations}
    for figure in answer.figures:
        about: list[Value] = [
            answer.question, figure.label, Decimal(figure.value), figure.unit, figure.year,
            figure.department, _KINDS[language][figure.kind], _formula(figure, answer),
        ]  # fmt: skip
        cited = [citations[i] for i in figure.citations if i in citations]
        if not cited:
            yield [*about, None, None, None, None, None, None]
        # Where a figure stands in several places, each is a row: a filter then shows them all.
        for c in cited:
            quote = " ".join(c.quote.split())
            yield [*about, c.report, c.file, c.section, c.page, c.cell, quote]


def _formula(figure: AnswerFigure, answer: Answer) -> str | None:
    if figure.kind == "reported":
        return None
    made = (c for c in answer.calculations if c.result == figure.value and c.unit == figure.unit)
    calculation = next(made, None)
    if calculation is None:
        return None
    return f"{calculation.expression} = {calculation.result}{calculation.unit or ''}"
