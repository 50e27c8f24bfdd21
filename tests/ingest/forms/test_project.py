"""The finance ministry's project form, in the layouts that offices send."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.document import Table
from ingest.forms import parse_reports
from ingest.report import Figure, Report, Role

from .documents import document, merged_table, text_table

HEAD = [
    ["项目名称", "", "社区文化室建设"],
    ["主管部门", "", "某区文化局", "", "实施单位", "", "某区文化馆"],
    ["项目资金（万元）", "", "年初预算数", "全年预算数（A）", "全年执行数（B）",
     "分值", "执行率（B/A）", "得分"],
    ["", "年度资金总额：", "120.00", "120.00", "120.00", "10", "100.00%", "10"],
    ["", "其中：当年财政拨款", "100.00", "100.00", "100.00", "—", "—", "—"],
    ["年度总体目标", "预期目标", "", "", "实际完成情况"],
    ["", "新建文化室6个。", "", "", "新建文化室5个。"],
]  # fmt: skip
COLUMNS = [
    "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
    "偏差原因分析及改进措施",
]  # fmt: skip
TEXT_ROWS = [
    ["", "产出指标", "数量指标", "新建文化室数量", "≥6个", "5个", "20", "16.67", "场地未落实"],
    ["", "", "", "举办活动场次", "50场次", "58", "30", "30", ""],
    ["", "效益指标", "社会效益", "群众满意度", "≥90%", "93.6%", "40", "40", ""],
    ["总分", "", "", "", "", "", "100", "96.67", ""],
]
MERGED_ROWS = [
    ["^", "产出指标", "数量指标", "新建文化室数量", "≥6个", "5个", "20", "16.67", "场地未落实"],
    ["^", "^", "^", "举办活动场次", "50场次", "58", "30", "30", ""],
    ["^", "效益指标", "社会效益", "群众满意度", "≥90%", "93.6%", "40", "40", ""],
    ["总分", "<", "<", "<", "<", "<", "100", "96.67", ""],
]


@pytest.fixture(params=["text", "merged"])
def report(request: pytest.FixtureRequest) -> Report:
    table: Table = (
        text_table(*HEAD, COLUMNS, *TEXT_ROWS)
        if request.param == "text"
        else merged_table(*HEAD, COLUMNS, *MERGED_ROWS)
    )
    (parsed,) = parse_reports(document("项目支出绩效自评表", "（2022年度）", table))
    return parsed


def values(report: Report, label: str, role: Role) -> list[tuple[Decimal, str | None]]:
    return [(f.value, f.unit) for f in report.figures if f.label == label and f.role is role]


def test_fields_say_who_what_and_when(report: Report) -> None:
    assert report.form == "项目支出绩效自评表"
    assert (report.project, report.department, report.year) == (
        "社区文化室建设",
        "某区文化局",
        2022,
    )
    assert report.unit == "万元"
    assert report.warnings == ()


def test_equal_neighbours_stay_separate_amounts(report: Report) -> None:
    for label in ("年初预算数", "全年预算数", "全年执行数"):
        assert values(report, label, Role.FUNDS) == [(Decimal("120.00"), "万元")]
    assert values(report, "执行率", Role.FUNDS) == [(Decimal("100.00"), "%")]
    assert values(report, "预算执行率得分", Role.FUNDS) == [(Decimal(10), "分")]
    assert values(report, "当年财政拨款全年执行数", Role.FUNDS) == [(Decimal("100.00"), "万元")]


def test_indicators_keep_levels_target_actual_points_score_and_reason(report: Report) -> None:
    first, second, third = report.indicators
    assert (first.name, first.levels) == ("新建文化室数量", ("产出指标", "数量指标"))
    assert (first.target, first.actual) == ("≥6个", "5个")
    assert (first.points, first.score, first.reason) == ("20", "16.67", "场地未落实")
    assert second.levels == ("产出指标", "数量指标")
    assert third.levels == ("效益指标", "社会效益")


def test_a_bare_actual_takes_the_unit_of_its_target(report: Report) -> None:
    assert values(report, "举办活动场次", Role.TARGET) == [(Decimal(50), "场次")]
    assert values(report, "举办活动场次", Role.ACTUAL) == [(Decimal(58), "场次")]


def test_goals_and_total(report: Report) -> None:
    assert values(report, "新建文化室", Role.TARGET) == [(Decimal(6), "个")]
    assert values(report, "新建文化室", Role.ACTUAL) == [(Decimal(5), "个")]
    assert values(report, "总分", Role.NONE) == [(Decimal("96.67"), "分")]


def test_every_figure_stands_where_it_says(report: Report) -> None:
    def printed(figure: Figure) -> str:
        return report.passages[figure.passage].text[figure.start : figure.end]

    assert report.figures
    assert all(printed(f).startswith(f.text) for f in report.figures)


def test_figures_know_their_cell_where_the_format_has_addresses() -> None:
    table = merged_table(*HEAD, COLUMNS, *MERGED_ROWS)
    (report,) = parse_reports(document("项目支出绩效自评表", table))
    (actual,) = [f for f in report.figures if f.label == "新建文化室数量" and f.role is Role.ACTUAL]
    assert actual.cell == "表1 R9C6"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("预算数(万元)", "全年预算数"),
        ("调整后预算数", "全年预算数"),
        ("实际支出数", "全年执行数"),
        ("执行数", "全年执行数"),
        ("预算执行率", "执行率"),
    ],
)
def test_variants_of_a_heading_map_to_one_name(heading: str, name: str) -> None:
    columns = {n: n for n in ("年初预算数", "全年预算数", "全年执行数", "执行率")}
    columns[name] = heading
    table = text_table(
        ["项目名称", "甲项目"],
        ["项目资金", "", *columns.values()],
        ["", "资金总额", "1", "2", "3", "4%"],
    )
    (report,) = parse_reports(document("项目支出绩效自评表", table))
    expected = dict(zip(columns, (1, 2, 3, 4), strict=True))[name]
    assert [f.value for f in report.figures if f.label == name] == [Decimal(expected)]


def test_a_second_column_under_a_repeated_heading_is_kept() -> None:
    table = text_table(
        ["项目名称", "甲项目"],
        ["一级指标", "二级指标", "三级指标", "指标值", "指标值", "分值"],
        ["产出指标", "数量指标", "清扫面积", "500亩", "620亩", "10"],
    )
    (report,) = parse_reports(document("项目支出绩效自评表", table))
    (indicator,) = report.indicators
    assert (indicator.target, indicator.actual) == ("500亩", "620亩")


def test_target_split_into_sign_value_and_unit() -> None:
    table = text_table(
        ["项目名称", "甲项目"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值"],
        ["产出指标", "数量指标", "清扫面积", "≥", "500", "亩", "620"],
    )
    (report,) = parse_reports(document("项目支出绩效自评表", table))
    assert values(report, "清扫面积", Role.TARGET) == [(Decimal(500), "亩")]
    assert values(report, "清扫面积", Role.ACTUAL) == [(Decimal(620), "亩")]
