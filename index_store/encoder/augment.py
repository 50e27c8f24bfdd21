"""One epoch of training pairs, drawn from the corpus.

A dictionary and everyday sentences are not what the encoder meets: it meets
questions ("how many ...?") and clauses packed with figures. So pairs are also
joined to lists, wrapped in question words on one side and given figures on the
other, which teaches the model how little those say about the topic.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from index_store.encoder.corpus import Asked, Concept, Corpus

_QUESTIONS_EN = (
    "how many {}?", "how much {}?", "what was the {}?", "what is the {} in {year}?",
    "how many {} in {year}?", "how much was the {} in {year}?", "the number of {}",
    "how many {} were there?", "how many {} were completed?", "what about {}?", "was there any {}?",
    "what does the report say about {}?", "total {} in {year}", "did they {}?", "which {}?",
)  # fmt: skip
_QUESTIONS_ZH = (
    "{}多少", "{}有多少？", "{year}年{}是多少", "{}的情况怎么样？", "{}完成了多少？", "{}几次？",
)  # fmt: skip
_ASKED_ZH = (
    "{}", "{}", "{}", "{year}年{}", "今年{}", "全县{}", "{}？", "请问{}", "去年{}呢", "想知道{}",
)  # fmt: skip
_ASKED_EN = (
    "how many {} in {year}?", "how many {}", "how much {}", "what was the {}?", "{}", "{}",
    "number of {}", "{} in {year}", "total {}", "what is the {}", "were there any {}?",
    "how many {} did the county have", "tell me the {}",
)  # fmt: skip
_LEADS_ZH = (
    "全年共", "累计", "共", "一是", "二是", "三是", "进一步", "不断", "积极", "全面",
    "扎实开展", "完成",
)  # fmt: skip
_UNITS_ZH = (
    "万元", "元", "亿元", "个", "宗", "次", "人次", "人", "家", "件", "份", "场次", "%", "万平方米",
    "辆", "张", "名", "处", "项", "余次", "间",
)  # fmt: skip

Pair = tuple[str, str]


class Epochs:
    """Draws epochs of pairs; the same generator gives the same epochs."""

    def __init__(self, corpus: Corpus, rng: random.Random, oversample: int) -> None:
        self._corpus = corpus
        self._rng = rng
        self._oversample = oversample

    def draw(self) -> list[Pair]:
        """All words and sentences once, the terms of the field ``oversample`` times.

        The terms are dealt out evenly, so that the copies of one term rarely
        meet as false negatives in a batch.
        """
        base = [self._plain(c) for c in (*self._corpus.words, *self._corpus.sentences)]
        base += [self._listed(self._corpus.words) for _ in range(len(base) // 6)]
        self._rng.shuffle(base)
        if not self._corpus.terms:
            return base
        blocks: list[Pair] = []
        step = -(-len(base) // self._oversample)
        for start in range(0, len(base), step):
            block = base[start : start + step]
            block += [self._term(concept) for concept in self._corpus.terms]
            block += [self._listed(self._corpus.terms) for _ in range(len(self._corpus.terms) // 2)]
            self._rng.shuffle(block)
            blocks += block
        return blocks

    def asked(self) -> list[Pair]:
        """Every thing asked for once, so that all the others are wrong answers for it.

        They share words (受理 and 办结 of the same complaints, 城镇 and 农村 of the same
        allowance): told apart here, they are told apart in a report.
        """
        pairs = [self._asked(row) for row in self._corpus.asked]
        self._rng.shuffle(pairs)
        return pairs

    def _asked(self, row: Asked) -> Pair:
        draw = self._rng.random()
        label = self._rng.choice(row.labels)
        if self._chance(0.4):
            label = self._figure(label)
        if draw < 0.45:
            return label, self._pick(_ASKED_ZH, self._rng.choice(row.zh))
        if draw < 0.9:
            return label, self._pick(_ASKED_EN, self._rng.choice(row.en))
        return self._rng.choice(row.zh), self._pick(_ASKED_EN, self._rng.choice(row.en))

    def _plain(self, concept: Concept) -> Pair:
        zh, en = self._forms(concept)
        if len(zh) <= 8 and self._chance(0.25):
            return self._figure(zh), self._question(en)
        return self._spell(zh), en

    def _term(self, concept: Concept) -> Pair:
        draw = self._rng.random()
        if draw < 0.1 and len(concept.zh) > 1:
            first, second = self._rng.sample(concept.zh, 2)
            return self._spell(first), second
        if draw < 0.15 and len(concept.en) > 1:
            first, second = self._rng.sample(concept.en, 2)
            return first, second
        zh, en = self._forms(concept)
        if draw < 0.25:
            return self._figure(zh), self._pick(_QUESTIONS_ZH, zh)
        if draw < 0.7:
            return self._figure(zh), self._question(en)
        return self._spell(zh), en

    def _listed(self, concepts: Sequence[Concept]) -> Pair:
        """Two to four concepts as one clause on both sides."""
        drawn = [self._forms(c) for c in self._rng.sample(concepts, self._rng.randint(2, 4))]
        comma = self._rng.choice(("", "、", "，"))
        zh = comma.join(self._figure(z) if self._chance(0.3) else z for z, _ in drawn)
        en = " ".join(e for _, e in drawn)
        return zh, self._question(en) if self._chance(0.3) else en

    def _forms(self, concept: Concept) -> Pair:
        if concept.traditional and self._chance(0.12):
            return self._rng.choice(concept.traditional), self._rng.choice(concept.en)
        return self._rng.choice(concept.zh), self._rng.choice(concept.en)

    def _figure(self, zh: str) -> str:
        number = self._number() + self._rng.choice(_UNITS_ZH)
        zh = self._spell(zh)
        if self._chance(0.3):
            zh = self._rng.choice(_LEADS_ZH) + zh
        return number + zh if self._chance(0.25) else zh + number

    def _question(self, en: str) -> str:
        return self._pick(_QUESTIONS_EN, en)

    def _pick(self, patterns: Sequence[str], words: str) -> str:
        return self._rng.choice(patterns).format(words, year=self._rng.randint(2015, 2026))

    def _number(self) -> str:
        digits: Callable[[int, int], int] = self._rng.randint
        if self._chance(0.3):
            return f"{digits(0, 9999)}.{digits(0, 99)}"
        return str(digits(1, 10 ** digits(1, 5)))

    def _spell(self, zh: str) -> str:
        # Spaces keep the tokenizer from using whole words, so that single
        # characters learn to carry a compound the vocabulary lacks.
        return " ".join(zh) if len(zh) <= 12 and self._chance(0.2) else zh

    def _chance(self, probability: float) -> bool:
        return self._rng.random() < probability
