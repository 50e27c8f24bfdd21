"""The scorecard in files: as JSON, as a page to read, as Markdown to publish."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.judge import Judgement, Share, describe
from eval.metrics import Scores
from eval.page import render_page
from eval.publish import scorecard_markdown
from eval.retrieval import RetrievalScores
from eval.scorecard import Scorecard, groups, parts, percent, set_rows, shown_misses


def to_json(card: Scorecard, *, show_kept: bool = False) -> dict[str, Any]:
    """Everything the scorecard holds, as plain JSON values; of kept questions only totals."""
    judgements = list(card.result.judgements)
    if card.kept is not None and show_kept:
        judgements += card.kept.judgements
    return {
        "overall": _scores_json(card.result.overall),
        "parts": {part: _scores_json(scores) for part, scores in parts(card)},
        "sets": [
            {"name": each.name, "part": each.part, **_scores_json(each.scores)}
            for each in card.sets
        ],
        "by_category": {k: _scores_json(v) for k, v in card.result.by_category.items()},
        "by_language": {k: _scores_json(v) for k, v in card.result.by_language.items()},
        "retrieval": {k: _retrieval_json(v) for k, v in card.retrieval.items()},
        "notes": list(card.notes),
        "turns": [_judgement_json(judgement) for judgement in judgements],
    }


def write_scorecard(card: Scorecard, out: Path, *, show_kept: bool = False) -> list[Path]:
    """Write ``scorecard.json``, ``.html`` and ``.md`` into a folder; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data, page, table = (out / f"scorecard.{suffix}" for suffix in ("json", "html", "md"))
    found = to_json(card, show_kept=show_kept)
    data.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    rows = [(f"{name} ({part})", scores) for name, part, scores in set_rows(card)]
    summary = [
        (name, scores.turns, percent(scores.accuracy), percent(scores.wrong_figures),
         percent(scores.citation_precision), percent(scores.refusal_recall))
        for name, scores in (*rows, *groups(card.result))
    ]  # fmt: skip
    misses = shown_misses(card, show_kept=show_kept)
    page.write_text(render_page(summary, misses, card.notes), encoding="utf-8")
    table.write_text(scorecard_markdown(card), encoding="utf-8")
    return [data, page, table]


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
        "wrong_years": _share_json(scores.wrong_years),
        "nothing_there": scores.silent,
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
