"""The tokenizer: how text becomes pieces, and which pieces there are.

The pieces are chosen and not trained. A trained vocabulary spends itself on
everyday phrases; here a Chinese piece is always a character, a dictionary word
or a term of the field, and an English one a word, a stem or an ending. It also
makes the tokenizer the same on every machine.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index_store.encoder.corpus import Concept, Corpus

UNKNOWN = "[UNK]"
WORD_START = "▁"  # tells the word "in" from the ending of "cabin"
_HAN = re.compile(r"[㐀-鿿]+")
_LATIN = re.compile(r"[a-z]+")
_SIGNS = "0123456789.,;:!?%()<>=+-*/&'\"、。《》“”"
_ENDINGS = ("s", "es", "ed", "ing", "ly", "er", "d")
_LONGEST_WORD = 4  # of the dictionary; longer ones are rare and made of shorter ones
_LONGEST_TERM = 6
_TAUGHT_COUNT = 3  # how often a word of the teacher counts as seen
# No stretches of grammar (取得了, 我们的): a word of two to four characters.
_TAUGHT_WORD = re.compile(r"(?:(?![的了在是和有也就都我你他她不这那个与及等被把将])[一-鿿]){2,4}")
_TERM_WEIGHT = 20  # how often a term of the field counts as seen


def build_tokenizer(corpus: Corpus, size: int, taught: Iterable[str] = ()) -> Tokenizer:
    """A Unigram tokenizer of at most ``size`` pieces.

    Chinese words among ``taught``, the pieces of a teacher's tokenizer, are added to those of
    the corpus: the dictionary is of 2007 and lacks what came after (扶贫, 微信).
    """
    seen = Counter(_latin(e for c in (*corpus.words, *corpus.sentences) for e in c.en))
    characters, words = _chinese(corpus, seen)
    english = _english(corpus, seen)
    letters = [(char, 1) for char in "abcdefghijklmnopqrstuvwxyz" + WORD_START + _SIGNS]
    fixed = [*letters, *characters]
    endings = _endings(english)
    modern = _modern(taught, words)
    room = size - 1 - len(fixed) - len(endings) - len(modern)
    latin = min(room // 3, len(english))
    chosen = [*fixed, *endings, *words[: room - latin], *modern, *english[:latin]]
    counts: dict[str, int] = {}
    for piece, count in chosen:
        counts[piece] = max(count, counts.get(piece, 1))
    total = sum(counts.values())
    pieces = [(UNKNOWN, 0.0)]
    pieces += [(piece, math.log(count / total)) for piece, count in sorted(counts.items())]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex("(?<![a-z])(?=[a-z])"), WORD_START),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            # Runs of Han, one Latin word, one digit, one sign: a piece never spans two of them.
            pre_tokenizers.Split(
                Regex(rf"[\p{{Han}}]+|{WORD_START}?[a-z]+|[^\p{{Han}}{WORD_START}a-z]"),
                "isolated",
            ),
        ]
    )
    return tokenizer


_Counted = list[tuple[str, int]]


def _chinese(corpus: Corpus, seen: Counter[str]) -> tuple[_Counted, _Counted]:
    """Characters, and words with the terms of the field first, the most frequent before others."""
    dictionary = {
        z
        for c in corpus.words
        if not _proper(c)  # names are spelt by character: there are thousands, and few are needed
        for z in c.zh
        if 2 <= len(z) <= _LONGEST_WORD
    }
    terms = {z for c in corpus.terms for z in c.zh if 2 <= len(z) <= _LONGEST_TERM}
    known = dictionary | terms
    characters: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for weight, concepts in (
        (1, corpus.words),
        (1, corpus.sentences),
        (_TERM_WEIGHT, corpus.terms),
    ):
        for run in chain.from_iterable(_HAN.findall(z) for c in concepts for z in c.zh):
            for char in run:
                characters[char] += weight
            for word in _substrings(run, _LONGEST_TERM):
                if word in known:
                    words[word] += weight
    for form in chain.from_iterable(c.traditional for c in corpus.words):
        characters.update(_HAN.findall(" ".join(form)))
    kept = [(char, count) for char, count in characters.most_common() if count > 2]
    # Half of the dictionary is seen but once. There, a word whose translation is common goes first.
    common = {z: _commonness(c, seen) for c in corpus.words for z in c.zh}
    ranked = sorted(
        words.items(),
        key=lambda item: (item[0] not in terms, -min(item[1], 5), -common.get(item[0], 0)),
    )
    return kept, ranked


def _modern(taught: Iterable[str], words: _Counted) -> _Counted:
    """Simplified Chinese words of a teacher that the corpus lacks."""
    known = {word for word, _ in words}
    bare = dict.fromkeys(piece.removeprefix(WORD_START) for piece in taught)
    return [
        (piece, _TAUGHT_COUNT)
        for piece in bare
        if _TAUGHT_WORD.fullmatch(piece) and piece not in known and _simplified(piece)
    ]


def _simplified(word: str) -> bool:
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _commonness(concept: Concept, seen: Counter[str]) -> int:
    """How often the rarest word of its best translation occurs."""
    return max(
        (min((seen[word] for word in _latin([form])), default=0) for form in concept.en), default=0
    )


def _proper(concept: Concept) -> bool:
    return all(form[:1].isupper() for form in concept.en)


def _english(corpus: Corpus, seen: Counter[str]) -> _Counted:
    """Words with their start mark; regular inflections left out where the stem is a word."""
    counts = seen.copy()
    for concept in corpus.terms:
        for word in _latin(concept.en):
            counts[word] += _TERM_WEIGHT
    frequent = {word for word, count in counts.items() if count > 1}
    # "permits" then shares the vector of "permit" instead of learning its own from less text.
    return [
        (WORD_START + word, count)
        for word, count in counts.most_common()
        if count > 1 and not _inflected(word, frequent)
    ]


def _inflected(word: str, known: set[str]) -> bool:
    return any(
        word.endswith(ending) and len(stem := word[: -len(ending)]) > 2 and stem in known
        for ending in _ENDINGS
        if ending not in ("er", "ly")
    )


def _endings(english: Iterable[tuple[str, int]]) -> _Counted:
    """Frequent last letters, to spell words outside the vocabulary."""
    counts: Counter[str] = Counter()
    for word, _ in english:
        for length in range(2, 6):
            if len(word) - 1 > length + 1:
                counts[word[-length:]] += 1
    common = [(piece, count) for piece, count in counts.most_common(600)]
    return [*common, *((ending, 1000) for ending in _ENDINGS)]


def _latin(texts: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(_LATIN.findall(text.lower()) for text in texts)


def _substrings(run: str, longest: int) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 2, min(start + longest, len(run)) + 1):
            yield run[start:end]
