"""The commands, run as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def jixiao(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        timeout=120,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with one small report, made by the command."""
    from tests.ingest.test_bad_input import FORM

    folder = tmp_path_factory.mktemp("cli")
    (folder / "r.txt").write_text(FORM.format(name="东湖街道办事处", year="2022年"), "utf-8")
    done = jixiao("ingest", str(folder / "r.txt"), "--store", str(folder / "s"))
    assert done.returncode == 0, done.stderr
    assert "东湖街道办事处" in done.stdout
    return str(folder / "s")


def assert_one_line_failure(done: subprocess.CompletedProcess[str], part: str) -> None:
    assert done.returncode != 0
    assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_ask_prints_the_answer_and_its_citation(store: str) -> None:
    done = jixiao("ask", "东湖街2022年实际支出数是多少", "--store", store)
    assert done.returncode == 0
    assert "95万元" in done.stdout
    assert "[1]" in done.stdout
    assert "r.txt" in done.stdout


def test_ask_json_and_language(store: str) -> None:
    done = jixiao("ask", "2022年实际支出数是多少", "--json", "--lang", "en", "--store", store)
    answer = json.loads(done.stdout)
    assert answer["language"] == "en"
    assert answer["figures"][0]["value"] == "95"
    assert_one_line_failure(jixiao("ask", "x", "--lang", "fr", "--store", store), "zh or en")


def test_batch_keeps_order_and_conversations_apart(store: str) -> None:
    lines = [
        {"id": "a", "turns": ["2022年保洁次数多少次", "目标呢？"]},
        {"id": "b", "turns": ["目标呢？"]},
    ]
    done = jixiao(
        "ask", "--batch", "-", "--store", store,
        stdin="\n".join(json.dumps(line, ensure_ascii=False) for line in lines),
    )  # fmt: skip
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], second["id"]) == ("a", "b")
    assert [len(first["answers"]), len(second["answers"])] == [2, 1]
    assert first["answers"][0]["figures"][0]["value"] == "120"
    assert second["answers"][0]["figures"] == []


def test_bad_batch_line_is_named(store: str) -> None:
    assert_one_line_failure(jixiao("ask", "--batch", "-", "--store", store, stdin="{}"), "line 1")


def test_reports_and_remove(store: str, tmp_path: Path) -> None:
    assert "东湖街道办事处" in jixiao("reports", "--store", store).stdout
    assert_one_line_failure(jixiao("remove", "nothing", "--store", store), "nothing")


def test_refused_file_is_listed_and_the_status_says_so(tmp_path: Path) -> None:
    from tests.ingest.test_bad_input import FORM

    (tmp_path / "good.txt").write_text(FORM.format(name="甲街道办事处", year="2021年"), "utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7")
    store = str(tmp_path / "s")
    done = jixiao("ingest", str(tmp_path / "good.txt"), str(tmp_path / "bad.pdf"), "--store", store)
    assert done.returncode == 1
    assert "refused" in done.stdout
    assert "甲街道办事处" in jixiao("reports", "--store", store).stdout


def test_failures_are_one_line(tmp_path: Path) -> None:
    store = str(tmp_path / "s")
    assert_one_line_failure(jixiao("ingest", str(tmp_path / "none"), "--store", store), "no such")
    assert_one_line_failure(jixiao("calc", "1/0"), "division by zero")
    (tmp_path / "file").write_text("x")
    assert_one_line_failure(jixiao("reports", "--store", str(tmp_path / "file")), "folder")


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    done = jixiao("ask", "2022年实际支出多少", "--store", str(tmp_path / "s"))
    assert "jixiao ingest" in done.stdout


def test_calc_reads_lines() -> None:
    done = jixiao("calc", "-", stdin="1+1\n1/0\n")
    good, bad = (json.loads(line) for line in done.stdout.splitlines())
    assert good == {"expression": "1+1", "result": "2", "unit": None, "error": None}
    assert bad["result"] is None
    assert bad["error"]
    assert jixiao("calc", "-9,819 - 6,639").stdout.strip() == "-16458"
