"""The scorecard as one self-contained HTML page; every text from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant.answer import Answer
from eval.judge import Judgement, Outcome, describe
from eval.questions import Expectation

SummaryRow = tuple[str, int, str, str, str, str]

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Jixiao: labelled questions</title>
<style>
body{font:16px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;
 max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;margin:1rem 0}
th,td{padding:.25rem .75rem;border-bottom:1px solid #d0d0d0;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
article{border:1px solid #d0d0d0;border-radius:6px;padding:.5rem 1rem;margin:1rem 0}
h3{margin:.25rem 0}
.outcome{font-size:.85rem;font-weight:600;color:#8a1c1c}
dt{font-weight:600;margin-top:.5rem}
dd{margin-left:1rem;white-space:pre-wrap;overflow-wrap:anywhere}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid #b0b0b0}
</style></head><body>
"""


def render_page(
    summary: Iterable[SummaryRow], misses: Sequence[Judgement], notes: Sequence[str]
) -> str:
    """The page: the scores, then every turn that was not flawless."""
    parts = [_HEAD, "<h1>Labelled questions</h1>"]
    parts.extend(f"<p>{escape(note)}</p>" for note in notes)
    parts.append(_summary(summary))
    parts.append(f"<h2>Misses ({len(misses)})</h2>")
    parts.extend(_miss(judgement) for judgement in misses)
    if not misses:
        parts.append("<p>None.</p>")
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _summary(rows: Iterable[SummaryRow]) -> str:
    names = ("turns", "right", "wrong figure", "citation precision", "not found, recall")
    head = "".join(f'<th class="n" scope="col">{escape(name)}</th>' for name in names)
    body = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f'<td class="n">{escape(str(value))}</td>' for value in values)
        + "</tr>"
        for name, *values in rows
    )
    return f'<table><tr><th scope="col">group</th>{head}</tr>\n{body}</table>'


def _miss(judgement: Judgement) -> str:
    exchange = judgement.exchange
    conversation = exchange.conversation
    asked = [turn.question for turn in conversation.turns[: exchange.position + 1]]
    where = f"{conversation.id} · {conversation.category} · {conversation.language}"
    items = [
        ("Expected", _expected(exchange.turn.expect)),
        ("Missing", "\n".join((*judgement.missing, *_faults(judgement)))),
        ("Error", exchange.error or ""),
    ]
    answer = exchange.answer
    if answer is not None:
        items.append((f"Given ({answer.status.value})", answer.answer))
        items.append(("Figures", _figures(answer)))
        items.append(("Calculations", "\n".join(c.expression for c in answer.calculations)))
        items.append(("Warnings", "\n".join(answer.warnings)))
    listed = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in items if text
    )
    earlier = "".join(f"<p>{escape(question)}</p>" for question in asked[:-1])
    return (
        f'<article><p class="outcome">{escape(_title(judgement))} · {escape(where)}</p>'
        f"{earlier}<h3>{escape(asked[-1])}</h3><dl>{listed}</dl>{_citations(answer)}</article>"
    )


def _title(judgement: Judgement) -> str:
    if judgement.outcome is Outcome.RIGHT:
        return "right, but not borne out in full"
    return judgement.outcome.value.replace("_", " ")


def _faults(judgement: Judgement) -> list[str]:
    faults = []
    uncited = judgement.cited.total - judgement.cited.good
    if uncited:
        faults.append(f"{uncited} figures or operands that their quotes do not contain")
    if judgement.warned is False:
        faults.append("a warning that the report contradicts itself")
    return faults


def _expected(expect: Expectation) -> str:
    lines = [" or ".join(status.value for status in expect.statuses)]
    lines.extend(describe(figure) for figure in expect.figures)
    lines.extend(f"computed: {describe(figure)}" for figure in expect.computed)
    lines.extend(f"quote: {quote}" for quote in expect.quotes)
    lines.extend(f"text: {text}" for text in expect.texts)
    return "\n".join(lines)


def _figures(answer: Answer) -> str:
    return "\n".join(
        f"{figure.label}: {figure.value}{figure.unit or ''}"
        f" ({figure.department}, {figure.year}, {figure.kind})"
        for figure in answer.figures
    )


def _citations(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return "".join(
        f"<blockquote>[{citation.id}] {escape(citation.quote)}"
        f"<br><small>{escape(citation.file)} · {escape(citation.section)}</small></blockquote>"
        for citation in answer.citations
    )
