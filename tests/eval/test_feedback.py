"""Feedback is kept, whatever happens around it, and becomes labelled questions."""

from __future__ import annotations

import json
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.service import Assistant
from eval.evaluation import NothingScored, evaluate_questions
from eval.feedback import Feedback, add_feedback, all_feedback, feedback_on, labelled
from eval.own import add_question, own_questions
from eval.questions import load_questions, to_json
from eval.sheets import ExpectedAnswerError
from tests.conftest import SAMPLES

RATE = "员村街2022年预算完成率是多少"


def written(folder: Path, count: int) -> None:
    for number in range(count):
        add_feedback(folder, Feedback("t", True, (f"{folder.name}{number}",), "zh", "answered", ""))


def test_what_was_called_right_is_a_labelled_question(
    sample_assistant: Assistant, tmp_path: Path
) -> None:
    answer = sample_assistant.ask(RATE)
    add_feedback(tmp_path, feedback_on(answer, True, comment="对"))
    (kept,) = all_feedback(tmp_path)
    assert (kept.right, kept.comment, kept.turns) == (True, "对", (RATE,))
    (question,) = labelled([kept])
    (figure,) = question.turns[0].expect.figures
    assert (str(figure.values[0].value), figure.values[0].unit, figure.year) == ("98.10", "%", 2022)
    card = evaluate_questions(own_questions(tmp_path), loaded=sample_assistant)
    assert card.result.overall.accuracy.rate == 1.0


def test_what_was_wrong_counts_once_someone_says_what_is_right(tmp_path: Path) -> None:
    answer = Answer(RATE, "zh", Status.ANSWERED, "98.65%")
    add_feedback(tmp_path, feedback_on(answer, False))
    assert list(labelled(all_feedback(tmp_path))) == []
    add_feedback(tmp_path, feedback_on(answer, False, expected="98.10%"))
    (question,) = labelled(all_feedback(tmp_path))
    assert str(question.turns[0].expect.figures[0].values[0].value) == "98.10"


def test_a_follow_up_keeps_what_it_follows_and_scores_only_itself(
    sample_assistant: Assistant, tmp_path: Path
) -> None:
    conversation = sample_assistant.new_conversation()
    conversation.ask(RATE)
    answer = conversation.ask("那2021年呢？")
    add_feedback(tmp_path, feedback_on(answer, True, before=[RATE]))
    card = evaluate_questions(own_questions(tmp_path), loaded=sample_assistant)
    assert (card.result.overall.turns, card.result.overall.accuracy.good) == (1, 1)


def test_an_expected_answer_that_means_nothing_is_refused(tmp_path: Path) -> None:
    answer = Answer(RATE, "zh", Status.ANSWERED, "")
    with pytest.raises(ExpectedAnswerError):
        add_question(tmp_path, RATE, {"answer": " "})
    add_feedback(tmp_path, feedback_on(answer, False, expected="  "))
    assert len(all_feedback(tmp_path)) == 1


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    processes = [
        get_context("spawn").Process(target=written, args=(tmp_path, 40)) for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert len(all_feedback(tmp_path)) == 80


def test_a_line_cut_by_a_killed_process_costs_only_itself(tmp_path: Path) -> None:
    written(tmp_path, 1)
    with (tmp_path / "feedback.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"when": "t", "right"')
    written(tmp_path, 1)
    assert len(all_feedback(tmp_path)) == 2


def test_labelled_questions_are_written_and_read_back_the_same(tmp_path: Path) -> None:
    for conversation in load_questions():
        path = tmp_path / "q.jsonl"
        path.write_text(json.dumps(to_json(conversation), ensure_ascii=False), "utf-8")
        assert load_questions(path) == [conversation]


def test_an_evaluation_tells_how_far_it_is_and_can_be_stopped(sample_assistant: Assistant) -> None:
    questions = [q for q in load_questions() if q.reports == "samples"][:6]
    seen: list[tuple[int, int]] = []
    card = evaluate_questions(
        questions,
        reports=SAMPLES,
        progress=lambda done, total, _: seen.append((done, total)),
        stopped=lambda: len(seen) >= 3,
    )
    total = sum(len(q.turns) for q in questions)
    assert seen[:3] == [(1, total), (2, total), (3, total)]
    assert card.result.overall.turns == len(seen) < total
    assert any("stopped" in note for note in card.notes)
    with pytest.raises(NothingScored):
        evaluate_questions([], loaded=sample_assistant)


def test_the_commands_add_ask_and_list(tmp_path: Path) -> None:
    store = str(tmp_path / "store")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assistant.cli", *arguments, "--store", store]
        return subprocess.run(command, capture_output=True, text=True)

    assert run("ingest", str(SAMPLES / "yuancun-2022.txt")).returncode == 0
    assert run("question", RATE, "--answer", "98.10%", "--year", "2022").returncode == 0
    assert run("question", "存在哪些问题", "--answer", "此处没有的话").returncode == 0
    done = run("eval", "--own", "--out", str(tmp_path / "eval-report"))
    assert done.returncode == 0, done.stderr
    scores = json.loads((tmp_path / "eval-report" / "scorecard.json").read_text("utf-8"))
    assert scores["overall"]["accuracy"] == {"rate": 0.5, "good": 1, "total": 2}
    bad = run("question", RATE, "--answer", "5", "--year", "去年")
    assert (bad.returncode, bad.stderr.count("\n")) == (1, 1)
    assert run("feedback").stdout == ""
