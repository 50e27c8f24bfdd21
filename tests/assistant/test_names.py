"""Departments by short names, regions and in English; and not those of another region."""

from __future__ import annotations

import pytest

from assistant.department_parts import parts
from assistant.question import language_of, read_question
from index_store.store import ReportInfo

STREET = "南桥市云溪区人民政府康平街道办事处"
TRANSPORT = "清河区交通运输局"
CULTURE = "松岭市文化广电和旅游局"
WATER = "青禾市水务局"


def info(department: str) -> ReportInfo:
    return ReportInfo(
        department, "自评表", "form", department, 2023, "万元", "a.txt", "h", 1, 1, 1, ()
    )


LOADED = [info(name) for name in (STREET, TRANSPORT, CULTURE, WATER)]


@pytest.mark.parametrize(
    ("question", "department"),
    [
        ("松岭市文旅局2023年三公经费", CULTURE),
        ("文广旅局培训了多少人", CULTURE),
        ("清河交通局的报告", TRANSPORT),
        ("清河执行率低于90%的项目", TRANSPORT),
        ("青禾水务局那个项目", WATER),
        ("What did the transport bureau spend?", TRANSPORT),
        ("Kangping's 2023 spending", STREET),
        ("Songling culture and tourism bureau staff", CULTURE),
    ],
)
def test_a_department_is_found(question: str, department: str) -> None:
    assert read_question(question, LOADED).departments == (department,)


def test_the_office_of_another_region_is_not_loaded() -> None:
    question = read_question("海珠区水务局2023年支出多少", LOADED)
    assert question.departments == ()
    assert question.unknown_place == "海珠区水务局"


@pytest.mark.parametrize(
    ("department", "regions", "own"),
    [
        (STREET, ("南桥市", "云溪区"), "康平街道办事处"),
        ("广州市天河区文化广电旅游体育局", ("广州市", "天河区"), "文化广电旅游体育局"),
        ("深圳市市场监督管理局", ("深圳市",), "市场监督管理局"),
        ("天河区城市管理局", ("天河区",), "城市管理局"),
        ("澄江新区卫生健康局", ("澄江新区",), "卫生健康局"),
        ("中共澜州市委党校", ("澜州市",), "党校"),
        ("中共青峦县委宣传部", ("青峦县",), "宣传部"),
    ],
)
def test_a_name_is_taken_apart(department: str, regions: tuple[str, ...], own: str) -> None:
    assert (parts(department).regions, parts(department).own) == (regions, own)


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ("您好，麻烦帮我列一下主要职责，写材料要用", "主要职责"),
        ("I'm drafting a memo: by what percentage did it grow", "by what percentage did it grow"),
        ("领导班子有几人", "领导班子有几人"),
    ],
)
def test_courtesy_is_no_part_of_a_question(asked: str, rest: str) -> None:
    assert read_question(asked, []).text == rest


def test_an_english_question_may_name_chinese_terms() -> None:
    assert language_of("What score did 云溪县农业农村局 get in 2022 for 培训任务完成时间?") == "en"
    assert language_of("员村街GDP是多少") == "zh"
