"""A follow-up is the plan before with its slots replaced; what a question says is not lost."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from assistant.service import Assistant
from tests.assistant.asking import asked, values


def test_a_project_forms_office_is_the_one_that_it_names(county: Assistant) -> None:
    of = {r.project: r.department for r in county.reports()}
    assert of["戏曲下乡演出专项"] == of["文化馆改造工程"] == "松河县文化局"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("松河县水务局新建水窖计划多少口？实际建了多少口", ["300口", "320口"]),
        ("水务局疏浚河道目标多少公里，最后完成多少公里", ["90公里", "86公里"]),
        ("演出专项项目的演出场次，目标和实际各是多少", ["60场", "54场"]),
    ],
)
def test_target_and_actual_at_once(county: Assistant, question: str, expected: list[str]) -> None:
    assert values(asked(county, question)) == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        # the target is in the same sentence, after what was done
        (("水务局群众满意度多少", "指标要求呢"), ["90%"]),
        (("水务局疏浚河道多少公里", "目标呢"), ["90公里"]),
        (("水务局疏浚河道多少公里", "目标呢", "还差多少"), ["4公里"]),
        (("水务局新建水窖多少口", "我问的是计划数，不是完成数"), ["300口"]),
    ],
)
def test_the_other_side_as_a_follow_up(
    county: Assistant, turns: tuple[str, ...], expected: list[str]
) -> None:
    assert values(asked(county, *turns)) == expected


def test_whether_a_target_was_reached_gives_both_figures(county: Assistant) -> None:
    answer = asked(county, "水务局疏浚河道多少公里", "达到目标没有")
    assert "没有达到目标" in answer.answer
    assert {"86公里", "90公里"} <= set(values(answer))


def test_a_change_since_the_year_before_in_the_reports_own_words(county: Assistant) -> None:
    # 2022 is not loaded; the report of 2023 says what changed
    assert values(asked(county, "水务局2023年新建水窖比上年增加多少")) == ["45口"]
    assert values(asked(county, "水务局新建水窖多少口", "前一年呢")) == ["275口"]
    assert values(asked(county, "水务局2022年漏损率是多少")) == ["11.4%"]


def test_last_year_is_the_latest_loaded_and_it_is_said(county: Assistant) -> None:
    answer = asked(county, "水务局去年新建了多少口水窖")
    assert values(answer) == ["320口"]
    assert any("2023" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("水务局节水补贴平均每户多少钱", "525.00元"),  # 126万元 ÷ 2400户
        ("How much water-saving subsidy was that per household at 松河县水务局", "525.00元"),
    ],
)
def test_per_head(county: Assistant, question: str, expected: str) -> None:
    assert expected in values(asked(county, question))


def test_what_share_the_last_figure_has_of_the_one_before(county: Assistant) -> None:
    turns = ("水务局年末在职人员多少人", "其中专业技术人员多少人", "占比多少")
    assert values(asked(county, *turns)) == ["45.00%"]  # 54 of 120


def test_a_part_of_what_was_spoken_of_stands_beside_it(county: Assistant) -> None:
    assert values(asked(county, "水务局受理群众来信多少件", "其中按时答复的呢")) == ["508件"]


def test_projects_are_told_apart_and_changed(county: Assistant) -> None:
    assert values(asked(county, "戏曲下乡演出那个项目总分多少")) == ["94分"]
    assert values(asked(county, "戏曲下乡演出那个项目总分多少", "另一个项目呢")) == ["99分"]


def test_rates_of_several_projects_stand_beside_each_other(county: Assistant) -> None:
    answer = asked(county, "松河县文化局预算执行率")
    assert sorted(values(answer)) == ["75.00%", "95.00%"]
    assert "戏曲下乡演出专项" in answer.answer
    assert "文化馆改造工程" in answer.answer


def test_indicators_that_fell_short_are_counted(county: Assistant) -> None:
    assert values(asked(county, "戏曲下乡演出那个项目有几个指标没达到")) == ["1个"]


def test_measures_are_taken_from_the_section_of_measures(county: Assistant) -> None:
    answer = asked(county, "松河县水务局存在哪些问题", "怎么办")
    assert any("提前备料" in c.quote for c in answer.citations)


def test_why_quotes_the_sentence_that_gives_the_reason(county: Assistant) -> None:
    answer = asked(county, "水务局疏浚河道为什么没完成")
    assert any("汛期延长" in c.quote for c in answer.citations)


def test_a_turn_that_is_not_understood_leaves_what_is_in_force(county: Assistant) -> None:
    turns = ("水务局新建水窖多少口", "嗯哼咕噜多少", "目标呢")
    assert values(asked(county, *turns)) == ["300口"]


def test_another_office_of_the_same_county_is_not_answered_for(county: Assistant) -> None:
    assert asked(county, "松河县农业农村局2023年新建水窖多少").status is Status.NOT_FOUND


def test_a_new_topic_leans_on_nothing(county: Assistant) -> None:
    turns = ("水务局新建水窖多少口", "换个话题，疏浚河道多少公里")
    assert values(asked(county, *turns)) == ["86公里"]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        # rates are not stated: 150 of 200, 96 of 100
        (("水务局哪个项目执行率最低",), ["75.00%"]),
        (("水务局哪个项目执行率最低", "最高的呢"), ["96.00%"]),
        (("Which projects of 松河县水务局 were below 90% execution?",), ["75.00%"]),
        (("水务局项目按预算从大到小排前两个",), ["200万元", "100万元"]),
        (("水务局有几个项目",), ["2个"]),
    ],
)
def test_projects_that_a_report_speaks_of_are_ranked_and_counted(
    county: Assistant, turns: tuple[str, ...], expected: list[str]
) -> None:
    assert values(asked(county, *turns)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("水务局新建水窖、疏浚河道、受理群众来信分别多少", ["320口", "86公里", "512件"]),
        ("水务局按时答复了多少件，受理群众来信多少件", ["508件", "512件"]),
    ],
)
def test_several_things_are_answered_one_by_one(
    county: Assistant, question: str, expected: list[str]
) -> None:
    assert values(asked(county, question)) == expected


def test_a_value_named_as_the_target_is_held_against_the_actual_one(county: Assistant) -> None:
    answer = asked(county, "水务局群众满意度到90%了吗")
    assert "达到了目标" in answer.answer
    assert {"94.5%", "90%"} <= set(values(answer))


def test_growth_since_the_year_before_as_a_follow_up_names_that_year(county: Assistant) -> None:
    answer = asked(county, "水务局2023年漏损率多少", "比上年下降了多少")
    assert "2.2百分点" in values(answer) or "2.2个百分点" in values(answer)


def test_an_office_by_itself_is_answered_with_what_there_is_of_it(county: Assistant) -> None:
    answer = asked(county, "松河县文化局")
    assert "戏曲下乡演出专项" in answer.answer
    assert "文化馆改造工程" in answer.answer
