"""How well English questions find Chinese clauses of this field.

``python tests/index_store_encoder/measure.py [folder or name]`` prints the numbers.
The questions and clauses were written for this measurement and are in no training data.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index_store.encoder.base import Encoder
from index_store.encoder.factory import load_encoder

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Quality:
    """Share of questions whose clause comes first, among ten, and the mean reciprocal rank."""

    recall_at_1: float
    recall_at_10: float
    mrr: float


def held_out() -> tuple[list[str], list[str], list[str]]:
    """Questions, their clauses in the same order, and clauses that answer none of them."""
    pairs = [
        line.split("\t")
        for line in (_HERE / "questions.tsv").read_text(encoding="utf-8").splitlines()
    ]
    distractors = (_HERE / "distractors.txt").read_text(encoding="utf-8").splitlines()
    return [question for question, _ in pairs], [clause for _, clause in pairs], distractors


def ranks(
    encoder: Encoder, questions: Sequence[str], clauses: Sequence[str], distractors: Sequence[str]
) -> list[int]:
    """For each question the 1-based rank of its clause among all clauses and distractors."""
    scores = encoder.encode(questions) @ encoder.encode([*clauses, *distractors]).T
    right = np.diagonal(scores)[:, None]
    return [int(rank) for rank in (scores > right).sum(axis=1) + 1]


def measure(encoder: Encoder) -> Quality:
    """The quality on the held-out set."""
    found = np.array(ranks(encoder, *held_out()))
    return Quality(
        float((found == 1).mean()), float((found <= 10).mean()), float((1 / found).mean())
    )


if __name__ == "__main__":
    chosen = load_encoder(sys.argv[1] if len(sys.argv) > 1 else None)
    print(chosen.name, measure(chosen))
    questions, clauses, distractors = held_out()
    for question, rank in zip(
        questions, ranks(chosen, questions, clauses, distractors), strict=True
    ):
        print(f"{rank:4d}  {question}")
