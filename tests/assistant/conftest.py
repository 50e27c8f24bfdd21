"""What several tests ask of: a county's reports, read once a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.service import Assistant
from tests.assistant.reports_of_a_county import write
from tests.conftest import open_store


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    store = open_store(tmp_path_factory.mktemp("county"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    outcomes = assistant.ingest_files([write(tmp_path_factory.mktemp("files"))])
    assert all(o.problem is None for o in outcomes)
    yield assistant
    store.close()
