"""``jixiao eval``: score labelled questions on the terminal, and write the scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from assistant.service import Assistant
from assistant.terminal import wide_console
from eval.evaluation import Asked, NothingScored, by_reports, evaluate_sets, of_set
from eval.own import own_questions
from eval.publish import publish
from eval.questions import LabelledConversation, QuestionFileError, load_questions
from eval.scorecard import print_scorecard
from eval.sets import question_set, question_sets, set_of
from eval.written import write_scorecard
from ingest.errors import JixiaoError


@dataclass(frozen=True, slots=True)
class Choice:
    """Which questions are asked of what; by default every labelled set of its own reports.

    ``questions`` is a file of anyone's, or with ``own`` those kept with the store; ``reports``
    the folder that they are about. ``sets`` names labelled sets, ``real`` is the folder of the
    published report. Questions of officials (a spreadsheet) are about what is loaded.
    """

    questions: Path | None = None
    reports: Path | None = None
    sets: Sequence[str] = field(default=())
    real: Path | None = None
    store: Path | None = None
    own: bool = False


def run_eval(
    choice: Choice,
    out: Path,
    console: Console | None = None,
    *,
    show_kept: bool = False,
    markdown: Sequence[Path] = (),
) -> int:
    """Score the questions chosen and write the scorecard into ``out``.

    The table of the sets is put into the ``markdown`` files too, where they have its marks.

    What was missed of a kept set is neither printed nor written, unless ``show_kept``.
    Returns the exit status: 0 where something was scored, else 1.
    """
    console = console or wide_console()
    try:
        asked = _asked(choice)
        with Progress(console=console, transient=True) as bar:
            task = bar.add_task("asking", total=None)

            def told(done: int, total: int, question: str) -> None:
                bar.update(task, completed=done, total=total)

            card = evaluate_sets(asked, progress=told)
    except (QuestionFileError, NothingScored, _NoFolder) as error:
        _complain(str(error))
        return 1
    print_scorecard(card, console, show_kept=show_kept)
    written = write_scorecard(card, out, show_kept=show_kept)
    for path in markdown:
        try:
            publish(card, path)
        except JixiaoError as error:
            _complain(str(error))
            return 1
        written.append(path)
    names = ", ".join(str(path) for path in written)
    console.print(f"Written: {names}", markup=False, highlight=False, soft_wrap=True)
    return 0


def _complain(line: str) -> None:
    Console(stderr=True).print(line, markup=False, highlight=False, soft_wrap=True)


class _NoFolder(JixiaoError):
    """A folder that was named is not there."""


def _asked(choice: Choice) -> list[Asked]:
    for folder in (choice.reports, choice.real):
        if folder is not None and not folder.is_dir():
            raise _NoFolder(f"{folder}: no such folder")
    if choice.own:
        loaded = _open(choice.store)
        return by_reports(own_questions(loaded.store.folder), loaded=loaded, reports=choice.reports)
    if choice.questions is None:
        named = [question_set(name, choice.real) for name in choice.sets]
        return [of_set(each, choice.reports) for each in named or question_sets(choice.real)]
    known = set_of(choice.questions, choice.real)
    if known is not None:
        return [of_set(known, choice.reports)]
    conversations = load_questions(choice.questions)
    needs_store = choice.reports is None and _about_the_store(conversations)
    return by_reports(
        conversations,
        reports=choice.reports,
        loaded=_open(choice.store) if needs_store else None,
    )


def _open(store: Path | None) -> Assistant:
    from assistant.opening import open_assistant

    return open_assistant(store)


def _about_the_store(conversations: list[LabelledConversation]) -> bool:
    return any(conversation.reports == "store" for conversation in conversations)
