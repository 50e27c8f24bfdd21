"""Narrative reports, tables without a form, and several reports in one file."""

from __future__ import annotations

from decimal import Decimal

from ingest.document import Paragraph
from ingest.forms import parse_reports
from ingest.report import Role

from .documents import document, merged_table, text_table

NARRATIVE = document(
    "某区水务局2022年度部门整体支出绩效自评报告",
    "一、部门基本情况",
    "（一）主要职责",
    "负责全区排水设施管理，在职人员45人。",
    "二、绩效目标",
    "全年清疏管网120公里。",
    "三、绩效分析",
    "（一）资金使用情况",
    "全年支出3,456.70万元，支出进度96.5%。",
    "四、存在的问题",
    "部分管网老化。",
)


def test_numbered_headings_are_the_section_path() -> None:
    (report,) = parse_reports(NARRATIVE)
    assert report.form == "绩效自评报告"
    assert (report.department, report.year) == ("某区水务局", 2022)
    sections = {p.text: p.section for p in report.passages}
    assert sections["全年支出3,456.70万元，支出进度96.5%。"] == (
        "三、绩效分析",
        "（一）资金使用情况",
    )
    assert sections["部分管网老化。"] == ("四、存在的问题",)


def test_the_section_says_whether_a_figure_is_a_goal_or_a_result() -> None:
    (report,) = parse_reports(NARRATIVE)
    roles = {f.value: f.role for f in report.figures}
    assert roles == {
        Decimal(45): Role.ACTUAL,
        Decimal(120): Role.TARGET,
        Decimal("3456.70"): Role.ACTUAL,
        Decimal("96.5"): Role.ACTUAL,
    }


def test_heading_levels_of_the_source_are_used() -> None:
    (report,) = parse_reports(
        document(Paragraph("工作情况", level=1), Paragraph("党建", level=2), "组织学习24次。")
    )
    assert report.passages[0].section == ("工作情况", "党建")


def test_cells_are_labelled_by_row_and_by_every_row_of_the_head() -> None:
    table = merged_table(
        ["项目", "2022年", "<", "2021年"],
        ["^", "预算数", "决算数", "决算数"],
        ["基本支出", "100.00", "100.00", "90.50"],
    )
    (report,) = parse_reports(document("部门决算", "支出表", "单位：万元", table))
    assert [(f.label, str(f.value), f.unit, f.cell) for f in report.figures] == [
        ("基本支出 2022年预算数", "100.00", "万元", "表1 R3C2"),
        ("基本支出 2022年决算数", "100.00", "万元", "表1 R3C3"),
        ("基本支出 2021年决算数", "90.50", "万元", "表1 R3C4"),
    ]


def test_the_unit_of_a_column_comes_before_that_of_the_table() -> None:
    table = text_table(["项目", "金额（元）", "占比"], ["培训费", "5,000", "12.5%"])
    (report,) = parse_reports(document("三公经费", "单位：万元", table))
    assert [(str(f.value), f.unit) for f in report.figures] == [("5000", "元"), ("12.5", "%")]


def form_of(project: str) -> list[list[str]]:
    return [
        ["项目名称", project],
        ["主管部门", "某区文化局"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"],
        ["产出指标", "数量指标", "活动场次", "5场", "6场"],
    ]


def test_several_reports_in_one_file_are_several() -> None:
    reports = parse_reports(
        document(
            "附件1", "项目支出绩效自评表", "（2022年度）", text_table(*form_of("甲项目")),
            "附件2", "项目支出绩效自评表", "（2021年度）", text_table(*form_of("乙项目")),
            text_table(*form_of("丙项目")),
        )
    )  # fmt: skip
    assert [(r.project, r.year) for r in reports] == [
        ("甲项目", 2022),
        ("乙项目", 2021),
        ("丙项目", None),
    ]
    assert len({r.id for r in reports}) == 3


def test_the_form_field_wins_over_title_and_file_name_and_the_difference_is_said() -> None:
    table = text_table(
        ["部门名称", "某街道办事处", "被评价年度", "2022年"],
        ["部门资金情况", "部门调整预算收入", "100"],
        ["主要任务", "预期目标", "目标完成情况", "关键指标"],
    )
    (report,) = parse_reports(document("2021年度部门整体支出绩效自评表", table, file="a2023.xlsx"))
    assert report.year == 2022
    assert any("2021" in warning and "2022" in warning for warning in report.warnings)


def test_year_and_department_come_from_the_file_name_when_nothing_else_says_them() -> None:
    (report,) = parse_reports(
        document("情况说明", "完成清疏12公里。", file="某区水务局2022年绩效自评.docx")
    )
    assert (report.department, report.year) == ("某区水务局", 2022)
