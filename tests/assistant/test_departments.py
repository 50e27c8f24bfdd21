"""One department under all its names, and one version of each report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.department_names import department_names
from assistant.departments import canonical, load_aliases
from assistant.question import read_question
from assistant.scoping import of_version
from index_store.store import ReportInfo
from ingest.errors import JixiaoError
from ingest.versions import rank, version_in

STREET = "广州市天河区人民政府员村街道办事处"
INFO = ReportInfo(
    "a", "2022年度自评表", "部门整体支出绩效自评表", STREET, 2022, "万元", "a.txt", "h", 1, 1, 1, ()
)  # fmt: skip


@pytest.mark.parametrize("name", ["员村街道办事处", "员村街", "员村", STREET])
def test_a_street_is_named_in_full_and_short(name: str) -> None:
    assert read_question(f"{name}2022年支出多少", [INFO]).departments == (STREET,)


@pytest.mark.parametrize("name", ["Yuancun", "yuan cun sub-district", "Yuancun Street"])
def test_a_street_is_named_in_pinyin(name: str) -> None:
    assert read_question(f"How much did {name} spend in 2022?", [INFO]).departments == (STREET,)


def test_a_bureau_is_named_without_its_city() -> None:
    assert "文化广电旅游体育局" in department_names("广州市天河区文化广电旅游体育局")
    assert "水务局" in department_names("某市某区水务局")


def test_short_and_full_name_are_one_department() -> None:
    one = canonical([STREET, "员村街道办事处", "某区水务局"], {})
    assert one == {STREET: STREET, "员村街道办事处": STREET, "某区水务局": "某区水务局"}


def test_aliases_of_a_file_join_a_renamed_department(tmp_path: Path) -> None:
    path = tmp_path / "aliases.tsv"
    path.write_text("# full name\tother names\n某区文体局\t某区文化局\t文体\n", encoding="utf-8")
    aliases = load_aliases(path)
    assert canonical(["某区文化局"], aliases) == {"某区文化局": "某区文体局"}
    info = replace(INFO, department="某区文体局")
    assert read_question("文体2022年支出", [info], aliases).departments == ("某区文体局",)
    path.write_text("某区文体局,某区文化局\n", encoding="utf-8")
    with pytest.raises(JixiaoError, match="line 1 has no tab"):
        load_aliases(path)
    with pytest.raises(JixiaoError, match="missing"):
        load_aliases(tmp_path / "missing.tsv")


def test_the_last_version_counts_and_another_is_there_when_asked_for() -> None:
    versions = [
        replace(INFO, id=str(n), title=f"2022年度自评表（{v}）" if v else INFO.title, version=v)
        for n, v in enumerate(["送审稿", None, "更正稿"])
    ]
    assert [r.version for r in of_version(versions, None)] == ["更正稿"]
    assert [r.version for r in of_version(versions[:2], None)] == [None]
    assert [r.version for r in of_version(versions, version_in("送审稿里是多少"))] == ["送审稿"]
    assert rank("第3次报送") > rank("第2次报送") > rank(None) > rank("送审稿")


@pytest.mark.parametrize(
    ("question", "version"),
    [
        ("员村2022年送审稿里的实际支出是多少", "送审稿"),
        ("根据更正稿，员村2022年实际支出多少", "更正稿"),
        ("What was spent according to the draft for review of Yuancun 2022?", "送审稿"),
        ("Actual expenditure in the corrected version?", "更正稿"),
    ],
)
def test_a_version_asked_for_is_no_word_of_what_is_asked(question: str, version: str) -> None:
    loaded = [replace(INFO, id=v, version=v) for v in ("送审稿", "更正稿")]
    read = read_question(question, loaded)
    assert read.version == version
    assert version not in read.rest
    assert "draft" not in read.rest
    assert "corrected" not in read.rest


def test_a_version_that_is_not_loaded_is_answered_by_no_other() -> None:
    assert "初稿" in read_question("初稿里的实际支出是多少", [INFO]).rest
