"""Reports and questions made apart from the program: what is read of them and answered.

The floors are below what was measured when the sets were added (eval/independent/README.md):
they say that nothing is lost again, not how good it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.opening import open_assistant
from eval.judge import Outcome, judge
from eval.questions import load_questions
from eval.runner import run
from ingest.pipeline import read_reports
from ingest.report import Report

ROOT = Path(__file__).parents[2]
SETS = ROOT / "eval" / "independent"
SCHEMA = json.loads((ROOT / "tests" / "answer.schema.json").read_text("utf-8"))

# set: least share answered right, most share of turns with a wrong figure
FLOORS = {
    "forms-1": (0.75, 0.02),
    "forms-2": (0.58, 0.04),
    "street": (0.8, 0.04),
    "county": (0.68, 0.05),
}


@pytest.mark.parametrize("name", FLOORS)
def test_questions(name: str, tmp_path: Path) -> None:
    assistant = open_assistant(tmp_path)
    assistant.ingest_files([SETS / name / "reports"])
    exchanges = list(run(load_questions(SETS / name / "questions.jsonl"), assistant))
    outcomes = Counter(judge(exchange).outcome for exchange in exchanges)
    for exchange in exchanges:
        assert exchange.answer is not None, exchange.error
        jsonschema.validate(exchange.answer.to_json(), SCHEMA)
        cited = judge(exchange).cited
        assert cited.good == cited.total, exchange.turn.question
    right, wrong = FLOORS[name]
    assert outcomes[Outcome.RIGHT] / len(exchanges) >= right
    assert outcomes[Outcome.WRONG_FIGURE] / len(exchanges) <= wrong
    assistant.store.close()


def plain(text: object) -> str:
    """A field without spaces, thousands separators and the = of an exact target."""
    bare = re.sub(r"[\s,，]", "", "" if text is None else str(text)).removeprefix("=")
    return f"{float(bare):g}" if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else bare


def faults(stated: dict[str, Any], report: Report) -> list[str]:
    """What of a form, as it is listed, was not read."""
    found = []
    for name, value in (("department", report.department), ("year", report.year)):
        if plain(stated[name]) != plain(value):
            found.append(f"{name}: {value}")
    rows = {
        tuple(map(plain, (i.name, i.target, i.actual, i.points, i.score)))
        for i in report.indicators
    }
    for row in stated.get("indicators", []):
        wanted = tuple(plain(row.get(k)) for k in ("name", "target", "actual", "points", "score"))
        # What is left out of the list is not compared.
        if not any(
            all(w in ("", r) for w, r in zip(wanted, candidate, strict=True)) for candidate in rows
        ):
            found.append(f"indicator: {wanted}")
    values = {plain(f.value) for f in report.figures}
    found += [f"amount: {f}" for f in stated.get("funds", []) if plain(f["value"]) not in values]
    return found


@pytest.mark.parametrize("path", sorted(SETS.glob("forms-*/expected/*.json")), ids=lambda p: p.stem)
def test_forms_in_layouts_of_others(path: Path) -> None:
    expected = json.loads(path.read_text("utf-8"))
    reports = read_reports(path.parents[1] / "reports" / expected["file"])
    assert len(reports) == len(expected["reports"])
    for stated in expected["reports"]:
        same = [r for r in reports if plain(r.project) == plain(stated.get("project"))]
        assert faults(stated, (same or reports)[0]) == []
