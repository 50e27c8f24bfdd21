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


@pytest.mark.parametrize(
    ("lines", "department"),
    [
        (
            "2023年度部门整体支出绩效自评表\n\n部门（单位）名称：岚亭县公安局　　金额单位：万元\n",
            "岚亭县公安局",
        ),
        (
            "部门整体支出绩效自评表\n（2023年度）\n\n填报单位：岚江区人民检察院\t\t单位：万元\n",
            "岚江区人民检察院",
        ),
        ("白沙市科学技术协会2023年度部门整体支出绩效自评报告\n", "白沙市科学技术协会"),
        (
            "沧屏市2023年老旧小区改造项目绩效自评报告\n"
            "（项目主管部门：沧屏市住房和城乡建设局　实施单位：改造办公室）\n",
            "沧屏市住房和城乡建设局",
        ),
    ],
)
def test_who_fills_a_form_in_wherever_its_head_says_so(
    tmp_path: Path, lines: str, department: str
) -> None:
    file = tmp_path / "2023.txt"
    file.write_text(lines + "一、总体情况\n全年支出12.50万元。\n", encoding="utf-8")
    report = read_file(file)
    assert report.department == department


def test_a_departments_form_may_list_its_projects(tmp_path: Path) -> None:
    """项目名称 heads a column there and names no project; points are no money."""
    file = tmp_path / "2023.txt"
    file.write_text(
        "2023年度部门整体支出绩效自评表\n"
        "部门（单位）名称：岚亭县公安局　　金额单位：万元\n"
        "项目资金\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "年度资金总额\t100.00\t110.00\t99.00\t10\t90.00%\t9.00\n"
        "项目名称\t年初预算数\t全年预算数\t全年执行数\t执行率\n"
        "办案业务费\t20.00\t22.00\t21.00\t95.45%\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标\t数量指标\t夜查行动\t≥96次\t104次\t90\t90\n"
        "总分\t\t\t\t\t100\t99.00\n",
        encoding="utf-8",
    )
    report = read_file(file)
    assert report.project is None
    assert [i.name for i in report.indicators] == ["夜查行动"]
    points = {f.label: f.unit for f in report.figures if "分" in f.label}
    assert set(points.values()) == {"分"}


@pytest.mark.parametrize("name", ["我局", "区交通运输局", "清河区交通运输局"])
def test_the_office_that_reports_owns_nothing(tmp_path: Path, name: str) -> None:
    text = f"2023年{name}年初预算120.00万元，全年实际支出115.20万元，预算执行率96.00%。"
    assert {f.task for f in figures(tmp_path, text).values()} == {None}


def test_what_the_office_calls_itself_is_no_part_of_a_name(tmp_path: Path) -> None:
    found = figures(tmp_path, "2023年我局年初预算120.00万元。")
    assert found["120.00"].label == "年初预算"


def test_aims_under_a_heading_within_the_line(tmp_path: Path) -> None:
    text = (
        "（一）年度目标。计划改造农村公路30公里，新建候车亭42个，满意度达到90%。\n"
        "（二）完成情况。改造农村公路28公里。"
    )
    found = figures(tmp_path, text)
    roles = [found[n].role for n in ("30", "42", "90", "28")]
    assert roles == [Role.TARGET, Role.TARGET, Role.TARGET, Role.ACTUAL]
