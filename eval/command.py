"""``jixiao eval``: score labelled questions on the terminal, and write the scorecard."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from assistant.service import Assistant
from assistant.terminal import wide_console
from eval.evaluation import NothingScored, evaluate_questions
from eval.own import own_questions
from eval.questions import LabelledConversation, QuestionFileError, load_questions
from eval.scorecard import print_scorecard, write_scorecard


def run_eval(
    questions: Path | None,
    out: Path,
    console: Console | None = None,
    *,
    reports: Path | None = None,
    store: Path | None = None,
    own: bool = False,
) -> int:
    """Score the labelled questions and write the scorecard into ``out``.

    ``reports`` is the folder that they are about; by default each part has its own, and
    the questions of officials (a spreadsheet, or with ``own`` those kept with the store)
    are about what is loaded. Returns the exit status: 0 where something was scored, else 1.
    """
    console = console or wide_console()
    if reports is not None and not reports.is_dir():
        _complain(f"{reports}: no such folder")
        return 1
    loaded: Assistant | None = None
    try:
        if own:
            loaded = _open(store)
            conversations = own_questions(loaded.store.folder)
        else:
            conversations = load_questions(questions)
        if loaded is None and reports is None and _about_the_store(conversations):
            loaded = _open(store)
        with Progress(console=console, transient=True) as bar:
            task = bar.add_task("asking", total=None)

            def told(done: int, total: int, question: str) -> None:
                bar.update(task, completed=done, total=total)

            card = evaluate_questions(conversations, reports=reports, loaded=loaded, progress=told)
    except (QuestionFileError, NothingScored) as error:
        _complain(str(error))
        return 1
    print_scorecard(card, console)
    data, page = write_scorecard(card, out)
    console.print(f"Written: {data} and {page}", markup=False, highlight=False, soft_wrap=True)
    return 0


def _open(store: Path | None) -> Assistant:
    from assistant.opening import open_assistant

    return open_assistant(store)


def _about_the_store(conversations: list[LabelledConversation]) -> bool:
    return any(conversation.reports == "store" for conversation in conversations)


def _complain(line: str) -> None:
    Console(stderr=True).print(line, markup=False, highlight=False, soft_wrap=True)
