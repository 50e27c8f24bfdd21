"""The command skips what is not there, and says so."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from eval import command, evaluation, sets
from eval.command import Choice
from tests.eval.answers import QUOTE, answered, figure


class Fixed:
    def new_conversation(self):
        return self

    def ask(self, question):
        return answered(figure("2100.52"))


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text(
        json.dumps(
            {
                "id": "a",
                "category": "task",
                "language": "zh",
                "reports": "real",
                "turns": ["税？"],
                "expect": [
                    {"status": "answered", "figures": [{"value": "2100.52", "unit": "万元"}]}
                ],
            }
        ),
        "utf-8",
    )
    return path


def test_scores_are_written(tmp_path, monkeypatch, questions):
    @contextmanager
    def opened(folder):
        yield evaluation.Opened(Fixed(), {"words": lambda question: [QUOTE]})

    monkeypatch.setattr(evaluation, "open_reports", opened)
    monkeypatch.setenv(sets.REAL_REPORTS_VARIABLE, str(questions.parent))
    stream = io.StringIO()
    out = tmp_path / "out"
    assert command.run_eval(Choice(questions), out, Console(file=stream, width=300)) == 0
    scores = json.loads((out / "scorecard.json").read_text("utf-8"))
    assert scores["overall"]["accuracy"]["rate"] == 1.0
    assert scores["retrieval"]["words"]["mrr"] == 1.0
    assert "recall@5 100.0%" in stream.getvalue()


def test_reports_that_are_absent_are_said_to_be(tmp_path, monkeypatch, questions, capsys):
    monkeypatch.setenv(sets.REAL_REPORTS_VARIABLE, str(tmp_path / "none"))
    assert command.run_eval(Choice(questions), tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert "1 conversations skipped, no real reports were found" in said
    assert sets.REAL_REPORTS_VARIABLE in said


def test_a_bad_question_file_is_one_line(tmp_path, capsys):
    assert command.run_eval(Choice(tmp_path / "none.jsonl"), tmp_path / "out") == 1
    assert "no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (Choice(sets=("nowhere",)), "no set 'nowhere'; there are samples,"),
        (Choice(real=Path("nowhere")), "nowhere: no such folder"),
        (Choice(reports=Path("nowhere")), "nowhere: no such folder"),
    ],
)
def test_what_is_not_there_is_one_line(choice, problem, tmp_path, capsys):
    assert command.run_eval(choice, tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert problem in said
    assert said.count("\n") == 1
