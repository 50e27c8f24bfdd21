"""The sample reports against golden files made by hand from what stands on the paper.

A golden file says nothing that was taken from the parser. ``table_figures`` and
``prose_figures`` are complete: a figure that is in neither was invented.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import read_file
from ingest.report import Figure, Report, Role

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((ROOT / "tests" / "golden" / "samples").glob("*.json"))

Item = dict[str, Any]
Sample = tuple[Item, Report]


@pytest.fixture(scope="module", params=GOLDEN, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    """A golden file and what the parser makes of its report."""
    golden = json.loads(request.param.read_text(encoding="utf-8"))
    return golden, read_file(ROOT / "samples" / golden["file"])


def test_every_street_report_has_a_golden_file() -> None:
    """Without them the tests below would be skipped unseen."""
    reports = sorted(path.stem for path in (ROOT / "samples").glob("*.txt"))
    assert [path.stem for path in GOLDEN] == reports


@pytest.mark.parametrize("name", ["title", "form", "department", "year", "unit"])
def test_who_and_when(sample: Sample, name: str) -> None:
    golden, report = sample
    assert getattr(report, name) == golden[name], f"{golden['file']}: {name}"


def test_sections_stand_in_the_order_of_the_paper(sample: Sample) -> None:
    golden, report = sample
    found = dict.fromkeys(passage.section[0] for passage in report.passages)
    found.pop("表头", None)  # our name for the row above the first section: who and when
    assert list(found) == golden["sections"], f"{golden['file']}: {list(found)}"


def test_tasks(sample: Sample) -> None:
    golden, report = sample
    found = [
        {"name": t.name, "funds": t.funds, "indicators": [i.name for i in t.indicators]}
        for t in report.tasks
    ]
    wrong = _unlike(golden["tasks"], found)
    assert not wrong, f"{golden['file']}: {wrong}"


def test_indicators(sample: Sample) -> None:
    golden, report = sample
    found = [
        {"name": i.name, "target": i.target, "actual": i.actual, "task": i.task}
        for i in report.indicators
    ]
    wrong = _unlike(golden["indicators"], found)
    assert not wrong, f"{golden['file']}: {wrong}"


def test_table_figures(sample: Sample) -> None:
    golden, report = sample
    expected = Counter(
        (
            item["label"],
            Decimal(item["value"]),
            item["unit"],
            item["qualifier"],
            item["role"],
            item["task"],
        )
        for item in golden["table_figures"]
    )
    found = Counter(
        (f.indicator or f.label, f.value, f.unit, f.qualifier, f.role, f.task)
        for f in report.figures
        if _in_table(f)
    )
    missed, invented = list(expected - found), list(found - expected)
    assert not missed, f"{golden['file']}: on the paper, not found: {missed}"
    assert not invented, f"{golden['file']}: found, not on the paper: {invented}"


def test_prose_figures(sample: Sample) -> None:
    golden, report = sample
    prose = [f for f in report.figures if not _in_table(f)]
    wrong = []
    matched: set[int] = set()
    for item in golden["prose_figures"]:
        here = [f for f in prose if _belongs(f, item, report)]
        matched.update(map(id, here))
        expected = [(Decimal(item["value"]), item["unit"], item["qualifier"], item["role"])]
        found = [(f.value, f.unit, f.qualifier, f.role) for f in here]
        if found != expected:
            wrong.append((item["section"], item["fragment"], "expected", expected, "got", found))
    invented = [(_clause(f, report), f.text, f.unit) for f in prose if id(f) not in matched]
    assert not wrong, f"{golden['file']}: differ from the paper: {wrong}"
    assert not invented, f"{golden['file']}: found, not on the paper: {invented}"


def test_numbers_that_measure_nothing(sample: Sample) -> None:
    golden, report = sample
    measured = {Decimal(i["value"]) for i in golden["table_figures"] + golden["prose_figures"]}
    wrong = []
    for item in golden["not_figures"]:
        number, fragment = item["number"], item["fragment"]
        for figure in report.figures:
            text = report.passages[figure.passage].text
            stands_there = any(
                figure.start < at + len(number) and at < figure.end
                for at in _positions(text, fragment, number)
            )
            # A number that nothing on the paper measures is no figure's value anywhere.
            taken = (
                number.isdecimal()
                and Decimal(number) not in measured
                and figure.value == Decimal(number)
            )
            if stands_there or taken:
                wrong.append((number, fragment, "taken for", figure.label, figure.text))
    assert not wrong, f"{golden['file']}: {wrong}"


def _in_table(figure: Figure) -> bool:
    """Whether it stands in a cell of its own: funds, or the result of an indicator."""
    return figure.role is Role.FUNDS or figure.indicator is not None


def _belongs(figure: Figure, item: Item, report: Report) -> bool:
    """Whether the figure stands inside the item's fragment, in its part of the form."""
    passage = report.passages[figure.passage]
    fragment = item["fragment"]
    return (
        passage.section[0] == item["section"]
        and figure.task == item["task"]
        and any(
            at <= figure.start and figure.end <= at + len(fragment)
            for at in _positions(passage.text, fragment)
        )
    )


def _positions(text: str, fragment: str, number: str = "") -> Iterator[int]:
    """Where the fragment stands in the text, or the number inside it."""
    at = text.find(fragment)
    while at >= 0:
        yield at + fragment.index(number)
        at = text.find(fragment, at + 1)


def _clause(figure: Figure, report: Report) -> str:
    return report.passages[figure.passage].text[figure.clause_start : figure.clause_end]


def _unlike(expected: list[Item], found: list[Item]) -> list[tuple[str, Item]]:
    """The items that only one side has; where both have all, those out of their order."""
    missing = [("not found", item) for item in expected if item not in found]
    extra = [("not on the paper", item) for item in found if item not in expected]
    repeated = [("repeated", item) for item in found if found.count(item) > expected.count(item)]
    order = [("out of order", a) for a, b in zip(expected, found, strict=False) if a != b]
    return missing + extra or repeated or order
