"""The command skips what is not there, and says so."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager

import pytest
from rich.console import Console

from eval import command, evaluation
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
    monkeypatch.setattr(evaluation, "report_folder", lambda part: tmp_path)
    stream = io.StringIO()
    out = tmp_path / "out"
    assert command.run_eval(questions, out, Console(file=stream, width=300)) == 0
    scores = json.loads((out / "scorecard.json").read_text("utf-8"))
    assert scores["overall"]["accuracy"]["rate"] == 1.0
    assert scores["retrieval"]["words"]["mrr"] == 1.0
    assert "recall@5 100.0%" in stream.getvalue()


def test_reports_that_are_absent_are_said_to_be(tmp_path, monkeypatch, questions, capsys):
    monkeypatch.setenv(evaluation.REAL_REPORTS_VARIABLE, str(tmp_path / "none"))
    assert command.run_eval(questions, tmp_path / "out") == 1
    assert "were skipped" in capsys.readouterr().err


def test_a_bad_question_file_is_one_line(tmp_path, capsys):
    assert command.run_eval(tmp_path / "none.jsonl", tmp_path / "out") == 1
    assert "no such file" in capsys.readouterr().err
