"""Look-ups, conversations and terms as numbers of tokens, and the weights to start from."""

from __future__ import annotations

import csv
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reader.put import PutFigure, put_figure
from assistant.reader.sentence import KINDS, Kind
from assistant.reader.vocabulary import Vocabulary
from assistant.reading import reading
from eval.quantities import same
from eval.reader.conversations import LETTERS, Turn, Value, conversations
from eval.reader.examples import Reading
from eval.reader.fields import FIELDS, lay_out
from eval.reader.network import start
from eval.reader.prepared import START, Asked, Ids, LookUp, Prepared, Term, save
from index_store.encoder.teacher import Teacher
from index_store.encoder.train import ASKED
from ingest.pipeline import read_reports
from ingest.report import Figure

_GLOSSARY = Path(__file__).parents[2] / "assistant" / "glossary"
_ASKED_ZH = ("{}", "{}是多少", "{}有多少", "多少{}", "{}情况", "{}呢", "一共{}完成了多少")
_ASKED_EN = ("{}", "how many {}", "number of {}", "what was the {}", "how much {}")
_LEAST_TERMS = 20  # of a field, to tell one from the others
_SIDES = ("实际", "目标", "资金")
_SEED = 0


def prepare(readings: Sequence[Reading], folder: Path, teacher: Path) -> Prepared:
    """Write what ``eval.reader.training`` reads; ``teacher`` is the teacher's file."""
    tokens = Vocabulary()
    made = _Making(tokens)
    for each in readings:
        made.look_up(each)
    for file in sorted(FIELDS.glob("*.conv")):
        made.conversations(file)
    made.single_questions(readings)
    prepared = Prepared(
        figures=[_ids(tokens.of_figure(f)) for f in made.figures],
        names=[f.called.rsplit(" ", 1)[0] for f in made.figures],
        look_ups=made.look_ups,
        asked=made.asked,
        terms=list(_terms(made)),
        ways={
            "zh": [made.around(way) for way in _ASKED_ZH],
            "en": [made.around(way) for way in _ASKED_EN],
        },
        sides=[made.ids(side) for side in _SIDES],
        place=made.ids("【】"),
    )
    save(prepared, folder)
    source = Teacher(teacher)
    place = {piece: n for n, piece in enumerate(source.pieces)}
    weights: dict[str, Any] = dict(start(source, [place[p] for p in tokens.pieces]))
    np.savez_compressed(folder / START, **weights)
    return prepared


