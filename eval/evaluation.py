"""An evaluation, from questions to scorecard; who asks for it sees its progress and may stop it."""

from __future__ import annotations

import itertools
import os
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
from eval.scorecard import Scorecard
from index_store.store import Hit, Store
from ingest.errors import JixiaoError

REAL_REPORTS_VARIABLE = "JIXIAO_REAL_REPORTS"

_PROJECT = Path(__file__).resolve().parent.parent

Progress = Callable[[int, int, str], None]  # questions asked, all of them, the one at hand


class NothingScored(JixiaoError):
    """No question could be asked; says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A part's reports, ready to be asked."""

    answerer: Answerer
    searches: Mapping[str, Search]  # by name: by words, by meaning


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
    exchanges: list[Exchange] = []
    notes: list[str] = []
    retrieval: dict[str, RetrievalScores] = {}
    total = sum(turn.scored for c in conversations for turn in c.turns)
    done = itertools.count(1)

    def told(exchange: Exchange) -> None:
        if progress:
            progress(next(done), total, exchange.turn.question)

    for part, asked in _parts(conversations):
        if stopped():
            break
        with _opened(part, reports, loaded) as opened:
            if opened is None:
                notes.append(_skipped(part, len(asked)))
                continue
            exchanges.extend(run(asked, opened.answerer, told, stopped=stopped))
            for name, search in opened.searches.items():
                if stopped():
                    break
                found = evaluate_retrieval(asked, search)
                retrieval[name] = retrieval[name] + found if name in retrieval else found
    if stopped():
        notes.append(f"stopped after {len(exchanges)} of {total} questions")
    if not exchanges:
        raise NothingScored("; ".join(notes) or "there are no questions")
    return Scorecard(evaluate(exchanges), retrieval, tuple(notes))


def report_folder(part: ReportSet) -> Path | None:
    """Where the reports of a part lie, or None where they are not on this computer."""
    if part == "store":
        return None
    if part == "samples":
        folder = _PROJECT / "samples"
    else:
        setting = os.environ.get(REAL_REPORTS_VARIABLE)
        folder = Path(setting) if setting else _PROJECT.parent / "shared" / "reports"
    return folder if folder.is_dir() and any(folder.iterdir()) else None


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
def _opened(
    part: ReportSet, reports: Path | None, loaded: Assistant | None
) -> Iterator[Opened | None]:
    """The reports of a part; None where they are not there."""
    if reports is None and part == "store":
        there = loaded is not None and bool(loaded.reports())
        yield Opened(loaded, _searches(loaded.store)) if there and loaded else None
        return
    folder = reports or report_folder(part)
    if folder is None:
        yield None
        return
    with open_reports(folder) as opened:
        yield opened


def _searches(store: Store) -> dict[str, Search]:
    def texts(hits: Iterable[Hit]) -> list[str]:
        return [store.report(hit.report_id).passages[hit.index].text for hit in hits]

    return {
        "words": lambda question: texts(store.search_passages(question)),
        "meaning": lambda question: texts(store.dense_passages(question)),
    }


def _parts(
    conversations: Iterable[LabelledConversation],
) -> list[tuple[ReportSet, list[LabelledConversation]]]:
    parts: dict[ReportSet, list[LabelledConversation]] = {}
    for conversation in conversations:
        parts.setdefault(conversation.reports, []).append(conversation)
    return list(parts.items())


def _skipped(part: ReportSet, count: int) -> str:
    if part == "real":
        return (
            f"{count} conversations about the real reports were skipped: no reports were found; "
            f"set {REAL_REPORTS_VARIABLE} to their folder"
        )
    if part == "store":
        return f"{count} conversations were skipped: no reports are loaded in the store"
    return f"{count} conversations about the sample reports were skipped: samples/ is not there"
