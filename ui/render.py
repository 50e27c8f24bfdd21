"""An answer as escaped HTML for the chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import quote

from assistant.answer import Answer, AnswerFigure, Calculation, Language, Status
from assistant.answer_text import plain
from assistant.suggestions import Suggestion
from ingest.report import Report
from ui.charts import chart_html
from ui.markup import Cite, Show, blocks, escape, foreign
from ui.names import label_html
from ui.text import words

_TABLE_OPEN = 12  # a table of more lines is folded
_LINKED = 5  # questions that a link to an answer asks again
Reports = dict[str, Report]  # the reports an answer cites, by id


def source_id(turn: int, citation: int) -> str:
    """The element id of a citation in the sources panel."""
    return f"jx-source-{turn}-{citation}"


def copy_id(turn: int) -> str:
    """The element id that holds what the copy button of an answer copies."""
    return f"jx-copy-{turn}"


def citer(answer: Answer, turn: int) -> Cite:
    """A function that turns a citation id into a mark that opens its source."""
    known = {citation.id for citation in answer.citations}
    label = words("answer", answer.language)["source"]

    def cite(number: int) -> str:
        if number not in known:  # "[3]" that is no citation of ours stays text
            return escape(f"[{number}]")
        return (
            f'<a class="jx-cite" href="#{source_id(turn, number)}"'
            f' title="{label} {number}">[{number}]</a>'
        )

    return cite


def question_html(text: str, number: int | None = None, language: Language = "zh") -> str:
    """A visitor's question, shown as typed; with its number it can be edited."""
    edit = action("edit", words("answer", language)["edit"], number) if number else ""
    return f'<div class="jx-question">{_broken(text)}</div>{edit}'


def action(do: str, label: str, *numbers: int) -> str:
    """A button that the page's script hands to the server: what to do, and with which.

    The chat's sanitiser keeps of a button its text and classes.
    """
    name = "-".join(["jx-do", do, *(str(number) for number in numbers)])
    return f'<button type="button" class="jx-do {name}">{escape(label)}</button>'


def line_html(text: str, kind: str) -> str:
    """One line instead of an answer; ``kind`` is ``hint``, ``error`` or ``pending``."""
    return f'<div class="jx-line jx-{kind}">{_broken(text)}</div>'


def answer_html(
    answer: Answer,
    turn: int,
    reports: Reports | None = None,
    upto: str | None = None,
    *,
    suggestions: Sequence[Suggestion] = (),
    asked: Sequence[str] = (),
) -> str:
    """The whole answer; with ``upto`` only the beginning of its text, as it is written out.

    ``asked`` are the questions up to this one: a link to the answer asks them again.
    """
    cite = citer(answer, turn)
    text = blocks(answer.answer if upto is None else upto, cite, _show(answer.language))
    parts = [_headline(answer, cite, reports or {}), f'<div class="jx-text">{text}</div>']
    if upto is None:
        # A doubt stands right under the figure it is about, not below the working.
        parts.append(_warnings(answer.warnings, answer.language, cite))
        parts.append(_side_by_side(answer, cite, reports or {}))
        parts += [
            _calculation(calculation, answer.language, cite) for calculation in answer.calculations
        ]
        parts.append(_foot(answer, turn, asked or [answer.question]))
        parts.append(_suggestions(suggestions, turn, answer.language))
    writing = "" if upto is None else " jx-writing"
    return f'<div class="jx-answer jx-{answer.status.value}{writing}">{"".join(parts)}</div>'


def copy_text(answer: Answer) -> str:
    """What an official pastes into a document: the text, then where each figure stands."""
    lines = [plain(answer.answer)]
    for citation in answer.citations:
        where = " / ".join(part for part in (citation.report, citation.section) if part)
        lines.append(f"[{citation.id}] {where}（{citation.file}）：「{citation.quote}」")
    return "\n".join(lines)


