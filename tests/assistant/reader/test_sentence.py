"""What the network's outputs say of a question: its kind, and the words of its things."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.reader.network import network
from assistant.reader.sentence import KINDS, Kind, Text, Thing, sentence
from assistant.reader.whole_terms import whole_terms


def read(*tagged: tuple[int, int], texts: list[Text]) -> tuple[Thing, ...]:
    kinds = np.zeros(len(KINDS), dtype=np.float32)
    tags = np.full((30, 4), -5.0, dtype=np.float32)
    for token, thing in tagged:
        tags[token, thing] = 5.0
    return sentence(kinds, tags, texts).things


def characters(text: str, first: int) -> Text:
    return Text(text, first, tuple((n, n + 1) for n in range(len(text))))


def test_stretches_stand_apart_and_spaces_join_them() -> None:
    text = characters("new beds or beds", 1)
    things = read(*((n, 0) for n in range(1, 9)), (13, 1), (14, 1), (15, 1), (16, 1), texts=[text])
    assert [t.own for t in things] == [("new beds",), ("beds",)]
    assert (things[1].begin, things[1].end) == (12, 16)


def test_words_of_the_question_before_are_taken_over() -> None:
    texts = [characters("办结的呢", 1), characters("受理信访多少件", 6)]
    (thing,) = read((1, 0), (2, 0), (8, 0), (9, 0), texts=texts)
    assert thing == Thing(("办结",), ("信访",), 0, 2, since=1)
    assert thing.words == "办结 信访"


def test_a_term_is_not_cut_in_two() -> None:
    text = characters("其中办结的呢", 1)
    network_cut = ((3, 0),)  # 办 alone
    assert read(*network_cut, texts=[text])[0].own == ("办",)
    kinds, tags = np.zeros(len(KINDS), np.float32), np.full((30, 4), -5.0, np.float32)
    tags[3, 0] = 5.0
    (thing,) = sentence(kinds, tags, [text], whole_terms).things
    assert (thing.own, thing.begin, thing.end) == (("办结",), 2, 4)


def test_a_kind_has_its_chance() -> None:
    kinds = np.full(len(KINDS), -20.0, dtype=np.float32)
    kinds[KINDS.index(Kind.SUM)] = 0.0
    found = sentence(kinds, np.zeros((1, 4), dtype=np.float32), [Text("", 1, ())])
    assert (found.kind, found.things) == (Kind.SUM, ())
    assert found.chance == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("question", "before", "kind", "words"),
    [
        ("花坛和草坪加起来一共多少平米", (), Kind.SUM, ["花坛", "草坪"]),
        ("how much more went on roads than on bridges?", (), Kind.DIFF, ["roads", "bridges"]),
        ("其中办结的呢", ("全年受理信访多少件",), Kind.LOOK, ["办结 信访"]),
    ],
)
def test_questions_are_understood(
    question: str, before: tuple[str, ...], kind: Kind, words: list[str]
) -> None:
    found = network().sentence(question, before)
    assert found.kind is kind
    for said, thing in zip(words, found.things, strict=True):
        assert set(said.split()) <= set(thing.words.replace("受理", "").split()), found
