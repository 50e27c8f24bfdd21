"""What several tests ask of: a county's reports, read once a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.service import Assistant
from tests.assistant import reports_of_a_county, reports_of_two_towns
from tests.assistant.asking import over


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from over(reports_of_a_county.write, tmp_path_factory)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from over(reports_of_two_towns.write, tmp_path_factory)
