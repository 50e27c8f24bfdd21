"""The network that ships: texts to vectors, run by onnxruntime on the processor alone.

Its weights are whole numbers of eight bits (dynamic quantisation); how it was fitted, and
to what, stands in ``model/README.md``.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.reader.interaction import Encoded, Worth, opinion
from assistant.reader.put import PutFigure
from ingest.errors import JixiaoError

MODEL = Path(__file__).with_name("model")
NETWORK, TOKENIZER, WORTH = "network.onnx", "tokenizer.json", "worth.json"
_BEGIN, _END = 0, 2  # tokens of the base model
_QUESTION, _CALLED, _SECTION, _WHOLE = 48, 28, 14, 72  # tokens that are read, at most
_FIGURES_KEPT, _QUESTIONS_KEPT = 8_000, 500  # some 9 kB each
_AT_ONCE = max(1, min(4, os.cpu_count() or 1))  # texts, each on a thread of its own

Tokens = tuple[list[int], list[int]]  # and of which kind each is: 1 of what a figure is called
T = TypeVar("T")


class Network:
    """Reads questions and figures; what was read last is kept."""

    def __init__(self, folder: Path = MODEL) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # of a text; several are read at once
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / NETWORK), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._worth = Worth(**json.loads((folder / WORTH).read_text(encoding="utf-8")))
        # tokenizers and onnxruntime raise bare exceptions of their own for damaged files.
        except Exception as error:
            raise JixiaoError(
                f"{folder}: the reader cannot be opened ({NETWORK}, {TOKENIZER} and {WORTH} "
                f"expected): {error}"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._figures: OrderedDict[PutFigure, Encoded] = OrderedDict()
        self._questions: OrderedDict[str, Encoded] = OrderedDict()
        self._keeping = threading.Lock()
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reader")

    @property
    def pieces(self) -> list[str]:
        """The vocabulary, in the order of its numbers."""
        by_number = {n: piece for piece, n in self._tokenizer.get_vocab().items()}
        return [by_number[n] for n in range(len(by_number))]

    def opinions(self, question: str, figures: Sequence[PutFigure]) -> list[float]:
        """How surely each figure is meant, see :func:`assistant.reader.interaction.opinion`."""
        asked = self._kept([question], self._questions, _QUESTIONS_KEPT, self.tokens_of_question)
        read = self._kept(figures, self._figures, _FIGURES_KEPT, self.tokens_of_figure)
        return [opinion(asked[0], figure, self._worth) for figure in read]

    def tokens_of_question(self, question: str) -> Tokens:
        """The tokens that are read of a question."""
        ids = [_BEGIN, *self._ids(question)[:_QUESTION], _END]
        return ids, [0] * len(ids)

    def tokens_of_figure(self, figure: PutFigure) -> Tokens:
        """The tokens that are read of a figure: the end of its clause where that is long."""
        called = self._ids(figure.called)[:_CALLED]
        section = self._ids(figure.section)[-_SECTION:]
        clause = self._ids(figure.clause)[len(called) + len(section) - _WHOLE :]
        ids = [_BEGIN, *called, _END, *section, _END, *clause, _END]
        return ids, [int(n < len(called) + 2) for n in range(len(ids))]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids

    def _kept(
        self,
        texts: Sequence[T],
        store: OrderedDict[T, Encoded],
        most: int,
        tokens: Callable[[T], Tokens],
    ) -> list[Encoded]:
        """What was read of texts, reading those that are new."""
        with self._keeping:
            known = {text: store[text] for text in texts if text in store}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        asked = store is self._questions
        made = self._workers.map(lambda text: self._run(tokens(text), asked=asked), new)
        known |= zip(new, made, strict=True)
        with self._keeping:
            for text in dict.fromkeys(texts):
                store[text] = known[text]
                store.move_to_end(text)
            while len(store) > most:
                store.popitem(last=False)
        return [known[text] for text in texts]

    def _run(self, text: Tokens, *, asked: bool) -> Encoded:
        """One text by itself: eight-bit scales are of all that is run together, and what is
        made of a text must not depend on what else is read with it."""
        ids, kinds = (np.array([row], dtype=np.int64) for row in text)
        tokens, of_question, of_figure, whole = self._session.run(
            None, {"ids": ids, "kinds": kinds}
        )
        return Encoded(
            tokens[0].astype(np.float16),
            (of_question if asked else of_figure)[0],
            whole[0].astype(np.float16),
        )


@cache
def network() -> Network:
    """The network that ships, loaded when it is first asked."""
    return Network()
