"""Reports, stores and assistants that the tests share; all of them real."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Assistant
from assistant.settings import settings
from index_store.encoder.factory import encoder_name, load_encoder
from index_store.store import Store
from tests.browser.chromium import launch_chromium, missing_chromium

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"


def real_reports() -> Path:
    """The folder of the real report, which is not part of the project."""
    return Path(os.environ.get("JIXIAO_REAL_REPORTS", ROOT.parent / "shared" / "reports"))


def open_store(folder: Path) -> Store:
    """A store with the encoder that ships."""
    return Store.open(folder, encoder=lambda: load_encoder(None), encoder_name=encoder_name(None))


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """No test leaves its settings to the next: read anew after the environment is put back."""
    yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def real_report() -> Path:
    """The real report; tests over it say so where it is absent."""
    path = real_reports() / "yuancun-2022.txt"
    if not path.exists():
        pytest.skip(f"the real report is not at {path}")
    return path


@pytest.fixture(scope="session")
def real_assistant(
    real_report: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """An assistant over the real report alone."""
    store = open_store(tmp_path_factory.mktemp("real"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    assistant.ingest_files([real_report])
    yield assistant
    store.close()


@pytest.fixture(scope="session")
def sample_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the sample reports."""
    store = open_store(tmp_path_factory.mktemp("samples"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    assistant.ingest_files([SAMPLES])
    yield assistant
    store.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if problem := missing_chromium():
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    with launch_chromium() as chromium:
        yield chromium
