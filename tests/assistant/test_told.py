"""What is to be made of the figures just answered, in questions that name nothing themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Status
from assistant.service import Assistant
from assistant.splitting import clauses
from tests.assistant.asking import asked, over, values

# Invented; the second is of the year after, in other words.
FIRST = """青岚县档案馆2022年度部门整体支出绩效自评报告
一、部门基本情况
核定编制42名，年末实有在编人员37人，其中女性15人。
二、主要工作
全年接待查档群众5240人次，其中少年儿童320人次，预约查档1310人次。
举办档案展览6场，观众1.8万人次，展览支出27万元。
抢救修复破损档案960卷，投入修复经费38.40万元。
数字化扫描档案210万页，采集照片4800张、录像320段。
年初，我馆设定以下主要目标：数字化扫描档案200万页；修复破损档案1000卷；接待满意度达到95%。
查档群众满意度96.3%。
发布查档指南312条，其中婚姻类9条、土地类41条、其他262条。
"""
SECOND = """青岚县档案馆2023年度部门整体支出绩效自评报告
一、部门基本情况
核定编制42名，年末实有在编人员39人。
二、主要工作
全年接待查档群众6100人次。
抢救修复破损档案1150卷。
"""


def _write(folder: Path) -> Path:
    for year, text in ((2022, FIRST), (2023, SECOND)):
        (folder / f"青岚县档案馆{year}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from over(_write, tmp_path_factory)


@pytest.mark.parametrize(
    ("turns", "result"),
    [
        # two figures of one answer, or of two answers one after the other
        (("2022年核定编制多少，实有在编多少人", "差几个"), "5"),
        (("2022年核定编制多少", "在编的实有多少人", "两个差多少"), "5"),
        (("2022年展览支出多少", "办了几场展览", "平均每场多少钱"), "45000"),
        (("2022年展览支出多少", "办了几场展览", "合每场多少钱"), "45000"),
        (("2022年修复了多少卷破损档案", "修复经费投入多少", "平均一卷花多少"), "400"),
        # a part named anew, of what was told; the whole named anew
        (("2022年接待查档群众多少人次", "其中预约的占多少"), "25"),
        (("2022年采集照片多少张、录像多少段", "加起来呢"), None),
    ],
)
def test_what_was_told_is_reckoned_with(
    assistant: Assistant, turns: tuple[str, ...], result: str | None
) -> None:
    answer = asked(assistant, *turns)
    if result is None:  # photographs and recordings are no one thing
        assert not answer.calculations, answer.answer
        return
    assert answer.status is Status.ANSWERED, answer.answer
    assert any(value.startswith(result) for value in values(answer)), answer.answer


def test_clauses_are_answered_one_after_the_other(assistant: Assistant) -> None:
    answer = asked(assistant, "2022年修复破损档案多少卷，投入多少经费")
    assert values(answer)[:2] == ["960卷", "38.40万元"]


def test_a_part_is_not_answered_with_the_whole_that_was_told(assistant: Assistant) -> None:
    answer = asked(assistant, "2022年接待查档群众多少人次", "预约的呢", "外国人的呢")
    assert answer.status is not Status.ANSWERED, answer.answer


def test_the_year_after_one_spoken_of(assistant: Assistant) -> None:
    answer = asked(assistant, "2022年修复了多少卷破损档案", "第二年修复了多少卷")
    assert values(answer) == ["1150卷"]


@pytest.mark.parametrize("years", ["22、23两年", "22年23年", "22和23年"])
def test_two_years_in_short(assistant: Assistant, years: str) -> None:
    answer = asked(assistant, f"{years}各修复破损档案多少卷")
    assert {"960卷", "1150卷"} <= set(values(answer))


def test_what_fell_is_said_by_words_of_change_alone(assistant: Assistant) -> None:
    """其中少年儿童320人次 says nothing of the year before; 2021 is not told."""
    answer = asked(assistant, "档案馆2021年接待查档群众多少人次")
    assert answer.status is Status.NOT_FOUND
    assert not answer.calculations


def test_aims_listed_behind_a_colon_are_aims(assistant: Assistant) -> None:
    assert values(asked(assistant, "2022年数字化扫描了多少万页档案")) == ["210万页"]
    assert values(asked(assistant, "2022年修复破损档案的目标是多少卷")) == ["1000卷"]


def test_the_smaller_of_two_is_a_share_of_the_larger(assistant: Assistant) -> None:
    before = ("2022年在编实有多少人", "2022年核定编制多少")
    answer = asked(assistant, *before, "占几成")
    assert any(value.startswith("88.1") for value in values(answer)), answer.answer


def test_a_sum_is_set_against_what_it_is_of(assistant: Assistant) -> None:
    before = ("2022年发布查档指南多少条", "婚姻类和土地类的各多少条")
    answer = asked(assistant, *before, "这两种合计占比多少")
    # 9 and 41 of 312
    assert "16.03%" in values(answer), answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("支出多少，改了多长", ["支出多少", "改了多长"]),
        ("2022年的展览，一共办了几场", ["2022年的展览，一共办了几场"]),
        (
            "How many were found, and how many were fixed?",
            ["How many were found", "how many were fixed?"],
        ),
        ("请问花了多少钱，谢谢", ["请问花了多少钱，谢谢"]),
        ("多少户，不对，我问的是多少人", ["多少户，不对，我问的是多少人"]),
    ],
)
def test_clauses(question: str, expected: list[str]) -> None:
    assert clauses(question) == expected


@given(
    st.lists(st.sampled_from(["花了多少", "改了几处", "谢谢", "这个项目", "how many"]), max_size=5)
)
def test_clauses_leave_nothing_out(parts: list[str]) -> None:
    text = "，".join(parts)
    assert "".join(clauses(text)).replace("，", "") == text.replace("，", "")


TABLE = """<html><body><h1>中共松河县委党校2023年度项目支出绩效自评情况说明</h1>
<p>2023年度中共松河县委党校项目支出绩效自评汇总表（单位：万元）</p>
<table><tr><th>序号</th><th>项目名称</th><th>年初预算</th><th>实际支出</th><th>预算执行率</th><th>自评得分</th></tr>
<tr><td>1</td><td>主体班次经费</td><td>420.00</td><td>397.22</td><td>94.58%</td><td>95.87</td></tr>
<tr><td>2</td><td>课题研究经费</td><td>85.00</td><td>71.36</td><td>83.95%</td><td>88.40</td></tr>
<tr><td>3</td><td>宿舍维修改造</td><td>310.00</td><td>218.55</td><td>70.50%</td><td>79.60</td></tr></table>
<p>三个项目年初预算815.00万元，项目支出687.13万元。</p>
<p>课题经费支出71.36万元，5项课题未按期结题。政府采购预算62万元，实际采购金额58.9万元，采购执行率未单列。</p>
</body></html>
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    def write(folder: Path) -> Path:
        (folder / "松河县委党校2023.html").write_text(TABLE, encoding="utf-8")
        return folder

    yield from over(write, tmp_path_factory)


