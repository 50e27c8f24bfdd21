"""Jixiao as the benchmark drives it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from assistant.service import Assistant
from benchmarks.asked import Evidence
from index_store.encoder.base import Encoder
from index_store.store import Store


class Ours:
    """A store read anew, and an assistant over it."""

    def __init__(self, files: Sequence[Path], folder: Path, encoder: Encoder) -> None:
        """Read ``files`` into ``folder``; ``seconds`` and ``cpu_seconds`` say what that took."""
        began, busy = time.perf_counter(), time.process_time()
        store = Store.open(folder, encoder=lambda: encoder, encoder_name=encoder.name)
        self.assistant = Assistant(store)
        outcomes = self.assistant.ingest_files(files)
        self.seconds = time.perf_counter() - began
        self.cpu_seconds = time.process_time() - busy
        if refused := [outcome for outcome in outcomes if outcome.problem]:
            raise RuntimeError(f"{refused[0].file}: {refused[0].problem}")
        self.passages = sum(
            len(self.assistant.report(info.id).passages) for info in self.assistant.reports()
        )

    def answer(self, question: str) -> list[Evidence]:
        """Answer a question in a conversation of its own; the quotes that it cites."""
        return [Evidence(c.file, c.quote) for c in self.assistant.ask(question).citations]

    def close(self) -> None:
        """Give the store's files back."""
        self.assistant.store.close()
