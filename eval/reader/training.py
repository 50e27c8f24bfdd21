"""Fits the network to what was prepared.

One step has the questions about one report, read together so that its figures are read once
for all of them: each is to find its figure among all of these, by vectors compared token by
token. Of every eighth question the figure meant is hidden with what is called alike: then
none is meant. Terms of a field of the glossary, each to be told from the others, are read
beside them, and questions of conversations, whose kind and whose words for each thing are
to be told.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from eval.reader.hardest import hardest_first
from eval.reader.network import HIDDEN, PADDING, Reader
from eval.reader.prepared import START, Asked, Ids, LookUp, Prepared, Term, load

T = TypeVar("T")

FIGURES, SENTENCES = "figures", "sentences"  # what is fitted, each by itself
_PARTS = {
    FIGURES: ("figures", "narrow", "asked", "said", "worth"),
    SENTENCES: ("sentences", "kind", "tags"),
}
# Sets that are never learned from: the second look is fitted to them.
HELD = re.compile(
    r"^(real|samples|street|county|forms-1|forms-2|bureaus|offices|watch|trade"
    r"|market|housing|brigade|utilities|justice|town|statistics|subdistrict|schools|welfare"
    r"|farming)$"
    r"|-(06|12)$"
)
_NEVER = -1e4
_MOST_OFTEN = 6  # that a question of a rare kind is read in a round
_AT_ONCE = 40  # texts of about one length that are read together
_SAVED_EVERY = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of the training; the defaults are what ships."""

    seconds: float = 2700.0  # that it takes; the rate falls to nothing within them
    rate: float = 1.5e-4
    batch: int = 48  # questions about one report
    single: float = 0.35  # of the look-ups outside conversations, those read in a round
    likely: int = 6  # of a look-up's candidates, that are read
    figures: int = 90  # of a step, at least about
    terms: int = 10
    sentences: int = 72  # of conversations, a step
    plain: int = 8  # single questions beside them
    hidden: float = 0.12  # how often the figure meant is hidden
    warm: float = 0.05  # of the time until the full rate
    seed: int = 1


def train(part: str, folder: Path, recipe: Recipe | None = None) -> None:
    """Fit a part to what ``eval.reader.prepare`` left in the folder; its weights go there too.

    Weights that lie there already are fitted further.
    """
    recipe = recipe or Recipe()
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    network = fitted(folder).train()
    steps = _Steps(part, load(folder), network, recipe)
    named = _named(network, part)
    optimizer = torch.optim.AdamW(_groups(named, recipe))
    losses_of = steps.of_report if part == FIGURES else steps.of_sentences
    base = [group["lr"] for group in optimizer.param_groups]
    worth = torch.tensor(_WORTH[part])
    losses: list[Tensor] = []
    began = saved = time.monotonic()
    while (passed := (time.monotonic() - began) / recipe.seconds) < 1:
        for group, rate in zip(optimizer.param_groups, base, strict=True):
            group["lr"] = rate * min((passed + 0.001) / recipe.warm, max(0.02, 1 - passed))
        parts = torch.stack([*losses_of()])
        optimizer.zero_grad(set_to_none=True)
        (parts @ worth).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(named.values()), 1.0)
        optimizer.step()
        losses.append(parts.detach())
        if len(losses) % 20 == 0:
            mean = " ".join(f"{x:.3f}" for x in torch.stack(losses[-20:]).mean(0).tolist())
            print(f"{len(losses)} steps, {passed:.0%}: {mean}", flush=True)
        if time.monotonic() - saved > _SAVED_EVERY:
            _save(named, folder / f"{part}.npz")
            saved = time.monotonic()
    _save(named, folder / f"{part}.npz")


# What each loss of a step is worth: of look-ups and terms, of kinds and things.
_WORTH = {FIGURES: (1.0, 0.5), SENTENCES: (1.0, 2.0)}


