"""What a run found out, on the terminal and (with ``eval.written``) in files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.judge import Judgement, Outcome, Share
from eval.metrics import Result, Scores
from eval.retrieval import RetrievalScores

_WORST = (Outcome.FAILED, Outcome.WRONG_FIGURE)


@dataclass(frozen=True, slots=True)
class SetScores:
    """The scores of one set of questions over its reports."""

    name: str
    kept: bool
    scores: Scores

    @property
    def part(self) -> str:
        """``open``, or ``kept`` for measuring."""
        return "kept" if self.kept else "open"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a run found out. ``notes`` says what was left out, and why.

    ``result`` is of the open sets. Of those that are ``kept`` only totals are for showing.
    """

    result: Result
    retrieval: Mapping[str, RetrievalScores] = field(default_factory=dict)  # by search
    notes: tuple[str, ...] = field(default=())
    sets: tuple[SetScores, ...] = field(default=())
    kept: Result | None = None


def parts(card: Scorecard) -> Iterator[tuple[str, Scores]]:
    """The open part and the kept part, as far as either was asked."""
    if card.result.overall.turns or card.kept is None:
        yield "open", card.result.overall
    if card.kept is not None:
        yield "kept", card.kept.overall


def set_rows(card: Scorecard) -> Iterator[tuple[str, str, Scores]]:
    """Every set with its part, open ones first, then each part as a whole."""
    for each in sorted(card.sets, key=lambda each: each.kept):
        yield each.name, each.part, each.scores
    for part, scores in parts(card):
        yield "all", part, scores


def groups(result: Result) -> Iterator[tuple[str, Scores]]:
    """The open part by language and category."""
    for prefix, part in (("language", result.by_language), ("category", result.by_category)):
        for name, scores in part.items():
            yield f"{prefix}: {name}", scores


def percent(share: Share) -> str:
    """``97.5%``, or a dash where there was nothing to count."""
    return "–" if share.rate is None else f"{share.rate:.1%}"


def print_scorecard(card: Scorecard, console: Console, *, show_kept: bool = False) -> None:
    """The tables for a terminal: the parts side by side, the open one by kind, the worst misses."""
    table = _table("Labelled questions, set by set", "set", "part")
    for name, part, scores in set_rows(card):
        if name == "all":
            table.add_section()
        table.add_row(
            escape(name), part, *_columns(scores), style="bold" if name == "all" else None
        )
    console.print(table)
    if card.result.overall.turns:
        kinds = _table("The open part by language and kind", "group")
        for name, scores in groups(card.result):
            kinds.add_row(escape(name), *_columns(scores))
        console.print(kinds)
    for search, retrieved in card.retrieval.items():
        shares = [f"recall@{k} {percent(share)}" for k, share in retrieved.recall.items()]
        shares.append(f"MRR {retrieved.mrr:.3f}")
        console.print(
            f"Search by {escape(search)}, {retrieved.questions} questions: {', '.join(shares)}"
        )
    for judgement in shown_misses(card, show_kept=show_kept):
        if judgement.outcome in _WORST:
            console.print(_line(judgement), markup=False, highlight=False, soft_wrap=True)
    for note in card.notes:
        console.print(f"Note: {note}", markup=False, highlight=False, soft_wrap=True)


def shown_misses(card: Scorecard, *, show_kept: bool) -> list[Judgement]:
    """The misses of the open part; of the kept one only where that is asked for by name."""
    kept = card.kept.misses if card.kept is not None and show_kept else []
    return [*card.result.misses, *kept]


def _table(title: str, *first: str) -> Table:
    table = Table(title=title)
    for name in first:
        table.add_column(name)
    for name in ("turns", "right", "wrong figure", "refused", "not found P", "not found R",
                 "wrong year", "cit. P", "cit. R", "warned", "p50 ms", "p95 ms"):  # fmt: skip
        table.add_column(name, justify="right")
    return table


def _columns(scores: Scores) -> tuple[str, ...]:
    return (
        str(scores.turns),
        percent(scores.accuracy),
        percent(scores.wrong_figures),
        str(scores.outcomes[Outcome.REFUSED]),
        percent(scores.refusal_precision),
        percent(scores.refusal_recall),
        str(scores.wrong_years.good),
        percent(scores.citation_precision),
        percent(scores.citation_recall),
        percent(scores.warnings),
        f"{scores.latency.p50:.0f}",
        f"{scores.latency.p95:.0f}",
    )


def _line(judgement: Judgement) -> str:
    """One miss: what it is, which question, what was given."""
    exchange = judgement.exchange
    given = (
        exchange.error or ""
        if exchange.answer is None
        else ", ".join(f"{f.value}{f.unit or ''}" for f in exchange.answer.figures)
    )
    kind = judgement.outcome.value.replace("_", " ")
    asked = " ".join(exchange.turn.question.split())
    return f"{kind}: {exchange.conversation.id}: {asked} → {given}"
