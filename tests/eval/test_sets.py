"""The labelled sets: all listed, each over its own reports, and what is kept stays unseen."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from assistant.service import Assistant
from eval.command import Choice, run_eval
from eval.evaluation import Asked, evaluate_sets, of_set
from eval.publish import publish, scorecard_markdown
from eval.questions import LabelledConversation, QuestionFileError, Turn
from eval.scorecard import Scorecard, print_scorecard
from eval.sets import REAL_REPORTS_VARIABLE, question_set, question_sets, set_of
from eval.written import write_scorecard
from ingest.errors import JixiaoError
from tests.conftest import ROOT
from tests.eval.answers import expecting

INDEPENDENT = ROOT / "eval" / "independent"
UNKNOWN = "2022年员村街道养了多少头大象"


def test_every_set_of_the_project_is_listed_and_complete() -> None:
    listed = {each.questions for each in question_sets()}
    assert listed >= set(INDEPENDENT.glob("*/questions.jsonl"))
    assert listed >= set((ROOT / "eval" / "questions").glob("*.jsonl"))
    for each in question_sets():
        assert each.questions.is_file(), each.name
        assert each.available or each.name == "real", each.name
    assert question_set("kept").kept
    assert not question_set("samples").kept


def test_a_file_of_a_set_brings_its_own_reports_and_its_silence() -> None:
    known = set_of(INDEPENDENT / "kept" / ".." / "kept" / "questions.jsonl")
    assert known is not None
    assert known.kept
    assert known.reports == INDEPENDENT / "kept" / "reports"
    assert set_of(ROOT / "README.md") is None


def test_the_published_report_is_where_one_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REAL_REPORTS_VARIABLE, str(tmp_path / "none"))
    absent = of_set(question_set("real"))
    assert absent.reports is None
    assert absent.absent
    (tmp_path / "report.txt").write_text("预算", "utf-8")
    assert of_set(question_set("real", tmp_path)).reports == tmp_path
    monkeypatch.setenv(REAL_REPORTS_VARIABLE, str(tmp_path))
    assert of_set(question_set("real")).reports == tmp_path


def test_an_unknown_set_names_those_there_are() -> None:
    with pytest.raises(QuestionFileError, match="there are samples, real, "):
        question_set("nowhere")


def expecting_elephants(question: str) -> LabelledConversation:
    """A question that no report answers, labelled as if one did."""
    turn = Turn(question, expecting(texts=("大象",)))
    return LabelledConversation(question, "lookup", "zh", "samples", (turn,))


@pytest.fixture(scope="module")
def card(sample_assistant: Assistant) -> Scorecard:
    """Two questions of an open set, one of a kept set; each set has one that is missed."""
    right = question_set("samples").conversations()[0]
    missed = expecting_elephants(UNKNOWN)
    hidden = expecting_elephants(f"{UNKNOWN}（保留）")
    return evaluate_sets(
        [
            Asked("opened", [right, missed], loaded=sample_assistant),
            Asked("measuring", [hidden], loaded=sample_assistant, kept=True),
            Asked("elsewhere", [hidden], absent="its reports are away"),
        ]
    )


def test_open_and_kept_stand_side_by_side(card: Scorecard, tmp_path: Path) -> None:
    data, _, _ = write_scorecard(card, tmp_path)
    found = json.loads(data.read_text("utf-8"))
    assert [(s["name"], s["part"]) for s in found["sets"]] == [
        ("opened", "open"),
        ("measuring", "kept"),
    ]
    assert found["parts"]["kept"]["turns"] == 1
    assert found["parts"]["kept"]["accuracy"]["good"] == 0
    assert found["overall"] == found["parts"]["open"]
    assert card.notes == ("elsewhere: 1 conversations skipped, its reports are away",)


@pytest.mark.parametrize("show_kept", [False, True])
def test_what_was_missed_of_the_kept_part_is_shown_only_on_demand(
    card: Scorecard, tmp_path: Path, show_kept: bool
) -> None:
    stream = io.StringIO()
    print_scorecard(card, Console(file=stream, width=300), show_kept=show_kept)
    files = write_scorecard(card, tmp_path, show_kept=show_kept)
    written = "".join(path.read_text("utf-8") for path in files) + stream.getvalue()
    assert UNKNOWN in written
    assert ("（保留）" in written) == show_kept
    assert "measuring" in written  # its totals are there either way


def test_the_markdown_has_a_row_a_set_and_the_parts_as_wholes(card: Scorecard) -> None:
    lines = scorecard_markdown(card).splitlines()
    rows = [line.split(" | ") for line in lines if line.startswith("|")][2:]
    assert [row[0].strip("| *") for row in rows] == [
        "open: `opened`",
        "kept: `measuring`",
        "open, all",
        "kept, all",
    ]
    assert len({len(row) for row in rows}) == 1
    assert rows[1][1:3] == ["1", "0.0 %"]


def test_the_scorecard_is_put_between_its_marks_and_nowhere_else(
    card: Scorecard, tmp_path: Path
) -> None:
    page = tmp_path / "README.md"
    page.write_text(
        "# 一\n<!-- scorecard:zh -->\nformer\n<!-- /scorecard -->\nrest\n"
        "<!-- scorecard:en -->\n<!-- /scorecard -->\n", "utf-8",
    )  # fmt: skip
    publish(card, page)
    first = page.read_text("utf-8")
    publish(card, page)
    assert page.read_text("utf-8") == first
    assert first.startswith("# 一\n<!-- scorecard:zh -->\n| 问题 | 轮数 |")
    assert "former" not in first
    assert "<!-- /scorecard -->\nrest\n<!-- scorecard:en -->\n| questions |" in first
    publish(card, tmp_path / "new.md")
    publish(card, tmp_path / "new.md")
    assert "| questions |" in (tmp_path / "new.md").read_text("utf-8")
    page.write_text("my notes", "utf-8")
    with pytest.raises(JixiaoError, match="not overwritten"):
        publish(card, page)
    assert page.read_text("utf-8") == "my notes"


def test_a_set_is_scored_by_its_name(tmp_path: Path) -> None:
    choice = Choice(sets=("forms-1",))
    stream = io.StringIO()
    assert run_eval(choice, tmp_path, Console(file=stream, width=300)) == 0
    found = json.loads((tmp_path / "scorecard.json").read_text("utf-8"))
    assert found["parts"]["open"]["turns"] == 60
    assert "forms-1" in stream.getvalue()
