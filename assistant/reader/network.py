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
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.reader.interaction import Encoded, Worth, opinion
from assistant.reader.put import PutFigure
from assistant.reader.sentence import Sentence, sentence
from assistant.reader.vocabulary import MODEL, TOKENIZER, Tokens, Vocabulary
from assistant.reader.whole_terms import whole_terms
from ingest.errors import JixiaoError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# What all texts are read by first, then what compares them or understands questions.
BELOW, FIGURES, SENTENCES = "below.onnx", "figures.onnx", "sentences.onnx"
WORTH = "worth.json"
_FIGURES_KEPT, _QUESTIONS_KEPT = 8_000, 500  # some 9 kB each
_SENTENCES_KEPT = 200
_AT_ONCE = max(1, min(4, os.cpu_count() or 1))  # texts, each on a thread of its own

T = TypeVar("T")
V = TypeVar("V")


class Network:
    """Reads questions and figures; what was read last is kept."""

    def __init__(self, folder: Path = MODEL) -> None:
        try:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # of a text; several are read at once
            options.log_severity_level = 3
            self._below, self._compared, self._understood = (
                onnxruntime.InferenceSession(
                    str(folder / file), options, providers=["CPUExecutionProvider"]
                )
                for file in (BELOW, FIGURES, SENTENCES)
            )
            self._tokens = Vocabulary(folder)
            self._worth = Worth(**json.loads((folder / WORTH).read_text(encoding="utf-8")))
        # tokenizers and onnxruntime raise bare exceptions of their own for damaged files.
        except Exception as error:
            raise JixiaoError(
                f"{folder}: the reader cannot be opened ({BELOW}, {FIGURES}, {SENTENCES}, "
                f"{TOKENIZER} and {WORTH} expected): {error}"
            ) from error
        self._figures: OrderedDict[PutFigure, Encoded] = OrderedDict()
        self._questions: OrderedDict[str, Encoded] = OrderedDict()
        self._sentences: OrderedDict[tuple[str, ...], Sentence] = OrderedDict()
        self._keeping = threading.Lock()
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reader")

    def opinions(self, question: str, figures: Sequence[PutFigure]) -> list[float]:
        """How surely each figure is meant, see :func:`assistant.reader.interaction.opinion`."""
        asked = self._kept([question], self._questions, _QUESTIONS_KEPT, self._asked)
        read = self._kept(figures, self._figures, _FIGURES_KEPT, self._said)
        return [opinion(asked[0], figure, self._worth) for figure in read]

    def sentence(self, question: str, before: Sequence[str]) -> Sentence:
        """What a question asks for; ``before`` are the questions before it, the last one first."""
        texts = (question, *before)
        return self._kept([texts], self._sentences, _SENTENCES_KEPT, self._sentence)[0]

    def _kept(
        self, texts: Sequence[T], store: OrderedDict[T, V], most: int, read: Callable[[T], V]
    ) -> list[V]:
        """What was read of texts, reading those that are new."""
        with self._keeping:
            known = {text: store[text] for text in texts if text in store}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(new, self._workers.map(read, new), strict=True)
        with self._keeping:
            for text in dict.fromkeys(texts):
                store[text] = known[text]
                store.move_to_end(text)
            while len(store) > most:
                store.popitem(last=False)
        return [known[text] for text in texts]

    def _asked(self, question: str) -> Encoded:
        tokens, asked, _, whole = self._run(self._compared, self._tokens.of_question(question))
        return Encoded(tokens.astype(np.float16), asked, whole.astype(np.float16))

    def _said(self, figure: PutFigure) -> Encoded:
        tokens, _, said, whole = self._run(self._compared, self._tokens.of_figure(figure))
        return Encoded(tokens.astype(np.float16), said, whole.astype(np.float16))

    def _sentence(self, texts: tuple[str, ...]) -> Sentence:
        tokens, read = self._tokens.of_sentence(texts)
        kinds, tags = self._run(self._understood, tokens)
        return sentence(kinds, tags, read, whole_terms)

    def _run(self, upper: InferenceSession, text: Tokens) -> list[NDArray[np.float32]]:
        """One text by itself: eight-bit scales are of all that is run together, and what is
        made of a text must not depend on what else is read with it."""
        (x,) = self._below.run(None, {"ids": np.array([text], dtype=np.int64)})
        return [output[0] for output in upper.run(None, {"x": x})]


@cache
def network() -> Network:
    """The network that ships, loaded when it is first asked."""
    return Network()
