"""Reports in layouts made apart from the parser, against what was put into them."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import read_reports
from ingest.report import Figure, Report

FOLDER = Path(__file__).parent / "layouts"
TRUTH: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
CASES = [(name, file) for name, case in TRUTH.items() for file in case["files"]]
# A number inside the rule of how points are given is text, not a figure.
NOT_READ = {"2,400批次"}
WELL_NAMED = 0.9  # least share of figures whose own name says all of what they are


def plain(text: object) -> str:
    return re.sub(r"[\s“”\"':：（）()]", "", str(text or "")).replace("＝", "=")


def same(one: str | None, other: str | None) -> bool:
    return plain(one).replace(",", "") == plain(other).replace(",", "")


def around(report: Report, figure: Figure) -> str:
    passage = report.passages[figure.passage]
    clause = passage.text[figure.clause_start : figure.clause_end]
    return plain(f"{named(figure)} {figure.context} {clause} {'/'.join(passage.section)}")


def named(figure: Figure) -> str:
    return plain(f"{figure.label} {figure.indicator} {figure.task} {figure.subject}")


def fits(figure: Figure, put: dict[str, Any], report: Report) -> bool:
    return (
        figure.value == Decimal(put["value"])
        and plain(figure.unit) == plain(put["unit"])
        and all(plain(word) in around(report, figure) for word in put["words"])
        and (put["role"] is None or figure.role.value == put["role"])
        and (figure.year or report.year) == (put["year"] or report.year)
        and put["qualifier"] in (None, figure.qualifier.value if figure.qualifier else None)
    )


@pytest.fixture(scope="module", params=CASES, ids=lambda c: c[1])
def case(request: pytest.FixtureRequest) -> tuple[list[Report], list[dict[str, Any]]]:
    name, file = request.param
    return read_reports(FOLDER / "files" / file), TRUTH[name]["reports"]


def test_who_what_and_when(case: tuple[list[Report], list[dict[str, Any]]]) -> None:
    reports, put = case
    assert [(r.department, r.year) for r in reports] == [(p["department"], p["year"]) for p in put]
    assert all(p["project"] in (None, r.project) for r, p in zip(reports, put, strict=True))


def test_every_indicator(case: tuple[list[Report], list[dict[str, Any]]]) -> None:
    for report, put in zip(*case, strict=True):
        for item in put["indicators"]:
            assert any(
                same(i.name, item["name"])
                and all(
                    item[side] is None or same(getattr(i, side), item[side])
                    for side in ("target", "actual", "points", "score")
                )
                for i in report.indicators
            ), item


def test_every_figure(case: tuple[list[Report], list[dict[str, Any]]]) -> None:
    for report, put in zip(*case, strict=True):
        missed = [
            item["printed"]
            for item in put["figures"]
            if item["printed"] not in NOT_READ
            and not any(fits(figure, item, report) for figure in report.figures)
        ]
        assert len(missed) <= 0.05 * len(put["figures"]), missed


def test_most_figures_are_called_what_they_are() -> None:
    total = well = 0
    for name, file in CASES:
        for report, put in zip(
            read_reports(FOLDER / "files" / file), TRUTH[name]["reports"], strict=True
        ):
            for item in put["figures"]:
                total += 1
                well += any(
                    figure.value == Decimal(item["value"])
                    and all(plain(word) in named(figure) for word in item["words"])
                    for figure in report.figures
                )
    assert well >= WELL_NAMED * total
