"""The same question gets the same answer: each run, in any process, in any order of reading."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.service import Assistant
from eval.questions import LabelledConversation
from eval.sets import question_set
from ingest.pipeline import list_files
from tests.conftest import ROOT, SAMPLES, open_store

RUNS = 10
EVERY = 4  # of the samples' conversations: some forty turns
SEEDS = ("1", "20221")  # of the hashes that order sets of strings


def test_ten_runs_are_equal_to_the_byte(sample_assistant: Assistant) -> None:
    asked = question_set("samples").conversations()[::EVERY]
    first = answers(sample_assistant, asked)
    assert len(first) >= 35
    for _ in range(RUNS - 1):
        assert answers(sample_assistant, asked) == first


def test_the_order_in_which_reports_were_read_changes_nothing(
    sample_assistant: Assistant, tmp_path: Path
) -> None:
    store = open_store(tmp_path)
    backwards = Assistant(store, today=date(2026, 1, 15))
    for file in reversed(list_files([SAMPLES])):
        backwards.ingest_files([file])
    asked = question_set("samples").conversations()
    pairs = zip(answers(sample_assistant, asked), answers(backwards, asked), strict=True)
    differing = [(forwards, back) for forwards, back in pairs if forwards != back]
    store.close()
    assert differing == []


def test_every_process_answers_alike(sample_assistant: Assistant, tmp_path: Path) -> None:
    """Two processes whose sets of strings are ordered differently."""
    batch = tmp_path / "questions.jsonl"
    asked = question_set("samples").conversations()[::EVERY]
    lines = [{"id": c.id, "turns": [turn.question for turn in c.turns]} for c in asked]
    batch.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "ask", "--batch",
               str(batch), "--store", str(sample_assistant.store.folder)]  # fmt: skip
    printed = []
    for seed in SEEDS:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        printed.append([_timeless(json.loads(line)) for line in done.stdout.splitlines()])
    assert len(printed[0]) == len(asked)
    assert printed[0] == printed[1]


def answers(assistant: Assistant, asked: Iterable[LabelledConversation]) -> list[str]:
    """What is answered to every turn, each conversation anew, as JSON without the time it took."""
    given: list[Answer] = []
    for labelled in asked:
        conversation = assistant.new_conversation()
        given += [conversation.ask(turn.question) for turn in labelled.turns]
    return [json.dumps(_timeless(answer.to_json()), ensure_ascii=False) for answer in given]


def _timeless(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _timeless(v) for k, v in data.items() if k != "elapsed_ms"}
    return [_timeless(item) for item in data] if isinstance(data, list) else data
