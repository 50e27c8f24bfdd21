"""Tables as offices lay them out: heads over two rows, names on every row, sides, lists."""

from __future__ import annotations

from decimal import Decimal

from ingest.forms import parse_reports
from ingest.report import Figure, Report, Role

from .documents import document, merged_table, text_table


def one(*blocks: object) -> Report:
    (report,) = parse_reports(document(*blocks))  # type: ignore[arg-type]
    return report


def by_label(report: Report) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in report.figures:
        found.setdefault(figure.label, []).append(figure)
    return found


def test_indicators_with_heads_over_two_rows() -> None:
    table = merged_table(
        ["项目名称", "防治经费", "<", "<", "<", "<", "<", "<", "<"],
        ["绩效指标", "<", "<", "年度指标值", "<", "<", "实际完成值", "分值", "得分"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "^", "^", "^"],
        ["产出指标", "数量指标", "治理隐患点", "≥", "18", "处", "16", "15", "13.33"],
        ["^", "质量指标", "条件改善", "定性", "良好", "", "良好", "10", "10"],
    )
    first, second = one("项目支出绩效自评表", "（2022年度）", table).indicators
    assert (first.target, first.actual, first.points, first.score) == (
        "≥18处", "16", "15", "13.33",
    )  # fmt: skip
    assert second.target == "良好"


def test_lines_of_the_blank_form_are_no_indicators() -> None:
    table = text_table(
        ["项目名称", "物资储备"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "指标1：储备编织袋", "12万条", "12.6万条", "10", "10"],
        ["", "", "指标2：", "", "", "", ""],
        ["", "", "……", "", "", "", ""],
    )
    assert [i.name for i in one("项目支出绩效自评表", table).indicators] == ["储备编织袋"]


def test_a_column_of_no_known_kind_stays_readable() -> None:
    table = text_table(
        ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "实际完成值", "得分"],
        ["产出", "履职", "抽检批次", "15", "完成2,400批次计满分", "2,518批次", "15"],
    )
    report = one("某区市场监管局2022年度部门整体支出绩效评分表", table)
    assert report.department == "某区市场监管局"
    assert any("完成2,400批次计满分" in passage.text for passage in report.passages)