def amount(value: str, unit: str | None) -> str:
    """Value and unit as printed: a sign stays close, a word after a space."""
    if not unit:
        return value
    return f"{value} {unit}" if unit.isascii() and unit.isalpha() else f"{value}{unit}"


def _headline(answer: Answer, cite: Cite, reports: Reports) -> str:
    said = words("answer", answer.language)
    if answer.status is not Status.ANSWERED:
        return f'<div class="jx-status">{escape(said[answer.status.value])}</div>'
    # Of several figures asked for, none may stand out as if it were the answer.
    if not answer.figures or sum(figure.kind == "reported" for figure in answer.figures) > 1:
        return ""
    figure = answer.figures[0]
    show = _show(answer.language)
    about = [label_html(figure.label, answer.language)]
    about += [show(part) for part in _whose(figure, answer.language)]
    marks = "".join(cite(number) for number in figure.citations)
    qualifier = _qualifier(figure, answer, reports)
    return (
        '<div class="jx-head">'
        f'<div class="jx-about">{" · ".join(about)}</div>'
        '<div class="jx-amount">'
        + (f'<span class="jx-qualifier">{escape(qualifier)}</span>' if qualifier else "")
        + f'<span class="jx-value">{escape(figure.value)}</span>'
        + (f'<span class="jx-unit">{show(figure.unit)}</span>' if figure.unit else "")
        + f'<span class="jx-marks">{marks}</span>'
        f'<span class="jx-kind">{escape(said[figure.kind])}</span>'
        "</div></div>"
    )


def _side_by_side(answer: Answer, cite: Cite, reports: Reports) -> str:
    """Chart and table, where the question asked for more than one figure or for the first."""
    reported = [f for f in (*answer.figures, *answer.shown) if f.kind == "reported"]
    chart = chart_html(reported, answer.language)
    listed = [*answer.figures, *(answer.shown if chart else ())]
    if len(listed) < 2:
        return ""
    if chart:
        listed = [f for f in listed if f.kind == "reported"]
    return chart + _table(listed, answer, cite, reports)


