"""The samples of other formats against what was written into them (tests/samples/content.py).

The files are in the project as offices would send them; what they say is the paper,
and this holds the parsed report to it, item by item.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ingest.pipeline import read_reports
from ingest.report import Report, Role
from tests.samples.content import (
    CULTURE_2021,
    CULTURE_2022,
    CULTURE_2023,
    DRAINS_2022,
    FILMS_2022,
    FITNESS_2022,
    PLACES_2023,
    SAFETY_2022,
    ProjectForm,
)

SAMPLES = Path(__file__).parents[2] / "samples"
FORMS = [
    ("culture-project-2021.xls", 0, CULTURE_2021),
    ("culture-project-2022.docx", 0, CULTURE_2022),
    ("culture-project-2023.pdf", 0, CULTURE_2023),
    ("culture-projects-2022.xlsx", 0, FITNESS_2022),
    ("culture-projects-2022.xlsx", 1, FILMS_2022),
    ("water-project-2022.html", 0, DRAINS_2022),
    ("schools-project-2022-scan.pdf", 0, SAFETY_2022),
    ("schools-project-2023.ods", 0, PLACES_2023),
]


@pytest.fixture(scope="module", params=FORMS, ids=lambda f: f"{f[0]}-{f[1]}")
def form(request: pytest.FixtureRequest) -> tuple[Report, ProjectForm]:
    name, number, paper = request.param
    return read_reports(SAMPLES / name)[number], paper


def value(report: Report, label: str) -> list[tuple[Decimal, str | None]]:
    return [(f.value, f.unit) for f in report.figures if f.label == label]


def number(text: str) -> Decimal:
    return Decimal(text.rstrip("%").replace(",", ""))


def test_who_what_and_when(form: tuple[Report, ProjectForm]) -> None:
    report, paper = form
    assert (report.project, report.department) == (paper.project, paper.department)
    assert (report.year, report.unit) == (paper.year, "万元")
    assert report.form == "项目支出绩效自评表"


def test_funds(form: tuple[Report, ProjectForm]) -> None:
    report, paper = form
    labels = ("年初预算数", "全年预算数", "全年执行数")
    for label, printed in zip(labels, paper.funds, strict=True):
        assert value(report, label) == [(number(printed), "万元")], label
    for label, printed in zip(labels, paper.carried_over, strict=True):
        assert value(report, f"上年结转资金{label}") == [(number(printed), "万元")], label
    assert value(report, "执行率") == [(number(paper.rate), "%")]
    assert value(report, "预算执行率得分") == [(number(paper.rate_score), "分")]


def test_every_indicator(form: tuple[Report, ProjectForm]) -> None:
    report, paper = form
    assert [
        (i.levels, i.name, i.target, i.actual, i.points, i.score, i.reason or "")
        for i in report.indicators
    ] == [
        ((i.level1, i.level2), i.name, i.target, i.actual, i.points, i.score, i.reason)
        for i in paper.items
    ]


def test_scores(form: tuple[Report, ProjectForm]) -> None:
    report, paper = form
    for item in paper.items:
        assert value(report, f"{item.name}得分") == [(Decimal(item.score), "分")], item.name
        assert value(report, f"{item.name}分值") == [(Decimal(item.points), "分")], item.name
    assert value(report, "总分") == [(Decimal(paper.total), "分")]


# Every figure of the narrative reports and the table of final accounts, read off content.py.
PROSE = {
    "water-report-2022.docx": """76人 2个 320公里 1.5万次 99% 12680.50万元 12173.28万元 96.00%
        4100.00万元 4150.50万元 4120.16万元 8300.00万元 8530.00万元 8053.12万元 12400.00万元
        12680.50万元 12173.28万元 1.68万次 2350吨 47宗 45宗 99.6% 8.4万只 7.9% 338.6公里 412个
        88.4% 58.7%""",
    "water-report-2023.pdf": """13240.00万元 12975.20万元 98.00% 1.75万次 2180吨 39宗 39宗 99.8%
        6.1万只 7.2% 355.2公里 436个""",
    "schools-spending-2022.csv": """0万元 0万元 42.00万元 35.28万元 84.00% 42.00万元 35.28万元
        84.00% 6.00万元 1.86万元 31.00% 48.00万元 37.14万元 77.38%""",
}


@pytest.mark.parametrize("name", PROSE)
def test_every_figure_of_reports_without_a_form(name: str) -> None:
    (report,) = read_reports(SAMPLES / name)
    printed = [f"{f.text.replace(',', '')}{f.unit or ''}" for f in report.figures]
    assert printed == PROSE[name].split()


def test_goals_and_results_of_a_narrative_are_told_apart() -> None:
    (report,) = read_reports(SAMPLES / "water-report-2022.docx")
    aimed = {
        f.text for f in report.figures if f.role is Role.TARGET and "万元" not in (f.unit or "")
    }
    assert aimed == {"320", "1.5", "99"}


def test_sections_are_those_of_the_form(form: tuple[Report, ProjectForm]) -> None:
    report, paper = form
    found = {passage.section for passage in report.passages}
    levels = {("绩效指标", item.level1, item.level2) for item in paper.items}
    assert {s for s in found if s[0] == "绩效指标"} == levels
    assert {s for s in found if s[0] == "年度总体目标"} == {
        ("年度总体目标", "预期目标"),
        ("年度总体目标", "实际完成情况"),
    }
    assert ("项目资金", "年度资金总额") in found
    assert ("项目资金", "上年结转资金") in found
    assert ("总分",) in found


# The headings of the narrative reports, as they stand on the paper.
HEADINGS = {
    "water-report-2022.docx": [
        "一、部门基本情况",
        "（一）主要职责",
        "（二）绩效目标",
        "二、资金使用情况",
        "三、绩效分析",
        "（一）履职效果",
        "（二）服务对象满意度",
        "四、存在的问题",
        "五、改进措施",
    ],
    "water-report-2023.pdf": ["一、资金使用情况", "二、绩效分析", "三、存在的问题"],
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_make_the_sections_of_a_narrative_report(name: str) -> None:
    (report,) = read_reports(SAMPLES / name)
    found = dict.fromkeys(part for passage in report.passages for part in passage.section)
    assert [part for part in found if part[0] in "一二三四五（"] == HEADINGS[name]
