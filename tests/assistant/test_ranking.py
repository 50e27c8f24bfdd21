"""What the ranker promises: chances that add up, and silence where nothing fits."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ranking import model as ranking
from assistant.ranking.features import NAMES, NULL_NAMES
from assistant.ranking.grams import Rarity, grams
from assistant.ranking.model import Model, model, probabilities, save


def test_grams_are_the_pairs_of_each_chinese_stretch() -> None:
    assert grams("代征税，3宗") == {"代征", "征税", "宗"}


def test_rare_pairs_say_more_than_common_ones() -> None:
    texts = [grams("受理诉求"), grams("受理工单"), grams("受理车船税")]
    rarity = Rarity(texts)
    assert rarity.of("车船") > rarity.of("受理") > 0


@given(st.lists(st.floats(-50, 50), max_size=30), st.floats(-50, 50))
def test_chances_are_of_all_choices_and_of_none(utilities: list[float], null: float) -> None:
    chances = probabilities(np.array(utilities), null)
    assert len(chances) == len(utilities) + 1
    assert chances.sum() == pytest.approx(1.0)
    assert (chances >= 0).all()


def test_a_better_fit_is_likelier() -> None:
    chances = probabilities(np.array([2.0, 1.0]), 0.0)
    assert chances[0] > chances[1] > chances[2]


def test_the_weights_that_ship_are_of_these_features() -> None:
    shipped = model()
    assert len(shipped.figures) == len(NAMES)
    assert len(shipped.none) == len(NULL_NAMES)


def test_more_of_the_question_covered_never_speaks_against_a_figure() -> None:
    shipped = model()
    cover = NAMES.index("cover")
    assert shipped.figures[cover] > 0
    assert shipped.figures[cover] + shipped.english[cover] > 0


def test_weights_of_other_features_are_refused(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "weights.json"  # type: ignore[operator]
    save(Model(np.ones(len(NAMES)), np.zeros(len(NAMES)), np.ones(len(NULL_NAMES))), {}, file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["figures"]["something_else"] = 1.0
    file.write_text(json.dumps(kept), encoding="utf-8")
    monkeypatch.setattr(ranking, "WEIGHTS", file)
    model.cache_clear()
    try:
        with pytest.raises(ValueError, match="other features"):
            model()
    finally:
        model.cache_clear()
