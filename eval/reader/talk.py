"""The conversations held back, asked from end to end: ``python -m eval.reader talk``.

No rule was written for their questions and the reader never saw them; so they say what
becomes of each kind of question, and of what follows upon another.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from assistant.reader.sentence import Kind
from eval.evaluation import open_reports
from eval.judge import Outcome, judge
from eval.questions import load_questions
from eval.reader.conversations import Turn, Value, conversations
from eval.reader.fields import FIELDS, lay_out
from eval.reader.training import HELD
from eval.runner import Answerer, run

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = Decimal("0.01")
_KINDS = "kinds"  # of the turns, in a conversation's id behind this mark
Expect = dict[str, object]


def lay_out_talk(talk: Path, folder: Path) -> tuple[Path, Path]:
    """Conversations as a labelled set over their report: (questions, reports).

    What a turn asks for follows from its kind and the values of its things; a turn whose
    answer is not a figure is asked and not scored.
    """
    questions, reports = lay_out(talk.with_suffix(".txt"), folder)
    year = int(talk.with_suffix(".txt").read_text(encoding="utf-8").split("\n")[0].split("\t")[1])
    with questions.open("w", encoding="utf-8") as out:
        for number, turns in enumerate(conversations(talk)):
            expect = [expected(turn, year) for turn in turns]
            if any(expect):
                kinds = ",".join(turn.kind for turn in turns)
                line = {
                    "id": f"{talk.stem}-{number:03d} {_KINDS} {kinds}",
                    "category": "conversation",
                    "language": "zh" if _CHINESE.search(turns[0].text) else "en",
                    "reports": "samples",
                    "turns": [turn.text for turn in turns],
                    "expect": expect,
                }
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return questions, reports


def expected(turn: Turn, year: int) -> Expect | None:
    """What a right answer has, or None where the values do not say."""
    values = [value for value in turn.values.values() if value is not None]
    if turn.values and not values:
        return {"status": "not_found"}
    if not values or len(values) < len(turn.values):
        return None
    figures = [_figure(value, year) for value in values]
    if turn.kind is Kind.GOAL:  # its target, which is asked for too, is not marked
        return None
    if turn.kind in (Kind.LOOK, Kind.WHICH):
        return {"status": "answered", "figures": figures}
    made = _made(turn.kind, values)
    if made is None:
        return None
    optional = [{**figure, "optional": True} for figure in figures]
    return {"status": "answered", "figures": optional, "computed": [made]}


def _figure(value: Value, year: int) -> Expect:
    figure: Expect = {"value": str(value.number), "year": year}
    return figure if value.unit is None else {**figure, "unit": value.unit}


def _made(kind: Kind, values: Sequence[Value]) -> Expect | None:
    """The result that a kind makes of figures; None where their units do not allow it."""
    numbers = [value.number for value in values]
    alike = len({value.unit for value in values}) == 1
    if kind is Kind.PER and len(numbers) == 2 and numbers[1]:
        each = numbers[0] / numbers[1]
        # 2.33万元 may as well be told in 元, and so may 0.0001亿元.
        scales = [Decimal(1), Decimal(10_000), Decimal(100_000_000)]
        told = [{"value": str((each * scale).quantize(_DIGITS))} for scale in scales]
        return {**told[0], "alternatives": told[1:]}
    if not alike or len(numbers) < 2:
        return None
    if kind is Kind.SHARE and len(numbers) == 2 and numbers[1]:
        return {"value": str((numbers[0] / numbers[1] * 100).quantize(_DIGITS)), "unit": "%"}
    if kind is Kind.DIFF and len(numbers) == 2:
        apart = abs(numbers[0] - numbers[1])
        return {"value": str(apart), "alternatives": [{"value": str(-apart)}]}
    if kind is Kind.SUM:
        return {"value": str(sum(numbers))}
    if kind is Kind.AVG:
        return {"value": str((sum(numbers, Decimal()) / len(numbers)).quantize(_DIGITS))}
    return None


def held_back() -> list[Path]:
    """The files of conversations that nothing is learned from."""
    return [file for file in sorted(FIELDS.glob("*.conv")) if HELD.search(file.stem)]


def talk() -> None:
    """Ask them all and print what became of each kind, first turns and later ones."""
    with multiprocessing.get_context("spawn").Pool() as pool:
        found = Counter(each for part in pool.imap(_asked, held_back()) for each in part)
    groups = sorted({(kind, place) for kind, place, _ in found})
    for name, chosen in [("all", groups)] + [(" ".join(g), [g]) for g in groups]:
        counts = {o: sum(found[(*g, o.value)] for g in chosen) for o in Outcome}
        total = sum(counts.values())
        shares = ", ".join(f"{o} {n / total:.1%}" for o, n in counts.items() if n)
        print(f"{name}: {total} turns, {shares}")


def _asked(file: Path) -> list[tuple[str, str, str]]:
    """Kind, place and outcome of each scored turn of a file."""
    with tempfile.TemporaryDirectory(prefix="jixiao-talk-") as folder:
        questions, reports = lay_out_talk(file, Path(folder))
        with open_reports(reports) as opened:
            return list(_outcomes(questions, opened.answerer))


def _outcomes(questions: Path, answerer: Answerer) -> Iterator[tuple[str, str, str]]:
    for exchange in run(load_questions(questions), answerer):
        if exchange.turn.scored:
            kinds = exchange.conversation.id.partition(f" {_KINDS} ")[2].split(",")
            silent = not exchange.turn.expect.wanted
            kind = "nothing said" if silent else kinds[exchange.position]
            place = "later" if exchange.position else "first"
            yield kind, place, judge(exchange).outcome.value
