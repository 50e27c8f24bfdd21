"""The reader's network while it is fitted: multilingual-e5-small, and a look at its tokens.

Texts are encoded apart and compared token by token, as ``assistant.reader.interaction``
says; here the same for many pairs at once, with gradients.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader.network import Tokens
from index_store.encoder.teacher import Teacher

WIDTH = 96  # of a token's vector
LAYERS, HEADS, INNER, HIDDEN = 12, 12, 1536, 384
FROZEN = 6  # layers at the bottom that stay as they are: what they make of a text is kept
_PAD = 1
_AT_ONCE = 40
# What the parts of the comparison are worth at the start, see ``interaction.Worth``.
_WORTH = (6.0, 6.0, 4.0, 0.3, 0.1, -6.0)


class Layer(nn.Module):
    """One layer of the kind of BERT (Devlin et al. 2019), norms behind each part."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.fi, self.fo = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.aln, self.oln = (nn.LayerNorm(HIDDEN, eps=1e-12) for _ in range(2))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` texts × tokens × width; ``mask`` is added to the nearness of tokens."""
        texts, length, _ = x.shape
        query, key, value = (
            part(x).reshape(texts, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        near = (query @ key.transpose(2, 3)).float() / (HIDDEN // HEADS) ** 0.5 + mask
        mixed = near.softmax(-1).to(value.dtype) @ value
        x = self.aln(x + self.ao(mixed.transpose(1, 2).reshape(texts, length, HIDDEN)))
        inner: Tensor = self.oln(x + self.fo(functional.gelu(self.fi(x))))
        return inner


class LateInteraction(nn.Module):
    """Encodes texts and compares them; see the module."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.kinds = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.narrow = nn.Linear(HIDDEN, WIDTH, bias=False)
        nn.init.orthogonal_(self.narrow.weight)
        self.asked, self.said = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 1)
        for gate in (self.asked, self.said):
            nn.init.zeros_(gate.weight)
            nn.init.zeros_(gate.bias)
        self.worth = nn.Parameter(torch.tensor(_WORTH))
        self._lower: dict[tuple[int, ...], Tensor] = {}

    @classmethod
    def from_teacher(cls, teacher: Teacher, rows: Sequence[int]) -> LateInteraction:
        """With the teacher's weights, and of its vocabulary the pieces given."""
        made = cls(len(rows))
        made.words.weight.data = torch.from_numpy(teacher.word_rows(rows))
        made.places.weight.data = teacher.plain("emb.pos").view(-1, HIDDEN)[:512]
        made.kinds.weight.data = teacher.plain("emb.type").view(-1, HIDDEN)[:1].repeat(2, 1)
        _set_norm(made.norm, teacher, "emb.ln")
        for number, layer in enumerate(made.layers):
            for name in ("q", "k", "v", "ao", "fi", "fo"):
                part = getattr(layer, name)
                part.weight.data = teacher.matrix(f"l{number}.{name}.w", *part.weight.shape)
                part.bias.data = teacher.plain(f"l{number}.{name}.b")
            for name in ("aln", "oln"):
                _set_norm(getattr(layer, name), teacher, f"l{number}.{name}")
        return made

    def freeze(self) -> None:
        """Leave the vocabulary and the lower layers as the teacher has them."""
        for part in (self.words, self.places, self.kinds, self.norm, *self.layers[:FROZEN]):
            part.requires_grad_(False)

    def embedded(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """What the first layer reads."""
        at = torch.arange(ids.shape[1], device=ids.device)
        made: Tensor = self.norm(self.words(ids) + self.places(at) + self.kinds(kinds))
        return made

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Tokens' vectors, their gates in a question and in a figure, and the whole's."""
        there = ids != _PAD
        mask = torch.where(there, 0.0, -1e4)[:, None, None, :]
        x = self.embedded(ids, kinds)
        for layer in self.layers:
            x = layer(x, mask)
        return self._out(x, there)

    def _out(self, x: Tensor, there: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        real = there.float()
        tokens = functional.normalize(self.narrow(x).float(), dim=-1) * real[..., None]
        asked, said = (
            functional.softplus(gate(x).float().squeeze(-1)) * real
            for gate in (self.asked, self.said)
        )
        whole = (x.float() * real[..., None]).sum(1) / real.sum(1, keepdim=True)
        return tokens, asked, said, functional.normalize(whole, dim=-1)

    def encode(self, texts: Sequence[Tokens], *, asked: bool) -> tuple[Tensor, ...]:
        """Vectors, gates, the whole's and which tokens there are, the short ones together."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n][0]))
        longest = len(texts[order[-1]][0])
        rows: dict[int, tuple[Tensor, ...]] = {}
        for start in range(0, len(order), _AT_ONCE):
            part = order[start : start + _AT_ONCE]
            x, there = self._from_lower([texts[n] for n in part])
            tokens, ask, say, whole = self._out(x, there)
            more = longest - x.shape[1]
            padded = (
                functional.pad(tokens, (0, 0, 0, more)),
                functional.pad(ask if asked else say, (0, more)),
                whole,
                functional.pad(there, (0, more)),
            )
            rows |= {n: tuple(t[row] for t in padded) for row, n in enumerate(part)}
        return tuple(torch.stack(column) for column in zip(*(rows[n] for n in range(len(texts))),
                                                           strict=True))  # fmt: skip

    def _from_lower(self, texts: Sequence[Tokens]) -> tuple[Tensor, Tensor]:
        """Through all layers; what the frozen ones make of a text is made once."""
        length = max(len(ids) for ids, _ in texts)
        there = torch.zeros(len(texts), length, dtype=torch.bool)
        x = torch.zeros(len(texts), length, HIDDEN, dtype=torch.bfloat16)
        for row, text in enumerate(texts):
            there[row, : len(text[0])] = True
            x[row, : len(text[0])] = self._kept(text)
        mask = torch.where(there, 0.0, -1e9)[:, None, None, :]
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask)
        return x, there

    def _kept(self, text: Tokens) -> Tensor:
        key = tuple(text[0])
        if key not in self._lower:
            with torch.no_grad():
                x = self.embedded(torch.tensor([text[0]]), torch.tensor([text[1]]))
                for layer in self.layers[:FROZEN]:
                    x = layer(x, torch.zeros(()))
            self._lower[key] = x[0].bfloat16()
        return self._lower[key]

    def opinions(
        self,
        asked: tuple[Tensor, ...],
        said: tuple[Tensor, ...],
        question: Tensor,
        figure: Tensor,
    ) -> Tensor:
        """How surely the figures of pairs (places in what was encoded) are meant."""
        ask, say = asked[1][question], said[1][figure]
        near = asked[0][question] @ said[0][figure].transpose(1, 2)
        real = asked[3][question][:, :, None] & said[3][figure][:, None, :]
        near = near.masked_fill(~real, -1.0)
        found, spoken = near.max(2).values, near.max(1).values
        worth = self.worth
        return (
            worth[0] * (ask * found).sum(1) / (ask.sum(1) + 1e-6)
            + worth[1] * (asked[2][question] * said[2][figure]).sum(1)
            + worth[2] * (say * spoken).sum(1) / (say.sum(1) + 1e-6)
            - worth[3] * (ask * (1 - found)).sum(1)
            - worth[4] * (say * (1 - spoken)).sum(1)
            + worth[5]
        )


def _set_norm(norm: nn.LayerNorm, teacher: Teacher, name: str) -> None:
    norm.weight.data, norm.bias.data = teacher.plain(f"{name}.w"), teacher.plain(f"{name}.b")
