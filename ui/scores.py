"""The scores of an evaluation as escaped HTML: in short, by category, and every miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import Language
from eval.judge import Judgement, Outcome, describe
from eval.metrics import Scores
from eval.questions import Expectation
from eval.scorecard import Scorecard, percent
from ui.markup import blocks, escape
from ui.text import words

_MOST = 100  # misses shown
_OUTCOMES = (
    Outcome.WRONG_FIGURE,
    Outcome.REFUSED,
    Outcome.INCOMPLETE,
    Outcome.ASKED_BACK,
    Outcome.UNREFUSED,
    Outcome.FAILED,
)


def scores_html(card: Scorecard, language: Language) -> str:
    """The whole result."""
    said = words("quality", language)
    result = card.result
    notes = "".join(f'<p class="jx-line jx-hint">{escape(n)}</p>' for n in _notes(card, said))
    misses = result.misses
    listed = "".join(_miss(judgement, language) for judgement in misses[:_MOST])
    title = said["misses"].format(count=len(misses))
    more = ""
    if len(misses) > _MOST:
        more = f'<p class="jx-line jx-hint">{escape(said["more_misses"].format(count=_MOST))}</p>'
    none = "" if misses else f'<p class="jx-line jx-well">{escape(said["no_misses"])}</p>'
    return (
        f'{notes}<div class="jx-scores">{_summary(result.overall, said)}</div>'
        f'<h2 class="jx-table-title">{escape(said["by_category"])}</h2>'
        f"{_categories(result.by_category, said)}"
        f'<h2 class="jx-table-title jx-apart">{escape(title)}</h2>{none}'
        f'<ul class="jx-findings">{listed}</ul>{more}'
    )


def _notes(card: Scorecard, said: Mapping[str, str]) -> Iterable[str]:
    """What of the run was left out; the notes themselves are for the terminal."""
    if any(note.startswith("stopped") for note in card.notes):
        yield said["stopped"].format(count=card.result.overall.turns)
    if any("skipped" in note for note in card.notes):
        yield said["skipped"]


def _summary(scores: Scores, said: Mapping[str, str]) -> str:
    wrong = scores.outcomes[Outcome.WRONG_FIGURE]
    shown = (
        ("right", percent(scores.accuracy), "jx-good"),
        ("wrong_figure", percent(scores.wrong_figures), "jx-poor" if wrong else "jx-good"),
        ("cited", percent(scores.citation_precision), ""),
        ("turns", str(scores.turns), ""),
    )
    return "".join(
        f'<div class="jx-score {look}"><span class="jx-score-value">{escape(value)}</span>'
        f'<span class="jx-score-name">{escape(said[name])}</span></div>'
        for name, value, look in shown
    )


def _categories(scores: Mapping[str, Scores], said: Mapping[str, str]) -> str:
    # Only the faults that occur have a column.
    faults = [o for o in _OUTCOMES if any(s.outcomes[o] for s in scores.values())]
    heads = [said["category"], said["turns"], said["right"], *(_name(o, said) for o in faults)]
    head = "".join(
        f'<th scope="col"{_number(position)}>{escape(name)}</th>'
        for position, name in enumerate(heads)
    )
    rows = ""
    worst_first = sorted(scores.items(), key=lambda one: (one[1].accuracy.rate or 0, one[0]))
    for name, group in worst_first:
        cells = [str(group.turns), percent(group.accuracy)]
        cells += [str(group.outcomes[outcome] or "—") for outcome in faults]
        values = "".join(f'<td class="jx-number">{escape(cell)}</td>' for cell in cells)
        shown = said.get(f"category_{name}", name)
        rows += f'<tr><th scope="row">{escape(shown)}</th>{values}</tr>'
    label = escape(said["by_category"])
    return (
        f'<div class="jx-scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="jx-table" aria-label="{label}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _miss(judgement: Judgement, language: Language) -> str:
    said = words("quality", language)
    exchange = judgement.exchange
    asked = [turn.question for turn in exchange.conversation.turns[: exchange.position + 1]]
    answer = exchange.answer
    right = judgement.outcome is Outcome.RIGHT
    outcome = said["not_borne_out"] if right else _name(judgement.outcome, said)
    look = "error" if judgement.outcome in (Outcome.WRONG_FIGURE, Outcome.FAILED) else "doubt"
    given = (
        blocks(answer.answer, lambda number: escape(f"[{number}]"))
        if answer is not None
        else f"<p>{escape(exchange.error or '')}</p>"
    )
    expected = "".join(f"<p>{escape(line)}</p>" for line in _expected(exchange.turn.expect, said))
    before = "".join(f'<span class="jx-where">{escape(question)}</span>' for question in asked[:-1])
    return (
        f'<li class="jx-finding"><div class="jx-finding-head">'
        f'<span class="jx-badge jx-badge-{look}">{escape(outcome)}</span></div>{before}'
        f'<p class="jx-said"><strong>{escape(asked[-1])}</strong></p>'
        f'<dl class="jx-pair"><dt>{escape(said["expected"])}</dt><dd>{expected}</dd>'
        f"<dt>{escape(said['given'])}</dt><dd>{given}</dd></dl></li>"
    )


def _expected(expect: Expectation, said: Mapping[str, str]) -> Iterable[str]:
    statuses: Sequence[str] = [said[status.value] for status in expect.statuses]
    figures = [describe(figure) for figure in expect.wanted]
    texts = [f"“{text}”" for text in (*expect.texts, *expect.quotes)]
    if figures or texts:
        yield from figures
        yield from texts
    else:
        yield said["or"].join(statuses)


def _name(outcome: Outcome, said: Mapping[str, str]) -> str:
    return said["failed_outcome" if outcome is Outcome.FAILED else outcome.value]


def _number(position: int) -> str:
    return ' class="jx-number"' if position else ""
