"""``jixiao eval``: build a store of the reports that the questions are about, ask, score."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

from assistant.terminal import wide_console
from eval.metrics import evaluate
from eval.questions import LabelledConversation, QuestionFileError, ReportSet, load_questions
from eval.retrieval import RetrievalScores, Search, evaluate_retrieval
from eval.runner import Answerer, Exchange, run
from eval.scorecard import Scorecard, print_scorecard, write_scorecard
from index_store.store import Hit

REAL_REPORTS_VARIABLE = "JIXIAO_REAL_REPORTS"

_PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Opened:
    """A part's reports, ready to be asked."""

    answerer: Answerer
    searches: Mapping[str, Search]  # by name: by words, by meaning


def run_eval(
    questions: Path | None,
    out: Path,
    console: Console | None = None,
    *,
    reports: Path | None = None,
) -> int:
    """Score the labelled questions and write the scorecard into ``out``.

    ``reports`` is the folder that they are about; by default each part has its own.
    Returns the exit status: 0 where something was scored, 1 where nothing could be.
    """
    console = console or wide_console()
    try:
        conversations = load_questions(questions)
    except QuestionFileError as error:
        _complain(str(error))
        return 1
    if reports is not None and not reports.is_dir():
        _complain(f"{reports}: no such folder")
        return 1
    exchanges: list[Exchange] = []
    notes: list[str] = []
    retrieval: dict[str, RetrievalScores] = {}
    for part, asked in _parts(conversations):
        folder = reports or report_folder(part)
        if folder is None:
            notes.append(_skipped(part, len(asked)))
            continue
        with open_reports(folder) as opened:
            steps = track(asked, description=part, console=console, transient=True)
            exchanges.extend(run(steps, opened.answerer))
            for name, search in opened.searches.items():
                found = evaluate_retrieval(asked, search)
                retrieval[name] = retrieval[name] + found if name in retrieval else found
    if not exchanges:
        for note in notes:
            _complain(note)
        return 1
    card = Scorecard(evaluate(exchanges), retrieval, tuple(notes))
    print_scorecard(card, console)
    data, page = write_scorecard(card, out)
    console.print(f"Written: {data} and {page}", markup=False, highlight=False, soft_wrap=True)
    return 0


def report_folder(part: ReportSet) -> Path | None:
    """Where the reports of a part lie, or None where they are not on this computer."""
    if part == "samples":
        folder = _PROJECT / "samples"
    else:
        setting = os.environ.get(REAL_REPORTS_VARIABLE)
        folder = Path(setting) if setting else _PROJECT.parent / "shared" / "reports"
    return folder if folder.is_dir() and any(folder.iterdir()) else None


@contextmanager
def open_reports(folder: Path) -> Iterator[Opened]:
    """The only place that knows how a store is made: read a folder, open an assistant."""
    from assistant.opening import open_assistant

    with tempfile.TemporaryDirectory(prefix="jixiao-eval-", ignore_cleanup_errors=True) as place:
        assistant = open_assistant(Path(place))
        store = assistant.store

        def texts(hits: Iterable[Hit]) -> list[str]:
            return [store.report(hit.report_id).passages[hit.index].text for hit in hits]

        try:
            assistant.ingest_files([folder])
            yield Opened(
                assistant,
                {
                    "words": lambda question: texts(store.search_passages(question)),
                    "meaning": lambda question: texts(store.dense_passages(question)),
                },
            )
        finally:
            store.close()


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
    return f"{count} conversations about the sample reports were skipped: samples/ is not there"


def _complain(line: str) -> None:
    Console(stderr=True).print(line, markup=False, highlight=False, soft_wrap=True)
