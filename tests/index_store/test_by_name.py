"""Figures of all reports by what they are called."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index_store.store import Store
from ingest.pipeline import read_file
from tests.conftest import SAMPLES, open_store

_NAMED = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'figures_by_label'"


def _filled(folder: Path) -> Store:
    store = open_store(folder)
    for name in ("yuancun-2021.txt", "yuancun-2022.txt"):
        store.add(read_file(SAMPLES / name))
    return store


def test_the_figures_of_a_name_are_those_of_the_reports(tmp_path: Path) -> None:
    store = _filled(tmp_path / "store")
    called = store.figures_called("实际支出数")
    assert len({c.report_id for c in called}) == 2
    for one in called:
        figure = store.report(one.report_id).figures[one.number]
        assert (figure.label, figure.value, figure.unit) == ("实际支出数", one.value, one.unit)
        assert (figure.scale, figure.base_unit) == (one.scale, one.base_unit)
    assert store.figures_called("实际") == []
    store.close()


def test_a_store_made_before_there_was_the_index_gets_it(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    _filled(folder).close()
    with sqlite3.connect(folder / "catalog.sqlite") as catalog:
        catalog.execute("DROP INDEX figures_by_label")
        assert catalog.execute(_NAMED).fetchone() == (0,)
    store = open_store(folder)
    assert store.figures_called("实际支出数")
    store.close()
    with sqlite3.connect(folder / "catalog.sqlite") as catalog:
        assert catalog.execute(_NAMED).fetchone() == (1,)
