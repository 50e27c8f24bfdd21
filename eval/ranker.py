"""Fits the ranker to labelled questions: ``python -m eval.ranker FOLDER...``.

A folder holds ``questions.jsonl`` and ``reports/``; with ``@3`` behind it, every third
question is taken. Every look-up of one thing becomes an
example: the candidates that the finder weighs, and which of them carry the value that the
label expects; where it expects no answer, that none does. What was measured is written
beside the weights: fitted on all folders but one, asked on that one, for each in turn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Status
from assistant.conversation import State
from assistant.located import Located
from assistant.plan import (
    Across,
    Compare,
    Difference,
    Lookup,
    Operand,
    PerHead,
    Plan,
    Scope,
    Share,
    Together,
)
from assistant.ranking.features import AGAINST, BY_LANGUAGE, FOR, NAMES, Matrix
from assistant.ranking.model import Model, probabilities, save
from assistant.reader.put import PutFigure, put_figure, put_question
from assistant.scoping import select
from assistant.service import Assistant
from assistant.weighing import weighing
from eval.evaluation import open_reports
from eval.logit import fit_logit
from eval.quantities import same
from eval.questions import Expectation, ExpectedFigure, Turn, load_questions
from eval.sets import question_set
from ingest.report import Role

_KEPT = 70  # candidates of an example: the nearest by words and meaning, and those meant


@dataclass(frozen=True, slots=True)
class Example:
    """One look-up: its candidates' rows, and which of them are meant (none: all false)."""

    source: str
    question: str
    english: bool
    rows: Matrix
    null: Matrix
    meant: NDArray[np.bool_]
    values: tuple[str, ...]
    silent: bool = False  # none is meant
    place: tuple[str, int, int] = ("", 0, 0)  # conversation, turn, which look-up of the turn
    put: str = ""  # the question as the reader reads it
    figures: tuple[PutFigure, ...] = ()  # and the candidates
    searched: str = ""  # the first of the reports that it was looked for in

    @property
    def teaches(self) -> bool:
        """Whether what is meant, if anything is, is among the candidates."""
        return self.silent or bool(self.meant.any())


def examples(source: str, questions: Path, reports: Path, every: int = 1) -> Iterator[Example]:
    """The examples of one folder, in the order of its questions; of ``every`` nth one."""
    return (e for e in looked_up(source, questions, reports, every) if e.teaches)


def looked_up(source: str, questions: Path, reports: Path, every: int = 1) -> Iterator[Example]:
    """Every look-up that a label can judge, also where what is meant was not found."""
    with open_reports(reports) as opened:
        assistant = opened.answerer
        assert isinstance(assistant, Assistant)
        for labelled in load_questions(questions)[::every]:
            conversation = assistant.new_conversation()
            for position, turn in enumerate(labelled.turns):
                if len(labelled.turns) > 1:
                    conversation.ask(turn.question)
                    plan = conversation.state.last
                else:  # planned as it would be, and not answered
                    planned = assistant.planner.plan(turn.question, assistant.reports(), State())
                    plan = planned.understood or planned.plan
                for number, (operand, ids, expect) in enumerate(
                    _looked_up(assistant, plan, turn.expect)
                ):
                    example = _example(assistant, source, turn, operand, ids, expect)
                    if example is not None:
                        place = (labelled.id, position, number)
                        yield replace(_thinned(example), place=place)


def _looked_up(
    assistant: Assistant, plan: Plan | None, expect: Expectation
) -> Iterator[tuple[Operand, list[str], Expectation]]:
    """The operands of the last plan with the reports they were looked for in, a group at a time.

    Of several things, each is expected to be the figure in its place.
    """
    scopes: list[Scope]
    operand: Operand
    match plan:
        case Lookup(operands=(operand,), scope=scope):
            scopes = [scope]
        case Compare(operand=operand, scope=scope) | Across(operand=operand, scope=scope):
            scopes = [Scope(scope.departments, (y,), projects=scope.projects) for y in scope.years]
        case Lookup(operands=several, scope=scope) | Together(operands=several, scope=scope):
            yield from _each(assistant, several, scope, expect)
            return
        case Difference(first=one, second=other, scope=scope):
            yield from _each(assistant, (one, other), scope, expect)
            return
        case Share(part=one, whole=other, scope=scope):
            yield from _each(assistant, (one, other), scope, expect)
            return
        case PerHead(amount=one, heads=other, scope=scope):
            yield from _each(assistant, (one, other), scope, expect)
            return
        case _:
            return
    for scope in scopes:
        for ids in _groups(assistant, scope):
            yield operand, ids, expect


def _each(
    assistant: Assistant, operands: Sequence[Operand], scope: Scope, expect: Expectation
) -> Iterator[tuple[Operand, list[str], Expectation]]:
    if len(expect.figures) != len(operands):
        return
    for operand, figure in zip(operands, expect.figures, strict=True):
        own = replace(expect, figures=(replace(figure, optional=False),))
        for ids in [] if operand.found else _groups(assistant, scope):
            yield operand, ids, own


def _groups(assistant: Assistant, scope: Scope) -> Iterator[list[str]]:
    """The reports of a scope, each department's by themselves."""
    reports = assistant.reports()
    ids = set(select(reports, scope).ids)
    by_department: dict[str | None, list[str]] = {}
    for report in reports:
        if report.id in ids:
            by_department.setdefault(report.department, []).append(report.id)
    yield from by_department.values()


