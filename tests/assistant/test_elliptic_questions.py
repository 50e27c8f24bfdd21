"""What a question leaves unsaid: the year, the whole name, what was not done, the same again."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from assistant.denial import denies
from assistant.openings import Openings
from assistant.service import Assistant
from assistant.years import all_of, read_years
from tests.assistant.asking import asked, values


def test_without_year_and_office_each_office_is_asked_of_its_own_last_year(
    towns: Assistant,
) -> None:
    # 2024 is the last year loaded, and only the museum's
    answer = asked(towns, "培育了多少家直播电商企业")
    assert (values(answer)[0], answer.figures[0].year) == ("18家", 2021)
    assert asked(towns, "接处警多少起").figures[0].year == 2023


def test_the_year_taken_for_a_question_is_in_force_afterwards(towns: Assistant) -> None:
    answer = asked(towns, "接处警多少起", "前一年呢")
    assert (values(answer)[0], answer.figures[0].year) == ("1520起", 2022)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("消防2023年罚款金额多少", "48.1万元"),
        ("博物馆讲解服务场次多少场", "1180场"),
    ],
)
def test_an_office_or_project_by_what_its_name_begins_with(
    towns: Assistant, question: str, expected: str
) -> None:
    assert values(asked(towns, question))[0] == expected


def test_a_beginning_that_two_names_share_names_neither() -> None:
    known = Openings(["甲县消防救援大队", "乙县消防救援大队"], ["图书馆总分馆建设项目"])
    assert known.of("消防罚款多少") == ((), ())
    assert known.of("图书馆建了几个分馆") == ((), ("图书馆总分馆建设项目",))


def test_both_years_are_those_loaded(towns: Assistant) -> None:
    answer = asked(towns, "消防罚款金额两年差多少")
    assert {"52.6万元", "48.1万元"} <= {f"{o.value}{o.unit}" for c in answer.calculations
                                        for o in c.operands}  # fmt: skip
    said, rest = read_years("两年的罚款", "zh")
    assert all_of(said, rest, (2022, 2023))[0].years == (2022, 2023)
    assert all_of(said, rest, (2021, 2022, 2023))[0].years == ()


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("马蜂窝22年23年各摘了多少", (2022, 2023)),
        ("三公经费22、23两年合计花了多少", (2022, 2023)),
        ("罚款22和23年各多少", (2022, 2023)),
        ("22年12348热线接了多少", (2022,)),
        ("22年3月立案多少件", (2022,)),
        ("工期20年3个月", ()),
        ("花了12、13万元", ()),
        ("22、23号开的会", ()),
    ],
)
def test_years_in_short(question: str, years: tuple[int, ...]) -> None:
    assert read_years(question, "zh")[0].years == years


def test_these_two_years_whatever_stands_behind_them() -> None:
    assert read_years("这两年立案分别多少件", "zh")[0].count == 2
    assert read_years("两年立案多少件", "zh")[0].count is None


@pytest.mark.parametrize(
    ("question", "relative"),
    [
        ("第二年定的多少", 1),
        ("次年创建了多少", 1),
        ("连续第二年上涨", None),
        ("下一年工作打算", None),
    ],
)
def test_the_year_after(question: str, relative: int | None) -> None:
    assert read_years(question, "zh")[0].relative == relative


def test_how_long_something_took_names_no_years() -> None:
    assert read_years("工期两年以内吗", "zh")[0].count is None


@pytest.mark.parametrize(
    "question",
    [
        "How many fire hazards were left unrectified by the Qingshi fire brigade in 2023?",
        "消防大队2023年有几处火灾隐患未督促",
    ],
)
def test_what_was_done_is_never_given_for_what_was_left_undone(
    towns: Assistant, question: str
) -> None:
    assert "1265处" not in values(asked(towns, question))


def test_what_was_left_undone_is_the_whole_less_what_was_done(towns: Assistant) -> None:
    assert values(asked(towns, "消防大队2023年还有多少火灾隐患没整改"))[0] == "35处"


@pytest.mark.parametrize("text", ["没办结的投诉", "尚未整改", "left unresolved", "not completed"])
def test_denials_are_seen(text: str) -> None:
    assert denies(text)


@pytest.mark.parametrize("text", ["有没有投诉", "未成年人", "投诉办结没有", "unemployed people"])
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    assert not denies(text)


def test_which_of_several_things_is_the_smallest(towns: Assistant) -> None:
    answer = asked(towns, "云桥区商务局食品类投诉、价格类投诉、广告类投诉，哪个最少")
    assert values(answer)[0] == "37件"


def test_spending_is_no_budget_nor_the_other_way_round(towns: Assistant) -> None:
    assert values(asked(towns, "消防2023年三公经费花了多少"))[0] == "22.75万元"
    assert values(asked(towns, "消防2023年三公经费预算多少"))[0] == "28.00万元"


def test_another_year_is_the_figure_of_the_same_name(towns: Assistant) -> None:
    answer = asked(towns, "消防2023年新登记消防志愿者多少人", "2022年呢")
    assert (values(answer)[0], answer.figures[0].year) == ("310人", 2022)


def test_what_is_counted_beside_the_figure_answered(towns: Assistant) -> None:
    # two figures in 处 follow: neither is taken for the other, nor the firms given again
    answer = asked(towns, "消防2023年检查单位多少家", "查出来多少处")
    assert answer.status is not Status.ANSWERED or values(answer)[0] == "1300处"
    assert values(asked(towns, "消防2023年发现多少处火灾隐患", "检查了几家"))[0] == "912家"
