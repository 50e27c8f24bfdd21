"""The scores on the terminal, as JSON, and (with ``eval.page``) as a page to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.judge import Judgement, Outcome, Share, describe
from eval.metrics import Result, Scores
from eval.page import render_page
from eval.retrieval import RetrievalScores


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a run found out. ``notes`` says what was left out, and why."""

    result: Result
    retrieval: Mapping[str, RetrievalScores] = field(default_factory=dict)  # by search
    notes: tuple[str, ...] = field(default=())


def groups(result: Result) -> Iterator[tuple[str, Scores]]:
    """Every row of the scorecard: all, then by reports, language and category."""
    yield "all", result.overall
    for prefix, part in (
        ("reports", result.by_reports),
        ("language", result.by_language),
        ("category", result.by_category),
    ):
        for name, scores in part.items():
            yield f"{prefix}: {name}", scores


def percent(share: Share) -> str:
    """``97.5%``, or a dash where there was nothing to count."""
    return "–" if share.rate is None else f"{share.rate:.1%}"


def print_scorecard(card: Scorecard, console: Console) -> None:
    """The tables for a terminal."""
    table = Table(title="Labelled questions")
    table.add_column("group")
    for name in ("turns", "right", "wrong figure", "refused", "cit. P", "cit. R",
                 "not found P", "not found R", "warned", "p50 ms", "p95 ms"):  # fmt: skip
        table.add_column(name, justify="right")
    for name, scores in groups(card.result):
        table.add_row(
            escape(name),
            str(scores.turns),
            percent(scores.accuracy),
            percent(scores.wrong_figures),
            str(scores.outcomes[Outcome.REFUSED]),
            percent(scores.citation_precision),
            percent(scores.citation_recall),
            percent(scores.refusal_precision),
            percent(scores.refusal_recall),
            percent(scores.warnings),
            f"{scores.latency.p50:.0f}",
            f"{scores.latency.p95:.0f}",
        )
    console.print(table)
    for search, retrieved in card.retrieval.items():
        parts = [f"recall@{k} {percent(share)}" for k, share in retrieved.recall.items()]
        parts.append(f"MRR {retrieved.mrr:.3f}")
        console.print(
            f"Search by {escape(search)}, {retrieved.questions} questions: {', '.join(parts)}"
        )
    for note in card.notes:
        console.print(f"Note: {escape(note)}")


def to_json(card: Scorecard) -> dict[str, Any]:
    """Everything the scorecard holds, as plain JSON values."""
    return {
        "overall": _scores_json(card.result.overall),
        "by_category": {k: _scores_json(v) for k, v in card.result.by_category.items()},
        "by_language": {k: _scores_json(v) for k, v in card.result.by_language.items()},
        "by_reports": {k: _scores_json(v) for k, v in card.result.by_reports.items()},
        "retrieval": {k: _retrieval_json(v) for k, v in card.retrieval.items()},
        "notes": list(card.notes),
        "turns": [_judgement_json(judgement) for judgement in card.result.judgements],
    }


def write_scorecard(card: Scorecard, out: Path) -> tuple[Path, Path]:
    """Write ``scorecard.json`` and ``scorecard.html`` into a folder; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / "scorecard.json"
    page = out / "scorecard.html"
    data.write_text(json.dumps(to_json(card), ensure_ascii=False, indent=1), encoding="utf-8")
    summary = [
        (name, scores.turns, percent(scores.accuracy), percent(scores.wrong_figures),
         percent(scores.citation_precision), percent(scores.refusal_recall))
        for name, scores in groups(card.result)
    ]  # fmt: skip
    page.write_text(render_page(summary, card.result.misses, card.notes), encoding="utf-8")
    return data, page


def _share_json(share: Share) -> dict[str, Any]:
    return {"rate": share.rate, "good": share.good, "total": share.total}


def _scores_json(scores: Scores) -> dict[str, Any]:
    return {
        "turns": scores.turns,
        "outcomes": {outcome.value: count for outcome, count in scores.outcomes.items()},
        "accuracy": _share_json(scores.accuracy),
        "wrong_figure_rate": _share_json(scores.wrong_figures),
        "citation_precision": _share_json(scores.citation_precision),
        "citation_recall": _share_json(scores.citation_recall),
        "figure_precision": _share_json(scores.figure_precision),
        "refusal_precision": _share_json(scores.refusal_precision),
        "refusal_recall": _share_json(scores.refusal_recall),
        "warnings": _share_json(scores.warnings),
        "latency_ms": {
            "p50": scores.latency.p50,
            "p95": scores.latency.p95,
            "worst": scores.latency.worst,
        },
    }


def _retrieval_json(retrieval: RetrievalScores) -> dict[str, Any]:
    return {
        "questions": retrieval.questions,
        "recall": {str(k): _share_json(share) for k, share in retrieval.recall.items()},
        "mrr": retrieval.mrr,
    }


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
    exchange = judgement.exchange
    expect = exchange.turn.expect
    return {
        "id": exchange.conversation.id,
        "turn": exchange.position,
        "question": exchange.turn.question,
        "outcome": judgement.outcome.value,
        "flawless": judgement.flawless,
        "missing": list(judgement.missing),
        "warned": judgement.warned,
        "cited": _share_json(judgement.cited),
        "expected": {
            "status": [status.value for status in expect.statuses],
            "figures": [describe(figure) for figure in expect.figures],
            "computed": [describe(figure) for figure in expect.computed],
            "quote_contains": list(expect.quotes),
            "text_contains": list(expect.texts),
        },
        "answer": exchange.answer.to_json() if exchange.answer is not None else None,
        "error": exchange.error,
        "elapsed_ms": exchange.elapsed_ms,
    }
