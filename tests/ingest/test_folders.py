"""A folder of whatever the offices sent in: what can be read goes in, the rest is named."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from ingest.errors import JixiaoError, UnreadableFile
from ingest.pipeline import list_files, read_file, read_files, read_reports
from ingest.readers import Limits

SAMPLES = Path(__file__).parents[2] / "samples"


def bomb() -> bytes:
    """A Word file of half a gigabyte of spaces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (500 * 2**20))
    return out.getvalue()


def test_every_sample_is_read_with_department_year_and_figures() -> None:
    outcomes = list(read_files(list_files([SAMPLES])))
    assert {o.path.name: o.refusal for o in outcomes if o.refusal} == {}
    reports = [report for outcome in outcomes for report in outcome.reports]
    assert all(r.department and r.year and r.figures for r in reports)
    assert len({r.department for r in reports}) >= 3
    assert {r.year for r in reports} == {2021, 2022, 2023}
    assert sum(r.form == "项目支出绩效自评表" for r in reports) >= 4
    assert [r.file for r in reports if r.ocr] == ["schools-project-2022-scan.pdf"]


def test_what_cannot_be_read_is_named_with_the_reason_and_the_rest_goes_in(tmp_path: Path) -> None:
    good = tmp_path / "员村 2022（终稿）；'\"&.txt"
    good.write_bytes((SAMPLES / "yuancun-2022.txt").read_bytes())
    (tmp_path / "炸弹.docx").write_bytes(bomb())
    (tmp_path / "截断.pdf").write_bytes((SAMPLES / "water-report-2023.pdf").read_bytes()[:3000])
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "程序.exe").write_bytes(b"MZ\x90\x00" + b"\x00" * 500)
    (tmp_path / "改名.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 2000)
    (tmp_path / "网页归档.doc").write_bytes(b"MIME-Version: 1.0\r\n\r\n<html></html>")
    outcomes = {o.path.name: o for o in read_files(list_files([tmp_path]))}
    assert [r.year for r in outcomes[good.name].reports] == [2022]
    refused = {name: o.refusal or "" for name, o in outcomes.items() if name != good.name}
    assert len(refused) == 6
    assert all(reason and "\n" not in reason for reason in refused.values())
    assert "unpacks to more than" in refused["炸弹.docx"]
    assert "damaged" in refused["截断.pdf"]
    assert "empty" in refused["空.xlsx"]
    assert "MHTML" in refused["网页归档.doc"]


def test_links_out_of_the_folder_are_named_and_not_followed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("某单位机密数据123万元。", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside.txt").write_text("完成检查12次。", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    (folder / "~$lock.docx").write_text("x", encoding="utf-8")
    assert [p.name for p in list_files([folder])] == ["inside.txt"]
    assert all("left out" in said for said in caplog.messages)
    assert {Path(said.split(":")[0]).name for said in caplog.messages} == {"link.txt", "up"}


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes((SAMPLES / "culture-project-2022.docx").read_bytes())
    assert read_file(path).project == "社区文化室建设"


def test_bounds_are_the_settings(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="pages"):
        read_file(SAMPLES / "culture-project-2023.pdf", Limits(max_pages=1))
    with pytest.raises(UnreadableFile, match="cells"):
        read_file(SAMPLES / "culture-project-2022.docx", Limits(max_cells=20))


def test_two_forms_in_one_workbook_are_two_reports() -> None:
    reports = read_reports(SAMPLES / "culture-projects-2022.xlsx")
    assert [r.project for r in reports] == ["全民健身器材更新", "公益电影放映"]
    assert all("草稿" in " ".join(r.warnings) for r in reports)


def test_pipes_are_named_and_never_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "report.txt").write_text("2022年度自评报告", encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    assert [p.name for p in list_files([folder])] == ["report.txt"]
    assert "pipe.txt: not a file that can be read" in caplog.text
    with pytest.raises(JixiaoError, match="neither a file nor a folder"):
        list_files([folder / "pipe.txt"])
