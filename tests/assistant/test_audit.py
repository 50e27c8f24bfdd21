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
    text = SOUND.replace(change, to, 1) if change else SOUND
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


def test_the_samples_have_only_the_contradiction_that_the_published_form_has() -> None:
    reports = [r for outcome in read_files(list_files([SAMPLES])) for r in outcome.reports]
    found = [(f.report.file, f.kind) for report in reports for f in audit(report)]
    assert found == [("yuancun-2022.txt", "rate")]


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