def _named(network: Reader, part: str) -> dict[str, Tensor]:
    """The weights of a part."""
    own = _PARTS[part]
    return {n: w for n, w in network.named_parameters() if n.partition(".")[0] in own}


def _save(named: Mapping[str, Tensor], file: Path) -> None:
    """Write weights in half precision."""
    halves: dict[str, Any] = {n: w.detach().half().numpy() for n, w in named.items()}
    written = file.with_name(f"new-{file.name}")
    np.savez(written, **halves)
    written.replace(file)


def fitted(folder: Path) -> Reader:
    """The network with the parts that were fitted there, else as the teacher has it."""
    with np.load(folder / START) as arrays:
        network = Reader.started(arrays)
    weights = network.state_dict()
    for file in (folder / f"{part}.npz" for part in _PARTS):
        if file.exists():
            with np.load(file) as arrays:
                weights |= {name: torch.from_numpy(arrays[name]).float() for name in arrays.files}
    network.load_state_dict(weights)
    return network.eval()


def _groups(named: Mapping[str, Tensor], recipe: Recipe) -> list[dict[str, object]]:
    """Heads learn faster than what came from the teacher."""
    faster = {"worth": 1e-2, "asked": 5e-4, "said": 5e-4, "kind": 5e-4, "tags": 5e-4}
    groups: list[dict[str, object]] = []
    for name, weight in named.items():
        rate = faster.get(name.partition(".")[0], recipe.rate)
        decay = 0.01 if weight.ndim > 1 else 0.0
        groups.append({"params": [weight], "lr": rate, "weight_decay": decay})
    return groups


