"""The general dictionary: what a word of every day leads to, and that its index is safe."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import dictionary as module
from assistant.dictionary import Dictionary, dictionary, roots


def _words(found: list[module.Translation], least: float) -> set[str]:
    return {t.word for t in found if t.share >= least}


@pytest.mark.parametrize(
    ("word", "beside", "chinese"),
    [
        ("kindergartens", (), "幼儿园"),
        ("silver", ("medals",), "银牌"),
        ("forest", ("fires",), "山火"),
        ("athletes", (), "运动员"),
        ("inspected", (), "检查"),
    ],
)
def test_an_english_word_leads_to_the_chinese_ones_that_it_translates(
    word: str, beside: tuple[str, ...], chinese: str
) -> None:
    assert chinese in _words(dictionary().translations(word, beside), 1.0)


def test_a_sense_of_two_words_is_met_by_half_where_one_of_them_was_asked() -> None:
    found = {t.word: t.share for t in dictionary().translations("forest")}
    assert found["山火"] == 0.5
    assert found["森林"] == 1.0


def test_chinese_words_of_one_meaning_are_synonyms_and_those_of_one_sense_are_not() -> None:
    assert "林火" in dictionary().synonyms("山火")
    assert "房屋" in dictionary().synonyms("房子")
    assert "医生" not in dictionary().synonyms("博士")  # both a doctor


def test_what_no_one_ever_wrote_leads_nowhere() -> None:
    assert dictionary().translations("qzxv") == []
    assert dictionary().translations("of the") == []
    assert dictionary().synonyms("魑魅魍魉网络") == ()


def test_inflections_of_a_word_have_one_root() -> None:
    assert roots("inspected") == roots("inspections") == roots("inspecting")
    assert roots("the of") == frozenset()


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    dictionary.cache_clear()
    yield tmp_path / "jixiao"
    dictionary.cache_clear()


def test_a_damaged_index_is_no_obstacle(cache_folder: Path) -> None:
    dictionary()
    (kept,) = cache_folder.glob("dictionary-*.sqlite")
    kept.write_bytes(b"cut off in the middle")
    dictionary.cache_clear()
    assert "幼儿园" in _words(dictionary().translations("kindergarten"), 1.0)


def test_without_a_folder_to_keep_it_in_it_still_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    dictionary.cache_clear()
    try:
        assert "幼儿园" in _words(dictionary().translations("kindergarten"), 1.0)
    finally:
        dictionary.cache_clear()


def test_many_threads_may_ask_at_once() -> None:
    asked: Dictionary = dictionary()
    words = ["school", "hospital", "bridge", "medal", "library", "forest"] * 20
    alone = {w: asked.translations(w) for w in set(words)}
    found: list[bool] = []
    errors: list[sqlite3.Error] = []

    def ask(word: str) -> None:
        try:
            found.append(Dictionary.translations(asked, word) == alone[word])
        except sqlite3.Error as error:
            errors.append(error)

    threads = [threading.Thread(target=ask, args=(w,)) for w in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert all(found)
    assert len(found) == len(words)
