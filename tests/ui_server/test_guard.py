"""Who may only read neither stores, nor removes, nor runs an evaluation, whatever page asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.service import Assistant
from tests.conftest import SAMPLES, open_store
from ui.server.access_log import AccessLog
from ui.server.accounts import Role
from ui.server.guard import Guard, Guarded
from ui.server.visitor import NotAllowed, Visitor

SAMPLE = SAMPLES / "yuancun-2022.txt"


def guarded(inner: Assistant, role: Role, folder: Path) -> Guarded:
    visitor = Visitor("li", role, "127.0.0.1")
    return Guarded(inner, Guard(lambda: visitor, AccessLog(folder / "access.jsonl"), None, None))


def test_readers_look_and_editors_change(tmp_path: Path) -> None:
    inner = Assistant(open_store(tmp_path / "store"))
    reader, editor = (guarded(inner, role, tmp_path) for role in (Role.READER, Role.EDITOR))
    (outcome,) = editor.read_ahead([SAMPLE])
    forbidden: list[Callable[[], object]] = [
        lambda: reader.read_ahead([SAMPLE]),
        lambda: reader.keep(outcome.reports),
        lambda: reader.store.remove("any"),
        reader.for_editors,
    ]
    for attempt in forbidden:
        with pytest.raises(NotAllowed):
            attempt()
    assert inner.reports() == []
    assert editor.keep(outcome.reports) == ["added"]
    assert [r.file for r in reader.reports()] == [SAMPLE.name]
    assert editor.for_editors() is inner
    inner.store.close()