class _Making:
    def __init__(self, tokens: Vocabulary) -> None:
        self.tokens = tokens
        self.figures: dict[PutFigure, int] = {}
        self.look_ups: list[LookUp] = []
        self.asked: list[Asked] = []
        self.random = random.Random(_SEED)

    def ids(self, text: str) -> Ids:
        """The tokens of a text, without those that begin and end it."""
        return _ids(self.tokens.of_question(text)[1:-1])

    def around(self, way: str) -> tuple[Ids, Ids]:
        """The tokens before and behind what is asked for."""
        before, behind = way.split("{}")
        return self.ids(before), self.ids(behind)

    def question(self, text: str) -> Ids:
        return _ids(self.tokens.of_question(text))

    def place(self, figure: PutFigure) -> int:
        return self.figures.setdefault(figure, len(self.figures))

    def look_up(self, each: Reading) -> None:
        """A labelled look-up: as it is put with its terms, and as it was asked."""
        self.look_ups.append(
            LookUp(
                each.source,
                each.source if re.search(r"-\d\d$", each.source) else each.report,
                (self.question(each.put), self.question(each.question)),
                tuple(map(self.place, each.figures)),
                each.meant,
                whole=False,
            )
        )

    def conversations(self, file: Path) -> None:
        """The turns of a file: what they ask for, and what each thing of theirs means."""
        with tempfile.TemporaryDirectory(prefix="jixiao-reader-") as folder:
            _, reports = lay_out(file.with_suffix(".txt"), Path(folder))
            (page,) = reports.glob("*.html")
            report = read_reports(page)[0]
        texts = reading(report).texts
        places = tuple(
            self.place(put_figure(report, figure, text))
            for figure, text in zip(report.figures, texts, strict=True)
        )
        for turns in conversations(file):
            for turn in turns:
                self._sentence(file.stem, turn)
                for letter, value in turn.values.items():
                    meant = tuple(_is(figure, value) for figure in report.figures)
                    if letter in turn.letters and (value is None or any(meant)):
                        wordings = tuple(map(self.question, _puts(turn, letter)))
                        self.look_ups.append(
                            LookUp(file.stem, file.stem, wordings, places, meant, whole=True)
                        )

    def _sentence(self, source: str, turn: Turn) -> None:
        ids, texts = self.tokens.of_sentence((turn.text, *turn.before))
        tags = np.zeros((len(ids), len(LETTERS)), dtype=np.uint8)
        for (text, first, offsets), marks in zip(
            texts, (turn.marks, *turn.marks_before), strict=True
        ):
            for number, (begin, end) in enumerate(offsets):
                said = [n for n in range(begin, end) if not text[n].isspace()] or [begin]
                for column, letter in enumerate(LETTERS):
                    inside = sum(n in marks.get(letter, ()) for n in said)
                    tags[first + number, column] = inside * 2 > len(said)
        self.asked.append(Asked(source, _ids(ids), KINDS.index(turn.kind), tags))

    def single_questions(self, readings: Sequence[Reading]) -> None:
        """Look-ups without marks: of their kind, whatever was asked before."""
        of_source: dict[str, list[str]] = {}
        for each in readings:
            if re.search(r"-\d\d$", each.source):
                of_source.setdefault(each.source, []).append(each.question)
        for source, questions in of_source.items():
            questions = list(dict.fromkeys(questions))
            for question in questions:
                before = self.random.sample(questions, self.random.choice((0, 0, 1, 2)))
                tokens, _ = self.tokens.of_sentence((question, *before))
                self.asked.append(Asked(source, _ids(tokens), KINDS.index(Kind.LOOK), None))


def _ids(tokens: Sequence[int]) -> Ids:
    return np.array(tokens, dtype=np.uint16)


def _puts(turn: Turn, letter: str) -> Iterator[str]:
    """A thing of a turn as the reader reads it, and less fully."""
    words = f"{turn.text} | {turn.words(letter)}"
    yield " < ".join((words, *turn.before))
    yield " < ".join((words, *turn.before[:1]))
    if len(turn.letters) == 1:
        yield " < ".join((turn.text, *turn.before))


def _is(figure: Figure, value: Value | None) -> bool:
    if value is None:
        return False
    if value.unit is None:
        return figure.value == value.number
    return same(figure.value, figure.unit, value.number, value.unit)


def _terms(made: _Making) -> Iterator[list[Term]]:
    """The terms of each field: of the glossary, and of what people ask for."""
    fields: list[list[tuple[list[str], list[str]]]] = []
    for file in sorted(_GLOSSARY.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table, delimiter="\t"))
        fields.append([(_wordings(r, "zh"), _wordings(r, "en")) for r in rows])
    asked: dict[str, list[tuple[list[str], list[str]]]] = {}
    for file in sorted(ASKED.glob("asked_*.tsv")):
        with file.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table, delimiter="\t"):
                said = [*row["zh"].split("|"), *row["en"].split("|")]
                asked.setdefault(row["field"], []).append((row["label"].split("|"), said))
    for own in (*fields, *asked.values()):
        if len(own) > _LEAST_TERMS:
            yield [Term(tuple(map(made.ids, zh)), tuple(map(made.ids, en))) for zh, en in own]


def _wordings(row: dict[str, str], language: str) -> list[str]:
    return [w for w in (row[language], *(row[f"{language}_synonyms"] or "").split("|")) if w]
