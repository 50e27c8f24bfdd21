"""Figures of several years that are compared: of one thing, or not at all."""

from __future__ import annotations

from decimal import Decimal

from assistant.execution.counterparts import counterparts
from assistant.finder import Finding, Match
from assistant.located import Located
from ingest.report import Figure, Report, Role


def _match(label: str, value: str, chance: float, unit: str = "亩") -> Match:
    figure = Figure(
        label=label,
        value=Decimal(value),
        text=value,
        unit=unit,
        base_unit=unit,
        scale=Decimal(1),
        qualifier=None,
        role=Role.ACTUAL,
        passage=0,
        start=0,
        end=1,
        clause_start=0,
        clause_end=1,
    )
    report = Report(
        id=label,
        title="",
        form="",
        department="甲局",
        year=2022,
        unit=None,
        file="",
        source_hash="",
        passages=(),
        figures=(),
    )
    return Match(Located(report, figure), 1.0, 0.0, 0.0, chance)


def _labels(found: list[Located] | None) -> list[str] | None:
    return None if found is None else [located.figure.label for located in found]


def test_what_is_called_alike_is_compared() -> None:
    one, two = _match("茶叶种植面积", "8", 0.9), _match("茶叶种植面积", "9", 0.9)
    assert _labels(counterparts([Finding(one), Finding(two)])) == ["茶叶种植面积"] * 2


def test_two_things_that_only_share_a_question_are_not() -> None:
    one, two = _match("茶叶种植面积", "8", 0.6), _match("新造林木", "1", 0.6)
    assert counterparts([Finding(one), Finding(two)]) is None


def test_a_renamed_thing_that_is_sure_in_both_years_is_compared() -> None:
    one, two = _match("出租房税", "8", 0.95, "元"), _match("代征租赁收入税款", "9", 0.95, "元")
    assert counterparts([Finding(one), Finding(two)]) is not None


def test_the_same_name_is_taken_before_a_likelier_neighbour() -> None:
    first = _match("预算执行率", "96", 0.7, "%")
    near, same = _match("执行率", "98.19", 0.25, "%"), _match("预算执行率", "98.08", 0.23, "%")
    findings = [Finding(first), Finding(near, likely=(near, same))]
    assert _labels(counterparts(findings)) == ["预算执行率"] * 2


def test_what_one_year_leaves_open_is_called_as_in_the_other() -> None:
    first = _match("食品抽检批次", "7036", 0.9, "批次")
    likely = (_match("抽检合格率", "97", 0.3, "%"), _match("完成食品抽检批次", "7415", 0.4, "批次"))
    found = counterparts([Finding(first), Finding(None, likely=likely)])
    assert _labels(found) == ["食品抽检批次", "完成食品抽检批次"]


def test_a_name_that_begins_with_the_other_is_alike_and_a_part_is_not() -> None:
    one, two = _match("立案", "8", 0.7, "件"), _match("立案查办违法案件", "9", 0.7, "件")
    assert counterparts([Finding(one), Finding(two)]) is not None
    whole, part = _match("支出", "8", 0.7, "元"), _match("项目支出", "9", 0.7, "元")
    assert counterparts([Finding(whole), Finding(part)]) is None
