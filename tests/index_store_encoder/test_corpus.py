"""What training reads, and what it must not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index_store.encoder.augment import Epochs
from index_store.encoder.corpus import Asked, Concept, Corpus, clean_gloss, read_corpus
from index_store.encoder.train import ASKED
from index_store.encoder.vocabulary import build_tokenizer


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "cedict-2007.u8").write_text(
        "# CEDICT\n預算 预算 [yu4 suan4] /budget/\n阿 阿 [a1] /variant of 啊/\n"
        "社區 社区 [she4 qu1] /community/(fig.) neighborhood/\n",
        encoding="utf-8",
    )
    (tmp_path / "tatoeba-cmn-eng.tsv").write_text(
        "\ufeffHi.\t嗨。\tCC-BY\nHi.\t你好。\tCC-BY\n", encoding="utf-8"
    )
    terms = tmp_path / "terms.tsv"
    terms.write_text(
        "zh\ten\tzh_synonyms\ten_synonyms\tdomain\n"
        "预算执行率\tbudget execution rate\t执行率|预算完成率\texecution rate\tfunds\n"
        "无译\t\t\t\t\n",
        encoding="utf-8",
    )
    return read_corpus(tmp_path, [terms])


def test_each_source_becomes_concepts(corpus: Corpus) -> None:
    assert corpus.words == (
        Concept(("预算",), ("budget",), ("預算",)),
        Concept(("社区",), ("community", "neighborhood"), ("社區",)),
    )
    assert corpus.sentences == (Concept(("嗨。", "你好。"), ("Hi.",)),)
    assert corpus.terms == (
        Concept(
            ("预算执行率", "执行率", "预算完成率"), ("budget execution rate", "execution rate")
        ),
    )


@pytest.mark.parametrize(
    ("gloss", "cleaned"),
    [
        ("Acheng (city in Heilongjiang)", "Acheng"),
        ("variant of 啊", ""),
        ("abbr. for something", ""),
        ("CL:個|个[ge4]", ""),
        ("to inspect (by moving around)", "to inspect"),
    ],
)
def test_glosses_are_cleaned(gloss: str, cleaned: str) -> None:
    assert clean_gloss(gloss) == cleaned


def test_terms_are_pieces_and_digits_stand_alone(corpus: Corpus) -> None:
    tokenizer = build_tokenizer(corpus, 1000)
    tokens = tokenizer.encode("执行率98%", add_special_tokens=False).tokens
    assert tokens == ["执行率", "9", "8", "%"]


def test_epochs_repeat_with_the_seed() -> None:
    words = tuple(Concept((f"词{n}",), (f"word {n}",)) for n in range(50))
    corpus = Corpus(words, (), words[:5])
    first, second = (Epochs(corpus, random.Random(7), oversample=3) for _ in range(2))
    drawn = first.draw()
    assert drawn == second.draw()
    assert drawn != first.draw()


def test_the_terms_are_drawn_as_often_as_asked() -> None:
    word, term = Concept(("甲",), ("plain",)), Concept(("乙",), ("special",))
    drawn = Epochs(Corpus((word,) * 30, (), (term,) * 4), random.Random(1), oversample=3).draw()
    assert sum("乙" in zh.replace(" ", "") for zh, _ in drawn) >= 12


def test_a_word_of_the_teacher_is_a_piece_and_its_grammar_is_not(corpus: Corpus) -> None:
    tokenizer = build_tokenizer(corpus, 1000, taught=("▁扶贫", "取得了", "國家", "▁tax"))
    vocabulary = tokenizer.get_vocab()
    assert "扶贫" in vocabulary
    assert not {"取得了", "國家"} & set(vocabulary)


def test_things_asked_for_are_read_and_drawn_once_each(tmp_path: Path) -> None:
    file = tmp_path / "asked.tsv"
    file.write_text(
        "field\tlabel\tzh\ten\n"
        "market\t投诉受理件数|受理投诉\t收到多少投诉\tcomplaints received\n"
        "market\t投诉办结件数\t处理完多少投诉\tcomplaints resolved\n"
        "market\t没有问法\t\t\n",
        encoding="utf-8",
    )
    (tmp_path / "cedict-2007.u8").write_text("", encoding="utf-8")
    (tmp_path / "tatoeba-cmn-eng.tsv").write_text("", encoding="utf-8")
    corpus = read_corpus(tmp_path, [], [file])
    received = Asked(("投诉受理件数", "受理投诉"), ("收到多少投诉",), ("complaints received",))
    assert corpus.asked[0] == received
    assert len(corpus.asked) == 2
    pairs = Epochs(corpus, random.Random(3), oversample=1).asked()
    assert len(pairs) == 2


def test_every_line_of_the_training_file_can_be_used() -> None:
    files = sorted(ASKED.glob("*.tsv"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(lines) >= 500
    fields = [line.split("\t") for line in lines]
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in fields)
    labels = [label for row in fields for label in row[1].split("|")]
    assert len(labels) == len(set(labels))


def test_nothing_of_the_held_out_sets_is_trained_on() -> None:
    trained = "\n".join(file.read_text(encoding="utf-8") for file in ASKED.glob("*.tsv"))
    here = Path(__file__).parent
    for name in ("questions.tsv", "questions_zh.tsv"):
        for line in (here / name).read_text(encoding="utf-8").splitlines():
            question, clause = line.split("\t")
            assert question not in trained
            assert clause not in trained
