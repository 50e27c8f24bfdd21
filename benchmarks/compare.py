"""Both pipelines over one corpus: how fast they read, how fast and with what they answer."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import CUTOFF, Evidence, choose_questions, labelled, shown
from benchmarks.corpus import write_corpus
from benchmarks.ours import Ours
from benchmarks.stock import StockPipeline
from eval.questions import Turn
from index_store.encoder.base import Encoder

Ask = Callable[[str], list[Evidence]]
_WARM_UP = 10  # other questions asked before the clock runs


@dataclass(frozen=True, slots=True)
class Ingest:
    """Reading a corpus into an empty folder, medians of several times.

    ``cpu_seconds`` is what it kept the cores busy; other work on the machine changes it less.
    """

    seconds: float
    cpu_seconds: float
    reports_per_second: float
    passages: int
    passages_per_second: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from a question to its answer."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Evidences:
    """What was shown for every answerable question: labelled figures, and text around them."""

    questions: int
    figures: int
    in_first: int  # figures that the first passage shows
    in_ten: int  # figures that the first ten show
    characters: float  # of evidence for a question, on average


@dataclass(frozen=True, slots=True)
class Measured:
    """One pipeline. ``again`` is the same questions a second time, ``retrieval`` the search."""

    ingest: Ingest
    latency: Latency
    again: Latency
    retrieval: Latency | None
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Comparison:
    """Jixiao and the stock pipeline over the same files and questions."""

    reports: int
    questions: int
    ours: Measured
    stock: Measured


def compare(reports: int, questions: int, rounds: int) -> Comparison:
    """Measure both on the samples and ``reports`` made-up forms; reading ``rounds`` times.

    The encoder is loaded and every library has been used once before the clock runs.
    """
    from index_store.encoder.factory import load_encoder

    encoder = load_encoder(None)
    asked, others = choose_questions(questions)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        files = write_corpus(folder / "corpus", reports)
        _read(files[:12], folder / "warm", encoder)
        our_reads: list[Ours] = []
        stock_reads: list[StockPipeline] = []
        for number in range(rounds):
            ours, stock = _read(files, folder / str(number), encoder)
            our_reads.append(ours)
            stock_reads.append(stock)
            if number < rounds - 1:
                ours.close()
        comparison = Comparison(
            len(files),
            len(asked),
            _measured(_ingest(our_reads, len(files)), asked, others, ours.answer, None),
            _measured(
                _ingest(stock_reads, len(files)),
                asked,
                others,
                stock.answer,
                stock.retrieve,
            ),
        )
        ours.close()
    return comparison


def _read(files: Sequence[Path], folder: Path, encoder: Encoder) -> tuple[Ours, StockPipeline]:
    return (
        Ours(files, folder / "ours", encoder),
        StockPipeline(files, folder / "stock", encoder),
    )


def _ingest(reads: Sequence[Ours] | Sequence[StockPipeline], reports: int) -> Ingest:
    seconds = statistics.median(read.seconds for read in reads)
    passages = reads[0].passages
    return Ingest(
        seconds,
        statistics.median(read.cpu_seconds for read in reads),
        reports / seconds,
        passages,
        passages / seconds,
    )


def _measured(
    ingest: Ingest,
    asked: Sequence[Turn],
    others: Sequence[Turn],
    answer: Ask,
    retrieve: Ask | None,
) -> Measured:
    for turn in others[:_WARM_UP]:
        answer(turn.question)
    return Measured(
        ingest,
        latency=_timed(asked, answer),
        again=_timed(asked, answer),
        retrieval=_timed(asked, retrieve) if retrieve else None,
        evidence=_evidences([*asked, *others], answer),
    )


def _timed(asked: Sequence[Turn], answer: Ask) -> Latency:
    """Ask every question once."""
    times: list[float] = []
    for turn in asked:
        began = time.perf_counter()
        answer(turn.question)
        times.append((time.perf_counter() - began) * 1000)
    return Latency(statistics.median(times), percentile(times, 95))


def _evidences(turns: Sequence[Turn], answer: Ask) -> Evidences:
    figures = in_first = in_ten = characters = 0
    for turn in turns:
        pieces, wanted = answer(turn.question), labelled(turn)
        figures += len(wanted)
        in_first += shown(wanted, pieces, 1)
        in_ten += shown(wanted, pieces, CUTOFF)
        characters += sum(len(piece.text) for piece in pieces)
    return Evidences(len(turns), figures, in_first, in_ten, characters / len(turns))


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least ``percent`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
