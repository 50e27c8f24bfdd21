"""Fits the network: which figure of a report a question means, or none of them.

The questions about one report are read together, so that its figures are encoded once for
all of them. Of some questions the figure meant is hidden, with what is called alike: then
none is meant. Terms of the glossary, each to be told from others of its field, are read
beside them.
"""

from __future__ import annotations

import csv
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from assistant.reader.network import Network
from assistant.reader.put import PutFigure
from eval.reader.examples import Reading
from eval.reader.network import LateInteraction
from index_store.encoder.teacher import Teacher
from index_store.encoder.train import ASKED

STATE = "network.pt"
# Sets whose look-ups are never learned from: the second look is fitted to them.
HELD = re.compile(r"^(real|samples|street|county|forms-1|forms-2|bureaus|offices|watch|trade)$"
                  r"|-(06|12)$")  # fmt: skip
_GLOSSARY = Path(__file__).parents[2] / "assistant" / "glossary"
_ASKED_ZH = ("{}", "{}是多少", "{}有多少", "多少{}", "{}情况", "{}怎么样", "一共有几个{}", "{}呢")
_ASKED_EN = ("{}", "how many {}", "number of {}", "what was the {}", "how much {}", "the {}?")
_LEAST_TERMS = 20  # of a field, to tell one from the others
_SIDES = ("实际", "目标", "资金", "")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of the training; the defaults are what ships."""

    epochs: float = 2.0
    rate: float = 1.5e-4
    batch: int = 48  # questions about one report
    others: int = 8  # figures that are not meant, of a question
    hidden: float = 0.12  # how often the figure meant is hidden
    bare: float = 0.2  # how often a question is read without its terms
    terms: int = 12  # of a glossary, beside each batch
    terms_worth: float = 0.5
    warm: float = 0.06  # of the steps until the full rate
    seed: int = 1


@dataclass
class _Pairs:
    """What is read in one step: questions, figures, and which are put beside each other."""

    questions: list[str] = field(default_factory=list)
    figures: dict[PutFigure, int] = field(default_factory=dict)
    question: list[int] = field(default_factory=list)
    figure: list[int] = field(default_factory=list)
    meant: list[bool] = field(default_factory=list)

    def put(self, question: int, figure: PutFigure, meant: bool) -> None:
        self.question.append(question)
        self.figure.append(self.figures.setdefault(figure, len(self.figures)))
        self.meant.append(meant)


def train(
    readings: Sequence[Reading], folder: Path, weights: Path, recipe: Recipe | None = None
) -> None:
    """Fit the network to the readings that are not held back; written to the folder.

    ``weights`` is the teacher's file, where the network starts from.
    """
    recipe = recipe or Recipe()
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    tokens = Network()  # the shipped one's tokenizer is the vocabulary
    teacher = Teacher(weights)
    place = {piece: n for n, piece in enumerate(teacher.pieces)}
    network = LateInteraction.from_teacher(teacher, [place[p] for p in tokens.pieces])
    network.freeze()
    taught = [each for each in readings if not HELD.search(each.source)]
    steps = int(recipe.epochs * sum(1 for _ in _batches(taught, recipe.batch)))
    optimizer = torch.optim.AdamW(_groups(network, recipe.rate))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min(1.0, (n + 1) / max(1, steps * recipe.warm)) * max(0.02, 1 - n / steps),
    )
    terms = _terms()
    began = time.monotonic()
    waiting: Iterator[list[Reading]] = iter(())
    for step in range(steps):
        batch = next(waiting, None)
        if batch is None:
            waiting = _batches(taught, recipe.batch)
            batch = next(waiting)
        pairs = _pairs(batch, recipe)
        own = len(pairs.questions)
        _beside(pairs, random.choice(terms), recipe.terms)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            asked = network.encode([tokens.tokens_of_question(q) for q in pairs.questions],
                                   asked=True)  # fmt: skip
            said = network.encode([tokens.tokens_of_figure(f) for f in pairs.figures], asked=False)
        question, figure = torch.tensor(pairs.question), torch.tensor(pairs.figure)
        fits = network.opinions(asked, said, question, figure)
        losses = _losses(fits, question, torch.tensor(pairs.meant), len(pairs.questions))
        worth = torch.ones(len(losses))
        worth[own:] = recipe.terms_worth
        loss = (losses * worth).sum() / worth.sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 20 == 0:
            print(f"{step} of {steps}: {loss.item():.3f}, {time.monotonic() - began:.0f} s",
                  flush=True)  # fmt: skip
    torch.save(network.state_dict(), folder / STATE)


def _losses(fits: Tensor, question: Tensor, meant: Tensor, questions: int) -> Tensor:
    """Of each question, how unlikely what is meant is: a figure, or, at 0, that none is."""
    top = torch.zeros(questions).scatter_reduce(0, question, fits.detach(), "amax")
    risen, none = torch.exp(fits - top[question]), torch.exp(-top)
    every = torch.zeros(questions).index_add(0, question, risen) + none
    right = torch.zeros(questions).index_add(0, question, risen * meant)
    there = torch.zeros(questions).index_add(0, question, meant.float()) > 0
    return every.log() - torch.where(there, right, none).add(1e-9).log()


def _groups(network: LateInteraction, rate: float) -> list[dict[str, object]]:
    """Gates and what the parts are worth learn faster than what came from the teacher."""
    faster = {"worth": 2e-2, "asked": 1e-3, "said": 1e-3, "narrow": 2 * rate}
    return [
        {
            "params": [weight],
            "lr": faster.get(name.partition(".")[0], rate),
            "weight_decay": 0.01 if weight.ndim > 1 else 0.0,
        }
        for name, weight in network.named_parameters()
        if weight.requires_grad
    ]


def _batches(readings: Sequence[Reading], size: int) -> Iterator[list[Reading]]:
    """Questions about one report, in parts of about ``size``, the parts in any order."""
    of_report: dict[str, list[Reading]] = {}
    for each in readings:
        of_report.setdefault(each.report, []).append(each)
    parts: list[list[Reading]] = []
    for own in of_report.values():
        random.shuffle(own)
        count = max(1, round(len(own) / size))
        parts += [own[start::count] for start in range(count)]
    random.shuffle(parts)
    yield from parts


def _pairs(batch: Sequence[Reading], recipe: Recipe) -> _Pairs:
    pairs = _Pairs()
    for number, each in enumerate(batch):
        pairs.questions.append(each.question if random.random() < recipe.bare else each.put)
        hidden = any(each.meant) and random.random() < recipe.hidden
        ours = [f for f, meant in zip(each.figures, each.meant, strict=True) if meant]
        others = [f for f, meant in zip(each.figures, each.meant, strict=True) if not meant]
        alike = {_name(f) for f in ours} if hidden else set()
        for figure in [] if hidden else ours[:2]:
            pairs.put(number, figure, meant=True)
        for figure in others[: recipe.others]:
            if _name(figure) not in alike:
                pairs.put(number, figure, meant=False)
    return pairs


def _name(figure: PutFigure) -> str:
    """What it is called, without its side."""
    return figure.called.rsplit(" ", 1)[0]


Term = tuple[list[str], list[str]]  # its wordings in Chinese and in English


def _terms() -> list[list[Term]]:
    """The terms of each field of the glossary."""
    fields = []
    for file in sorted(_GLOSSARY.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table, delimiter="\t"))
        fields.append([(_wordings(r, "zh"), _wordings(r, "en")) for r in rows])
    fields += _asked().values()
    return [rows for rows in fields if len(rows) > _LEAST_TERMS]


def _asked() -> dict[str, list[Term]]:
    """What a report calls a figure, and what people ask for: by field."""
    found: dict[str, list[Term]] = {}
    for file in sorted(ASKED.glob("asked_*.tsv")):
        with file.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table, delimiter="\t"):
                asked = [*row["zh"].split("|"), *row["en"].split("|")]
                found.setdefault(row["field"], []).append((row["label"].split("|"), asked))
    return found


def _wordings(row: dict[str, str], language: str) -> list[str]:
    return [w for w in (row[language], *(row[f"{language}_synonyms"] or "").split("|")) if w]


def _beside(pairs: _Pairs, terms: Sequence[Term], count: int) -> None:
    """Some terms of a field as questions, and as labels that they mean."""
    chosen = random.sample(terms, min(count, len(terms)))
    labels = []
    for chinese, english in chosen:
        said = random.choice(chinese if random.random() < 0.5 or not english else english)
        pairs.questions.append(random.choice(_ASKED_EN if said.isascii() else _ASKED_ZH)
                               .format(said))  # fmt: skip
        label = random.choice(chinese)
        labels.append(
            PutFigure(
                f"{label} {random.choice(_SIDES)}".strip(),
                random.choice(("", "年度绩效指标")),
                f"{random.choice((label, ''))}【】",
            )
        )
    first = len(pairs.questions) - len(chosen)
    hidden = [random.random() < 0.15 for _ in chosen]
    for one, (wordings, _) in enumerate(chosen):
        for other, (others, _) in enumerate(chosen):
            same = one == other
            if hidden[one] if same else set(wordings) & set(others):
                continue
            pairs.put(first + one, labels[other], meant=same)
