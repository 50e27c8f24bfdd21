"""What counts as a figure in running text, and what it measures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.figures import prose_figures, quantities
from ingest.report import Figure, Passage, Qualifier, Role
from ingest.units import english_name, parse_unit


def figures(text: str) -> list[Figure]:
    return prose_figures(Passage(0, text, ("部门整体绩效",), Role.ACTUAL))


@pytest.mark.parametrize(
    "text",
    [
        "在12月25日全市行动考核中名列前茅",
        "拨打12345政府服务热线",
        "构建“1520”采样服务圈",
        "贯彻第9版防控方案",
        "按照财预〔2020〕10号文件",
        "为60岁以上老年人服务",
        "落实24小时值守",
        "2022年度部门整体支出",
        "1、机动车维修。2、设备油费。",
        "清扫7米以上道路",
    ],
)
def test_numbers_that_measure_nothing_are_no_figures(text: str) -> None:
    assert list(quantities(text)) == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("开展活动2000余次", "2000", "次", Qualifier.OVER),
        ("采集样本533万余人次", "533", "万人次", Qualifier.OVER),
        ("协调近3000人次", "3000", "人次", Qualifier.NEARLY),
        ("巡查约4427家次", "4427", "家次", Qualifier.ABOUT),
        ("满意率达90%及以上。", "90", "%", Qualifier.AT_LEAST),
        ("投入资金1,234.50万元", "1234.50", "万元", None),
        ("办理２.３万张", "2.3", "万张", None),
        ("不少于50场次", "50", "场次", Qualifier.AT_LEAST),
        ("培训标准不超过200元/人", "200", "元/人", Qualifier.AT_MOST),
        ("按1.2万元／户补助", "1.2", "万元／户", None),
        ("护理成本85.5元/人·天", "85.5", "元/人·天", None),
        ("保洁5元/平方米/年", "5", "元/平方米/年", None),
        ("巡查10次/月", "10", "次/月", None),
        ("资助2000元/生/学年", "2000", "元/生/学年", None),
        ("每人补助200元", "200", "元", None),
    ],
)
def test_value_unit_and_qualifier(
    text: str, value: str, unit: str, qualifier: Qualifier | None
) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.unit, figure.qualifier) == (Decimal(value), unit, qualifier)


def test_scale_turns_the_printed_value_into_base_units() -> None:
    (figure,) = figures("办理备案宗数0.09万份")
    assert figure.value * figure.scale == 900
    assert figure.base_unit == "份"


def test_two_figures_of_a_sentence_are_told_apart() -> None:
    first, second = figures("受理群众信访诉求585宗，按时答复583宗。")
    assert first.label == "受理群众信访诉求"
    assert second.label == "按时答复"
    assert "信访诉求" in second.context


def test_counted_nouns_are_not_taken_for_the_next_figures_label() -> None:
    grid, units, members = figures("将123个网格党支部、37个单位党组织和5794名下沉党员纳入平台")
    assert (grid.subject, units.subject, members.subject) == (
        "网格党支部",
        "单位党组织",
        "下沉党员",
    )
    assert "党组织" not in members.label


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_hold(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end].startswith(quantity.text)


@given(
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["万元", "宗", "人次", "%", "场次"]),
)
def test_a_printed_amount_is_read_back(value: Decimal, unit: str) -> None:
    (figure,) = figures(f"共处理{value}{unit}。")
    assert figure.value == value
    assert figure.unit == unit


def test_so_much_for_each_is_another_unit_than_so_much() -> None:
    (figure,) = figures("养护成本1.5万元/公里")
    assert (figure.base_unit, figure.scale) == ("元/公里", 10000)
    each = parse_unit("元/人·天")
    assert each
    assert (each.counted, each.each, each.dimension) == ("元", "人/日", "money")
    assert english_name(each) == "yuan per person per day"
    together = parse_unit("人/次")
    assert together
    assert together.base == "人次"
