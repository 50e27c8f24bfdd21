"""Every reason for a refusal and every note is said in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.reading_notes import note_in, refusal_in
from ingest.pipeline import list_files, read_files
from tests.conftest import ROOT, SAMPLES


def spoken(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, with a 7 where something varies."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from spoken(node.body)
        yield from spoken(node.orelse)


def reasons() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "ingest").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: text
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
            for text in spoken(node.value)
        }
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UnreadableFile"
            if not called or len(node.args) < 2:
                continue
            said = node.args[1]
            for text in spoken(said):
                yield path.name, text.replace("the Word file 7", "the Word file has no text")
            named = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
            for name in named:
                if isinstance(name, ast.Name) and name.id in constants:
                    yield path.name, constants[name.id]


REASONS = sorted(set(reasons()))


def test_the_reasons_were_found() -> None:
    assert len(REASONS) > 30
    assert ("pipeline.py", "no report text was found in it") in REASONS


@pytest.mark.parametrize(("file", "reason"), REASONS)
def test_a_refusal_is_said_in_chinese(file: str, reason: str) -> None:
    said = refusal_in("zh", reason)
    assert said != reason, f"{file}: add it to assistant/reading_notes.toml"
    assert "<" not in said
    assert refusal_in("en", reason) == reason


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("隐藏的工作表“草稿”没有读取", "the hidden sheet “草稿” was not read"),
        ("表内年度为2022年，标题为2021年，按2022年", "years disagree (表内年度: 2022, 标题: 2021)"),
        ("没有“存在问题”部分：表格可能不完整", "the part “存在问题” is missing"),
    ],
)
def test_a_note_is_said_in_english(note: str, said: str) -> None:
    assert note_in("en", note).startswith(said)
    assert note_in("zh", note) == note


def test_the_notes_of_the_samples_are_all_known() -> None:
    notes = [n for o in read_files(list_files([SAMPLES])) for r in o.reports for n in r.warnings]
    assert notes
    assert all(note_in("en", note).isascii() or "“" in note_in("en", note) for note in notes)


def test_what_is_unknown_is_said_as_it_is() -> None:
    assert refusal_in("zh", "something new") == "something new"


def test_every_file_that_is_refused_says_why_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "half.pdf").write_bytes(b"%PDF-1.7 half")
    (tmp_path / "song.mp3").write_bytes(b"ID3\x03\x00\x00\x00")
    for outcome in read_files(list_files([tmp_path])):
        assert outcome.refusal
        assert any("\u4e00" <= char <= "\u9fff" for char in refusal_in("zh", outcome.refusal))