def _table(figures: Sequence[AnswerFigure], answer: Answer, cite: Cite, reports: Reports) -> str:
    """A line a figure; what is the same in all lines is no column."""
    said, show = words("answer", answer.language), _show(answer.language)
    several = len({figure.department for figure in figures}) > 1
    head = [said["item"], *([said["department"]] if several else []),
            said["year_head"], said["value"], said["source"]]  # fmt: skip
    rows = []
    for figure in figures:
        number = show(amount(figure.value, figure.unit))
        if qualifier := _qualifier(figure, answer, reports):
            number = f"{escape(qualifier)} {number}"
        cells = [f"<td>{label_html(figure.label, answer.language)}</td>"]
        if several:
            cells.append(f"<td>{show(figure.department or '')}</td>")
        cells.append(f"<td>{figure.year or ''}</td>")
        cells.append(f'<td class="jx-number">{number}</td>')
        cells.append(f"<td>{''.join(cite(number_) for number_ in figure.citations)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    header = "".join(
        f'<th class="jx-number">{escape(word)}</th>'
        if word == said["value"]
        else f"<th>{escape(word)}</th>"
        for word in head
    )
    opened = " open" if len(figures) <= _TABLE_OPEN else ""
    return (
        f'<details class="jx-figures"{opened}><summary>{escape(said["all_figures"])}'
        f" ({len(figures)})</summary>"
        f'<div class="jx-scroll"><table><thead><tr>{header}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )


def _calculation(calculation: Calculation, language: Language, cite: Cite) -> str:
    said, show = words("answer", language), _show(language)
    title = escape(said["calculation"])
    if calculation.name:
        title = f"{title} · {label_html(calculation.name, language)}"
    operands = "".join(
        f"<tr><td>{label_html(operand.label, language)}</td>"
        f'<td class="jx-number">{show(amount(operand.value, operand.unit))}</td>'
        f"<td>{cite(operand.citation)}</td></tr>"
        for operand in calculation.operands
    )
    result = amount(calculation.result, calculation.unit)
    return (
        f'<div class="jx-calculation"><div class="jx-card-title">{title}</div>'
        f'<div class="jx-formula">{escape(calculation.expression)}'
        f" = <strong>{show(result)}</strong></div>"
        + (f'<div class="jx-scroll"><table>{operands}</table></div>' if operands else "")
        + _rounding(calculation, said)
        + "</div>"
    )


def _rounding(calculation: Calculation, said: Mapping[str, str]) -> str:
    """Only a quotient is rounded; sums and differences are exact."""
    if "÷" not in calculation.expression:
        return ""
    places = len(calculation.result.partition(".")[2])
    return f'<p class="jx-rounding">{escape(said["rounding"].format(places=places))}</p>'


def _warnings(warnings: Sequence[str], language: Language, cite: Cite) -> str:
    if not warnings:
        return ""
    items = "".join(f"<li>{blocks(warning, cite, _show(language))}</li>" for warning in warnings)
    title = escape(words("answer", language)["warnings"])
    return (
        f'<div class="jx-warnings"><div class="jx-card-title">{title}</div><ul>{items}</ul></div>'
    )


def _suggestions(suggestions: Sequence[Suggestion], turn: int, language: Language) -> str:
    if not suggestions:
        return ""
    buttons = "".join(
        action("ask", suggestion.button, turn, number)
        for number, suggestion in enumerate(suggestions)
    )
    title = escape(words("answer", language)["suggestions"])
    return f'<div class="jx-suggestions"><span class="jx-faint">{title}</span>{buttons}</div>'


def _foot(answer: Answer, turn: int, asked: Sequence[str]) -> str:
    said = words("answer", answer.language)
    parts = []
    if answer.citations:
        # A link, not a button: the chat's sanitiser keeps its target.
        parts.append(f'<a class="jx-copy" href="#{copy_id(turn)}">{escape(said["copy"])}</a>')
    link = "./?q=" + quote("\n".join(asked[-_LINKED:]), safe="")
    parts.append(f'<a class="jx-link" href="{link}">{escape(said["link"])}</a>')
    parts.append(action("retry", said["retry"], turn))
    opinion = words("opinion", answer.language)
    parts += [action(name, opinion[name], turn) for name in ("right", "wrong")]
    if answer.elapsed_ms:
        seconds = said["instant"]
        if answer.elapsed_ms >= 100:
            seconds = said["seconds"].format(seconds=f"{answer.elapsed_ms / 1000:.1f}")
        parts.append(f'<span class="jx-seconds">{escape(seconds)}</span>')
    return f'<div class="jx-foot">{"".join(parts)}</div>' if parts else ""


def _show(language: Language) -> Show:
    return foreign if language == "en" else escape


def _whose(figure: AnswerFigure, language: Language) -> list[str]:
    parts = []
    if figure.year is not None:
        parts.append(words("answer", language)["year"].format(year=figure.year))
    if figure.department:
        parts.append(figure.department)
    return parts


def _qualifier(figure: AnswerFigure, answer: Answer, reports: Reports) -> str | None:
    """「2000余次」 is more than 2000: the report's own figure knows, so the page says it."""
    if figure.kind != "reported":
        return None
    for citation in answer.citations:
        if citation.id not in figure.citations or citation.id not in answer.passages:
            continue
        report_id, index = answer.passages[citation.id]
        report = reports.get(report_id)
        for known in report.figures if report else ():
            if (
                known.passage == index
                and citation.start <= known.start < known.end <= citation.end
                and known.value == Decimal(figure.value)
                and known.unit == figure.unit
                and known.qualifier
            ):
                return words("answer", answer.language)[f"qualifier_{known.qualifier}"]
    return None


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
