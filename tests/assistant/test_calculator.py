"""Arithmetic as people write it: exact, with units, and never an eval."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator import (
    CalculationError,
    Quantity,
    average,
    converted,
    difference,
    evaluate,
    growth,
    ratio,
    result_json,
    round_half_up,
    share,
    share_of_sum,
    total,
)


@pytest.mark.parametrize(
    ("expression", "result", "unit"),
    [
        # worked out by hand
        ("(73,260-57,768)/57,768", "0.2681761529", None),
        ("[(166+178)/2] - [(57+44)/2]", "121.5", None),
        ("-9,819 - 6,639", "-16458", None),
        ("60.3 million + 32,137 thousand", "92437000", None),
        ("1 + 2 × 3", "7", None),
        ("（１２＋８）÷５", "4", None),
        ("2^3^2", "512", None),
        ("200元/人 × 50人", "10000", "元"),
        ("85.5元/人/天 × 10人 × 30天", "25650", "元"),
        ("1.2万元/户 × 300户", "3600000", "元"),
        ("200元/人 + 0.1万元/人", "1200", "元/人"),
        ("10000元 ÷ 200元/人", "50", "人"),
        ("100万元 / 50人", "2", "万元/人"),
        ("-2^2", "-4", None),
        ("200 * 5%", "10", None),
        ("98.1% - 90%", "8.1", "%"),
        ("1 ÷ 8 × 100%", "12.5", "%"),
        ("1亿元 + 5000万元", "1.5", "亿元"),
        ("3万元 - 1元", "2.9999", "万元"),
        ("100万元 ÷ 50万元", "2", None),
        ("¥1,234.5 × 2 =", "2469", None),
        ("6 x 7", "42", None),
        ("{[(1)]}", "1", None),
    ],
)
def test_expressions(expression: str, result: str, unit: str | None) -> None:
    found = result_json(expression)
    assert found == {"expression": expression, "result": result, "unit": unit, "error": None}


@pytest.mark.parametrize(
    "expression", ["200元/人 + 3万元", "20万元/年 - 5万元", "300人 ÷ 20元/人", "5元/人 × 3户"]
)
def test_so_much_for_each_is_no_sum(expression: str) -> None:
    assert evaluate(expression).result is None


def test_so_much_for_each_is_converted_for_each() -> None:
    with pytest.raises(CalculationError):
        total([Quantity(Decimal(200), "元/人"), Quantity(Decimal(3), "万元")])
    with pytest.raises(CalculationError):
        converted(Quantity(Decimal(200), "元/人"), "万元")
    assert converted(Quantity(Decimal("1.2"), "万元/户"), "元/户").value == 12000


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "1/0",
        "0^-1",
        "5元 + 3人",
        "__import__('os').system('true')",
        "9**9**9",
        "9^9^9^9",
        "(" * 500,
        "1" * 1001,
        "1+",
        "1 2",
        "(1]",
        "import os",
        "1e400*1e400",
        "-" * 999,
        "(-2)^0.5",
    ],
)
def test_what_has_no_result_says_why_in_one_line_at_once(expression: str) -> None:
    began = time.perf_counter()
    found = evaluate(expression)
    assert time.perf_counter() - began < 1
    assert found.result is None
    assert found.error
    assert "\n" not in found.error


@given(st.text(max_size=60))
def test_any_text_gives_a_result_or_an_error(text: str) -> None:
    found = evaluate(text)
    assert (found.result is None) != (found.error is None)


_NUMBERS = st.integers(min_value=-(10**6), max_value=10**6)


@given(_NUMBERS, _NUMBERS, _NUMBERS)
def test_it_computes_as_fractions_do(a: int, b: int, c: int) -> None:
    found = evaluate(f"({a}) * ({b}) - ({c}) / 8").result
    assert found is not None
    assert Fraction(found) == a * b - Fraction(c, 8)


def test_named_ratios_follow_their_formula() -> None:
    done = ratio(
        "预算完成率", Quantity(Decimal("12198.33"), "万元"), Quantity(Decimal("12436.77"), "万元")
    )
    assert done.value == Decimal("98.08")
    assert done.expression == "12198.33 ÷ 12436.77 × 100%"
    # (2100.52 − 1600) ÷ 1600 = 0.312825
    off = ratio("偏差率", Quantity(Decimal("2100.52"), "万元"), Quantity(Decimal(1600), "万元"))
    assert off.value == Decimal("31.28")
    score = ratio("预算执行率得分", Quantity(Decimal(120), "万元"), Quantity(Decimal(100), "万元"))
    assert (score.value, score.unit) == (Decimal(10), "分")


def test_units_convert_before_they_are_put_together() -> None:
    tax = Quantity(Decimal(2), "万元")
    assert difference(tax, Quantity(Decimal(5000), "元")).value == Decimal("1.5")
    assert share(Quantity(Decimal(900), "份"), Quantity(Decimal("0.09"), "万份")).value == 100
    assert total([tax, Quantity(Decimal(10000), "元")]).value == 3
    assert average([tax, Quantity(Decimal(4), "万元")]).value == 3
    assert difference(Quantity(Decimal(98), "%"), Quantity(Decimal(95), "%")).unit == "百分点"
    with pytest.raises(CalculationError):
        difference(tax, Quantity(Decimal(3), "人"))
    with pytest.raises(CalculationError):
        growth(tax, Quantity(Decimal(0), "万元"))


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.125", "0.13"), ("0.124", "0.12"), ("2.5", "2.50")]
)
def test_rounding_is_half_up(value: str, rounded: str) -> None:
    assert round_half_up(Decimal(value), 2) == Decimal(rounded)


def test_it_is_a_llama_index_tool_that_agents_can_call() -> None:
    from llama_index.core.tools import FunctionTool

    from assistant.calculator.tool import calculator_tool

    tool = calculator_tool()
    assert isinstance(tool, FunctionTool)
    assert tool.metadata.name == "calculate"
    assert tool.call(expression="12198.33万元 ÷ 12436.77万元").raw_output["error"] is None
    assert tool.call(expression="1+2").raw_output["result"] == "3"
    assert tool.call(expression="__import__('os')").raw_output["error"]


def test_counters_that_count_the_same_go_together() -> None:
    assert difference(Quantity(Decimal(36), "名"), Quantity(Decimal(33), "人")).value == 3
    lifts, all_of_them = Quantity(Decimal(2148), "台"), Quantity(Decimal(5316), "台（套）")
    assert share(lifts, all_of_them).value == Decimal("40.41")
    with pytest.raises(CalculationError):
        difference(Quantity(Decimal(36), "名"), Quantity(Decimal(33), "件"))


def test_a_sum_as_a_share() -> None:
    parts = [Quantity(Decimal(1540), "批次"), Quantity(Decimal(1085), "批次")]
    made = share_of_sum(parts, Quantity(Decimal(3125), "批次"))
    assert (made.value, made.unit) == (Decimal("84.00"), "%")
    assert made.expression == "(1540 + 1085) ÷ 3125 × 100%"
