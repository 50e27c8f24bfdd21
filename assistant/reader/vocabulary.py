"""Texts as the numbers of their tokens, cut to what is read of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.reader.put import PutFigure
from assistant.reader.sentence import Text

MODEL = Path(__file__).with_name("model")
TOKENIZER = "tokenizer.json"
_BEGIN, _END = 0, 2  # tokens of the base model
_QUESTION, _BEFORE = 64, 40  # tokens that are read, at most: of a question, of one before it
_CALLED, _SECTION, _WHOLE = 28, 14, 72  # of a figure

Tokens = list[int]


class Vocabulary:
    """The pieces of words that the network knows."""

    def __init__(self, folder: Path = MODEL) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def pieces(self) -> list[str]:
        """The vocabulary, in the order of its numbers."""
        by_number = {n: piece for piece, n in self._tokenizer.get_vocab().items()}
        return [by_number[n] for n in range(len(by_number))]

    def of_question(self, question: str) -> Tokens:
        """The tokens that are read of a question."""
        return [_BEGIN, *self._ids(question)[:_QUESTION], _END]

    def of_figure(self, figure: PutFigure) -> Tokens:
        """The tokens that are read of a figure: the end of its clause where that is long."""
        called = self._ids(figure.called)[:_CALLED]
        section = self._ids(figure.section)[-_SECTION:]
        clause = self._ids(figure.clause)[len(called) + len(section) - _WHOLE :]
        return [_BEGIN, *called, _END, *section, _END, *clause, _END]

    def of_sentence(self, texts: Sequence[str]) -> tuple[Tokens, list[Text]]:
        """A question with those before it, and where the tokens of each stand in it."""
        ids, read = [_BEGIN], []
        for number, text in enumerate(texts):
            encoded = self._tokenizer.encode(text)
            most = _BEFORE if number else _QUESTION
            read.append(Text(text, len(ids), tuple(encoded.offsets[:most])))
            ids += [*encoded.ids[:most], _END]
        return ids, read

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids
