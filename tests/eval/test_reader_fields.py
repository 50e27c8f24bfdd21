"""What the reader learns from: every value stands in its report, every report can be read."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from eval.questions import load_questions
from eval.reader.fields import FIELDS, lay_out
from eval.reader.training import HELD
from eval.sets import question_sets

REPORTS = sorted(FIELDS.glob("*.txt"))


def rows(report: Path) -> list[dict[str, str]]:
    with report.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.stem)
def test_every_value_stands_in_its_report(report: Path) -> None:
    body = report.read_text(encoding="utf-8").split("\n", 1)[1]
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", body)
    said = {n for sign in ("", "-") for n in re.findall(rf"{sign}\d+(?:\.\d+)?", plain)}
    asked = rows(report)
    assert len(asked) > 100
    assert {row["value"] for row in asked} - said <= {"none"}
    assert len({row["question"] for row in asked}) == len(asked)


def test_a_report_is_laid_out_as_one_that_the_program_reads(tmp_path: Path) -> None:
    questions, reports = lay_out(REPORTS[0], tmp_path)
    (page,) = reports.iterdir()
    office, year = REPORTS[0].read_text(encoding="utf-8").split("\n", 1)[0].split("\t")
    assert page.name == f"{office}{year}.html"
    loaded = load_questions(questions)
    assert len(loaded) == len(rows(REPORTS[0]))
    answered = [c for c in loaded if c.turns[0].expect.figures]
    assert answered[0].turns[0].expect.figures[0].year == int(year)
    assert len(answered) < len(loaded)  # some ask for what is not there


def test_no_labelled_set_is_learned_from() -> None:
    for each in question_sets():
        assert each.kept or HELD.search(each.name), each.name
    held = [report for report in REPORTS if HELD.search(report.stem)]
    assert len(held) * 6 == len(REPORTS)