def _example(
    assistant: Assistant,
    source: str,
    turn: Turn,
    operand: Operand,
    ids: Sequence[str],
    expect: Expectation,
) -> Example | None:
    """None where the label does not tell which candidate is meant."""
    weighed = weighing(assistant.store, operand, ids)
    if weighed is None or Status.CLARIFY in expect.statuses:
        return None
    meant = np.array(
        [any(_is(located, figure) for figure in expect.figures) for located in weighed.located]
    )
    if operand.role is Role.TARGET:
        aimed = np.array([x.figure.role is not Role.ACTUAL for x in weighed.located])
        meant = meant & aimed if (meant & aimed).any() else meant
    silent = Status.NOT_FOUND in expect.statuses and not expect.figures
    if not silent and not (expect.figures and expect.statuses[0] is Status.ANSWERED):
        return None
    return Example(
        source,
        turn.question,
        operand.language == "en",
        weighed.rows,
        weighed.null,
        meant,
        tuple(f"{x.figure.value}{x.figure.unit or ''}" for x in weighed.located),
        silent=silent,
        put=put_question(operand),
        figures=tuple(
            put_figure(x.report, x.figure, text)
            for x, text in zip(weighed.located, weighed.texts, strict=True)
        ),
        searched=min(ids),
    )


def _thinned(example: Example) -> Example:
    """Without the candidates that nothing speaks for: they teach nothing, and are most of all."""
    near = sum(
        worth * example.rows[:, NAMES.index(name)]
        for name, worth in (
            ("cover", 1.0),
            ("meaning", 1.0),
            ("label_meaning", 0.5),
            ("asked_in_own", 0.5),
        )
    )
    best = np.argsort(-np.asarray(near), kind="stable")[:_KEPT]
    kept = sorted({*best.tolist(), *np.flatnonzero(example.meant).tolist()})
    return replace(
        example,
        rows=example.rows[kept],
        meant=example.meant[kept],
        values=tuple(example.values[n] for n in kept),
        figures=tuple(example.figures[n] for n in kept),
    )


def _is(located: Located, expected: ExpectedFigure) -> bool:
    figure, report = located.figure, located.report
    if expected.year is not None and located.year != expected.year:
        return False
    if expected.department and expected.department not in (report.department or ""):
        return False
    return any(
        figure.value == v.value if v.any_unit else same(figure.value, figure.unit, v.value, v.unit)
        for v in expected.values
    )


def fit(given: Sequence[Example]) -> Model:
    """The ranker's weights."""
    return fit_logit(given, NAMES, by_language=BY_LANGUAGE, speak_for=FOR, speak_against=AGAINST)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the examples at one pair of thresholds."""

    right: int = 0
    wrong: int = 0
    refused: int = 0
    silent: int = 0  # rightly
    spoke: int = 0  # though nothing was to be found

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(sum, zip(astuple(self), astuple(other), strict=True)))


def given_by(model: Model, example: Example, least_sure: float, most_doubt: float) -> int | None:
    """The candidate that a model would answer with; None where it would refuse."""
    utilities = model.utilities(example.rows, english=example.english)
    chances = probabilities(utilities, model.null(example.null))
    best = int(np.argmax(utilities))
    value = example.values[best]
    sure = sum(c for c, v in zip(chances, example.values, strict=False) if v == value)
    return best if chances[-1] <= most_doubt and sure >= least_sure else None


def ask(model: Model, given: Sequence[Example], least_sure: float, most_doubt: float) -> Tally:
    """How a model would answer examples."""
    right = wrong = refused = silent = spoke = 0
    for example in given:
        best = given_by(model, example, least_sure, most_doubt)
        if not example.meant.any():
            silent, spoke = silent + (best is None), spoke + (best is not None)
        elif best is None:
            refused += 1
        elif example.meant[best]:
            right += 1
        else:
            wrong += 1
    return Tally(right, wrong, refused, silent, spoke)


def main(folders: Sequence[str]) -> None:
    """Fit, measure with each folder left out, write the weights."""
    given: list[Example] = []
    for part in map(question_set, ("real", "samples")):
        if part.reports:
            given += examples(part.name, part.questions, part.reports)
            print(part.name, len(given), flush=True)
    for named in folders:
        place_of, _, every = named.partition("@")
        folder = Path(place_of)
        asked = folder / "questions.jsonl"
        given += examples(folder.name, asked, folder / "reports", int(every or 1))
        print(folder.name, len(given), flush=True)
    measure(given)


def measure(given: Sequence[Example]) -> None:
    """Ask each source of a model fitted on the others, then fit on all and save."""
    sources = sorted({e.source for e in given})
    held: dict[tuple[float, float], Tally] = {}
    at = [(s, d) for s in (0.0, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8, 0.9) for d in (0.5,)]
    for source in sources:
        apart = fit([e for e in given if e.source != source])
        asked = [e for e in given if e.source == source]
        for point in at:
            tally = ask(apart, asked, *point)
            if point == (0.5, 0.5):
                print(source, tally, flush=True)
            held[point] = held.get(point, Tally()) + tally
    for point, tally in held.items():
        print(point, tally)
    curve = {
        f"{sure}": {n: getattr(t, n) for n in Tally.__dataclass_fields__}
        for (sure, _), t in held.items()
    }
    save(fit(given), {"examples": len(given), "held_out_by_least_sure": curve})


if __name__ == "__main__":
    main(sys.argv[1:])
