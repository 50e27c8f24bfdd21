"""The audit finds what was planted, quotes both places, and is silent where all is well."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.audit import Severity, audit
from assistant.auditing import findings, save_findings
from ingest.errors import JixiaoError
from ingest.forms import parse_reports
from ingest.pipeline import list_files, read_files, read_reports
from ingest.report import Report
from tests.ingest.forms.documents import document, text_table

SAMPLES = Path(__file__).parents[2] / "samples"

SOUND = """项目名称|甲项目
主管部门|某区文化局
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|120.00|125.00|100.00|10|80.00%|8
|当年财政拨款|120.00|120.00|95.00|—|—|—
|上年结转资金|0|5.00|5.00|—|—|—
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|活动场次|≥50场|58场|50|50
效益指标|社会效益|群众满意度|≥90%|93%|40|40
总分|||||100|98"""


def project(change: str = "", to: str = "") -> Report:
    """The sound form with one thing changed."""
    assert change in SOUND
    return form(SOUND.replace(change, to, 1) if change else SOUND)


def form(text: str) -> Report:
    """A project form of 2022 with these rows."""
    table = text_table(*(line.split("|") for line in text.split("\n")))
    (report,) = parse_reports(document("项目支出绩效自评表（2022年度）", table))
    return report


def test_a_sound_form_has_no_findings() -> None:
    assert audit(project()) == []


@pytest.mark.parametrize(
    ("change", "to", "kind", "said"),
    [
        ("80.00%", "88.00%", "rate", "80.00%"),
        ("|10|80.00%|8\n", "|10|80.00%|9.5\n", "score", "8.00分"),
        ("|58场|50|50", "|58场|50|55", "score", "高于分值"),
        ("总分|||||100|98", "总分|||||100|97", "score", "之和为98"),
        ("总分|||||100|98", "总分|||||110|98", "score", "之和为100"),
        ("|120.00|120.00|95.00|", "|120.00|110.00|95.00|", "sum", "115"),
        ("≥50场|58场", "≥50场|40场", "target", "未达目标而得满分"),
        ("≥90%|93%", "≥90%|193%", "unit", "超过100%"),
    ],
)
def test_a_planted_contradiction_is_found_and_quoted(
    change: str, to: str, kind: str, said: str
) -> None:
    report = project(change, to)
    found = [f for f in audit(report) if f.kind == kind]
    assert any(said in f.said["zh"] for f in found), [f.said for f in audit(report)]
    for finding in found:
        assert finding.said["en"]
        for place, quote in zip(finding.places, finding.quotes(), strict=True):
            assert quote in place.passage.text
            assert place.figure.text in quote


def test_rounding_explains_a_rate_that_is_a_little_off() -> None:
    report = project("125.00|100.00|10|80.00%", "123.00|100.00|10|81.30%")
    # 100 ÷ 123 = 81.3008…%: to two places 81.30, so nothing is wrong.
    assert not [f for f in audit(report) if f.kind == "rate"]
    report = project("125.00|100.00|10|80.00%", "122.50|100.00|10|81.60%")
    (finding,) = [f for f in audit(report) if f.kind == "rate"]
    # 100 ÷ 122.5 = 81.6326…%: 81.6 to one place.
    assert finding.severity is Severity.NOTE
    assert "一位小数" in finding.said["zh"]


def told(tmp_path: Path, *lines: str) -> Report:
    """A narrative report of 2023 with these paragraphs."""
    head = ["临川县交通运输局2023年度部门整体支出绩效自评报告", "一、绩效完成情况"]
    (tmp_path / "report.txt").write_text("\n".join([*head, *lines]), "utf-8")
    (report,) = read_reports(tmp_path / "report.txt")
    assert report.year == 2023
    return report


@pytest.mark.parametrize(
    "lines",
    [
        ("全年公交客运量2846.5万人次，上年为2690.3万人次。",),
        ("2021年、2022年、2023年全县接待游客分别为286.4万人次、241.9万人次和372.5万人次。",),
        ("村级门诊服务量由上年的21.4万人次上升到25.9万人次。",),
        ("办理欠薪线索1926条，按期办结率99.3%。", "处理信访事项973件，按期办结率99.7%。"),
        ("新建农村公路桥梁目标9座，实际10座。",),
        ("排查入河排污口1246个，完成整治987个，整治率79.21%。",),
        ("排查入河排污口1246个，完成整治987个，整治率79.2%。",),
        ("受理信访事项585宗，按时答复583宗，群众满意率96.2%。",),  # of another survey
        ("专职保安配备率100%，封闭化管理率100%，报警装置联网率99.1%。",),
    ],
)
def test_years_targets_and_other_things_are_no_contradiction(
    lines: tuple[str, ...], tmp_path: Path
) -> None:
    assert audit(told(tmp_path, *lines)) == []


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (("处理信访事项973件，按期办结率99.3%。", "处理信访事项973件，按期办结率99.7%。"),
         ["99.3", "99.7"]),
        (("改造农村公路危桥12座。", "受汛期影响，改造农村公路危桥10座。"), ["12", "10"]),
        (("残疾人辅具发放73件。", "全年为残疾人发放辅具78件。"), ["73", "78"]),
    ],
)  # fmt: skip
def test_two_values_of_one_thing_are_found(
    lines: tuple[str, ...], values: list[str], tmp_path: Path
) -> None:
    (finding,) = audit(told(tmp_path, *lines))
    assert finding.kind == "two values"
    assert [str(p.figure.value) for p in finding.places] == values


def test_a_rate_that_the_two_amounts_beside_it_nearly_give_is_held_against_them(
    tmp_path: Path,
) -> None:
    # 987 ÷ 1246 = 79.213…%
    (finding,) = audit(told(tmp_path, "排查入河排污口1246个，完成整治987个，整治率79.8%。"))
    assert (finding.kind, finding.severity) == ("rate", Severity.ERROR)
    assert "79.21%" in finding.said["zh"]
    assert [str(p.figure.value) for p in finding.places] == ["79.8", "987", "1246"]


FORM = """部门名称|临川县教育局||
年度|2023||
主要任务|预期目标|关键指标|指标完成情况
队伍建设|充实教师队伍|招聘教师人数|{hired}名
||交流轮岗人数|{moved}名
||追讨工资金额|{wages}万元
部门整体绩效|公开招聘教师306名；校长教师交流轮岗415名；追讨工资1,865.4万元||"""


@pytest.mark.parametrize(
    ("hired", "moved", "wages", "found"),
    [
        ("306", "415", "1,865.4", []),
        ("415", "306", "1,865.4", ["415", "306", "306", "415"]),
        ("306", "415", "1,856.4", ["1856.4", "1865.4"]),
        ("306", "415", "1,956.4", []),  # another number altogether: which is of what is not known
    ],
)
def test_rows_and_digits_that_changed_places_are_found(
    hired: str, moved: str, wages: str, found: list[str]
) -> None:
    text = FORM.format(hired=hired, moved=moved, wages=wages)
    table = text_table(*(line.split("|") for line in text.split("\n")))
    (report,) = parse_reports(document("部门整体支出绩效自评表（2023年度）", table))
    findings_ = audit(report)
    assert [str(p.figure.value) for f in findings_ for p in f.places] == found
    assert {f.kind for f in findings_} <= {"misprint"}
    assert all(f.in_doubt == f.places for f in findings_)


def test_a_row_that_was_not_read_is_not_held_against_the_total() -> None:
    # 分值 and 得分 of the budget's execution, 10 and 8, are left out.
    unread = SOUND.replace("|10|80.00%|8\n", "||80.00%|\n")
    assert not [f for f in audit(form(unread)) if f.kind == "score"]
    # The rows alone have 90 points: more than the total says, whatever is left out.
    less = unread.replace("总分|||||100|98", "总分|||||100|88")
    assert "之和为90" in next(f.said["zh"] for f in audit(form(less)) if f.kind == "score")


def test_two_columns_of_two_years_are_added_up_apart(tmp_path: Path) -> None:
    from docx import Document

    paper = Document()
    paper.add_paragraph("临川镇2023年度部门整体支出绩效自评报告")
    paper.add_paragraph("一、总体支出情况（单位：万元）")
    rows = [
        ("项目", "2022年决算数", "2023年预算数", "2023年决算数"),
        ("基本支出", "1210.40", "1262.00", "1248.36"),
        ("项目支出", "1290.10", "1492.70", "1423.70"),
        ("合计", "2500.50", "2754.70", "2672.06"),
    ]
    table = paper.add_table(rows=0, cols=4)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(tmp_path / "report.docx")
    (report,) = read_reports(tmp_path / "report.docx")
    assert "2672.06" in {f.text for f in report.figures}
    assert audit(report) == []


def test_the_samples_have_only_the_contradiction_that_the_published_form_has() -> None:
    reports = [r for outcome in read_files(list_files([SAMPLES])) for r in outcome.reports]
    found = [(f.report.file, f.kind) for report in reports for f in audit(report)]
    assert found == [("yuancun-2022.txt", "rate")]


# Each was compared with its paper; docs/audit.md says what was counted.
MADE_APART = {
    "street": {"kangping-2022.txt": ["two values"], "kangping-2023.txt": ["rate"]},
    "county": {"weisheng-2022.txt": ["misprint", "rate"]},
    "forms-1": {},
    "forms-2": {},
    "bureaus": {
        "云溪市教育局2022年度部门整体支出绩效自评表.txt": ["misprint", "rate"],
        "南泽市体育局2023年青少年体育后备人才项目自评表.txt": ["rate", "score"],
        "平澜区人社局2023年度部门整体支出绩效自评表.xlsx": ["misprint"],
    },
    "offices": {
        "cangning-shengtai-2022.html": ["rate"],
        "lanxi-nongye-2022.txt": ["rate", "two values"],
        "wangjin-gaoling-2023.xlsx": ["score"],
        "wangjin-zhucan-2023.docx": ["misprint"],
    },
}


@pytest.mark.parametrize("name", MADE_APART)
def test_reports_made_apart_have_only_contradictions_that_stand_in_them(name: str) -> None:
    folder = SAMPLES.parent / "eval" / "independent" / name / "reports"
    found: dict[str, list[str]] = {}
    for outcome in read_files(list_files([folder])):
        for report in outcome.reports:
            for finding in audit(report):
                found.setdefault(report.file, []).append(finding.kind)
    assert {file: sorted(kinds) for file, kinds in found.items()} == MADE_APART[name]


def test_the_real_report_shows_what_it_is_known_for(real_report: Path) -> None:
    (report,) = read_reports(real_report)
    found = audit(report)
    assert sorted(f.kind for f in found) == ["misplaced", "misplaced", "rate"]
    quoted = " ".join(q for f in found for q in f.quotes())
    assert all(text in quoted for text in ("98.10%", "12198.33", "12436.77", "235宗", "276宗"))


def test_the_command_prints_findings_as_json(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    command = [sys.executable, "-m", "assistant.cli"]
    sample = str(SAMPLES / "yuancun-2022.txt")
    subprocess.run([*command, "ingest", sample, "--store", store], check=True, capture_output=True)
    done = subprocess.run(
        [*command, "audit", "--json", "--lang", "en", "--store", store],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    (finding,) = json.loads(done.stdout)
    assert (finding["kind"], finding["severity"]) == ("rate", "note")
    assert [p["value"] for p in finding["places"]] == ["98.10", "12198.33", "12436.77"]


def test_findings_are_chosen_by_severity_and_saved(tmp_path: Path) -> None:
    # 58 of at least 50 events done, but 55 points of 50: an error; 40 of 50 done: a doubt.
    reports = [project("|58场|50|50", "|58场|50|55"), project("≥50场|58场", "≥50场|40场")]
    errors = findings(reports, [Severity.ERROR])
    assert errors
    assert {f.severity for f in errors} == {Severity.ERROR}
    everything = findings(reports)
    assert len(everything) > len(errors)
    save_findings(everything, tmp_path / "found.xlsx", "zh")
    head, *rows = load_workbook(tmp_path / "found.xlsx").active.values
    saved = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["发现"] for row in saved} == {f.said["zh"] for f in everything}
    assert all(row["原文"] for row in saved)
    with pytest.raises(JixiaoError, match="xlsx"):
        save_findings(everything, tmp_path / "found.pdf", "zh")


def test_the_command_refuses_a_severity_that_is_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "audit", "--severity", "bad", "--store",
         str(tmp_path)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