class _Steps:
    """What is read in each step, and how wrong the network is about it."""

    def __init__(self, part: str, prepared: Prepared, network: Reader, recipe: Recipe) -> None:
        self.kept: dict[bytes, Tensor] = {}  # figures, by what the lower layers make of them
        self.prepared, self.network, self.recipe = prepared, network, recipe
        taught = [x for x in prepared.look_ups if not HELD.search(x.source)]
        if part == FIGURES:
            taught = hardest_first(taught, prepared.figures, self._late, network)
        asked = [x for x in prepared.asked if not HELD.search(x.source)]
        self.reports = _turns(lambda: _batches(_some(taught, recipe.single), recipe.batch))
        marked = [x for x in asked if x.tags is not None]
        self.sentences = _turns(lambda: _shuffled(_evened(marked)))
        self.plain = [x for x in asked if x.tags is None]
        print(len(taught), "look-ups,", len(asked), "questions", flush=True)

    def of_report(self) -> Iterator[Tensor]:
        """Look-ups and terms: which figure, or label, is meant."""
        batch = next(self.reports)
        figures, meant, open_ = self._matrix(batch)
        asked = [random.choice(x.questions) for x in batch]
        terms, labels, own, apart = self._terms()
        read = [self.prepared.figures[n] for n in figures]
        late = self._late([*asked, *terms], asked=True)
        said = self._late([*read, *labels], asked=False)
        fits = self.network.opinions(
            [x[: len(asked)] for x in late], [x[: len(read)] for x in said]
        )
        usable = torch.from_numpy(open_.any(1))
        losses = _losses(fits, torch.from_numpy(meant), torch.from_numpy(open_))
        yield (losses * usable).sum() / usable.sum().clamp(min=1)
        fits = self.network.opinions(
            [x[len(asked) :] for x in late], [x[len(read) :] for x in said]
        )
        yield _losses(fits, torch.from_numpy(own), torch.from_numpy(apart)).mean()

    def of_sentences(self) -> Iterator[Tensor]:
        """Questions of conversations: their kind, and which tokens name which thing."""
        recipe, network = self.recipe, self.network
        marked = [next(self.sentences) for _ in range(recipe.sentences)]
        asked = [*marked, *random.sample(self.plain, recipe.plain)]
        asked.sort(key=lambda x: len(x.tokens))
        kinds, right, wrong, known = [], [], [], 0
        half = len(asked) // 2
        for part in (asked[:half], asked[half:]):
            x, there = self._read([each.tokens for each in part])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                of_kind, of_things = network.understood(x, there)
            kinds.append(of_kind.float())
            found = of_things.float()
            right += [each.kind for each in part]
            for row, each in enumerate(part):
                if each.tags is not None:
                    tags = torch.from_numpy(each.tags).float()
                    wrong.append(
                        functional.binary_cross_entropy_with_logits(
                            found[row, : len(tags)], tags, reduction="sum"
                        )
                    )
                    known += len(tags)
        yield functional.cross_entropy(torch.cat(kinds), torch.tensor(right), label_smoothing=0.02)
        yield torch.stack(wrong).sum() / known

    def _late(self, texts: Sequence[Ids], *, asked: bool) -> tuple[Tensor, ...]:
        """Texts as they are compared; those of about one length are read together."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        longest = len(texts[order[-1]])
        rows: dict[int, tuple[Tensor, ...]] = {}
        for first in range(0, len(order), _AT_ONCE):
            part = order[first : first + _AT_ONCE]
            x, there = self._read([texts[n] for n in part], keep=not asked)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                tokens, ask, say, whole = self.network.compared(x, there)
            more = longest - x.shape[1]
            padded = (
                functional.pad(tokens, (0, 0, 0, more)),
                functional.pad(ask if asked else say, (0, more)),
                whole,
                functional.pad(there, (0, more)),
            )
            rows |= {n: tuple(t[row] for t in padded) for row, n in enumerate(part)}
        columns = zip(*(rows[n] for n in range(len(texts))), strict=True)
        return tuple(torch.stack(column) for column in columns)

    def _read(self, texts: Sequence[Ids], *, keep: bool = False) -> tuple[Tensor, Tensor]:
        """What the lower layers make of texts; of figures that is kept."""
        longest = max(len(text) for text in texts)
        there = torch.zeros(len(texts), longest, dtype=torch.bool)
        x = torch.zeros(len(texts), longest, HIDDEN, dtype=torch.bfloat16)
        for row, text in enumerate(texts):
            there[row, : len(text)] = True
        new = [n for n, text in enumerate(texts) if text.tobytes() not in self.kept]
        for first in range(0, len(new), _AT_ONCE):
            part = new[first : first + _AT_ONCE]
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                made = self.network.lower(_padded([texts[n] for n in part])).bfloat16()
            for row, n in zip(made, part, strict=True):
                x[n, : len(texts[n])] = row[: len(texts[n])]
                if keep:
                    self.kept[texts[n].tobytes()] = row[: len(texts[n])].clone()
        for n in set(range(len(texts))).difference(new):
            x[n, : len(texts[n])] = self.kept[texts[n].tobytes()]
        return x, there

    def _matrix(
        self, batch: Sequence[LookUp]
    ) -> tuple[list[int], NDArray[np.bool_], NDArray[np.bool_]]:
        """The figures of a step, which are meant by each question, and which count for it."""
        place: dict[int, int] = {}
        for each in batch:
            for n in (*_meant(each)[:2], *each.figures[: self.recipe.likely]):
                place.setdefault(n, len(place))
        whole = [n for each in batch if each.whole for n in each.figures if n not in place]
        more = random.sample(sorted(set(whole)), min(len(set(whole)), 150))
        for n in more[: max(0, self.recipe.figures - len(place))]:
            place.setdefault(n, len(place))
        names = [self.prepared.names[n] for n in place]
        meant = np.zeros((len(batch), len(place)), dtype=bool)
        open_ = np.ones_like(meant)
        for row, each in enumerate(batch):
            ours, own = _meant(each), set(each.figures)
            called = {self.prepared.names[n] for n in ours}
            hidden = bool(ours) and random.random() < self.recipe.hidden
            columns = [place[n] for n in ours if n in place]
            meant[row, columns] = not hidden
            for n, column in place.items():
                # What is called alike is hidden too; among another's candidates, it may be meant.
                if names[column] in called and (hidden or n not in own):
                    open_[row, column] = False
            if hidden:
                open_[row, columns] = False
        return list(place), meant, open_

    def _terms(self) -> tuple[list[Ids], list[Ids], NDArray[np.bool_], NDArray[np.bool_]]:
        """Some terms of a field as questions, and as labels that they mean."""
        field = random.choice(self.prepared.terms)
        chosen: list[Term] = random.sample(field, min(self.recipe.terms, len(field)))
        asked, labels = [], []
        none = np.array([], dtype=np.uint16)
        for term in chosen:
            english = bool(term.english) and random.random() < 0.5
            before, behind = random.choice(self.prepared.ways["en" if english else "zh"])
            said = random.choice(term.english if english else term.chinese)
            asked.append(_joined([0], before, said, behind, [2]))
            label = random.choice(term.chinese)
            called = _joined([0], label, random.choice((*self.prepared.sides, none)), [2])
            clause = random.choice((none, label))
            labels.append(_joined(called, [2], clause, self.prepared.place, [2]))
        keys = [{tuple(w) for w in term.chinese} for term in chosen]
        own = np.diag([random.random() > 0.15 for _ in chosen])
        apart = np.array([[not (one & other) for other in keys] for one in keys]) | own
        return asked, labels, own, apart


def _padded(texts: Sequence[Ids]) -> Tensor:
    longest = max(len(text) for text in texts)
    ids = np.full((len(texts), longest), PADDING, dtype=np.int64)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
    return torch.from_numpy(ids)


def _meant(each: LookUp) -> list[int]:
    return [n for n, meant in zip(each.figures, each.meant, strict=True) if meant]


def _losses(fits: Tensor, meant: Tensor, counts: Tensor) -> Tensor:
    """Of each row, how unlikely what is meant is: a column, or, at 0, that none is."""
    fits = fits.float().masked_fill(~counts, _NEVER)
    none = fits.new_zeros(len(fits), 1)
    every = torch.logsumexp(torch.cat([fits, none], 1), 1)
    right = torch.logsumexp(fits.masked_fill(~meant, _NEVER), 1)
    return every - torch.where(meant.any(1), right, none[:, 0])


def _joined(*parts: object) -> Ids:
    return np.concatenate([np.asarray(part, dtype=np.uint16) for part in parts])[:72]


def _some(look_ups: Sequence[LookUp], single: float) -> list[LookUp]:
    return [each for each in look_ups if each.whole or random.random() < single]


def _evened(asked: Sequence[Asked]) -> list[Asked]:
    """Questions of rare kinds several times, so that a round has enough of each."""
    counts = Counter(each.kind for each in asked)
    most = max(counts.values())
    often = {kind: min(_MOST_OFTEN, round((most / n) ** 0.5)) for kind, n in counts.items()}
    return [each for each in asked for _ in range(often[each.kind])]


def _batches(look_ups: Sequence[LookUp], size: int) -> list[list[LookUp]]:
    """Questions about one report, in parts of about ``size``, the parts in any order."""
    of_report: dict[str, list[LookUp]] = {}
    for each in look_ups:
        of_report.setdefault(each.report, []).append(each)
    parts: list[list[LookUp]] = []
    for own in of_report.values():
        random.shuffle(own)
        count = max(1, round(len(own) / size))
        parts += [own[start::count] for start in range(count)]
    return _shuffled(parts)


def _shuffled(items: Sequence[T]) -> list[T]:
    return random.sample(items, len(items))


def _turns(made: Callable[[], Sequence[T]]) -> Iterator[T]:
    """One after the other, and from the beginning again, in another order."""
    while True:
        yield from made()
