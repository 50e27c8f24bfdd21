"""The reader's network while it is fitted: multilingual-e5-small, with what is read off it.

The vocabulary and the lower half of the layers stay as the teacher has them. Above them are
two upper halves: one for questions and figures, whose tokens become vectors that are
compared (``assistant.reader.interaction``), and one for sentences, of which the kind is
told, and which tokens name which thing. They are fitted apart; as one, the figures' part
drowned the other's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader.sentence import KINDS
from index_store.encoder.teacher import Teacher, unpacked

WIDTH = 96  # of a token's vector
LAYERS, HEADS, INNER, HIDDEN = 12, 12, 1536, 384
LONGEST = 160  # tokens of a text
THINGS = 4
FROZEN = 6  # layers at the bottom that stay as they are
PADDING = 1
_AT_ONCE = 16  # questions that are compared with all figures
_DROPPED = 0.05
# What the parts of the comparison are worth at the start, see ``interaction.Worth``.
_WORTH = (6.0, 6.0, 4.0, 0.3, 0.1, -6.0)
_PACKED = {"q": HIDDEN, "k": HIDDEN, "v": HIDDEN, "ao": HIDDEN, "fi": HIDDEN, "fo": INNER}

Array = NDArray[np.float32]


def start(teacher: Teacher, rows: Sequence[int]) -> dict[str, NDArray[np.generic]]:
    """The teacher's weights with some rows of its vocabulary: its matrices as it packs them."""
    arrays: dict[str, NDArray[np.generic]] = {
        "packed.words": teacher.packed("emb.word", HIDDEN)[list(rows)],
        "places": teacher.plain("emb.pos").view(-1, HIDDEN)[:LONGEST].numpy(),
        "kinds": teacher.plain("emb.type").view(-1, HIDDEN)[:1].numpy(),
    }
    for name in ("emb.ln", *(f"l{n}.{part}" for n in range(LAYERS) for part in ("aln", "oln"))):
        for side in ("w", "b"):
            arrays[f"{name}.{side}"] = teacher.plain(f"{name}.{side}").numpy()
    for number in range(LAYERS):
        for part, inputs in _PACKED.items():
            name = f"l{number}.{part}"
            arrays[f"packed.{name}"] = teacher.packed(f"{name}.w", inputs)
            arrays[f"{name}.b"] = teacher.plain(f"{name}.b").numpy()
    return arrays


