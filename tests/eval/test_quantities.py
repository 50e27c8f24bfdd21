"""Quantities in their notations, and numbers inside a text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.quantities import base, decimal, same, states


@pytest.mark.parametrize(
    ("value", "unit", "in_base"),
    [
        ("0.09", "万份", ("900", "份")),
        ("1.2", "亿元", ("120000000", "元")),
        ("8.44", "万㎡", ("84400", "平方米")),
        ("507746", "人", ("507746", "人")),
        ("5794", "名", ("5794", "人")),
        ("7", None, ("7", None)),
        ("7", "", ("7", None)),
        ("533", "万", ("5330000", None)),
    ],
)
def test_base(value, unit, in_base):
    assert base(Decimal(value), unit) == (Decimal(in_base[0]), in_base[1])


def test_same():
    assert same(Decimal("98.10"), "%", Decimal("98.1"), "%")
    assert not same(Decimal("2"), "%", Decimal("2"), "百分点")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("实际支出数\t12198.33", "12198.33", "万元"),
        ("实际支出 12,198.33 万元", "12198.33", "万元"),
        ("采集核酸检测样本533万余人次", "533", "万人次"),
        ("样本533万余人次", "5330000", "人次"),
        ("“三会一课”2000余次", "2000", "次"),
        ("达１００％", "100", "%"),
        ("服务保障率 1", "100", "%"),
        ("减少3.2万元", "-3.2", "万元"),
        ("预算完成率 98.10%", "98.1", "%"),
    ],
)
def test_states(text, value, unit):
    assert states(text, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("开展19次", "9", "次"),
        ("98.15%", "98.1", "%"),
        ("1.5万元", "5", "万元"),
        ("没有数字", "1", None),
        ("2,100.52", "100.52", None),
    ],
)
def test_does_not_state(text, value, unit):
    assert not states(text, Decimal(value), unit)


def test_decimal():
    assert decimal("1,234.50") == Decimal("1234.50")
    assert decimal("达标") is None
    assert decimal("NaN") is None
