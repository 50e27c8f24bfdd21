"""The files that reports were read from: kept by content, given back by report, gone with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from index_store.originals import Originals
from index_store.store import Store
from ingest.pipeline import read_file
from tests.conftest import SAMPLES, open_store

SAMPLE = SAMPLES / "yuancun-2022.txt"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(tmp_path / "store")
    yield opened
    opened.close()


def kept(store: Store) -> list[str]:
    """The names of the files that are kept."""
    return sorted(path.name for path in (store.folder / "originals").glob("*"))


def aged(store: Store) -> None:
    """As if all originals had been there for a day."""
    for path in (store.folder / "originals").iterdir():
        os.utime(path, (0, 0))


def test_an_original_is_given_back_byte_for_byte(store: Store) -> None:
    report = read_file(SAMPLE)
    store.add(report, SAMPLE)
    found = store.original(report.id)
    assert found is not None
    assert found.read_bytes() == SAMPLE.read_bytes()
    assert kept(store) == [sha256(SAMPLE.read_bytes()).hexdigest()]


def test_a_report_stored_without_its_file_has_no_original(store: Store) -> None:
    report = read_file(SAMPLE)
    store.add(report)
    assert store.original(report.id) is None


def test_reading_a_file_again_brings_the_original_that_was_missing(store: Store) -> None:
    report = read_file(SAMPLE)
    store.add(report)
    assert store.add(report, SAMPLE) == "unchanged"
    assert store.original(report.id) is not None


def test_a_file_that_changed_since_it_was_read_is_not_kept(store: Store, tmp_path: Path) -> None:
    changed = tmp_path / SAMPLE.name
    changed.write_bytes(SAMPLE.read_bytes() + b"\n")
    report = read_file(SAMPLE)
    store.add(report, changed)
    assert store.original(report.id) is None
    assert kept(store) == []


def test_an_original_goes_with_the_last_report_read_from_it(store: Store) -> None:
    report = read_file(SAMPLE)
    store.add(report, SAMPLE)
    store.add(replace(report, id="another"), SAMPLE)  # two reports in one file
    aged(store)
    store.remove(report.id)
    assert len(kept(store)) == 1
    store.remove("another")
    assert kept(store) == []


def test_what_was_set_aside_a_moment_ago_waits_for_its_report(store: Store) -> None:
    report = read_file(SAMPLE)
    store.set_aside(report, SAMPLE)
    other = read_file(SAMPLES / "yuancun-2021.txt")
    store.add(other)
    store.remove(other.id)
    store.add(report)
    assert store.original(report.id) is not None


@pytest.mark.parametrize("name", ["../catalog.sqlite", "", "a" * 63, "A" * 64])
def test_nothing_but_a_hash_names_an_original(tmp_path: Path, name: str) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"x")
    originals = Originals(tmp_path / "originals")
    assert originals.find(name) is None
    assert not originals.keep(name, SAMPLE)
