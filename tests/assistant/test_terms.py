"""What a question speaks of: ages, codes, wrong characters; and what is no year or amount."""

from __future__ import annotations

import pytest

from assistant.matching import FigureText, of_another_in_series
from assistant.measures import excludes, kinds_asked
from assistant.question import read_question
from assistant.sameness import contradict
from assistant.terms import concepts, counters_asked
from assistant.years import read_years
from index_store.catalog import ReportInfo
from ingest.figures import quantities
from ingest.pipeline import read_files
from ingest.report import Figure


@pytest.mark.parametrize(
    ("question", "form"),
    [("90到99岁的有多少人", "90-99"), ("80—89岁领补贴的", "80至89"), ("100岁以上老人", "100周岁")],
)
def test_an_age_is_a_term_however_it_is_written(question: str, form: str) -> None:
    assert any(form in c.forms for c in concepts(question, "zh"))


def test_a_term_typed_with_a_wrong_character_of_the_same_sound_is_that_term() -> None:
    assert any("高龄津贴" in c.forms for c in concepts("高龄津帖发了多少", "zh"))


def _text(label: str) -> FigureText:
    return FigureText(label, label, "", "", "", counted=False)


def test_a_code_with_another_number_is_another_thing() -> None:
    assert of_another_in_series("PM2.5", _text("全市PM10年均浓度"))
    assert not of_another_in_series("PM2.5", _text("全市PM2.5年均浓度"))
    assert not of_another_in_series("优良天数", _text("全市PM10年均浓度"))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年和2023年", (2022, 2023)),
        ("低于2000万元的项目", ()),
        ("those under 2000", ()),
        ("more than 2000 cases", ()),
        ("higher than in 2022", (2022,)),
        ("over 2022 and 2023", (2022, 2023)),
    ],
)
def test_round_sums_are_no_years(text: str, years: tuple[int, ...]) -> None:
    language = "zh" if any(c > "\u3400" for c in text) else "en"
    assert read_years(text, language)[0].years == years


def test_people_are_not_counted_in_incidents() -> None:
    asked = kinds_asked("火灾死了几人", counters_asked("火灾死了几人", "zh"))
    assert excludes(asked, "起")
    assert not excludes(asked, "人")
    assert not excludes(kinds_asked("发给了多少老人", ()), "名")
    assert excludes(kinds_asked("发给了多少老人", ()), "万元")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PM2.5年均浓度31.6微克/立方米", [("31.6", "微克/立方米")]),
        ("农机总动力61.4万千瓦", [("61.4", "万千瓦")]),
        ("免疫牛3.05万头次、禽402万羽次", [("3.05", "万头次"), ("402", "万羽次")]),
        ("新建消火栓84具", [("84", "具")]),
        ("3个单位", [("3", "个")]),
        ("其中2具有资质", []),
    ],
)
def test_measures_are_read_with_their_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(q.value), q.unit) for q in quantities(text)] == expected


def _loaded(*departments: str) -> list[ReportInfo]:
    return [
        ReportInfo(str(n), "t", "f", name, 2024, None, "f", "h", 1, 1, 1, ())
        for n, name in enumerate(departments)
    ]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("清溪市场监督管里局2024年立案多少件", ("清溪市市场监督管理局",)),
        ("青溪市市场监督管理局2024年立案多少件", ("清溪市市场监督管理局",)),
        ("青溪市市场监管局2024年立案多少件", ("清溪市市场监督管理局",)),
        ("市场监督管里局2024年立案多少件", ("清溪市市场监督管理局",)),
        ("海州市场监督管里局2024年立案多少件", ()),
        ("海州市市场监督管理局2024年立案多少件", ()),
        ("松河县水文局2023年新建水窖", ()),
        ("松河县水务局2023年新建水窖", ("松河县水务局",)),
    ],
)
def test_an_office_by_a_wrong_character_is_that_office_and_another_one_is_not(
    question: str, meant: tuple[str, ...]
) -> None:
    read = read_question(question, _loaded("清溪市市场监督管理局", "松河县水务局"))
    assert read.departments == meant
    assert bool(read.unknown_place) is not bool(meant)


def test_what_people_say_is_read_as_what_is_written() -> None:
    assert read_question("为啥没完成", ()).text == "为什么没完成"


NARRATIVE = """云溪县消防救援大队2022年度部门整体支出绩效自评报告
一、部门基本情况
本报告的单位与数字均为虚构。现有消防站3个。
二、项目支出情况
{table}
三、存在的主要问题
（一）消火栓建设推进缓慢。受道路改造影响，未能同步施工。
（二）人员流失较多。全年离职23人。
四、下一步改进措施
加强与住建部门会商。
"""
TABLE = "项目名称\t预算数（万元）\t支出数（万元）\t执行率\n"
TABLE += "消火栓维护\t150.00\t92.45\t61.63%\n装备购置\t620.00\t598.30\t96.50%\n"


def test_a_report_in_chapters_that_lists_its_projects_keeps_both(tmp_path: object) -> None:
    from pathlib import Path

    import docx

    path = Path(str(tmp_path)) / "云溪县消防救援大队2022年度自评报告.docx"
    document = docx.Document()
    before, after = NARRATIVE.split("{table}")
    for line in before.strip().split("\n"):
        document.add_paragraph(line)
    rows = [r.split("\t") for r in TABLE.strip().split("\n")]
    table = document.add_table(rows=len(rows), cols=4)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    for line in after.strip().split("\n"):
        document.add_paragraph(line)
    document.save(str(path))

    (outcome,) = read_files([path])
    (report,) = outcome.reports
    assert [t.name for t in report.tasks] == ["消火栓维护", "装备购置"]
    problems = [p for p in report.passages if "存在的主要问题" in " ".join(p.section)]
    assert any("消火栓建设推进缓慢" in p.text for p in problems)
    spent = [f for f in report.figures if f.task == "装备购置" and "支出" in f.label]
    assert [str(f.value) for f in spent] == ["598.30"]


def _figures(*sentences: str) -> list[Figure]:
    from ingest.figures import prose_figures
    from ingest.report import Passage, Role

    found: list[Figure] = []
    for number, text in enumerate(sentences):
        passage = Passage(number, text, ("正文",), Role.ACTUAL)
        found.extend(prose_figures(passage))
    return found


def test_near_values_of_one_thing_contradict_each_other_and_far_ones_do_not() -> None:
    one, other = _figures("为劳动者追讨工资1865.4万元。", "追讨工资1856.4万元。")
    assert contradict(one, other)
    whole, part = _figures("全年追讨工资1865.4万元。", "追讨工资560.2万元。")
    assert not contradict(whole, part)
    same, again = _figures("追讨工资1865.4万元。", "全年追讨工资1865.4万元。")
    assert not contradict(same, again)