def test_funds_without_a_name_and_rates_without_a_sign() -> None:
    table = text_table(
        ["项目名称", "道路养护"],
        ["资金情况（万元）", "预算数", "执行数", "执行率", "得分"],
        ["", "96.00", "93.60", "97.5", "9.75"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
    )
    found = by_label(one("项目支出绩效自评表", table))
    assert [(f.value, f.unit) for f in found["全年执行数"]] == [(Decimal("93.60"), "万元")]
    assert [(f.value, f.unit) for f in found["执行率"]] == [(Decimal("97.5"), "%")]


def test_office_year_and_project_on_every_row() -> None:
    head = ["部门", "年度", "项目名称", "一级指标", "二级指标", "三级指标", "目标值", "完成值"]
    row = ["临滨市生态环境局", "2023", "监测站运维", "产出指标", "数量指标", "站点", "14个", "14个"]
    report = one(text_table([*head, "得分"], [*row, "15"]))
    assert (report.department, report.year, report.project) == (
        "临滨市生态环境局", 2023, "监测站运维",
    )  # fmt: skip


def test_a_project_form_with_problems_and_measures_is_a_project_form() -> None:
    table = text_table(
        ["项目名称", "51138023T000009123456-山坪塘整治项目"],
        ["主管部门", "岷丰县水利局部门", "实施单位", "岷丰县水利局"],
        ["", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "得分"],
        ["其中：财政资金", "820.00", "855.60", "821.34", "96.00%", "/"],
        ["单位资金", "1.00", "1.00", "1.00", "100%", "/"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分"],
        ["存在问题", "进度慢。"],
        ["改进措施", "提前开工。"],
    )
    report = one("部门预算项目支出绩效自评表（2023年度）", table)
    assert (report.form, report.project, report.department) == (
        "项目支出绩效自评表", "山坪塘整治项目", "岷丰县水利局",
    )  # fmt: skip
    assert "单位资金全年执行数" in by_label(report)


def test_tasks_with_amounts_under_two_rows_of_heads() -> None:
    table = merged_table(
        ["部门名称", "渭阳县民政局", "<", "<", "<", "<", "<", "<"],
        ["主要任务", "任务名称", "任务内容", "完成情况", "预算数（万元）", "<", "执行数", "<"],
        ["^", "^", "^", "^", "小计", "其他资金", "小计", "其他资金"],
        ["^", "养老服务", "建20个", "建成幸福院17个", "1150.00", "250.00", "968.40", "226.00"],
        ["^", "金额合计", "", "", "1150.00", "250.00", "968.40", "226.00"],
        ["一级指标", "二级指标", "指标内容", "年度指标值", "实际完成值", "分值", "得分", "备注"],
    )  # fmt: skip
    report = one("部门整体支出绩效自评表", "（2023年度）", table)
    found = by_label(report)
    assert [task.name for task in report.tasks] == ["养老服务"]
    assert [(f.value, f.unit, f.task) for f in found["任务执行数"]] == [
        (Decimal("968.40"), "万元", "养老服务")
    ]
    assert found["其他资金任务预算数"][0].value == 250
    assert found["任务执行数合计"][0].task is None
    assert any(f.value == 17 and f.task == "养老服务" for f in report.figures)


def test_goals_in_columns_lose_neither_side() -> None:
    table = text_table(
        ["部门名称", "某区退役军人事务局", "被评价年度", "2023年"],
        ["部门资金情况", "实际支出数", "3190.07", "预算完成率", "97.60%"],
        ["年度目标", "预期目标", "", "目标完成情况", ""],
        ["", "安置退役士兵35人。", "", "安置退役士兵33人。", ""],
        ["存在问题", "无"],
    )
    report = one("2023年度部门整体支出绩效自评表", table)
    people = [(f.value, f.role) for f in report.figures if f.unit == "人"]
    assert people == [(35, Role.TARGET), (33, Role.ACTUAL)]


def test_two_sides_of_a_table_keep_their_own_names() -> None:
    table = merged_table(
        ["收入", "<", "<", "支出", "<", "<"],
        ["项目", "行次", "金额", "项目（按功能分类）", "行次", "金额"],
        ["栏次", "", "1", "栏次", "", "2"],
        ["一、财政拨款收入", "1", "1,486.32", "一、一般公共服务支出", "31", "42.10"],
    )
    title = "收入支出决算总表"
    report = one(title, "部门：南浦区供销社　　金额单位：万元", table)
    assert [(f.value, f.unit) for f in report.figures] == [
        (Decimal("1486.32"), "万元"), (Decimal("42.10"), "万元"),
    ]  # fmt: skip
    income, spending = report.figures
    assert "支出" not in income.label
    assert "财政拨款收入" not in spending.label
    assert title in report.passages[income.passage].section


def test_a_column_of_units_gives_each_row_its_own() -> None:
    table = text_table(
        ["指标", "单位", "2021年", "2022年"],
        ["公交客运量", "万人次", "2,918", "2,746"],
        ["交通事故", "起", "36", "29"],
    )
    report = one("某区交通局2022年度绩效自评报告", table)
    assert [(f.unit, f.year) for f in report.figures] == [
        ("万人次", 2021), ("万人次", None), ("起", 2021), ("起", None),
    ]  # fmt: skip


def test_a_list_of_projects_gives_each_row_to_its_project() -> None:
    table = text_table(
        ["序号", "项目名称", "单位", "年初预算数", "实际支出数", "执行率（%）", "自评得分", "产出"],
        ["1", "校舍维修", "基建科", "1,350", "1,296.40", "96.03", "95.5", "维修校舍38栋，惠及12所"],
        ["2", "教师培训", "发展中心", "260", "251.80", "96.85", "97.2", "培训4,816人次"],
        ["合计", "", "", "1,610", "1,548.20", "96.16", "", ""],
    )  # fmt: skip
    report = one("江渡市教育局2022年度项目支出绩效自评情况汇总表", "单位：万元", table)
    assert [task.name for task in report.tasks] == ["校舍维修", "教师培训"]
    spent = by_label(report)["实际支出数"]
    assert [(f.task, f.value, f.unit, f.role) for f in spent] == [
        ("校舍维修", Decimal("1296.40"), "万元", Role.FUNDS),
        ("教师培训", Decimal("251.80"), "万元", Role.FUNDS),
    ]
    assert [(f.value, f.unit) for f in by_label(report)["执行率"]] == [
        (Decimal("96.03"), "%"), (Decimal("96.85"), "%"),
    ]  # fmt: skip
    assert any(f.value == 38 and f.task == "校舍维修" for f in report.figures)
    assert by_label(report)["实际支出数合计"][0].task is None


def test_funds_of_a_form_by_names_that_nobody_listed() -> None:
    table = text_table(
        ["部门名称", "某市疾控中心", "", "被评价年度", "2023年"],
        ["部门资金情况", "年初预算", "14,960.00", "调整预算", "15,842.60"],
        ["", "其中：一般公共预算支出", "13,874.25", "其中：其他资金支出", "1,433.23"],
        ["", "上年实际支出", "16,920.35", "上年预算执行率", "94.18%"],
        ["存在问题", "无", "", "", ""],
        ["改进措施或下一步计划", "无", "", "", ""],
    )
    found = by_label(one("部门整体支出绩效自评表", "单位：万元", table))
    assert found["部门年初预算收入"][0].value == Decimal("14960.00")
    assert found["一般公共预算支出"][0].value == Decimal("13874.25")
    assert found["其他资金支出"][0].unit == "万元"
    assert (found["实际支出"][0].year, found["预算执行率"][0].year) == (2022, 2022)


def test_tasks_with_a_budget_before_and_after() -> None:
    table = text_table(
        ["部门名称", "某镇人民政府", "", "", "", ""],
        ["年度主要任务", "任务名称", "完成情况", "年初预算数", "调整预算数", "实际支出数"],
        ["", "道路养护", "养护公路86公里", "520", "615.8", "601.22"],
        ["存在问题", "无", "", "", "", ""],
    )
    found = by_label(one("2023年度部门整体支出绩效自评表", "单位：万元", table))
    assert [found[n][0].text for n in ("任务年初预算数", "任务预算数", "任务执行数")] == [
        "520", "615.8", "601.22",
    ]  # fmt: skip


def _office(*rows: list[str]) -> tuple[list[str], ...]:
    """Rows of a whole-department form, with the parts that end it."""
    end = ["存在问题", "无", "", "", ""], ["改进措施或下一步计划", "无", "", "", ""]
    return (["部门名称", "某县农业局", "", "", ""], *rows, *end)


def test_a_note_ends_where_the_next_part_begins() -> None:
    report = one(
        "2022年度部门整体支出绩效自评表",
        text_table(*_office()),
        "注：得分最高不能超过该指标分值上限30分。",
        "三、部门整体绩效",
        "（一）稳产保供。蔬菜产量26.4万吨。",
    )
    found = by_label(report)
    assert found["蔬菜产量"][0].text == "26.4"
    assert "30" not in {f.text for f in report.figures}


def test_a_note_that_states_money_reports_it() -> None:
    report = one(
        "2022年度部门整体支出绩效自评表",
        text_table(*_office()),
        "注：2021年“三公”经费实际支出35.82万元。",
    )
    (figure,) = [f for f in report.figures if f.text == "35.82"]
    assert figure.year == 2021


def test_numbers_of_staff_beside_their_labels() -> None:
    table = text_table(*_office(["编制人数", "86人", "其中：行政编制", "28人", ""]))
    found = by_label(one("2022年度部门整体支出绩效自评表", table))
    assert (found["编制人数"][0].text, found["行政编制"][0].text) == ("86", "28")


def test_funds_with_a_total_and_a_line_of_text() -> None:
    table = text_table(
        *_office(
            ["部门资金情况", "项目", "年初预算数", "调整预算数", "实际支出数"],
            ["", "年度部门支出合计", "950.00", "1100.00", "1056.00"],
            ["", "预算调整数", "150.00", "预算调整率", "15.79%"],
            ["", "资金使用说明", "“三公”经费实际支出29.85万元，公务接待12批次。", "", ""],
        )
    )
    found = by_label(one("2023年度部门整体支出绩效自评表", "单位：万元", table))
    assert [found[n][0].text for n in ("年初预算数", "全年预算数", "全年执行数")] == [
        "950.00", "1100.00", "1056.00",
    ]  # fmt: skip
    assert found["预算调整率"][0].text == "15.79"
    assert any(f.text == "29.85" for own in found.values() for f in own)
