"""Promises of the encoders, the shipped model first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from measure import CHINESE, held_out, measure

from index_store.encoder.base import Encoder
from index_store.encoder.factory import MODEL, encoder_name, load_encoder
from index_store.encoder.sentence import SentenceEncoder
from index_store.encoder.static import StaticEncoder
from ingest.errors import JixiaoError

TEXTS = [
    "全年代征房屋租赁税1200.5万元",
    "How much rental tax was collected in 2022?",
    "１２３４５热线；“三公”经费 97.3%",
    "社區",
    "x",
    "",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


def test_same_vectors_as_sentence_transformers(encoder: Encoder) -> None:
    questions, clauses, distractors = held_out()
    texts = [*TEXTS, *questions, *clauses, *distractors, "。".join(distractors)]
    other = SentenceEncoder(str(MODEL))
    assert other.dimensions == encoder.dimensions
    np.testing.assert_allclose(encoder.encode(texts), other.encode(texts), atol=1e-3)


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS[:-1])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS) - 1, encoder.dimensions)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_same_text_same_vector_alone_or_among_others(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.vstack([load_encoder("builtin").encode([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, alone)


def test_nothing_to_encode_is_zero_and_not_nan(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)
    np.testing.assert_array_equal(encoder.encode(["", " \n"]), 0.0)


def test_a_very_long_text_is_one_vector(encoder: Encoder) -> None:
    vector = encoder.encode([("受理群众诉求585宗，" * 10_000)[:100_000]])
    np.testing.assert_allclose(np.linalg.norm(vector), 1.0, atol=1e-5)


def test_case_width_and_spaces_do_not_matter(encoder: Encoder) -> None:
    one, two = encoder.encode(["Budget 预算 12%", "ｂｕｄｇｅｔ　预算１２％"])
    np.testing.assert_allclose(one, two, atol=1e-6)


def test_english_questions_find_chinese_clauses(encoder: Encoder) -> None:
    quality = measure(encoder)
    assert quality.recall_at_1 >= 0.85
    assert quality.recall_at_10 >= 0.95
    assert quality.mrr >= 0.9


def test_colloquial_chinese_finds_official_clauses(encoder: Encoder) -> None:
    quality = measure(encoder, CHINESE)
    assert quality.recall_at_5 >= 0.85
    assert quality.mrr >= 0.68


def test_chinese_questions_find_chinese_clauses(encoder: Encoder) -> None:
    clauses = ["拆除违法建筑113宗", "为老年人提供助餐服务4.6万人次", "全年预算执行率为96.73%"]
    questions = ["拆了多少违建", "老人助餐服务了多少人次？", "预算执行率是多少"]
    scores = encoder.encode(questions) @ encoder.encode(clauses).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_shipped_model_is_small() -> None:
    size = sum(file.stat().st_size for file in MODEL.rglob("*") if file.is_file())
    assert size <= 18 * 1024 * 1024


def test_the_shipped_model_needs_no_torch() -> None:
    program = (
        "import sys; from index_store.encoder.factory import load_encoder;"
        "load_encoder(None).encode(['预算']);"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_name_follows_the_content(encoder: Encoder, tmp_path: Path) -> None:
    assert encoder_name(None) == encoder_name("builtin") == encoder.name
    for file in ("tokenizer.json", "model.safetensors"):
        (tmp_path / file).write_bytes((MODEL / file).read_bytes())
    assert StaticEncoder(tmp_path).name == encoder.name
    (tmp_path / "tokenizer.json").write_bytes((MODEL / "tokenizer.json").read_bytes() + b"\n")
    assert StaticEncoder(tmp_path).name != encoder.name


def test_another_model_keeps_its_name() -> None:
    assert encoder_name("some/model ") == "some/model"


def test_a_model_that_does_not_exist_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(JixiaoError, match=r"no-such/model.*builtin"):
        load_encoder("./no-such/model")


def test_a_damaged_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{", encoding="utf-8")
    with pytest.raises(JixiaoError, match="cannot be read"):
        StaticEncoder(tmp_path)


def test_llama_index_gets_the_same_vectors(encoder: Encoder) -> None:
    from index_store.encoder.llama import JixiaoEmbedding

    embedding = JixiaoEmbedding(encoder)
    expected = encoder.encode(["预算执行率"])[0]
    np.testing.assert_allclose(embedding.get_text_embedding("预算执行率"), expected, atol=1e-6)
    np.testing.assert_allclose(embedding.get_query_embedding("预算执行率"), expected, atol=1e-6)
    assert embedding.model_name == encoder.name
