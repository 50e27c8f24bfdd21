"""How well questions find Chinese clauses of this field: English ones, and colloquial Chinese.

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

ENGLISH, CHINESE = "questions.tsv", "questions_zh.tsv"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Quality:
    """Share of questions whose clause is among the first one, five, ten; mean reciprocal rank."""

    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    mrr: float


def held_out(name: str = ENGLISH) -> tuple[list[str], list[str], list[str]]:
    """Questions, their clauses in the same order, and clauses that answer none of them.

    Among these are the clauses that the questions of the other file are answered by.
    """
    pairs = {file: _pairs(file) for file in (ENGLISH, CHINESE)}
    distractors = (_HERE / "distractors.txt").read_text(encoding="utf-8").splitlines()
    others = [clause for file, rows in pairs.items() if file != name for _, clause in rows]
    questions = [question for question, _ in pairs[name]]
    return questions, [clause for _, clause in pairs[name]], [*distractors, *others]


def _pairs(name: str) -> list[list[str]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def ranks(
    encoder: Encoder, questions: Sequence[str], clauses: Sequence[str], distractors: Sequence[str]
) -> list[int]:
    """For each question the 1-based rank of its clause among all clauses and distractors."""
    scores = encoder.encode(questions) @ encoder.encode([*clauses, *distractors]).T
    right = np.diagonal(scores)[:, None]
    return [int(rank) for rank in (scores > right).sum(axis=1) + 1]


def measure(encoder: Encoder, name: str = ENGLISH) -> Quality:
    """The quality on a held-out set."""
    found = np.array(ranks(encoder, *held_out(name)))
    return Quality(*(float((found <= k).mean()) for k in (1, 5, 10)), mrr=float((1 / found).mean()))


if __name__ == "__main__":
    chosen = load_encoder(sys.argv[1] if len(sys.argv) > 1 else None)
    for file in (ENGLISH, CHINESE):
        print(chosen.name, file, measure(chosen, file))
        questions, clauses, distractors = held_out(file)
        for question, rank in zip(
            questions, ranks(chosen, questions, clauses, distractors), strict=True
        ):
            print(f"{rank:4d}  {question}")
