"""Units that stand in brackets behind a name, in a head or in the line above a table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.forms import parse_reports
from ingest.report import Figure, Report, Role
from ingest.units import unit_in_brackets

from .documents import document, text_table


def one(*blocks: object) -> Report:
    (report,) = parse_reports(document(*blocks))  # type: ignore[arg-type]
    return report


def of(report: Report, value: str) -> Figure:
    (found,) = [f for f in report.figures if f.value == Decimal(value)]
    return found


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("智慧教室建设间数（间）", "间"),
        ("全年服务（万人次）", "万人次"),
        ("生均公用经费(元/年)", "元/年"),
        ("补助发放天数（个工作日内）", "个工作日"),
        ("金额（单位：万元）", "万元"),
        ("全年执行数（A）", None),
        ("道路养护（二期）", None),
        ("（间）智慧教室", None),
    ],
)
def test_the_unit_that_a_name_ends_with(name: str, unit: str | None) -> None:
    assert unit_in_brackets(name) == unit


def test_a_table_of_indicators_in_a_report_in_chapters() -> None:
    table = text_table(
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "新建智慧教室（间）", "150", "142", "10", "9.5"],
        ["产出指标", "时效指标", "补助发放天数（个工作日内）", "15", "11", "6", "6"],
    )
    report = one(
        "某县教育局2023年度绩效自评报告", "一、基本情况", "全县有学校86所。", "二、指标", table
    )
    assert [(i.name, i.target, i.actual) for i in report.indicators] == [
        ("新建智慧教室（间）", "150", "142"),
        ("补助发放天数（个工作日内）", "15", "11"),
    ]
    assert (of(report, "150").unit, of(report, "150").role) == ("间", Role.TARGET)
    assert (of(report, "142").unit, of(report, "142").role) == ("间", Role.ACTUAL)
    assert of(report, "11").unit == "个工作日"
    assert of(report, "9.5").unit == "分"  # points are points whatever the row counts


def test_rows_of_a_plain_table_with_their_units() -> None:
    table = text_table(
        ["项目", "上年数", "本年数", "增长率"],
        ["馆藏总量（万册件）", "156.4", "168.7", "7.86"],
        ["持证读者（万人）", "19.8", "22.43", "13.28"],
    )
    report = one("某市图书馆2023年度绩效自评报告", "一、资源建设", table)
    assert of(report, "168.7").unit == "万册件"
    assert of(report, "22.43").unit == "万人"
    assert of(report, "7.86").unit is None  # a rate is in no 万册件


def test_the_unit_of_funds_in_the_line_above_them() -> None:
    table = text_table(
        ["资金来源", "年初预算数", "全年预算数", "全年执行数", "执行率"],
        ["年度资金总额", "21600.00", "23480.00", "22915.63", "97.60%"],
    )
    head = text_table(["项目名称", "公交运营补贴"], ["主管部门", "某市交通运输局"])
    report = one("项目支出绩效自评表", head, "项目资金(万元)", table)
    assert of(report, "22915.63").unit == "万元"
    assert of(report, "97.60").unit == "%"


def test_a_list_of_what_money_went_to_makes_no_project_form() -> None:
    table = text_table(
        ["专项名称", "预算安排（万元）", "支出（万元）", "结余（万元）"],
        ["出生缺陷综合防控", "1286.00", "1253.38", "32.62"],
        ["母婴安全保障", "540.00", "527.91", "12.09"],
    )
    rates = text_table(["三级指标", "指标值", "完成值"], ["产前筛查率", "≥80%", "88.6%"])
    report = one("某市妇幼保健院2022年度单位整体绩效自评报告", "资金收支情况", table, rates)
    assert (of(report, "1253.38").unit, of(report, "1253.38").context) == (
        "万元", "出生缺陷综合防控",
    )  # fmt: skip
    assert of(report, "88.6").indicator == "产前筛查率"


def test_running_text_before_the_first_part_of_a_form() -> None:
    table = text_table(
        ["项目", "年初预算（万元）", "调整后预算（万元）", "执行数（万元）", "执行率"],
        ["基本支出", "2,068.40", "2,145.90", "2,139.27", "99.69%"],
    )
    report = one(
        "2024年度部门整体支出绩效自评表及说明",
        "部门名称：某区启明学校",
        "一、单位概况",
        "核定事业编制98名，实有在编教职工91人。",
        table,
    )
    assert (of(report, "91").unit, of(report, "91").label) == ("人", "实有在编教职工")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("阅览座位1420席。", "1420", "席"),
        ("发出调度令39道，发布预警412条。", "39", "道"),
        ("文创产品新开发148款。", "148", "款"),
        ("完成集装箱吞吐量138.47万标准箱。", "138.47", "万标准箱"),
        ("最大入库流量1850立方米每秒。", "1850", "立方米每秒"),
        ("出动执法船艇695航次。", "695", "航次"),
    ],
)
def test_counters_of_the_field(text: str, value: str, unit: str) -> None:
    report = one("某局2023年度绩效自评报告", "一、工作情况", text)
    assert of(report, value).unit == unit


def test_what_only_looks_like_a_counter() -> None:
    report = one("某局2023年度绩效自评报告", "一、情况", "新增2道路口改造，涉及3款项。")
    assert not {f.unit for f in report.figures} & {"道", "款"}
