"""Figures whose own clause does not say what they are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import read_file
from ingest.report import Figure, Role

HEAD = "清河区交通运输局2023年度部门整体支出绩效自评报告\n\n二、工作完成情况\n\n"


def figures(tmp_path: Path, text: str) -> dict[str, Figure]:
    path = tmp_path / "report.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    return {figure.text: figure for figure in read_file(path).figures}


def test_planned_and_done_are_of_the_same_thing(tmp_path: Path) -> None:
    text = "计划新改建农村公路120公里，实际完成134.6公里，完成率112.17%。"
    found = figures(tmp_path, text)
    assert [found[n].label for n in ("120", "134.6", "112.17")] == [
        "计划新改建农村公路", "新改建农村公路实际完成", "新改建农村公路完成率",
    ]  # fmt: skip
    assert [found[n].role for n in ("120", "134.6")] == [Role.TARGET, Role.ACTUAL]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("预防性养护312公里（目标300公里），列养率100%。", "300"),
        ("农业保险参保率78.5%，未达到85%的目标。", "85"),
        ("加装电梯23台，超额完成年度20台目标。", "20"),
        ("户厕改造4,120座，占计划（4,000座）的103%。", "4,000"),
        ("粮食播种面积计划45万亩，实际45.8万亩。", "45"),
    ],
)
def test_a_target_in_running_text_is_one(tmp_path: Path, text: str, number: str) -> None:
    found = figures(tmp_path, text)
    assert [n for n, f in found.items() if f.role is Role.TARGET] == [number]


def test_what_a_change_is_of(tmp_path: Path) -> None:
    text = (
        "农村公路总里程由2,186公里增至2,271公里；接待游客3,180万人次，"
        "比2022年的2,746万人次增长15.8%。"
    )
    found = figures(tmp_path, text)
    assert found["2,271"].label == "农村公路总里程"
    assert found["15.8"].label == "接待游客增长"
    assert (found["2,746"].label, found["2,746"].year) == ("接待游客", 2022)
    assert found["3,180"].year is None


def test_the_year_compared_with_is_not_the_year_of_the_difference(tmp_path: Path) -> None:
    found = figures(tmp_path, "与2022年相比，收、支总计各增加1,036,218.45元。")
    assert found["1,036,218.45"].year is None


def test_a_thousands_comma_ends_no_clause(tmp_path: Path) -> None:
    found = figures(tmp_path, "公交客运量由2,746万人次增至3,180万人次。")
    assert [f.label for f in found.values()] == ["公交客运量增前", "公交客运量"]
    assert len({(f.clause_start, f.clause_end) for f in found.values()}) == 1


def test_respective_values_follow_the_order_of_what_was_named(tmp_path: Path) -> None:
    text = "粮食总产量21.36万吨，亩产466.4公斤，分别比上年增长1.2%和0.8%。"
    found = figures(tmp_path, text)
    assert found["1.2"].label.startswith("粮食总产量")
    assert found["0.8"].label.startswith("亩产")


def test_what_stands_in_brackets_lends_no_name_outside(tmp_path: Path) -> None:
    text = "新增就业2,318人（其中失业人员再就业904人），完成目标2,200人的105.4%。"
    found = figures(tmp_path, text)
    assert found["2,200"].label == "新增就业目标"
    assert found["105.4"].label == "新增就业完成"


def test_a_range_has_no_one_value(tmp_path: Path) -> None:
    assert list(figures(tmp_path, "培育家庭农场50至60家，得分80%-90%，新增示范社12家。")) == ["12"]


def test_a_summary_names_the_project_of_all_its_figures(tmp_path: Path) -> None:
    text = (
        "1.公路养护工程项目绩效自评综述：根据年初目标，项目自评得分为98.2分。全年预算数为"
        "2,850万元，执行数为2,793万元，完成预算的98%。一是完成大中修36.5公里；"
        "二是处治路面病害11.2万平方米。"
    )
    found = figures(tmp_path, text)
    assert {f.task for f in found.values()} == {"公路养护工程项目"}
    assert found["2,850"].role is found["2,793"].role is Role.FUNDS
    assert found["2,793"].label == "执行数"


def test_an_adjusted_budget_owns_no_spending(tmp_path: Path) -> None:
    text = "年初预算18,642.50万元，调整后预算20,953.25万元；全年支出20,127.69万元。"
    assert {f.task for f in figures(tmp_path, text).values()} == {None}


@pytest.mark.parametrize(
    ("text", "number", "label"),
    [
        ("临时救助1,234人次、支出386.7万元。", "386.7", "临时救助支出"),
        ("组织对5个项目开展绩效自评，涉及资金374.48万元。", "374.48", "项目涉及资金"),
        ("2022年度收、支总计1,287.45元。", "1,287.45", "收、支总计"),
        ("本年收入合计1,256.14元。", "1,256.14", "本年收入合计"),
        # What is received lends its name to nothing that was spent.
        ("全年收入600万元，支出580万元。", "580", "支出"),
    ],
)
def test_it_is_called_by_all_of_its_name(
    tmp_path: Path, text: str, number: str, label: str
) -> None:
    assert figures(tmp_path, text)[number].label.removeprefix("2022年度") == label


def test_what_a_project_counts_is_named_by_what_is_counted(tmp_path: Path) -> None:
    text = (
        "1.治超站点项目绩效自评综述：项目自评得分为98.2分。全年预算数为640万元。"
        "一是建成检测点4处，目标6处。"
    )
    found = figures(tmp_path, text)
    assert found["6"].label.endswith("检测点目标")
    assert found["6"].role is Role.TARGET


def test_what_follows_the_parts_is_of_the_whole_again(tmp_path: Path) -> None:
    text = (
        "全年培训2,400人次，其中驾驶员1,300人次、安全员1,100人次，较2022年的2,000人次增长20%。"
        "接待来访300批次，其中个人180批次，较2022年的200批次下降10%。"
    )
    found = figures(tmp_path, text)
    assert "培训" in found["2,000"].label
    assert found["2,000"].year == 2022
    assert "培训" in found["20"].label
    assert found["200"].label == "个人"  # one part alone: what it is compared with is its own


def test_of_the_whole_behind_one_part_alone_by_what_it_is_near_to(tmp_path: Path) -> None:
    text = (
        "办理结婚登记3,416对，其中跨区287对，上年为2,987对；最终办理离婚登记1,052对，上年办理1,128对。"
        "受理申请300件，其中网上180件，上年为170件。"
    )
    found = figures(tmp_path, text)
    assert "结婚登记" in found["2,987"].label
    assert "离婚登记" in found["1,128"].label
    assert "网上" in found["170"].label
    assert [found[n].year for n in ("2,987", "1,128", "170")] == [2022, 2022, 2022]
