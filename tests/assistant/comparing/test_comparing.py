"""A comparison: the right figure in every cell, differences that are right, gaps that are named."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.comparing import Absence, Comparer, Comparison, Subject, save_comparison
from assistant.comparing.build import resolve
from assistant.comparing.grid import grid
from assistant.service import Assistant
from ingest.errors import JixiaoError
from tests.browser.reports import plain_report
from tests.conftest import SAMPLES, open_store

YUANCUN = "广州市天河区人民政府员村街道办事处"
TANGDONG = "广州市天河区人民政府棠东街道办事处"
CULTURE = "广州市天河区文化广电旅游体育局"


@pytest.fixture(scope="module")
def comparer(sample_assistant: Assistant) -> Comparer:
    return Comparer(sample_assistant)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Assistant]:
    store = open_store(tmp_path / "store")
    yield Assistant(store)
    store.close()


def compared(comparer: Comparer, text: str, *names: str, years: tuple[int, ...] = ()) -> Comparison:
    return comparer.compare(resolve(comparer, text, names, years))


def report(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def narrative(year: int, said: str, office: str = "某区水务局") -> str:
    return f"{office}{year}年度部门整体支出绩效自评报告\n\n一、资金使用情况\n{said}\n"


# -- values, read off the samples themselves ------------------------------------------------


def test_years_of_one_office_with_difference_and_growth(comparer: Comparer) -> None:
    made = compared(comparer, "实际支出数", "员村街", years=(2021, 2022, 2023))
    values = [made.cells[Subject(YUANCUN), y].value for y in (2021, 2022, 2023)]
    assert values == [Decimal("11480.25"), Decimal("12198.33"), Decimal("12805.18")]
    assert made.unit == "万元"
    changes = {(c.since, c.until): c for c in made.changes}
    # 12198.33 − 11480.25 = 718.08; ÷ 11480.25 = 6.2549…%
    assert changes[2021, 2022].difference.value == Decimal("718.08")
    assert changes[2021, 2022].growth is not None
    assert changes[2021, 2022].growth.value == Decimal("6.25")
    # 12805.18 − 11480.25 = 1324.93
    assert changes[2021, 2023].difference.value == Decimal("1324.93")


def test_every_cell_is_cited_where_it_stands(
    comparer: Comparer, sample_assistant: Assistant
) -> None:
    made = compared(comparer, "代征个人出租房屋税")
    citations = {c.id: c for c in made.citations}
    cells = [c for c in made.cells.values() if c.value is not None]
    assert len(cells) == 4
    for cell in cells:
        assert cell.citation is not None
        citation = citations[cell.citation]
        assert cell.printed in citation.quote
        assert citation.year == cell.year
        report_id, index = made.passages[cell.citation]
        passage = sample_assistant.report(report_id).passages[index]
        assert passage.text[citation.start : citation.end] == citation.quote


def test_rates_differ_in_percentage_points_and_do_not_grow(comparer: Comparer) -> None:
    made = compared(comparer, "预算完成率", "员村街", years=(2021, 2023))
    (change,) = made.changes
    # 98.65 − 96.55
    assert (change.difference.value, change.difference.unit) == (Decimal("2.10"), "百分点")
    assert change.growth is None
    assert "百分点" in grid(made, "zh").head[3]
    assert "percentage points" in grid(made, "en").head[3]


def test_a_rate_that_its_own_figures_contradict_is_flagged(comparer: Comparer) -> None:
    made = compared(comparer, "预算完成率", "员村街", years=(2022,))
    (note,) = made.notes
    assert note.grave
    assert "98.08%" in note.said["zh"]
    assert "98.08%" in note.said["en"]
    assert grid(made, "zh").rows[0][1].text == "98.10 ⚠"


def test_a_year_without_report_is_named_and_nothing_is_put_in_its_place(
    comparer: Comparer,
) -> None:
    made = compared(comparer, "实际支出数", "员村街", "棠东街", years=(2020, 2022))
    cell = made.cells[Subject(TANGDONG), 2020]
    assert (cell.value, cell.absence) == (None, Absence.NO_REPORT)
    assert made.changes == ()
    assert any("没有载入2020年的报告" in note for note in grid(made, "zh").notes)
    assert any("no report of 2020" in note for note in grid(made, "en").notes)


def test_what_a_report_does_not_say_is_an_empty_cell(comparer: Comparer) -> None:
    made = compared(comparer, "机扫率", "棠东街", years=(2022,))
    assert made.cells[Subject(TANGDONG), 2022].absence is Absence.UNSAID


def test_offices_of_one_year_against_the_first(comparer: Comparer) -> None:
    made = compared(comparer, "实际支出数", "员村街", "棠东街", years=(2022,))
    (gap,) = made.gaps
    # 8735.10 − 12198.33
    assert (gap.subject.department, gap.difference.value) == (TANGDONG, Decimal("-3463.23"))
    shown = grid(made, "zh")
    assert YUANCUN in shown.head[-1]
    assert shown.rows[1][-1].text == "-3463.23"


def test_a_project_has_a_row_of_its_own(comparer: Comparer) -> None:
    made = compared(comparer, "全年执行数", "社区文化室建设")
    subject = Subject(CULTURE, "社区文化室建设")
    assert made.subjects == (subject,)
    assert [made.cells[subject, y].value for y in made.years] == [
        Decimal("84.20"), Decimal("120.00"), Decimal("126.46")
    ]  # fmt: skip


def test_another_name_of_the_same_is_found_and_said(comparer: Comparer) -> None:
    made = compared(comparer, "全年执行数", "员村街", years=(2022,))
    cell = made.cells[Subject(YUANCUN), 2022]
    assert cell.value == Decimal("12198.33")
    assert any("实际支出数" in note.said["zh"] for note in cell.notes)


def test_a_table_total_is_not_taken_for_the_departments_own(comparer: Comparer) -> None:
    # The education bureau's sample is a table of 三公经费 alone; its total is not what it spent.
    made = compared(comparer, "实际支出数", "广州市天河区教育局", years=(2022,))
    assert made.cells[Subject("广州市天河区教育局"), 2022].value is None


def test_a_narrower_thing_is_another_thing(comparer: Comparer) -> None:
    made = compared(comparer, "党员", "员村街", years=(2022,))  # the sample has 下沉党员 alone
    assert made.cells[Subject(YUANCUN), 2022].value is None


# -- what goes wrong in reports -------------------------------------------------------------


def test_units_are_converted_and_said(own: Assistant, tmp_path: Path) -> None:
    own.ingest_files(
        [
            report(tmp_path, "a.txt", narrative(2021, "全年追缴欠费1.2亿元。")),
            report(tmp_path, "b.txt", narrative(2022, "全年追缴欠费9500万元。")),
            report(tmp_path, "c.txt", narrative(2023, "全年追缴欠费8000万元。")),
        ]
    )
    made = compared(Comparer(own), "追缴欠费")
    subject = made.subjects[0]
    assert made.unit == "万元"
    assert made.cells[subject, 2021].value == Decimal(12000)
    assert made.cells[subject, 2021].printed == "1.2亿元"
    assert any("1.2亿元" in n.said["zh"] for n in made.cells[subject, 2021].notes)
    assert next(c for c in made.changes if c.until == 2022).difference.value == Decimal(-2500)


def test_two_values_of_one_indicator_are_both_cited(own: Assistant, tmp_path: Path) -> None:
    text = narrative(2022, "全年清理河道垃圾1200吨。") + "二、其他\n全年清理河道垃圾1300吨。\n"
    own.ingest_files([report(tmp_path, "a.txt", text)])
    made = compared(Comparer(own), "清理河道垃圾")
    (cell,) = made.cells.values()
    assert cell.value == Decimal(1200)
    assert len(cell.others) == 1
    other = next(c for c in made.citations if c.id == cell.others[0])
    assert "1300吨" in other.quote
    assert any(note.grave and "1300吨" in note.said["zh"] for note in cell.notes)


def test_a_value_of_an_earlier_year_comes_from_the_report_that_states_it(
    own: Assistant, tmp_path: Path
) -> None:
    said = "2023年调整后预算100.00万元，实际支出95.00万元。2022年实际支出90.00万元。"
    own.ingest_files([report(tmp_path, "a.txt", narrative(2023, said))])
    made = compared(Comparer(own), "实际支出", years=(2022, 2023))
    subject = made.subjects[0]
    cell = made.cells[subject, 2022]
    assert cell.value == Decimal("90.00")
    assert any("2023年度" in note.said["zh"] for note in cell.notes)
    assert made.cells[subject, 2023].value == Decimal("95.00")


def test_a_hostile_name_is_text_in_the_workbook(own: Assistant, tmp_path: Path) -> None:
    text = narrative(2022, "=HYPERLINK(1)完成检查12次。", office='=1+1"某局')
    own.ingest_files([report(tmp_path, "a.txt", text), plain_report(tmp_path)])
    comparer = Comparer(own)
    for series in comparer.catalogue().search("", 100):
        made = comparer.compare(resolve(comparer, series.name, [], []))
        save_comparison(made, tmp_path / "out.xlsx", "zh")
        for sheet in load_workbook(tmp_path / "out.xlsx"):
            assert not [c for row in sheet for c in row if c.data_type == "f"]


# -- choosing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("实际支出数", "实际支出数"),
        ("rental tax", "代征个人出租房屋税"),
        ("budget completion rate", "预算完成率"),
        ("机扫率", "机扫率"),
        ("代征个人出租房屋税（目标）", "代征个人出租房屋税（目标）"),
    ],
)
def test_the_search_understands_both_languages(comparer: Comparer, typed: str, meant: str) -> None:
    series, _ = comparer.catalogue().chosen(typed)
    assert series is not None
    assert series.name == meant


def test_a_word_that_fits_several_indicators_is_asked_back(comparer: Comparer) -> None:
    with pytest.raises(JixiaoError, match=r"办理居住证.*受理居住证"):
        resolve(comparer, "居住证", [], [])
    with pytest.raises(JixiaoError, match="no loaded report has such"):
        resolve(comparer, "养老院床位入住率", [], [])
    with pytest.raises(JixiaoError, match="no loaded report is of it"):
        resolve(comparer, "实际支出数", ["海珠区水务局"], [])


def test_the_list_of_indicators_follows_the_store(own: Assistant, tmp_path: Path) -> None:
    comparer = Comparer(own)
    assert len(comparer.catalogue()) == 0
    own.ingest_files([plain_report(tmp_path)])
    assert comparer.catalogue().chosen("实际支出数")[0] is not None
    own.store.remove(own.reports()[0].id)
    assert len(comparer.catalogue()) == 0


# -- the command ----------------------------------------------------------------------------


def test_the_command_prints_json_and_writes_a_workbook(tmp_path: Path) -> None:
    store, out = str(tmp_path / "store"), tmp_path / "out.xlsx"
    command = [sys.executable, "-m", "assistant.cli"]
    files = [str(SAMPLES / f"yuancun-{y}.txt") for y in (2021, 2022)]
    subprocess.run([*command, "ingest", *files, "--store", store], check=True, capture_output=True)
    done = subprocess.run(
        [*command, "compare", "实际支出数", "--json", "--save", str(out), "--store", store],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    data = json.loads(done.stdout)
    assert [c["value"] for c in data["cells"]] == ["11480.25", "12198.33"]
    assert data["changes"][0]["growth"]["value"] == "6.25"
    table, sources = load_workbook(out)
    rows = [[c.value for c in row] for row in table]
    assert ["部门（项目）", "2021年", "2022年", "2022年比2021年", "2022年比2021年增长（%）"] in rows
    assert [YUANCUN, 11480.25, 12198.33, 718.08, 6.25] in rows
    assert any("12198.33" in str(c.value) for row in sources for c in row)


def test_the_command_fails_in_one_line(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    command = [sys.executable, "-m", "assistant.cli"]
    done = subprocess.run(
        [*command, "compare", "实际支出数", "--store", store], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
