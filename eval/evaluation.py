"""An evaluation, from questions to scorecard; who asks for it sees its progress and may stop it."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.service import Assistant
from eval.metrics import evaluate
from eval.questions import LabelledConversation, ReportSet
from eval.retrieval import RetrievalScores, Search, evaluate_retrieval
from eval.runner import Answerer, Exchange, run
from eval.scorecard import Scorecard, SetScores
from eval.sets import REAL_REPORTS_VARIABLE, QuestionSet, question_set
from index_store.store import Hit, Store
from ingest.errors import JixiaoError

Progress = Callable[[int, int, str], None]  # questions asked, all of them, the one at hand

_OWN_REPORTS: dict[ReportSet, str] = {"samples": "samples", "real": "real"}  # sets that have them


class NothingScored(JixiaoError):
    """No question could be asked; says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A set's reports, ready to be asked."""

    answerer: Answerer
    searches: Mapping[str, Search]  # by name: by words, by meaning


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions, and what they are asked of: a folder of reports, or what is loaded.

    Where neither is there, ``absent`` says what is missing and the questions are skipped.
    """

    name: str
    conversations: Sequence[LabelledConversation]
    reports: Path | None = None
    loaded: Assistant | None = None
    kept: bool = False
    absent: str = ""

    @property
    def turns(self) -> int:
        """How many of its turns are scored."""
        return sum(turn.scored for c in self.conversations for turn in c.turns)


def of_set(chosen: QuestionSet, reports: Path | None = None) -> Asked:
    """A labelled set, over its own reports or those in a folder."""
    if not chosen.questions.is_file():
        return Asked(chosen.name, (), absent="its questions are not on this computer")
    there = reports or (chosen.reports if chosen.available else None)
    return Asked(
        chosen.name,
        chosen.conversations(),
        reports=there,
        kept=chosen.kept,
        absent="" if there else _no_reports(chosen),
    )


def by_reports(
    conversations: Iterable[LabelledConversation],
    *,
    reports: Path | None = None,
    loaded: Assistant | None = None,
) -> list[Asked]:
    """Questions of anyone, by what they say that they are about: samples, real or store."""
    parts: dict[ReportSet, list[LabelledConversation]] = {}
    for conversation in conversations:
        parts.setdefault(conversation.reports, []).append(conversation)
    asked = []
    for part, questions in parts.items():
        if reports is not None:
            asked.append(Asked(part, questions, reports=reports))
        elif part == "store":
            there = loaded if loaded is not None and loaded.reports() else None
            absent = "" if there else "no reports are loaded in the store"
            asked.append(Asked(part, questions, loaded=there, absent=absent))
        else:
            own = question_set(_OWN_REPORTS[part])
            asked.append(
                Asked(part, questions, own.reports, absent="" if own.reports else _no_reports(own))
            )
    return asked


def evaluate_questions(
    conversations: Sequence[LabelledConversation],
    *,
    reports: Path | None = None,
    loaded: Assistant | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Scorecard:
    """Ask every question and score the answers.

    ``reports`` is the folder that the questions are about; by default each part has
    its own, and those about the store are asked of ``loaded``.

    Raises:
        NothingScored: no question could be asked, or it was stopped before the first.
    """
    parts = by_reports(conversations, reports=reports, loaded=loaded)
    return evaluate_sets(parts, progress=progress, stopped=stopped)


def evaluate_sets(
    sets: Sequence[Asked],
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Scorecard:
    """Ask the questions of every set of its own reports; those that are kept count apart.

    Raises:
        NothingScored: no question could be asked, or it was stopped before the first.
    """
    exchanges: dict[bool, list[Exchange]] = {False: [], True: []}  # by whether they are kept
    scored: list[SetScores] = []
    notes = [_skipped(asked) for asked in sets if asked.absent]
    retrieval: dict[str, RetrievalScores] = {}
    total = sum(asked.turns for asked in sets)
    done = itertools.count(1)

    def told(exchange: Exchange) -> None:
        if progress:
            progress(next(done), total, exchange.turn.question)

    for asked in sets:
        if stopped():
            break
        if asked.absent:
            continue
        with _opened(asked) as opened:
            played = run(asked.conversations, opened.answerer, told, stopped=stopped)
            exchanges[asked.kept].extend(played)
            scored.append(SetScores(asked.name, asked.kept, evaluate(played).overall))
            for name, search in opened.searches.items():
                if stopped() or asked.kept:
                    break
                found = evaluate_retrieval(asked.conversations, search)
                retrieval[name] = retrieval[name] + found if name in retrieval else found
    count = len(exchanges[False]) + len(exchanges[True])
    if stopped():
        notes.append(f"stopped after {count} of {total} questions")
    if not count:
        raise NothingScored("; ".join(notes) or "there are no questions")
    return Scorecard(
        evaluate(exchanges[False]),
        retrieval,
        tuple(notes),
        sets=tuple(scored),
        kept=evaluate(exchanges[True]) if exchanges[True] else None,
    )


@contextmanager
def open_reports(folder: Path) -> Iterator[Opened]:
    """Read a folder into a store of its own, gone afterwards."""
    from assistant.opening import open_assistant

    with tempfile.TemporaryDirectory(prefix="jixiao-eval-", ignore_cleanup_errors=True) as place:
        assistant = open_assistant(Path(place))
        try:
            assistant.ingest_files([folder])
            yield Opened(assistant, _searches(assistant.store))
        finally:
            assistant.store.close()


@contextmanager
def _opened(asked: Asked) -> Iterator[Opened]:
    """What the questions are asked of."""
    if asked.reports is not None:
        with open_reports(asked.reports) as opened:
            yield opened
    elif asked.loaded is not None:
        yield Opened(asked.loaded, _searches(asked.loaded.store))
    else:
        raise ValueError(f"{asked.name}: neither reports nor a store")


def _searches(store: Store) -> dict[str, Search]:
    def texts(hits: Iterable[Hit]) -> list[str]:
        return [store.report(hit.report_id).passages[hit.index].text for hit in hits]

    return {
        "words": lambda question: texts(store.search_passages(question)),
        "meaning": lambda question: texts(store.dense_passages(question)),
    }


def _no_reports(chosen: QuestionSet) -> str:
    if chosen.name == "real":
        return f"no real reports were found; set {REAL_REPORTS_VARIABLE} or --real to their folder"
    return f"{chosen.reports} is not there"


def _skipped(asked: Asked) -> str:
    count = f"{len(asked.conversations)} conversations" if asked.conversations else "the set"
    return f"{asked.name}: {count} skipped, {asked.absent}"
