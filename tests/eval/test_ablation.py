"""Leaving parts out: the settings that do it, and how the look-ups are counted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.opening import open_assistant
from assistant.ranking.features import NAMES, NULL_NAMES
from assistant.ranking.model import Model
from assistant.settings import settings
from eval.ablation import VARIANTS, Variant, seen_by, table, tally
from eval.ranker import Example, Tally
from tests.conftest import ROOT, SAMPLES

_COVER, _MEANING = NAMES.index("cover"), NAMES.index("meaning")


def example(number: int, covers: list[float], meant: int | None) -> Example:
    rows = np.zeros((len(covers), len(NAMES)))
    rows[:, _COVER] = covers
    rows[:, _MEANING] = 0.5
    null = np.zeros(len(NULL_NAMES))
    null[0] = 1.0
    right = np.array([n == meant for n in range(len(covers))])
    values = tuple(map(str, range(len(covers))))
    return Example("made", "?", False, rows, null, right, values, meant is None, ("c", number, 0))


def weighing_cover(none: float) -> Model:
    figures = np.zeros(len(NAMES))
    figures[_COVER] = 20.0
    speaks = np.zeros(len(NULL_NAMES))
    speaks[0] = none
    return Model(figures, np.zeros(len(NAMES)), speaks)


def test_look_ups_that_a_variant_loses_are_refused() -> None:
    given = [example(0, [0.9, 0.1], 0), example(1, [0.1, 0.9], 0)]
    lost = example(2, [0.9], 0)
    judged = {("made", *e.place): e.silent for e in (*given, lost, example(3, [0.1], None))}
    found = tally(VARIANTS[0], weighing_cover(10.0), given, judged)
    assert found == Tally(right=1, wrong=1, refused=1, silent=1)


def test_without_the_choice_of_none_there_is_no_silence() -> None:
    given = [example(0, [0.3, 0.0], None)]
    judged = {("made", *e.place): e.silent for e in given}
    assert tally(Variant("whole"), weighing_cover(10.0), given, judged) == Tally(silent=1)
    assert tally(Variant("no none", none=False), weighing_cover(10.0), given, judged) == Tally(
        spoke=1
    )


def test_a_variant_sees_only_its_features() -> None:
    (shown,) = seen_by(Variant("meaning", features=("meaning",)), [example(0, [0.9, 0.1], 0)])
    assert not shown.rows[:, _COVER].any()
    assert (shown.rows[:, _MEANING] == 0.5).all()


def test_the_table_has_a_row_a_variant() -> None:
    rows = table([("whole", Tally(5, 1, 2, 3, 0)), ("less", Tally(4, 2, 2, 2, 1))]).splitlines()
    assert rows[2:] == ["| whole | 5 | 1 | 2 | 3 | 0 |", "| less | 4 | 2 | 2 | 2 | 1 |"]


def test_without_an_encoder_words_still_find_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_EMBEDDING", "none")
    settings.cache_clear()
    assistant = open_assistant(tmp_path)
    assistant.ingest_files([SAMPLES / "yuancun-2022.txt"])
    assert assistant.store.encode(["预算"]) is None
    assert assistant.store.dense_passages("预算") == []
    # 实际支出数 12198.33 stands in the form's 部门资金情况.
    assert assistant.ask("2022年实际支出数是多少").figures[0].value == "12198.33"
    assistant.store.close()


@pytest.mark.parametrize("own_table", [True, False])
def test_the_glossary_is_the_folder_that_is_set(tmp_path: Path, own_table: bool) -> None:
    if own_table:
        heading = (ROOT / "assistant/glossary/budget_finance.tsv").read_text("utf-8").split("\n")[0]
        cells = {"zh": "土味支出", "en": "earthy spending"}
        row = "\t".join(cells.get(name, "") for name in heading.split("\t"))
        (tmp_path / "own.tsv").write_text(f"{heading}\n{row}\n", "utf-8")
    code = "from assistant.lexicon import lexicon; print(*lexicon().chinese)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "JIXIAO_GLOSSARY": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    if own_table:
        assert done.stdout.split() == ["土味支出"]
    else:
        assert "has no tables (.tsv)" in done.stderr
