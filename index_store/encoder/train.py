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
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

from index_store.encoder.augment import Epochs, Pair
from index_store.encoder.corpus import read_corpus
from index_store.encoder.vocabulary import build_tokenizer

CARD = "README.md"
WEIGHTS = "model.safetensors"
SEED = 20_220_101


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of the training; the defaults are what ships."""

    pieces: int = 24_000
    dimensions: int = 256
    epochs: int = 8
    batch: int = 1024
    rate: float = 0.05
    scale: float = 12.0
    oversample: int = 4
    smoothing: float = 0.01  # of the frequency weighting; smaller damps common pieces more
    seed: int = SEED


def train(
    data: Path,
    glossary: Sequence[Path],
    output: Path,
    seed: int = SEED,
    recipe: Recipe | None = None,
) -> None:
    """Train on the files of ``data`` and the ``glossary`` files and write the folder ``output``."""
    recipe = recipe or Recipe(seed=seed)
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    corpus = read_corpus(data, glossary)
    print(
        f"{len(corpus.words)} words, {len(corpus.sentences)} sentences, {len(corpus.terms)} terms"
    )
    tokenizer = build_tokenizer(corpus, recipe.pieces)
    start = torch.randn(tokenizer.get_vocab_size(), recipe.dimensions) * 0.3
    module = StaticEmbedding(tokenizer, embedding_weights=start)
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    epochs = Epochs(corpus, rng, recipe.oversample)
    _fit(model, epochs, recipe)
    _damp(module, epochs.draw(), recipe.smoothing)
    _save(model, module, output)


def _fit(model: SentenceTransformer, epochs: Epochs, recipe: Recipe) -> None:
    # A plain loop and not the Trainer: every epoch draws new pairs, and the
    # Trainer's bookkeeping would take longer than the few seconds of arithmetic.
    loss_of = MultipleNegativesRankingLoss(
        model,
        scale=recipe.scale,
        directions=("query_to_doc", "doc_to_query"),
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    module = model[0]
    for epoch in range(recipe.epochs):
        pairs = epochs.draw()
        steps = len(pairs) // recipe.batch
        total = 0.0
        for step, batch in enumerate(_batches(pairs, recipe.batch)):
            done = (epoch + step / steps) / recipe.epochs
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * min(1.0, done * 20 + 0.02) * (1.0 - done)
            features = [module.preprocess(list(side)) for side in zip(*batch, strict=True)]
            loss = loss_of(features, torch.empty(0))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(f"epoch {epoch + 1}/{recipe.epochs}: loss {total / steps:.3f}", flush=True)


def _damp(module: StaticEmbedding, pairs: Sequence[Pair], smoothing: float) -> None:
    """Scale every vector by a / (a + p), p being how common its piece is (SIF weighting).

    The training already shortens common pieces; measured on the held-out
    questions it stops a little short of what helps most.
    """
    counts = torch.ones(module.num_embeddings)
    for side in zip(*pairs, strict=True):
        ids = module.preprocess(list(side))["input_ids"]
        counts += torch.bincount(ids, minlength=module.num_embeddings)
    share = counts / counts.sum()
    with torch.no_grad():
        module.embedding.weight *= (smoothing / (smoothing + share))[:, None]


def _batches(pairs: Sequence[Pair], size: int) -> Iterator[Sequence[Pair]]:
    for start in range(0, len(pairs) - size + 1, size):
        yield pairs[start : start + size]


def _save(model: SentenceTransformer, module: StaticEmbedding, output: Path) -> None:
    """Write the model in half precision; keep a model card that is already there."""
    card = output / CARD
    kept = card.read_text(encoding="utf-8") if card.is_file() else None
    shutil.rmtree(output, ignore_errors=True)
    module.embedding.weight.data = module.embedding.weight.data.half()
    model.save(str(output), create_model_card=False)
    # Written readable by the owner alone, which an installed package must not be.
    (output / WEIGHTS).chmod(0o644)
    if kept is not None:
        card.write_text(kept, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the embedded bilingual encoder.")
    parser.add_argument("--data", type=Path, required=True, help="folder of CEDICT and Tatoeba")
    parser.add_argument("--glossary", type=Path, default=Path("assistant/glossary"))
    parser.add_argument("--output", type=Path, default=Path("index_store/encoder/model"))
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    train(
        arguments.data,
        sorted(arguments.glossary.glob("*.tsv")),
        arguments.output,
        seed=arguments.seed,
    )


if __name__ == "__main__":
    main()
