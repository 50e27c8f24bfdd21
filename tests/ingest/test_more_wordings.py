"""What reports say in ways of their own: before and after, lists, units, tables apart, years."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.figures import quantities
from ingest.pipeline import read_file
from ingest.report import Report, Role

HEAD = "梅岭县交通局2023年度部门整体支出绩效自评报告\n一、完成情况\n"


def _read(folder: Path, body: str, name: str = "r.txt") -> Report:
    path = folder / name
    path.write_text(body, encoding="utf-8")
    return read_file(path)


def _named(report: Report) -> list[tuple[str, str, str | None, int | None]]:
    return [(f.label, f.text, f.unit, f.year) for f in report.figures]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("扫描274.6万页、", "274.6", "万页"),
        ("更新展品74件（套）", "74", "件（套）"),
        ("更新展品74件(套)", "74", "件（套）"),
        ("加装电梯竣工52部，", "52", "部"),
        ("实际使用外资1.62亿美元。", "1.62", "亿美元"),
        ("计367延米", "367", "延米"),
        ("异地备份38TB", "38", "TB"),
        ("开设课堂2800余节，", "2800", "节"),
    ],
)
def test_units_of_many_kinds(text: str, value: str, unit: str) -> None:
    assert [(str(q.value), q.unit) for q in quantities(text)] == [(value, unit)]


@pytest.mark.parametrize("text", ["新建节能3节能", "撰写第3部分", "教育部门", "24小时值守"])
def test_what_only_looks_like_a_unit_is_none(text: str) -> None:
    assert list(quantities(text)) == []


def test_both_values_of_a_pair_are_read(tmp_path: Path) -> None:
    report = _read(tmp_path, HEAD + "平均审理天数分别为21天和35天。\n")
    assert [f.text for f in report.figures] == ["21", "35"]


def test_what_came_of_a_year_before_is_this_years(tmp_path: Path) -> None:
    report = _read(
        tmp_path,
        HEAD + "疫情发生面积由2022年的3.87万亩下降到3.05万亩。参保率从上年的95.2%上升到97.3%。\n"
        "平均办理时限由12个工作日压缩至4个工作日。\n",
    )
    assert _named(report) == [
        ("疫情发生面积", "3.87", "万亩", 2022),
        ("疫情发生面积", "3.05", "万亩", None),
        ("参保率", "95.2", "%", 2022),
        ("参保率", "97.3", "%", None),
        ("平均办理时限压缩前", "12", "个工作日", None),
        ("平均办理时限", "4", "个工作日", None),
    ]


def test_a_year_that_only_describes_is_no_figures_year(tmp_path: Path) -> None:
    report = _read(tmp_path, HEAD + "2000年底前建成的老旧小区共412个。\n")
    assert [f.year for f in report.figures] == [None]


def test_the_second_of_a_list_is_of_the_first_ones_verb(tmp_path: Path) -> None:
    report = _read(
        tmp_path, HEAD + "查处违纪民警4人、辅警11人。公务用车购置费5万元、公务接待费3万元。\n"
    )
    assert [f.label for f in report.figures] == [
        "查处违纪民警", "查处违纪辅警", "公务用车购置费", "公务接待费",
    ]  # fmt: skip


def test_two_rates_side_by_side_have_a_name_each(tmp_path: Path) -> None:
    report = _read(tmp_path, HEAD + "物业费收缴率71.3%，满意度95%。\n")
    assert [f.label for f in report.figures] == ["物业费收缴率", "满意度"]


def test_a_year_in_chinese_numerals_does_not_hide_the_office(tmp_path: Path) -> None:
    report = _read(tmp_path, HEAD.replace("2023", "二〇二三") + "检查12次。\n")
    assert (report.department, report.year) == ("梅岭县交通局", 2023)


FORM = """项目支出绩效自评表
（2023年度）
项目名称\t农村公路养护
主管部门\t梅岭县交通局\t金额单位：万元
项目资金\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t100.00\t120.00\t110.00\t10\t91.67%\t9.17
子项目\t桥梁检测\t年初预算数30.00\t全年预算数40.00\t全年执行数35.00
项目明细\t支出内容\t计划金额（万元）\t实际支出（万元）\t计划工程量\t完成工程量
\t路面大中修\t60.00\t58.00\t46公里\t41.2公里
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥100公里\t102公里\t20\t20
总分\t100\t97.17

分项资金安排（万元）
分项工程\t合同价\t本年计划\t本年完成
泵站更新\t742.85\t650.00\t631.20
渡槽改造\t986.20\t760.00\t702.14
"""


def test_amounts_of_a_project_form_wherever_they_stand(tmp_path: Path) -> None:
    report = _read(tmp_path, FORM)
    found = {f.label: (f.text, f.unit, f.role) for f in report.figures}
    assert found["全年执行数"] == ("110.00", "万元", Role.FUNDS)
    assert found["桥梁检测全年执行数"] == ("35.00", "万元", Role.FUNDS)
    assert found["路面大中修全年预算数"] == ("60.00", "万元", Role.FUNDS)
    assert found["路面大中修全年执行数"] == ("58.00", "万元", Role.FUNDS)
    assert found["路面大中修计划工程量"] == ("46", "公里", Role.TARGET)
    assert found["路面大中修完成工程量"] == ("41.2", "公里", Role.ACTUAL)
    assert found["总分"] == ("97.17", "分", Role.NONE)
    assert found["泵站更新 合同价"] == ("742.85", "万元", Role.ACTUAL)
    assert found["泵站更新 本年计划"][2] is Role.TARGET


TASKS = """部门整体支出绩效自评表
（2023年度）
填报单位：梅岭县交通局\t\t单位：万元
部门资金情况\t年初预算数\t调整预算数\t实际支出数\t预算完成率\t分值\t得分
部门整体支出总额\t300.00\t320.00\t310.00\t96.88%\t10\t9.69
主要任务\t任务名称\t预算金额\t执行金额\t关键指标\t指标值\t完成值
\t公路养护\t186.00\t178.35\t养护里程\t≥100公里\t102公里
"""


def test_the_tasks_table_by_whatever_its_columns_are_called(tmp_path: Path) -> None:
    report = _read(tmp_path, TASKS)
    found = {(f.label, f.role): (f.text, f.unit) for f in report.figures}
    assert found["任务预算数", Role.FUNDS] == ("186.00", "万元")
    assert found["任务执行数", Role.FUNDS] == ("178.35", "万元")
    assert found["养护里程", Role.TARGET] == ("100", "公里")
    assert found["养护里程", Role.ACTUAL] == ("102", "公里")
