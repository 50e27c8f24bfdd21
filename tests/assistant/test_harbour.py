"""Questions about an office whose two years are told in a narrative and in a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Status
from assistant.service import Assistant
from tests.assistant.asking import asked, over, values
from tests.assistant.reports_of_a_harbour import write


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from over(write, tmp_path_factory)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # the office's own row, and none of its project's or of its parts
        ("澜州市港务局2023年年初预算数是多少", ["950.00万元"]),
        ("港务局2023年部门整体支出的调整预算数是多少？", ["1100.00万元"]),
        ("How much did the office actually spend in total in 2023?", ["1056.00万元"]),
        ("2023年港务局预算调整数多少", ["150.00万元"]),
        ("港务局2022年预算执行率多少？", ["96.00%"]),
        # a task's budget before and after it was adjusted
        ("2023年岸电改造任务的年初预算数", ["120.00万元"]),
        ("2023年岸电改造的调整预算数是多少？", ["160.00万元"]),
    ],
)
def test_an_amount_is_of_whom_it_was_asked(
    assistant: Assistant, question: str, expected: list[str]
) -> None:
    answer = asked(assistant, question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert values(answer) == expected


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("2023年港务局主要任务里，哪一项钱花得最慢（执行率最低）？", "80.00%"),
        ("Which main task had the highest execution rate in the 2023 form?", "98.00%"),
        ("2023年港务局主要任务中，有几项执行率不到90%？", "2项"),
    ],
)
def test_tasks_are_ranked_by_the_rate_that_is_named(
    assistant: Assistant, question: str, first: str
) -> None:
    assert values(asked(assistant, question))[0] == first


def test_its_budget_is_of_the_task_ranked_first(assistant: Assistant) -> None:
    turns = ("Which main task had the highest execution rate in the 2023 form?",)
    turns = (*turns, "What was its adjusted budget?")
    assert values(asked(assistant, *turns)) == ["200.00万元"]
    assert values(asked(assistant, *turns, "and actually spent?")) == ["196.00万元"]


def test_what_was_spoken_of_before_the_ranking_is_left_alone(assistant: Assistant) -> None:
    turns = ("2023年货主满意度多少", "2023年港务局主要任务里哪一项执行率最低")
    assert values(asked(assistant, *turns, "它的调整预算是多少")) == ["160.00万元"]
    assert values(asked(assistant, *turns, "它花了多少钱")) == ["128.00万元"]


def test_what_is_asked_of_that_task_is_never_the_offices(assistant: Assistant) -> None:
    turns = ("2023年航道疏浚任务实际支出多少", "2022年这项任务花了多少")
    answer = asked(assistant, *turns)
    assert answer.status is Status.NOT_FOUND, answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年港务局哪些指标没拿满分", ["9.60分", "7.50分", "9.90分", "9.78分"]),
        ("2023年港务局产出指标里哪些没拿满分", ["7.50分", "9.90分"]),
        ("2023年港务局除了预算执行率，还有哪些指标没拿满分", ["7.50分", "9.90分", "9.78分"]),
        ("Apart from the budget execution rate, which indicators of the 2023 form lost points?",
         ["7.50分", "9.90分", "9.78分"]),
    ],
)  # fmt: skip
def test_points_that_were_lost(assistant: Assistant, question: str, expected: list[str]) -> None:
    answer = asked(assistant, question)
    assert [v for v in values(answer) if v.endswith("分")] == expected, answer.answer


def test_target_and_actual_with_what_lies_between(assistant: Assistant) -> None:
    answer = asked(assistant, "2023年岸电改造泊位数，目标跟实际各是多少，差几个？")
    assert values(answer) == ["20个", "15个", "5个"]


def test_the_parts_of_a_total(assistant: Assistant) -> None:
    answer = asked(assistant, "港务局2022年在册船舶分类型各有多少艘")
    assert values(answer) == ["300艘", "180艘", "40艘"], answer.answer


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        # the names differ from year to year: 实际支出 and 全年执行数
        (("港务局2022年实际支出多少", "那2023年呢", "增长了百分之几"), "10.00%"),
        # what a fall is by, and that of a value that only says 上年
        (("2023年改造泊位多少个", "比上年减少了百分之多少"), "16.67%"),
        # a target of the year before is no result of it
        (("2023年隐患整改率多少", "比上年高了几个百分点"), "2.00百分点"),
        (("2023年改造泊位多少个", "完成率是百分之多少"), "75.00%"),
    ],
)
def test_what_follows_upon_a_figure(
    assistant: Assistant, turns: tuple[str, ...], expected: str
) -> None:
    answer = asked(assistant, *turns)
    if answer.status is Status.NOT_FOUND:
        assert expected == "2.00百分点", answer.answer  # refused, and not computed of the target
        return
    assert values(answer) == [expected], answer.answer


def test_of_an_earlier_year_only_what_is_said_of_the_whole(assistant: Assistant) -> None:
    answer = asked(assistant, "港务局2021年全年实际支出多少万元？")
    assert answer.status is Status.NOT_FOUND, answer.answer
    assert values(asked(assistant, "港务局2021年三公经费实际支出多少")) == ["9.40万元"]


def test_a_part_in_what_was_spent(assistant: Assistant) -> None:
    turns = ("2022年港务局公务接待费多少", "占三公经费多少")
    assert values(asked(assistant, *turns)) == ["25.00%"]


def test_each_case_is_not_each_inspection(assistant: Assistant) -> None:
    turns = ("2023年检查船舶多少艘次", "罚款多少", "平均每宗罚多少万元")
    answer = asked(assistant, *turns)
    assert "412" not in answer.answer


def test_office_and_project_with_one_name_are_asked_apart(assistant: Assistant) -> None:
    answer = asked(assistant, "2023年货主满意度多少")
    assert answer.status is Status.CLARIFY, answer.answer
    assert "智慧闸口建设" in answer.answer


def test_one_thing_in_two_counters(assistant: Assistant) -> None:
    answer = asked(assistant, "2022年港务局脱困渔民帮扶对象是多少户多少人")
    assert values(answer) == ["46户", "158人"]


def test_another_quarter_is_another_figure(assistant: Assistant) -> None:
    turns = ("港务局2022年第四季度支出多少", "第一季度呢")
    answer = asked(assistant, *turns)
    assert "420.00万元" not in values(answer), answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("智慧闸口建设项目有几项指标没拿满分", "1项"),  # not those of the office's own form
        ("2023年港务局有几项指标没拿满分", "4项"),
    ],
)
def test_whose_indicators_are_counted(assistant: Assistant, question: str, expected: str) -> None:
    assert values(asked(assistant, question))[0] == expected
