"""How tests ask: a conversation turn by turn, over reports that they write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from tests.conftest import open_store


def over(write: Callable[[Path], Path], folders: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the reports that ``write`` puts into a folder."""
    store = open_store(folders.mktemp("store"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    outcomes = assistant.ingest_files([write(folders.mktemp("files"))])
    assert all(o.problem is None for o in outcomes)
    yield assistant
    store.close()


def over_text(name: str, text: str, folders: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over one report in plain text."""

    def write(folder: Path) -> Path:
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    yield from over(write, folders)


def asked(assistant: Assistant, *turns: str) -> Answer:
    """The answer to the last of several turns."""
    conversation = assistant.new_conversation()
    return [conversation.ask(turn) for turn in turns][-1]


def values(answer: Answer) -> list[str]:
    """The figures of an answer with their units."""
    return [f"{f.value}{f.unit or ''}" for f in answer.figures]
