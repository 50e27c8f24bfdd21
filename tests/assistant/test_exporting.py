"""What was read, on the terminal and as a spreadsheet, CSV and Parquet."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from assistant.exporting import FIGURE_COLUMNS, export
from assistant.showing import show
from ingest.errors import JixiaoError
from ingest.pipeline import read_file
from ingest.report import Report

SAMPLE = Path(__file__).parents[2] / "samples" / "yuancun-2022.txt"


@pytest.fixture(scope="module")
def report() -> Report:
    return read_file(SAMPLE)


def test_xlsx_has_every_figure_as_a_number_and_its_source(report: Report, tmp_path: Path) -> None:
    export([report], tmp_path / "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    rows = [dict(zip(FIGURE_COLUMNS, r, strict=True)) for r in book["figures"].values][1:]
    assert len(rows) == len(report.figures)
    tax = [r for r in rows if r["label"] == "代征个人出租房屋税" and r["role"] == "actual"]
    assert {(r["value"], r["unit"], r["base_value"]) for r in tax} == {(2100.52, "万元", 21005200)}
    assert all("2100.52万元" in r["passage"] for r in tax)
    assert book["indicators"].max_row == len(report.indicators) + 1


def test_text_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text('某单位\n=HYPERLINK("http://x")完成检查12次。\n=1+1\t3次\n甲\t4次\n', "utf-8")
    report = read_file(path)
    export([report], tmp_path / "out.xlsx")
    cells = [c for row in load_workbook(tmp_path / "out.xlsx")["figures"] for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    export([report], tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [v for row in csv.reader(file) for v in row if v.startswith("=")]


def test_csv_and_parquet_hold_the_same_figures(report: Report, tmp_path: Path) -> None:
    export([report], tmp_path / "out.csv")
    export([report], tmp_path / "out.parquet")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [float(r["value"]) for r in written] == [r["value"] for r in table]
    assert [r["printed"] for r in written] == [r["printed"] for r in table]
    assert (tmp_path / "out.indicators.csv").exists()


def test_another_format_and_a_folder_that_is_not_there_are_errors(
    report: Report, tmp_path: Path
) -> None:
    with pytest.raises(JixiaoError, match=r"\.xlsx"):
        export([report], tmp_path / "out.pdf")
    with pytest.raises(JixiaoError, match="cannot be written"):
        export([report], tmp_path / "missing" / "out.csv")


def test_show_marks_every_figure_in_its_passage(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    show(report)
    printed = "".join(capsys.readouterr().out.split())
    assert "代征个人出租房屋税[2100.52万元]" in printed
    assert f"{len(report.figures)}figures" in printed


def test_dry_run_shows_what_would_be_read_and_stores_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    command = [sys.executable, "-m", "assistant.cli"]
    done = subprocess.run(
        [*command, "ingest", "--dry-run", str(SAMPLE), "--store", str(store)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "not stored" in done.stdout
    listed = subprocess.run(
        [*command, "reports", "--store", str(store)], capture_output=True, text=True, check=True
    )
    assert "yuancun" not in listed.stdout
