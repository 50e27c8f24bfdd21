"""A store keeps reports wholly or not at all, and finds them again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index_store.encoder.factory import encoder_name, load_encoder
from index_store.errors import StoreError, StoreLocked, UnknownReport
from index_store.lock import write_lock
from index_store.store import Store
from ingest.report import (
    Figure,
    Indicator,
    Passage,
    Place,
    Qualifier,
    Report,
    Role,
    Task,
)
from tests.conftest import open_store

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
_MAYBE = st.none() | _TEXT


def make_report(
    number: int = 1, text: str = "代征个人出租房屋税100万元", **changes: object
) -> Report:
    """A small report; ``number`` makes it another one."""
    passage = Passage(0, text, ("主要任务", "出租屋管理"), Role.ACTUAL, "出租屋管理", ("税",))
    figure = Figure(
        "代征个人出租房屋税", Decimal(100), "100", "万元", "元", Decimal(10000), None,
        Role.ACTUAL, 0, 9, 14, 0, 14, task="出租屋管理",
    )  # fmt: skip
    indicator = Indicator("税", None, "100万元", 0, "出租屋管理")
    report = Report(
        id=f"r{number}", title=f"报告{number}", form="部门整体支出绩效自评表",
        department=f"第{number}街道办事处", year=2022, unit="万元", file=f"{number}.txt",
        source_hash=f"h{number}-{text}", passages=(passage,), figures=(figure,),
        tasks=(Task("出租屋管理", "目标", "完成", "5", (indicator,)),), indicators=(indicator,),
        warnings=("一处说明",),
    )  # fmt: skip
    return replace(report, **changes)  # type: ignore[arg-type]


@st.composite
def reports(draw: st.DrawFn) -> Report:
    passage = Passage(
        0, draw(_TEXT), tuple(draw(st.lists(_TEXT, max_size=3))), draw(st.sampled_from(Role)),
        draw(_MAYBE), tuple(draw(st.lists(_TEXT, max_size=2))),
        Place(draw(st.none() | st.integers(1, 99)), draw(_MAYBE)),
    )  # fmt: skip
    figures = tuple(
        Figure(
            draw(_TEXT), draw(st.decimals(allow_nan=False, allow_infinity=False, places=3)),
            draw(_TEXT), draw(_MAYBE), draw(_MAYBE), Decimal(draw(st.sampled_from([1, 10000]))),
            draw(st.none() | st.sampled_from(Qualifier)), draw(st.sampled_from(Role)),
            0, 0, 1, 0, 2,
            draw(_TEXT), draw(_TEXT), draw(_MAYBE), draw(_MAYBE), draw(st.booleans()), draw(_MAYBE),
        )
        for _ in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    return make_report(
        passages=(passage,), figures=figures, year=draw(st.none() | st.integers(1990, 2050))
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(report=reports())
def test_a_report_comes_back_as_it_went_in(tmp_path: Path, report: Report) -> None:
    store = Store.open(tmp_path / "s")
    store.add(replace(report, source_hash=os.urandom(8).hex()))
    assert replace(store.report("r1"), source_hash="") == replace(report, source_hash="")
    store.close()


def test_add_is_idempotent_and_replaces_what_changed(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    assert store.add(make_report()) == "added"
    assert store.add(make_report()) == "unchanged"
    assert store.add(make_report(text="代征个人出租房屋税200万元")) == "replaced"
    assert len(store.reports()) == 1
    assert store.report("r1").passages[0].text == "代征个人出租房屋税200万元"


def test_search_sees_changes_at_once_and_only_the_reports_asked_for(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    store.add(make_report(1))
    assert [h.report_id for h in store.search_figures("出租房屋税")] == ["r1"]
    store.add(make_report(2))
    assert {h.report_id for h in store.search_figures("出租房屋税")} == {"r1", "r2"}
    assert [h.report_id for h in store.search_figures("出租房屋税", ["r2"])] == ["r2"]
    assert store.search_figures("出租房屋税", []) == []
    assert [h.report_id for h in store.dense_passages("rental tax", ["r2"])] == ["r2"]
    store.remove("r1")
    assert [h.report_id for h in store.search_passages("出租房屋税")] == ["r2"]
    assert [h.report_id for h in store.dense_passages("rental tax")] == ["r2"]
    with pytest.raises(UnknownReport, match="r1"):
        store.remove("r1")


def test_rebuild_finds_the_same(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    for number in range(3):
        store.add(make_report(number))
    before = (store.search_figures("出租房屋税"), store.dense_passages("出租房屋税"))
    store.rebuild()
    assert (store.search_figures("出租房屋税"), store.dense_passages("出租房屋税")) == before


def test_a_deleted_index_is_made_again(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    store.add(make_report())
    store.ensure_indexes()
    store.close()
    shutil.rmtree(tmp_path / "s" / "lexical")
    assert open_store(tmp_path / "s").search_figures("出租房屋税")


def test_a_catalog_that_is_gone_damaged_or_of_another_version_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    store.add(make_report())
    store.ensure_indexes()
    store.close()
    path = tmp_path / "s" / "catalog.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(StoreError, match="version 99"):
        open_store(tmp_path / "s")
    for leftover in path.parent.glob("catalog.sqlite*"):
        leftover.unlink()
    with pytest.raises(StoreError, match="catalog is gone"):
        open_store(tmp_path / "s")
    path.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="damaged"):
        open_store(tmp_path / "s")


def test_another_encoder_is_refused_until_rebuilt(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    store.add(make_report())
    store.ensure_indexes()
    store.close()
    other = Store.open(tmp_path / "s", encoder=lambda: load_encoder(None), encoder_name="other")
    with pytest.raises(StoreError, match="jixiao rebuild"):
        other.dense_passages("税")
    other.rebuild()
    assert other.dense_passages("税")


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s", lock_timeout_s=0.2)
    with (
        write_lock(tmp_path / "s" / "lock", 1),
        pytest.raises(StoreLocked, match="another process"),
    ):
        store.add(make_report())
    assert store.add(make_report()) == "added"


_WRITER = """
import sys
from pathlib import Path
from tests.index_store.test_store import make_report
from tests.conftest import open_store
store = open_store(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    store.add(make_report(number))
    store.search_figures("出租房屋税")
    print(number, flush=True)
"""


def _writer(folder: Path, start: int, stop: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(start), str(stop)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("delay", [0.0, 0.03, 0.11])
def test_a_kill_in_the_middle_leaves_whole_reports(tmp_path: Path, delay: float) -> None:
    with _writer(tmp_path / "s", 0, 500) as process:
        assert process.stdout
        seen = int(process.stdout.readline())
        time.sleep(delay)
        process.kill()
    store = open_store(tmp_path / "s")
    held = [info.id for info in store.reports()]
    assert len(held) > seen
    assert all(len(store.report(i).figures) == 1 for i in held)
    found = {h.report_id for h in store.search_figures("出租房屋税", k=1000)}
    assert found == set(held)


def test_two_processes_fill_one_store(tmp_path: Path) -> None:
    open_store(tmp_path / "s").close()
    with _writer(tmp_path / "s", 0, 8) as one, _writer(tmp_path / "s", 8, 16) as two:
        one.communicate()
        two.communicate()
    assert (one.returncode, two.returncode) == (0, 0)
    store = open_store(tmp_path / "s")
    assert len(store.reports()) == 16
    assert len({h.report_id for h in store.search_figures("出租房屋税", k=100)}) == 16


def test_words_are_found_without_anything_heavy() -> None:
    code = (
        "import sys, tempfile\nfrom pathlib import Path\n"
        "from tests.index_store.test_store import make_report\n"
        "from tests.conftest import open_store\n"
        "store = open_store(Path(tempfile.mkdtemp()))\nstore.add(make_report())\n"
        "assert store.search_figures('出租房屋税')\n"
        "heavy = {'torch', 'chromadb', 'llama_index', 'sentence_transformers', 'gradio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_encoder_name_is_remembered(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    store.add(make_report())
    store.ensure_indexes()
    again = Store.open(
        tmp_path / "s", encoder=lambda: load_encoder(None), encoder_name=encoder_name(None)
    )
    assert again.dense_passages("税")


def test_many_at_once_are_as_one_by_one(tmp_path: Path) -> None:
    versions = [make_report(7, "公开", file="a.txt"), make_report(7, "更正", file="b.txt")]
    reports = [*(make_report(n) for n in range(1, 6)), *versions, make_report(1)]
    one_by_one, at_once = open_store(tmp_path / "one"), open_store(tmp_path / "all")
    for report in reports:
        one_by_one.add(report)
    assert at_once.add_all(reports) == 7
    assert at_once.reports() == one_by_one.reports()
    assert [i.id for i in at_once.reports() if i.id.startswith("r7")] == ["r7", "r7.2"]
    for info in one_by_one.reports():
        assert at_once.report(info.id) == one_by_one.report(info.id)
    one_by_one.close()
    at_once.close()


def test_what_another_process_changed_is_seen_and_the_rest_stays_in_memory(tmp_path: Path) -> None:
    mine, other = open_store(tmp_path / "store"), open_store(tmp_path / "store")
    mine.add(make_report(1))
    mine.add(make_report(2))
    before = mine.report("r1"), mine.report("r2")
    counted = mine.reports()
    other.add(make_report(2, "改为200万元", figures=()))
    other.add(make_report(3))
    assert mine.report("r1") is before[0]
    assert mine.report("r2").passages[0].text == "改为200万元"
    assert [(i.id, i.figures) for i in mine.reports()] == [("r1", 1), ("r2", 0), ("r3", 1)]
    assert mine.reports()[0] is counted[0]
    other.remove("r2")
    with pytest.raises(UnknownReport):
        mine.report("r2")
    mine.close()
    other.close()
