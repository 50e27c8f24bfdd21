"""Files that are no reports get one clear line that names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import JixiaoError, UnreadableFile
from ingest.pipeline import list_files, read_file, read_files
from ingest.readers import Limits, Source, read_source
from ingest.readers.text import decode

FORM = (
    "单位：万元\n部门名称（汇总）\t\t{name}\t\t被评价年度\t{year}\n"
    "部门资金情况\t部门调整预算收入\t100\t部门年初预算收入\t90\n"
    "\t实际支出数\t95\t年度预算调整数\t10\n"
    "主要任务\t预期目标\t目标完成情况\t关键指标\t指标完成情况\t任务涉及资金\n"
    "保洁经费\t保洁100次\t保洁120次\t保洁次数\t120次\t30\n"
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "damaged"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (bytes(range(128, 256)) * 3, "encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "damaged"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "坏文件.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        read_file(path)
    assert "坏文件.txt" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_unknown_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.xyz"
    path.write_text("正文", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="unknown type"):
        read_file(path)


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text("字" * 1000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="larger"):
        read_file(path, Limits(max_bytes=100))


def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(FORM.format(name="某街道办事处", year="2022年"), "utf-8")
    first, second = read_files(list_files([tmp_path]))
    assert first.refusal
    assert [r.department for r in second.reports] == ["某街道办事处"]


def test_empty_folder_and_missing_path_are_errors(tmp_path: Path) -> None:
    with pytest.raises(JixiaoError, match="no reports"):
        list_files([tmp_path])
    with pytest.raises(JixiaoError, match="no such file"):
        list_files([tmp_path / "nothing"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_report(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "r.txt"
    path.write_bytes(FORM.format(name="某街道办事处", year="2022年").encode(encoding))
    report = read_file(path)
    assert (report.department, report.year, report.unit) == ("某街道办事处", 2022, "万元")
    assert [str(f.value) for f in report.figures][:2] == ["100", "90"]


def test_missing_year_and_department_and_cut_table_are_warnings(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    path.write_text(FORM.format(name="", year="").split("保洁经费")[0], encoding="utf-8")
    report = read_file(path)
    assert report.year is None
    assert report.department is None
    said = " ".join(report.warnings)
    assert "年度" in said
    assert "部门名称" in said
    assert "不完整" in said


def test_markup_and_entities_in_cells_are_removed() -> None:
    document = read_source(Source("x.txt", "a\t<p>甲&amp;乙</p> <p>丙</p>".encode()))
    assert document.blocks[0].texts[0][1] == "甲&乙\n丙"  # type: ignore[union-attr]


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    def decoded() -> str:
        try:
            return decode(data, "x.txt")
        except UnreadableFile as error:
            return str(error)

    assert isinstance(decoded(), str)
