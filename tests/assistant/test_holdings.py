"""What is looked up among many reports is what trying each of them would find."""

from __future__ import annotations

import random

import pytest

from assistant.department_english import english_mentions
from assistant.department_names import (
    chinese_mentions,
    other_office,
    region_mentions,
)
from assistant.departments import canonical
from assistant.holdings import Holdings
from index_store.store import ReportInfo

OFFICES = (
    "广州市天河区人民政府员村街道办事处",
    "南桥市云溪区人民政府康平街道办事处",
    "岚溪镇人民政府",
    "松岭市文化广电和旅游局",
    "松岭市水务局",
    "清河区水务局",
    "清河区交通运输局",
    "青禾市卫生健康委员会",
    "某县教育局",
)
QUESTIONS = (
    "员村街2022年支出多少",
    "康平街道和员村的预算完成率",
    "松岭市文旅局2022年支出",
    "文广旅局花了多少",
    "清河区水务局和松岭水务局谁多",
    "清河2022年预算",
    "岚溪镇2021年呢",
    "How much did Yuan-cun sub-district spend?",
    "What did the Qinghe District transport bureau spend in 2022?",
    "the water bureau's budget",
    "Songling culture and tourism bureau expenditure",
    "Qinghe in 2022",
    "卫健委的支出",
    "今年花了多少钱",
    "清河区农业农村局的支出",
    "Songling health commission in 2022",
    "What did the Beijing water bureau spend?",
)
ALIASES = {"某县教育局": ("教体局",)}


def info(number: int, department: str | None, year: int, project: str | None = None) -> ReportInfo:
    return ReportInfo(
        f"r{number}", f"{year}年度自评表", "表", department, year, "万元", f"{number}.txt",
        str(number), 1, 1, 1, (), project,
    )  # fmt: skip


@pytest.mark.parametrize("question", [*QUESTIONS, "教体局2022年支出"])
def test_no_department_that_a_question_names_is_passed_over(question: str) -> None:
    held = Holdings([info(n, d, 2022) for n, d in enumerate(OFFICES)], ALIASES)

    def mentions(department: str) -> list[slice]:
        return [
            *chinese_mentions(department, question, ALIASES.get(department, ())),
            *english_mentions(department, question),
        ]

    named = {d for d in OFFICES if mentions(d)}
    assert named <= set(held.departments.named(question))
    regions = {d for d in OFFICES if list(region_mentions(d, question))}
    assert regions <= set(held.departments.of_regions(question))
    assert {d for d in OFFICES if other_office(d, question)} <= set(
        held.departments.beside(question)
    )


def test_most_departments_are_not_even_looked_at() -> None:
    held = Holdings([info(n, d, 2022) for n, d in enumerate(OFFICES)])
    assert held.departments.named("员村街2022年支出多少") == [OFFICES[0]]


def test_reports_of_offices_projects_and_years_are_those_of_a_plain_search() -> None:
    chance = random.Random(5)
    reports = [
        info(n, chance.choice([*OFFICES, None]), chance.choice([2021, 2022, 2023]),
             chance.choice([None, "甲项目", "乙项目"]))
        for n in range(200)
    ]  # fmt: skip
    held = Holdings(reports)
    for _ in range(100):
        departments = tuple(chance.sample(OFFICES, chance.randrange(3)))
        projects = tuple(chance.sample(["甲项目", "丙项目"], chance.randrange(2)))
        years = tuple(chance.sample([2021, 2022, 2024], chance.randrange(3)))
        assert held.of(departments, projects, years) == [
            r
            for r in reports
            if (not departments or r.department in departments)
            and (not projects or r.project in projects)
            and (not years or r.year in years)
        ]
    some = {r.id for r in chance.sample(reports, 20)} | {"none of this id"}
    assert held.chosen(some) == [r for r in reports if r.id in some]


def test_a_name_that_is_another_ones_tail_is_that_one() -> None:
    names = ["市水务局", "某县水务局", "某市某县水务局", "水务局"]
    assert canonical(names, {}) == {
        "某市某县水务局": "某市某县水务局",
        "某县水务局": "某市某县水务局",
        "市水务局": "市水务局",
        "水务局": "水务局",
    }