@pytest.mark.parametrize(
    ("turns", "first"),
    [
        (("党校三个项目哪个花钱最多",), "397.22万元"),
        (("党校三个项目哪个花钱最多", "执行率垫底的是哪个"), "70.50%"),
        (("县委党校哪个项目得分最低",), "79.60分"),
        (("党校哪些项目花了100万元以上",), "397.22万元"),
        (("党校2023年政府采购执行率",), "95.00%"),
    ],
)
def test_projects_of_a_table_are_ranked(
    school: Assistant, turns: tuple[str, ...], first: str
) -> None:
    answer = asked(school, *turns)
    assert values(answer)[:1] == [first], answer.answer


def test_the_first_of_two_rankings_are_set_against_each_other(school: Assistant) -> None:
    answer = asked(school, "党校三个项目哪个花钱最多", "最少的呢", "这两项差多少")
    # 397.22 less 71.36
    assert any(value.startswith("325.86") for value in values(answer)), answer.answer


def test_the_first_of_a_ranking_is_set_against_a_whole(school: Assistant) -> None:
    answer = asked(school, "党校三个项目哪个花钱最多", "占项目支出多少")
    # 397.22 of 687.13
    assert "57.81%" in values(answer), answer.answer


def test_a_bound_in_money_leaves_out_what_is_below_it(school: Assistant) -> None:
    assert "71.36万元" not in values(asked(school, "党校哪些项目花了100万元以上"))
