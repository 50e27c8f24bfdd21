"""What several tests ask of: a county's reports, read once a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.service import Assistant
from tests.assistant import reports_of_a_county, reports_of_two_towns
from tests.conftest import open_store


def _over(write: Callable[[Path], Path], folders: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the reports that ``write`` puts into a folder."""
    store = open_store(folders.mktemp("store"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    outcomes = assistant.ingest_files([write(folders.mktemp("files"))])
    assert all(o.problem is None for o in outcomes)
    yield assistant
    store.close()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from _over(reports_of_a_county.write, tmp_path_factory)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from _over(reports_of_two_towns.write, tmp_path_factory)
