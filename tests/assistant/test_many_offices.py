"""Questions over more offices than can be searched one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from assistant.answer import Answer, Status
from assistant.service import Assistant
from assistant.verifier import numbers
from tests.conftest import open_store

OFFICES = 40
_NAMES = "东南西北中上下前后左右大小长短高低新老红黄蓝白青紫金银铜铁锡春夏秋冬日月星辰山河"
# What the first offices call 组织消防演练; the last ones another thing, and one says nothing of it.
_OTHER_NAME, _SILENT = 35, 39
_LIBRARIES = 27  # the one office that built some


def drills(number: int) -> int:
    """How many drills an office held: no two the same."""
    return 101 + 7 * number


def _text(number: int) -> str:
    name = f"{_NAMES[number]}坪街道"
    held = "组织消防演练" if number < _OTHER_NAME else "开展灭火演练"
    said = "" if number == _SILENT else f"全年{held}{drills(number)}场。"
    return (
        f"梅岭市泉河区人民政府{name}办事处2023年度部门整体支出绩效自评报告\n"
        f"一、基本情况\n全年支出{2000 + number}.50万元，编制{30 + number}人。\n"
        f"二、主要工作\n{said}走访困难家庭{400 + number}户。"
        f"{'新建图书馆3座。' if number == _LIBRARIES else ''}\n"
    )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = tmp_path_factory.mktemp("files")
    for number in range(OFFICES):
        (files / f"{number:02}.txt").write_text(_text(number), encoding="utf-8")
    store = open_store(tmp_path_factory.mktemp("store"))
    assistant = Assistant(store, today=date(2026, 1, 15))
    assert all(o.problem is None for o in assistant.ingest_files([files]))
    yield assistant
    store.close()


def _values(answer: Answer) -> list[Decimal]:
    return [Decimal(f.value) for f in (*answer.figures, *answer.shown)]


@pytest.mark.parametrize(
    "question", ["2023年哪个街道走访困难家庭最多", "2023年哪个街道走访困难家庭最少"]
)
def test_the_first_ten_of_a_ranking_in_their_order(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    ranked = sorted((400 + n for n in range(OFFICES)), reverse="最多" in question)
    assert _values(answer) == [Decimal(v) for v in ranked[:10]]
    assert [f.value for f in answer.figures] == [str(ranked[0])]
    assert any(numbers(w) >= {Decimal(OFFICES), Decimal(10)} for w in answer.warnings)


def test_an_office_that_calls_it_otherwise_is_ranked_too(assistant: Assistant) -> None:
    most = assistant.ask("2023年哪个街道消防演练场次最多")
    assert most.figures[0].value == str(drills(_SILENT - 1))
    assert most.figures[0].department is not None
    assert _NAMES[_SILENT - 1] in most.figures[0].department


def test_how_many_are_below_a_bound_with_each_of_them_cited(assistant: Assistant) -> None:
    for question in (
        "2023年有多少个街道走访困难家庭少于415户",
        "2023年几个街道走访困难家庭少于415户",
    ):
        answer = assistant.ask(question)
        assert [f.value for f in answer.figures] == ["15"], answer.answer
        assert len(answer.calculations[0].operands) == 15
        assert {o.value for o in answer.calculations[0].operands} == {
            str(400 + n) for n in range(15)
        }


def test_those_below_a_bound_the_farthest_first(assistant: Assistant) -> None:
    answer = assistant.ask("2023年哪些街道走访困难家庭少于405户")
    assert [f.value for f in answer.figures] == ["400", "401", "402", "403", "404"]


def test_a_sum_needs_every_office(assistant: Assistant) -> None:
    total = assistant.ask("2023年各街道走访困难家庭合计多少户")
    assert total.figures[0].value == str(sum(400 + n for n in range(OFFICES)))
    assert len(total.calculations[0].operands) == OFFICES
    assert assistant.ask("2023年各街道消防演练合计多少场").status is not Status.ANSWERED


def test_it_is_asked_which_office_where_none_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("2023年走访困难家庭多少户")
    assert answer.status is Status.CLARIFY
    assert len(answer.citations) > 1


def test_a_thing_that_one_office_alone_has_is_found_among_all(assistant: Assistant) -> None:
    answer = assistant.ask("2023年新建了几座图书馆")
    assert [f.value for f in answer.figures] == ["3"], answer.answer
    assert _NAMES[_LIBRARIES] in (answer.figures[0].department or "")
