"""What counts as right, wrong, refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Status
from eval.judge import Outcome, Share, judge
from eval.questions import Expectation, ExpectedFigure, ExpectedValue
from tests.eval.answers import answered, exchange, expected, expecting, figure, other, ratio


def test_the_expected_figure_is_right(verdict):
    judgement = verdict(expecting(expected("2100.52")), answered(figure("2100.52")))
    assert judgement.outcome is Outcome.RIGHT
    assert judgement.flawless


def test_another_leading_figure_is_wrong(verdict):
    answer = answered(figure("1600"), figure("2100.52"))
    assert verdict(expecting(expected("2100.52")), answer).outcome is Outcome.WRONG_FIGURE


@pytest.mark.parametrize(
    ("value", "unit"), [("0.09", "万份"), ("900", "份"), ("900.0", "份"), ("9E+2", "份")]
)
def test_the_same_quantity_in_another_notation_is_right(verdict, value, unit):
    judgement = verdict(expecting(expected("900", "份")), answered(figure(value, unit)))
    assert judgement.outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("value", "unit"), [("900", "宗"), ("0.09", "份"), ("900", "万份"), ("900", None)]
)
def test_the_same_digits_in_another_unit_are_wrong(verdict, value, unit):
    judgement = verdict(expecting(expected("900", "份")), answered(figure(value, unit)))
    assert judgement.outcome is Outcome.WRONG_FIGURE


def test_people_and_visits_are_different_units(verdict):
    judgement = verdict(expecting(expected("81", "人次")), answered(figure("81", "人")))
    assert judgement.outcome is Outcome.WRONG_FIGURE


def test_a_figure_of_another_year_is_wrong(verdict):
    judgement = verdict(expecting(expected("2100.52")), answered(figure("2100.52", year=2021)))
    assert judgement.outcome is Outcome.WRONG_FIGURE


def test_a_figure_of_another_department_is_wrong(verdict):
    wanted = ExpectedFigure((ExpectedValue(Decimal("2100.52"), "万元"),), 2022, "棠东")
    judgement = verdict(expecting(wanted), answered(figure("2100.52")))
    assert judgement.outcome is Outcome.WRONG_FIGURE


def test_any_alternative_is_right(verdict):
    wanted = ExpectedFigure(
        (ExpectedValue(Decimal(100), "%"), ExpectedValue(Decimal(1), None)), 2022
    )
    answer = answered(figure("1", None), quotes=("服务保障率 1",))
    assert verdict(expecting(wanted), answer).flawless


def test_an_optional_figure_may_lead_and_may_be_left_out(verdict):
    wanted = expecting(
        expected("2100.52", optional=True), computed=(expected("131.28", "%", None),)
    )
    computed = figure("131.28", "%", None, computed=True, citations=())
    quotes = ("税2100.52万元", "税1600万元")
    with_operand = answered(figure("2100.52"), computed, quotes=quotes, calculations=(ratio(),))
    without = answered(computed, quotes=quotes, calculations=(ratio(),))
    assert verdict(wanted, with_operand).flawless
    assert verdict(wanted, without).flawless


def test_a_missing_calculation_is_incomplete(verdict):
    wanted = expecting(expected("2100.52"), computed=(expected("131.28", "%", None),))
    judgement = verdict(wanted, answered(figure("2100.52")))
    assert judgement.outcome is Outcome.INCOMPLETE
    assert judgement.missing == ("computed 131.28%",)


def test_an_explanation_needs_its_quotes(verdict):
    wanted = expecting(quotes=("创新不足", "品质化水平"))
    whole = answered(quotes=("党建工作的创新 不足；城市治理品质化水平不够高",))
    half = answered(quotes=("党建工作的创新不足",))
    assert verdict(wanted, whole).outcome is Outcome.RIGHT
    judgement = verdict(wanted, half)
    assert judgement.outcome is Outcome.INCOMPLETE
    assert judgement.found == Share(1, 2)


def test_figures_that_may_be_given_do_not_replace_the_quotes(verdict):
    wanted = expecting(expected("2100.52", optional=True), quotes=("品质化水平",))
    assert verdict(wanted, answered(figure("2100.52"))).outcome is Outcome.INCOMPLETE


def test_text_that_must_be_said(verdict):
    wanted = expecting(expected("2100.52"), texts=("员村",))
    assert verdict(wanted, answered(figure("2100.52"), text="税")).outcome is Outcome.INCOMPLETE
    assert verdict(wanted, answered(figure("2100.52"), text="员村街")).outcome is Outcome.RIGHT


def test_refusals(verdict):
    there = expecting(expected("2100.52"))
    nowhere = expecting(status=Status.NOT_FOUND)
    assert verdict(there, other(Status.NOT_FOUND)).outcome is Outcome.REFUSED
    assert verdict(there, other(Status.CLARIFY)).outcome is Outcome.ASKED_BACK
    assert verdict(nowhere, other(Status.NOT_FOUND)).outcome is Outcome.RIGHT
    assert verdict(nowhere, answered(figure("2100.52"))).outcome is Outcome.WRONG_FIGURE
    assert verdict(nowhere, answered()).outcome is Outcome.UNREFUSED


def test_several_statuses_may_do(verdict):
    wanted = Expectation((Status.NOT_FOUND, Status.ANSWERED), (expected("2100.52", optional=True),))
    assert verdict(wanted, other(Status.NOT_FOUND)).outcome is Outcome.RIGHT
    assert verdict(wanted, answered(figure("2100.52"))).outcome is Outcome.RIGHT
    assert verdict(wanted, answered(figure("99999"))).outcome is Outcome.WRONG_FIGURE


def test_an_error_is_a_failure(verdict):
    assert verdict(expecting(expected("1")), None).outcome is Outcome.FAILED


def test_a_citation_must_contain_its_figure(verdict):
    wanted = expecting(expected("2100.52"))
    assert verdict(wanted, answered(figure("2100.52"))).cited == Share(1, 1)
    elsewhere = answered(figure("2100.52"), quotes=("税12100.52万元",))
    assert verdict(wanted, elsewhere).cited == Share(0, 1)
    assert verdict(wanted, answered(figure("2100.52", citations=()))).cited == Share(0, 1)
    one_of_two = answered(figure("2100.52", citations=(1, 2)), quotes=("2100.52万元", "税"))
    assert verdict(wanted, one_of_two).cited == Share(0, 1)
    assert not verdict(wanted, one_of_two).flawless


def test_a_computed_figure_needs_its_calculation_and_cited_operands(verdict):
    wanted = expecting(computed=(expected("131.28", "%", None),))
    computed = figure("131.28", "%", None, computed=True, citations=())
    quotes = ("税2100.52万元", "税1600万元")
    assert verdict(wanted, answered(computed, quotes=quotes)).cited == Share(0, 1)
    whole = answered(computed, quotes=quotes, calculations=(ratio(),))
    assert verdict(wanted, whole).cited == Share(3, 3)
    broken = answered(computed, quotes=quotes[:1], calculations=(ratio(),))
    assert verdict(wanted, broken).cited == Share(2, 3)


def test_a_contradiction_has_to_be_pointed_out(verdict):
    wanted = expecting(expected("2100.52"), warning=True)
    assert verdict(wanted, answered(figure("2100.52"))).warned is False
    assert not verdict(wanted, answered(figure("2100.52"))).flawless
    assert verdict(wanted, answered(figure("2100.52"), warnings=("两个数",))).flawless


def test_a_figure_of_another_year_than_the_label_is_counted(verdict):
    wanted = expecting(expected("2100.52"))
    assert verdict(wanted, answered(figure("2100.52"))).wrong_year is False
    assert verdict(wanted, answered(figure("2100.52", year=2021))).wrong_year is True
    assert verdict(wanted, other(Status.NOT_FOUND)).wrong_year is None


def test_where_nothing_is_there_the_year_that_the_question_names_counts():
    def asked(question, year):
        nowhere = expecting(status=Status.NOT_FOUND)
        return judge(exchange(nowhere, answered(figure("9", year=year)), question=question))

    assert asked("2021年收了多少税", 2022).wrong_year is True
    assert asked("２０２１年收了多少税", 2021).wrong_year is False
    assert asked("收了2021.5万元吗", 2022).wrong_year is None  # an amount, not a year


def test_a_comparison_that_has_the_year_asked_for_is_of_no_other():
    def asked(*years, calculations=()):
        answer = answered(*(figure("9", year=y) for y in years), calculations=calculations)
        nowhere = expecting(status=Status.NOT_FOUND)
        return judge(exchange(nowhere, answer, question="2022年的税是升还是降")).wrong_year

    assert asked(2021, 2022, calculations=(ratio(),)) is False
    assert asked(2021, calculations=(ratio(),)) is True
    assert asked(2021, 2022) is True  # two figures side by side, the wrong one first
