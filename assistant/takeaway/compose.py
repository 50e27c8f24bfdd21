"""Answers as a document: question, answer, how it was computed, what to beware of, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.answer import Answer, Calculation, Citation, Language, Status
from assistant.answer_text import Grid, Line, Listing, inline, parse
from assistant.answer_text import Paragraph as Said
from assistant.takeaway.document import Block, Document, Items, Look, Paragraph, Run, Runs, Table

_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "绩效问答记录",
        "made": "{when}由 Jixiao 绩效问答生成。数字引自所注报告，或由其中的数字计算得出；"
        "使用前请核对原件。",
        "when": "%Y年%m月%d日 %H:%M",
        "question": "问：{question}",
        "not_found": "报告中未查到",
        "clarify": "需要先确认所指",
        "calculation": "计算",
        "warning": "请注意",
        "sources": "本回答的其他出处",
        "operands": "其中",
        "page": "第{page}页",
        "cell": "单元格{cell}",
        "note": "{report}（{file}），{where}：“{quote}”",
        "join": "，",
        "list": "；",
    },
    "en": {
        "title": "Answers from performance reports",
        "made": "Made by Jixiao on {when}. Figures are quoted from the reports named, or computed "
        "from figures in them; check the originals before use.",
        "when": "%d %B %Y, %H:%M",
        "question": "Q: {question}",
        "not_found": "Not in the reports",
        "clarify": "To be specified first",
        "calculation": "Calculation",
        "warning": "Please note",
        "sources": "Further sources of this answer",
        "operands": "where",
        "page": "page {page}",
        "cell": "cell {cell}",
        "note": "{report} ({file}), {where}: “{quote}”",
        "join": ", ",
        "list": "; ",
    },
}


def compose(answers: Sequence[Answer], language: Language, made: datetime) -> Document:
    """The document of one answer or of a whole conversation."""
    words = _WORDS[language]
    # %-d is not known everywhere, so a day before the tenth keeps its zero.
    when = made.strftime(words["when"])
    notes = _Notes(language)
    blocks: list[Block] = [
        _line(Look.TITLE, words["title"]),
        _line(Look.FAINT, words["made"].format(when=when)),
    ]
    for answer in answers:
        blocks += _answer(answer, notes)
    return Document(words["title"], language, tuple(blocks), tuple(notes.texts))


class _Notes:
    """The notes of a document, numbered as they are first referred to."""

    def __init__(self, language: Language) -> None:
        self.texts: list[str] = []
        self._language: Language = language
        self._known: dict[tuple[str, str, str, str], int] = {}

    def refer(self, citation: Citation) -> int:
        """The index of a citation's note, made at the first reference."""
        key = (citation.report, citation.file, citation.section, citation.quote)
        if key not in self._known:
            self._known[key] = len(self.texts)
            self.texts.append(_source(citation, self._language))
        return self._known[key]


def _answer(answer: Answer, notes: _Notes) -> Iterator[Block]:
    words = _WORDS[answer.language]
    known = {citation.id: citation for citation in answer.citations}
    told: set[int] = set()

    def runs(line: Line) -> Runs:
        made: list[Run] = []
        for part in line:
            if part.citation in known and part.citation is not None:
                told.add(part.citation)
                if made and made[-1].note is None:  # a mark stands close to its word
                    made[-1] = Run(made[-1].text.rstrip(), made[-1].bold)
                made.append(Run(note=notes.refer(known[part.citation])))
            else:
                made.append(Run(part.text, part.bold))
        return tuple(made)

    yield _line(Look.QUESTION, words["question"].format(question=answer.question))
    if answer.status is not Status.ANSWERED:
        yield _line(Look.HEADING, words[answer.status.value])
    for block in parse(answer.answer):
        if isinstance(block, Said):
            look = Look.HEADING if block.heading else Look.BODY
            yield Paragraph(look, tuple(runs(line) for line in block.lines))
        elif isinstance(block, Listing):
            yield Items(tuple(runs(item) for item in block.items), block.first)
        elif isinstance(block, Grid):
            yield Table(tuple(tuple(runs(cell) for cell in row) for row in block.rows))
    for calculation in answer.calculations:
        told.update(operand.citation for operand in calculation.operands)
        yield _calculation(calculation, known, notes, answer.language)
    for warning in answer.warnings:
        said = runs(inline(" ".join(warning.split())))
        colon = Run("：" if answer.language == "zh" else ": ")
        yield Paragraph(Look.WARNING, ((Run(words["warning"], bold=True), colon, *said),))
    rest = [c for c in answer.citations if c.id not in told]
    if rest:
        marks = tuple(Run(note=notes.refer(citation)) for citation in rest)
        yield Paragraph(Look.FAINT, ((Run(words["sources"]), *marks),))


def _calculation(
    calculation: Calculation, known: dict[int, Citation], notes: _Notes, language: Language
) -> Paragraph:
    """The formula with its numbers, then each operand with its source."""
    words = _WORDS[language]
    head = words["calculation"]
    if calculation.name:
        head += f"（{calculation.name}）" if language == "zh" else f" ({calculation.name})"
    result = f"{calculation.result}{calculation.unit or ''}"
    colon = "：" if language == "zh" else ": "
    formula = (
        Run(head, bold=True),
        Run(f"{colon}{calculation.expression} = "),
        Run(result, bold=True),
    )
    operands: list[Run] = []
    for operand in calculation.operands:
        lead = f"{words['operands']} " if not operands else words["list"]
        operands.append(Run(f"{lead}{operand.label} {operand.value}{operand.unit or ''}"))
        if operand.citation in known:
            operands.append(Run(note=notes.refer(known[operand.citation])))
    return Paragraph(Look.FORMULA, (formula, tuple(operands)) if operands else (formula,))


def _source(citation: Citation, language: Language) -> str:
    words = _WORDS[language]
    where = [citation.section] if citation.section else []
    if citation.page is not None:
        where.append(words["page"].format(page=citation.page))
    if citation.cell is not None:
        where.append(words["cell"].format(cell=citation.cell))
    return words["note"].format(
        report=citation.report,
        file=citation.file,
        where=words["join"].join(where) or "—",
        quote=" ".join(citation.quote.split()),
    )


def _line(look: Look, text: str) -> Paragraph:
    return Paragraph(look, ((Run(text),),))
