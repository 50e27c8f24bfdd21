"""The look-ups that the reader learns from, each with the figures that could be meant."""

from __future__ import annotations

import multiprocessing
import pickle
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.ranking.features import Matrix
from assistant.ranking.model import model
from assistant.reader.put import PutFigure
from eval.ranker import Example, looked_up
from eval.reader.fields import FIELDS, lay_out
from eval.reader.talk import held_back, lay_out_talk
from eval.sets import question_sets

FILE = "examples.pickle"
TALK = "talk-"  # begins the source of look-ups in conversations
_TRAINING = Path(__file__).parents[1] / "training"
_MORE = ("a", "b", "c", "d")
_READ = 24  # candidates of a look-up, the likeliest by the ranker; and those meant
_MOST_MEANT = 6
_MOST_SILENT = 2  # offices in which a question that none answers is asked, of one store


@dataclass(frozen=True, slots=True)
class Reading:
    """A look-up as the reader sees it, with the ranker's opinion of each candidate."""

    source: str  # the set, or the report of ``fields``
    report: str  # what was searched: questions about one report are read together
    question: str
    put: str
    english: bool
    figures: tuple[PutFigure, ...]  # the likeliest by the ranker first
    meant: tuple[bool, ...]
    values: tuple[str, ...]
    rows: Matrix  # what the ranker sees of each, see ``assistant.ranking.features``
    null: Matrix  # and of the choice that none is meant


def reading(example: Example) -> Reading:
    """The candidates that may be read, in the ranker's order."""
    utilities = model().utilities(example.rows, english=example.english)
    order = np.argsort(-utilities, kind="stable")
    meant = np.flatnonzero(example.meant)[:_MOST_MEANT].tolist()
    kept = sorted({*order[:_READ].tolist(), *meant}, key=lambda n: -utilities[n])
    return Reading(
        source=example.source,
        report=f"{example.source}:{example.searched}",
        question=example.question,
        put=example.put,
        english=example.english,
        figures=tuple(example.figures[n] for n in kept),
        meant=tuple(bool(example.meant[n]) for n in kept),
        values=tuple(example.values[n] for n in kept),
        rows=example.rows[kept].astype(np.float32),
        null=example.null,
    )


def collect(folder: Path) -> list[Reading]:
    """Every look-up of the open sets and of ``eval/training``, written to the folder too."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs: list[tuple[str, Path, Path | None]] = [
        (part.name, part.questions, part.reports)
        for part in question_sets()
        if part.available and not part.kept and part.reports
    ]
    jobs += [("training", _TRAINING / "questions.jsonl", _TRAINING / "reports")]
    jobs += [
        (f"more-{part}", _TRAINING / "more" / part / "questions.jsonl",
         _TRAINING / "more" / part / "reports")
        for part in _MORE
    ]  # fmt: skip
    jobs += [(report.stem, report, None) for report in sorted(FIELDS.glob("*.txt"))]
    jobs += [(f"{TALK}{talk.stem}", talk, None) for talk in held_back()]
    with multiprocessing.get_context("spawn").Pool() as pool:
        found = [each for part in pool.imap(_of_job, jobs) for each in part]
    (folder / FILE).write_bytes(pickle.dumps(found))
    return found


def collected(folder: Path) -> list[Reading]:
    """What :func:`collect` wrote."""
    found: list[Reading] = pickle.loads((folder / FILE).read_bytes())
    return found


def _of_job(job: tuple[str, Path, Path | None]) -> list[Reading]:
    source, questions, reports = job
    if reports is not None:
        return _readings(looked_up(source, questions, reports))
    with tempfile.TemporaryDirectory(prefix="jixiao-reader-") as folder:
        laid_out = lay_out_talk if questions.suffix == ".conv" else lay_out
        return _readings(looked_up(source, *laid_out(questions, Path(folder))))


def _readings(found: Iterable[Example]) -> list[Reading]:
    kept: list[Reading] = []
    silent: dict[tuple[str, int], int] = {}
    for example in found:
        if not example.teaches:
            continue
        if example.silent:
            place = example.place[:2]
            silent[place] = silent.get(place, 0) + 1
            if silent[place] > _MOST_SILENT:
                continue
        kept.append(reading(example))
    return kept