class Layer(nn.Module):
    """One layer of the kind of BERT (Devlin et al. 2019), norms behind each part."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.fi, self.fo = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.aln, self.oln = (nn.LayerNorm(HIDDEN, eps=1e-12) for _ in range(2))
        self.dropped = nn.Dropout(_DROPPED)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` texts × tokens × width; ``mask`` says which tokens may be looked at."""
        texts, length, _ = x.shape
        query, key, value = (
            part(x).reshape(texts, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(texts, length, HIDDEN)
        x = self.aln(x + self.dropped(self.ao(mixed)))
        inner: Tensor = self.oln(x + self.dropped(self.fo(functional.gelu(self.fi(x)))))
        return inner


class Reader(nn.Module):
    """Texts to vectors of their tokens, and to what the heads make of them."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, HIDDEN)
        self.places = nn.Embedding(LONGEST, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.below = nn.ModuleList(Layer() for _ in range(FROZEN))
        self.figures = nn.ModuleList(Layer() for _ in range(LAYERS - FROZEN))
        self.sentences = nn.ModuleList(Layer() for _ in range(LAYERS - FROZEN))
        self.narrow = nn.Linear(HIDDEN, WIDTH, bias=False)
        nn.init.orthogonal_(self.narrow.weight)
        self.asked, self.said = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 1)
        for gate in (self.asked, self.said):
            nn.init.zeros_(gate.weight)
            nn.init.zeros_(gate.bias)
        self.worth = nn.Parameter(torch.tensor(_WORTH))
        last = nn.Linear(HIDDEN, len(KINDS))
        last.weight.data.mul_(0.1)
        self.kind = nn.Sequential(nn.Linear(2 * HIDDEN, HIDDEN), nn.GELU(), last)
        self.tags = nn.Linear(HIDDEN, THINGS)

    @classmethod
    def started(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Reader:
        """With the weights of :func:`start`."""
        words = unpacked(arrays["packed.words"])
        made = cls(len(words))
        made.words.weight.data = torch.from_numpy(words)
        # Every token is of the one kind that the teacher was taught.
        made.places.weight.data = _tensor(arrays["places"]) + _tensor(arrays["kinds"])
        _set(made.norm, arrays, "emb.ln")
        numbered = [*enumerate((*made.below, *made.figures)), *enumerate(made.sentences, FROZEN)]
        for number, layer in numbered:
            for part in _PACKED:
                linear, name = getattr(layer, part), f"l{number}.{part}"
                linear.weight.data = torch.from_numpy(unpacked(arrays[f"packed.{name}"]))
                linear.bias.data = _tensor(arrays[f"{name}.b"])
            for part in ("aln", "oln"):
                _set(getattr(layer, part), arrays, f"l{number}.{part}")
        for frozen in (made.words, made.places, made.norm, *made.below):
            frozen.requires_grad_(False)
        return made

    def lower(self, ids: Tensor) -> Tensor:
        """What the layers that stay as they are make of each token."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x: Tensor = self.norm(self.words(ids) + self.places(at))
        return through(self.below, x, ids != PADDING)

    def understood(self, x: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        """Of sentences, from what the lower layers made of them: their kind, tokens' things."""
        x = through(self.sentences, x, there)
        whole = torch.cat([x[:, 0].float(), _mean(x, there)], -1)
        return self.kind(whole), self.tags(x)

    def compared(self, x: Tensor, there: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Tokens' vectors, their gates in a question and in a figure, and the whole's."""
        x = through(self.figures, x, there)
        tokens = functional.normalize(self.narrow(x).float(), dim=-1) * there[..., None]
        asked, said = (
            functional.softplus(gate(x).float().squeeze(-1)) * there
            for gate in (self.asked, self.said)
        )
        return tokens, asked, said, functional.normalize(_mean(x, there), dim=-1)

    def opinions(self, asked: Sequence[Tensor], said: Sequence[Tensor]) -> Tensor:
        """How surely each figure (columns) is meant by each question (rows)."""
        parts = []
        worth = self.worth
        for first in range(0, len(asked[0]), _AT_ONCE):
            tokens, ask, whole, there = (part[first : first + _AT_ONCE] for part in asked)
            near = torch.einsum("qid,cjd->qcij", tokens, said[0])
            real = there[:, None, :, None] & said[3][None, :, None, :]
            near = near.masked_fill(~real, -1.0)
            found, spoken = near.amax(3), near.amax(2)
            ask, say = ask[:, None], said[1][None]
            parts.append(
                worth[0] * (ask * found).sum(2) / (ask.sum(2) + 1e-6)
                + worth[1] * whole @ said[2].T
                + worth[2] * (say * spoken).sum(2) / (say.sum(2) + 1e-6)
                - worth[3] * (ask * (1 - found)).sum(2)
                - worth[4] * (say * (1 - spoken)).sum(2)
                + worth[5]
            )
        return torch.cat(parts)


def through(layers: nn.ModuleList, x: Tensor, there: Tensor) -> Tensor:
    """One layer after the other; ``there`` says which tokens there are."""
    for layer in layers:
        x = layer(x, there[:, None, None, :])
    return x


def _mean(x: Tensor, there: Tensor) -> Tensor:
    return (x.float() * there[..., None]).sum(1) / there.sum(1, keepdim=True)


def _tensor(array: NDArray[np.generic]) -> Tensor:
    return torch.from_numpy(np.array(array, dtype=np.float32))


def _set(norm: nn.LayerNorm, arrays: Mapping[str, NDArray[np.generic]], name: str) -> None:
    norm.weight.data, norm.bias.data = _tensor(arrays[f"{name}.w"]), _tensor(arrays[f"{name}.b"])
