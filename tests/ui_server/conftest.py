"""Real servers on free ports: one with accounts, one without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from tests.conftest import SAMPLES, open_store
from ui.server.accounts import Accounts, Role
from ui.server.run import served

PASSWORDS = {"reader": "reader-secret", "editor": "editor-secret", "admin": "admin-secret"}

# serve(**settings) → address; its store has the accounts of PASSWORDS unless told otherwise
Serve = Callable[..., str]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two reports, to be copied."""
    folder = tmp_path_factory.mktemp("served") / "store"
    store = open_store(folder)
    names = ("yuancun-2021.txt", "yuancun-2022.txt")
    Assistant(store).ingest_files([SAMPLES / name for name in names])
    store.close()
    return folder


@pytest.fixture(scope="module")
def folder(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the module's own, with an account a role, named like the role."""
    copied = tmp_path_factory.mktemp("own") / "store"
    shutil.copytree(filled, copied)
    accounts = Accounts(copied)
    for role in Role:
        accounts.add(role.value, PASSWORDS[role.value], role)
    return copied


@pytest.fixture(scope="module")
def serve(folder: Path) -> Iterator[Serve]:
    """Starts servers over the module's store."""
    with ExitStack() as running:

        def start(*, without_accounts: bool = False, **settings: Any) -> str:
            store = open_store(folder)
            running.callback(store.close)
            return running.enter_context(
                served(Assistant(store), Settings(**settings), without_accounts=without_accounts)
            )

        yield start


@pytest.fixture(scope="module")
def address(serve: Serve) -> str:
    """A server with accounts."""
    return serve()


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """Somebody who is not logged in."""
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield client


def log_in(address: str, name: str, password: str | None = None) -> httpx.Client:
    """A browser's stand-in that has logged in."""
    client = httpx.Client(base_url=address, trust_env=False, timeout=30, follow_redirects=False)
    data = {"username": name, "password": password or PASSWORDS[name]}
    response = client.post("/login", data=data, headers={"Origin": address})
    assert response.status_code == 303, response.text
    return client
