"""Many people asking at once: errors, times, and whether they get what one alone gets.

``python -m benchmarks.load`` reads the samples into a store of its own, serves it on
127.0.0.1 and asks from there only. Every person asks one question after the other, of
the labelled set, each in an order of their own, with a pause for reading between an
answer and the next question. With ``--page`` they ask in the chat of the page, in
conversations of five questions; otherwise over the HTTP API. Exit status 1 where a
promise is not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.command import command, environment, ingest_samples
from benchmarks.page import Visitor
from eval.questions import load_questions

_P95_S = 1.0  # what is promised
_TALKS = 24  # conversations on the page that people choose from
_TALK = 5  # questions in each


@dataclass
class Asked:
    """What came of all questions. Times in seconds, from sending to the whole answer."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    took: float = 0.0
    server_cpu: float = 0.0
    machine_cpu: float = 0.0  # of all programs


def main() -> int:
    """Run it; 0 where no error came, answers were the same and p95 is as promised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument(
        "--pause", type=float, default=2.0, help="mean seconds from an answer to the next question"
    )
    parser.add_argument("--page", action="store_true", help="ask in the chat of the page")
    parser.add_argument("--json", type=Path, help="file to write the numbers to")
    given = parser.parse_args()
    questions = [
        conversation.turns[0].question
        for conversation in load_questions()
        if conversation.reports == "samples"
    ]
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder) / "store") as server:
        alone: Any = (
            asyncio.run(_talk_alone(server.address, questions))
            if given.page
            else _ask_alone(server.address, questions)
        )
        asked = asyncio.run(_ask_together(server, alone, given))
        numbers = _numbers(asked, given)
    print(json.dumps(numbers, indent=1, ensure_ascii=False))
    for problem in (asked.errors + asked.different)[:10]:
        print(problem, file=sys.stderr)
    if given.json:
        given.json.write_text(json.dumps(numbers, indent=1), encoding="utf-8")
    kept = not asked.errors and not asked.different and numbers["p95_s"] < _P95_S
    return 0 if kept else 1


def _numbers(asked: Asked, given: argparse.Namespace) -> dict[str, Any]:
    times = sorted(asked.seconds) or [float("inf")]
    count = len(asked.seconds)
    return {
        "through": "page" if given.page else "api",
        "people": given.people,
        "pause_s": given.pause,
        "seconds": round(asked.took, 1),
        "cores": os.cpu_count(),
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "answers": count,
        "answers_a_second": round(count / asked.took, 1),
        "errors": len(asked.errors),
        "different_from_alone": len(asked.different),
        "p50_s": round(statistics.median(times), 3),
        "p95_s": round(times[min(len(times) - 1, int(0.95 * len(times)))], 3),
        "max_s": round(times[-1], 3),
        "server_cpu_ms_an_answer": round(1000 * asked.server_cpu / max(count, 1), 1),
        # Of all that the machine's cores did meanwhile; the rest was other programs'.
        "server_share_of_busy_cpu": round(asked.server_cpu / (asked.machine_cpu or 1), 2),
    }


def _ask_alone(address: str, questions: list[str]) -> dict[str, Any]:
    """Each question by one person, one after the other: what everybody must get."""
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        answers = {}
        for question in questions:
            response = client.post("/api/v1/ask", json={"question": question})
            answers[question] = _comparable(response.raise_for_status().json())
        return answers


async def _talk_alone(address: str, questions: list[str]) -> dict[tuple[str, ...], list[str]]:
    """Conversations on the page by one person: what everybody must be shown."""
    chance = random.Random(0)
    talks = {}
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as client:
        for _ in range(_TALKS):
            visitor = Visitor(client)
            await visitor.open()
            talk = tuple(chance.sample(questions, _TALK))
            talks[talk] = [(await visitor.ask(question)).comparable() for question in talk]
    return talks


async def _ask_together(server: _Server, alone: Any, given: argparse.Namespace) -> Asked:
    asked = Asked()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=given.people)
    person = _on_the_page if given.page else _person
    async with httpx.AsyncClient(
        base_url=server.address, trust_env=False, timeout=60, limits=limits
    ) as client:
        visitors = [Visitor(client) for _ in range(given.people if given.page else 0)]
        for visitor in visitors:
            await visitor.open()
        # All are there before the first asks.
        began, cpu, machine = time.perf_counter(), server.cpu_seconds(), _machine_seconds()
        until = began + given.seconds
        people = (
            person(number, visitors[number] if visitors else client, alone, until, given, asked)
            for number in range(given.people)
        )
        await asyncio.gather(*people)
        asked.took = time.perf_counter() - began
        asked.server_cpu = server.cpu_seconds() - cpu
        asked.machine_cpu = _machine_seconds() - machine
    return asked


async def _on_the_page(
    number: int,
    visitor: Visitor,
    alone: dict[tuple[str, ...], list[str]],
    until: float,
    given: argparse.Namespace,
    asked: Asked,
) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, given.pause))
    while time.perf_counter() < until:
        talk = chance.choice(list(alone))
        await visitor.new()
        for question, expected in zip(talk, alone[talk], strict=True):
            if time.perf_counter() >= until:
                return
            try:
                shown = await visitor.ask(question)
            except (httpx.HTTPError, RuntimeError) as problem:
                asked.errors.append(f"{question}: {problem!r}")
                break
            asked.seconds.append(shown.seconds)
            if shown.comparable() != expected:
                asked.different.append(f"{question}: another answer than alone")
            await asyncio.sleep(chance.uniform(0.5 * given.pause, 1.5 * given.pause))


async def _person(
    number: int,
    client: httpx.AsyncClient,
    alone: dict[str, Any],
    until: float,
    given: argparse.Namespace,
    asked: Asked,
) -> None:
    chance, pause = random.Random(number), given.pause
    questions = list(alone)
    # Nobody presses Enter in the same instant.
    await asyncio.sleep(chance.uniform(0, pause))
    while time.perf_counter() < until:
        question = chance.choice(questions)
        began = time.perf_counter()
        try:
            response = await client.post("/api/v1/ask", json={"question": question})
            took = time.perf_counter() - began
            answer = _comparable(response.raise_for_status().json())
        except (httpx.HTTPError, ValueError) as problem:
            asked.errors.append(f"{question}: {problem!r}")
            continue
        asked.seconds.append(took)
        if answer != alone[question]:
            asked.different.append(f"{question}: another answer than alone")
        await asyncio.sleep(chance.uniform(0.5 * pause, 1.5 * pause))


def _comparable(answer: dict[str, Any]) -> dict[str, Any]:
    own = ("elapsed_ms", "conversation")
    return {key: value for key, value in answer.items() if key not in own}


@dataclass
class _Server:
    address: str
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Processor time that the server and its children have used."""
        import psutil  # type: ignore[import-untyped]

        server = psutil.Process(self.process.pid)
        times = [p.cpu_times() for p in (server, *server.children(recursive=True))]
        return float(sum(t.user + t.system for t in times))


def _machine_seconds() -> float:
    """Processor time that all programs have used."""
    import psutil

    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system)


@contextmanager
def _serving(store: Path) -> Iterator[_Server]:
    from benchmarks.serving import free_port, wait_for_page

    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    where: dict[str, Any] = {"env": environment(), "cwd": store.parent}
    ingest_samples(store)
    port = free_port()
    server = command("serve", "--port", str(port), "--store", str(store))
    process = subprocess.Popen(server, **quiet, **where)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for_page(address, process)
        yield _Server(address, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    raise SystemExit(main())
