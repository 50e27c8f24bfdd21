"""Which of several: the expected ones are read off the sample reports."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Status
from assistant.service import Assistant


def values(answer: Answer) -> list[tuple[str, str | None]]:
    return [(f.value, f.unit) for f in answer.figures]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # 2022: 员村 98.10, 棠东 95.78, 水务局 96.00
        ("2022年哪些部门预算完成率低于97%", [("95.78", "%"), ("96.00", "%")]),
        ("which offices had a budget completion rate below 96% in 2022?", [("95.78", "%")]),
        ("2022年哪些部门预算完成率超过98%", [("98.10", "%")]),
        # 2022: 文化室 100, 健身 98.11, 电影 80, 清疏 96.60, 安防 99.00
        (
            "2022年哪些项目执行率不到99%",
            [("80.00", "%"), ("96.60", "%"), ("98.11", "%")],
        ),
        # 2022: 100, 97.41, 77.2, 99.66, 99.9
        ("2022年哪些项目得分低于98分", [("77.2", "分"), ("97.41", "分")]),
    ],
)
def test_figures_beyond_a_bound(
    sample_assistant: Assistant, question: str, expected: list[tuple[str, str]]
) -> None:
    answer = sample_assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert values(answer) == expected


def test_none_beyond_the_bound_is_said_and_the_values_are_shown(
    sample_assistant: Assistant,
) -> None:
    answer = sample_assistant.ask("2022年哪些部门预算完成率低于90%")
    assert answer.status is Status.ANSWERED
    assert answer.figures == ()
    assert "没有符合条件的" in answer.answer
    assert "95.78%" in answer.answer


def test_indicators_that_fell_short(sample_assistant: Assistant) -> None:
    answer = sample_assistant.ask("2022年文旅局哪些指标没有完成目标")
    said = answer.answer
    assert all(name in said for name in ("放映场次", "放映完成率", "观影人次", "日均使用人次"))
    assert "器材完好率" not in said
    assert "新建社区文化室数量" not in said


def test_why_an_indicator_fell_short_is_its_rows_own_reason(sample_assistant: Assistant) -> None:
    answer = sample_assistant.ask("公益电影放映为什么没完成")
    assert any("疫情期间暂停放映" in c.quote for c in answer.citations)


def test_the_projects_that_there_are(sample_assistant: Assistant) -> None:
    answer = sample_assistant.ask("文旅局2022年有哪些项目")
    assert all(p in answer.answer for p in ("社区文化室建设", "全民健身器材更新", "公益电影放映"))
    assert "校园安防" not in answer.answer


def test_a_count_of_nothing_named_is_no_figure(sample_assistant: Assistant) -> None:
    assert sample_assistant.ask("2022年一共有多少个").figures == ()
