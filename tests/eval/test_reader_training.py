"""The reader is fitted from what was prepared; here for a moment, from weights of chance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from assistant.reader.sentence import KINDS, Kind
from assistant.reader.vocabulary import Vocabulary
from eval.reader.average import average
from eval.reader.hardest import hardest_first
from eval.reader.network import FROZEN, HIDDEN, INNER, LAYERS, LONGEST, Reader
from eval.reader.prepared import START, Asked, Ids, LookUp, Prepared, Term, load, save
from eval.reader.training import FIGURES, SENTENCES, Recipe, fitted, train

TOKENS = Vocabulary()


def ids(text: str) -> Ids:
    return np.array(TOKENS.of_question(text), dtype=np.uint16)


def chance(random: np.random.Generator) -> dict[str, Any]:
    """Weights as ``eval.reader.network.start`` has them: small scales, any numbers."""

    def packed(rows: int, columns: int) -> np.ndarray:
        blocks = random.integers(0, 256, (rows, columns // 32, 18), dtype=np.uint8)
        blocks[..., :2] = np.frombuffer(np.float16(0.01).tobytes(), np.uint8)
        return blocks

    arrays: dict[str, Any] = {
        "packed.words": packed(len(TOKENS.pieces), HIDDEN),
        "places": np.zeros((LONGEST, HIDDEN), np.float32),
        "kinds": np.zeros((1, HIDDEN), np.float32),
    }
    for name in ("emb.ln", *(f"l{n}.{part}" for n in range(LAYERS) for part in ("aln", "oln"))):
        arrays |= {f"{name}.w": np.ones(HIDDEN), f"{name}.b": np.zeros(HIDDEN)}
    for number in range(LAYERS):
        for part, rows, columns in (
            *((p, HIDDEN, HIDDEN) for p in ("q", "k", "v", "ao")),
            ("fi", INNER, HIDDEN),
            ("fo", HIDDEN, INNER),
        ):
            arrays[f"packed.l{number}.{part}"] = packed(rows, columns)
            arrays[f"l{number}.{part}.b"] = np.zeros(rows)
    return arrays


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    np.savez(tmp_path / START, **chance(np.random.default_rng(1)))
    figures = [ids(text) for text in ("小学 实际", "初中 实际", "教师 实际")]
    tags = np.zeros((len(ids("小学几所")), 4), np.uint8)
    tags[1:3, 0] = 1
    terms = [Term((ids(f"词{n}")[1:-1],), ()) for n in range(12)]
    look_ups = [
        LookUp("made", "made", (ids("几所小学"),), (0, 1, 2), (True, False, False), whole=True),
        LookUp("made", "made", (ids("几个老师"),), (2, 0), (True, False), whole=False),
        LookUp("made", "made", (ids("多少校车"),), (0, 1, 2), (False,) * 3, whole=True),
    ]
    asked = [
        Asked("made", ids("小学几所"), KINDS.index(Kind.LOOK), tags),
        Asked("made", ids("为什么"), KINDS.index(Kind.WHY), np.zeros((len(ids("为什么")), 4))),
        *[Asked("made", ids("小学几所"), 0, None)] * 8,
    ]
    mark = ids("【】")[1:-1]
    ways = {"zh": [(mark[:0], mark[:0])], "en": [(mark[:0], mark[:0])]}
    prepared = Prepared(
        figures, ["小学", "初中", "教师"], look_ups, asked, [terms], ways, [mark], mark
    )
    save(prepared, tmp_path)
    return tmp_path


@pytest.mark.parametrize("part", [FIGURES, SENTENCES])
def test_a_part_is_fitted_and_the_rest_stays(part: str, folder: Path) -> None:
    before = {n: w.clone() for n, w in fitted(folder).state_dict().items()}
    train(part, folder, Recipe(seconds=2.0, sentences=4, single=1.0))
    changed = {n for n, w in fitted(folder).state_dict().items() if not before[n].equal(w)}
    assert any(name.startswith(f"{part}.{LAYERS - FROZEN - 1}.") for name in changed)
    other = SENTENCES if part == FIGURES else FIGURES
    assert not any(name.startswith((f"{other}.", "below.", "words.")) for name in changed)
    assert all(weight.isfinite().all() for weight in fitted(folder).state_dict().values())


def test_what_was_prepared_is_read_again(folder: Path) -> None:
    prepared = load(folder)
    assert prepared.look_ups[0].meant == (True, False, False)
    assert prepared.asked[0].tags is not None
    assert prepared.asked[0].tags.sum() == 2


def test_the_hardest_figures_come_first_and_those_meant_stay() -> None:
    look_ups = [
        LookUp("made", "made", (ids("几所小学"),), tuple(range(40)), (*[False] * 39, True), True),
        LookUp("made", "other", (ids("几个老师"),), (3, 1), (True, False), False),
    ]
    network = Reader(len(TOKENS.pieces))
    scores = torch.arange(40.0).flip(0)[None]

    def opinions(asked: object, said: object) -> torch.Tensor:
        return scores

    def late(texts: object, *, asked: bool) -> tuple[torch.Tensor, ...]:
        return ()

    network.opinions = opinions  # type: ignore[method-assign]
    figures = [ids(f"词{n}") for n in range(40)]
    by_report = {each.report: each for each in hardest_first(look_ups, figures, late, network)}
    assert by_report["made"].figures == (*range(24), 39)
    assert by_report["made"].meant == (*[False] * 24, True)
    assert by_report["other"] == look_ups[1]


def test_two_fits_are_averaged(tmp_path: Path) -> None:
    one, other, apart = (tmp_path / f"{name}.npz" for name in ("one", "other", "apart"))
    np.savez(one, a=np.array([1.0, 2.0], np.float16))
    np.savez(other, a=np.array([3.0, -2.0], np.float16))
    np.savez(apart, b=np.zeros(2, np.float16))
    average(one, other)
    with np.load(one) as mean:
        assert mean["a"].tolist() == [2.0, 0.0]
        assert mean["a"].dtype == np.float16
    with pytest.raises(ValueError, match="same part"):
        average(one, apart)
