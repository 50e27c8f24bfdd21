"""Whose an amount of running text is, and which year a figure is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import read_file
from ingest.report import Figure, Role

HEAD = "清河区交通运输局2023年度部门整体支出绩效自评报告\n\n三、资金使用情况\n\n"


def figures(tmp_path: Path, text: str) -> dict[str, Figure]:
    path = tmp_path / "report.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    return {figure.text: figure for figure in read_file(path).figures}


@pytest.mark.parametrize(
    "text",
    [
        "1. 农村公路养护项目：预算320.00万元，支出314.86万元，执行率98.39%。",
        "1.农村公路养护项目，预算320.00万元，支出314.86万元，执行率98.39%。",
    ],
)
def test_an_amount_belongs_to_the_project_of_its_sentence(tmp_path: Path, text: str) -> None:
    found = figures(tmp_path, text)
    assert {f.task for f in found.values()} == {"农村公路养护项目"}
    assert {f.label for f in found.values()} == {"预算", "支出", "执行率"}
    assert all(f.role is Role.FUNDS for f in found.values())


def test_spending_after_a_named_budget_is_of_the_same_thing(tmp_path: Path) -> None:
    found = figures(tmp_path, "“三公”经费预算68.00万元，实际支出52.36万元。")
    assert found["52.36"].task == "“三公”经费"


def test_the_budget_of_a_named_year_owns_nothing(tmp_path: Path) -> None:
    text = "2023年调整后预算120.00万元，实际支出115.20万元，预算完成率96.00%。"
    assert {f.task for f in figures(tmp_path, text).values()} == {None}


def test_the_departments_own_amounts_have_no_owner(tmp_path: Path) -> None:
    found = figures(
        tmp_path, "2023年年初预算159.80万元，全年实际支出156.72万元，预算执行率96.00%。"
    )
    assert {f.task for f in found.values()} == {None}


def test_a_figure_of_another_year_is_marked(tmp_path: Path) -> None:
    text = (
        "全年实际支出156.72万元。2022年全年实际支出为149.05万元。"
        "公交客运量28万人次，上年为26万人次；吞吐量41万吨。"
    )
    found = figures(tmp_path, text)
    assert [found[n].year for n in ("156.72", "149.05", "28", "26", "41")] == [
        None, 2022, None, 2022, None,
    ]  # fmt: skip
    assert found["26"].label == "公交客运量"


def test_growth_over_the_year_before_is_of_this_year(tmp_path: Path) -> None:
    assert figures(tmp_path, "支出比上年增长5.2%。")["5.2"].year is None


def test_years_listed_with_their_values(tmp_path: Path) -> None:
    text = "2021年、2022年和2023年接待游客分别为286.4万人次、241.9万人次和372.5万人次。"
    found = figures(tmp_path, text)
    assert [found[n].year for n in ("286.4", "241.9", "372.5")] == [2021, 2022, None]
    assert {f.label for f in found.values()} == {"接待游客"}


def test_points_of_one_sentence_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    points = (
        "六、存在问题\n\n（一）部分项目推进偏慢。资金没有按计划支付。\n\n"
        "（二）绩效目标设置偏于保守。\n"
    )
    path.write_text(HEAD + points, encoding="utf-8")
    said = "\n".join(passage.text for passage in read_file(path).passages)
    for point in ("部分项目推进偏慢", "资金没有按计划支付", "绩效目标设置偏于保守"):
        assert point in said
