"""What officials take away: every figure with its source, whatever program opens it."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document as open_docx
from lxml import etree
from openpyxl import load_workbook

from assistant.answer import Answer, AnswerFigure, Citation, Status
from assistant.answer_text import Grid, Listing, Paragraph, Words, parse
from assistant.service import Assistant
from assistant.takeaway import save
from ingest.errors import JixiaoError
from tests.conftest import SAMPLES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WHEN = datetime(2026, 1, 15, 9, 30)
HOSTILE = "<script>alert(1)</script>[点](javascript:1) ![x](http://evil.invalid) **粗** | `a` \x07"


@pytest.fixture(scope="module")
def conversation(sample_assistant: Assistant) -> list[Answer]:
    turns = sample_assistant.new_conversation()
    return [
        turns.ask(question)
        for question in (
            "员村街2022年预算完成率是多少",
            "那2021年呢？",
            "员村街2021年到2022年实际支出增长了多少",
            "员村街有哪些主要任务",
            "员村街2022年航天发射多少次",
        )
    ]


def hostile() -> Answer:
    citation = Citation(1, HOSTILE, HOSTILE, None, 2022, HOSTILE, None, None, HOSTILE, 0, 1)
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", HOSTILE)
    figure = AnswerFigure("=1+1", "12", "次", 2022, None, "reported", (1,))
    return Answer(
        HOSTILE, "zh", Status.ANSWERED, f"{escaped} [1]", (figure,), citations=(citation,)
    )


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def footnotes(path: Path) -> dict[str, str]:
    """The text of each footnote by its id, without Word's two separators."""
    notes = part(path, "word/footnotes.xml").findall(f"{W}footnote")
    return {
        n.get(f"{W}id"): "".join(n.itertext()).strip() for n in notes if n.get(f"{W}type") is None
    }


# -- the text of an answer ------------------------------------------------------------------


def test_an_answers_text_is_taken_apart() -> None:
    text = "甲为 **98.10%** [1]\n第二行\n\n- 一 [2]\n- 二\n\n3. 丙\n\n"
    text += "| 年 | 值 |\n|---|---|\n| a\\|b | 1 |"
    first, bullets, numbered, table = parse(text)
    assert isinstance(first, Paragraph)
    assert first.lines[0] == (
        Words("甲为 "), Words("98.10%", bold=True), Words(" "), Words("[1]", citation=1)
    )  # fmt: skip
    assert len(first.lines) == 2
    assert isinstance(bullets, Listing)
    assert (len(bullets.items), bullets.first) == (2, None)
    assert isinstance(numbered, Listing)
    assert numbered.first == 3
    assert isinstance(table, Grid)
    assert table.rows[1][0] == (Words("a|b"),)


# -- Word -----------------------------------------------------------------------------------


def test_word_has_question_figure_formula_and_footnotes(
    conversation: Sequence[Answer], tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    save(conversation[:1], path, made=WHEN)
    document = open_docx(str(path))
    lines = [p.text for p in document.paragraphs]
    assert lines[0] == "绩效问答记录"
    assert "2026年01月15日 09:30" in lines[1]
    assert "问：员村街2022年预算完成率是多少" in lines
    assert any("预算完成率为 98.10%" in line for line in lines)
    assert any("12198.33 ÷ 12436.77 × 100% = 98.08%" in line for line in lines)
    assert any(line.startswith("请注意：") for line in lines)
    notes = footnotes(path)
    assert any(
        "预算完成率 98.10%" in note and "yuancun-2022.txt" in note for note in notes.values()
    )
    assert any("12436.77" in note for note in notes.values())


def test_every_footnote_is_referred_to_once_and_in_order(
    conversation: Sequence[Answer], tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    save(conversation, path)
    body = part(path, "word/document.xml")
    referred = [r.get(f"{W}id") for r in body.iter(f"{W}footnoteReference")]
    assert referred == [str(n) for n in range(1, len(referred) + 1)]
    assert set(referred) == set(footnotes(path))
    # Mentioned again, a source keeps its number: the field points to a bookmark that is there.
    marks = {b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")}
    again = [re.search(r"_RefNote\d+", i.text or "") for i in body.iter(f"{W}instrText")]
    assert again
    assert all(found and found.group() in marks for found in again)


def test_each_figure_of_the_text_stands_in_a_note_or_a_formula(
    conversation: Sequence[Answer], tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    save(conversation, path)
    notes = " ".join(footnotes(path).values())
    for answer in conversation:
        for figure in answer.figures:
            if figure.kind == "reported":
                assert figure.value in notes, figure


def test_a_hostile_report_is_text_in_word_and_in_markdown(tmp_path: Path) -> None:
    save([hostile()], tmp_path / "a.docx")
    text = "\n".join(p.text for p in open_docx(str(tmp_path / "a.docx")).paragraphs)
    assert "<script>alert(1)</script>" in text
    save([hostile()], tmp_path / "a.md")
    markdown = (tmp_path / "a.md").read_text("utf-8")
    bare = re.sub(r"\\[\x21-\x7e]", "", markdown)
    assert "<script" not in bare
    assert "](" not in bare
    assert "![" not in bare
    save([hostile()], tmp_path / "a.xlsx")
    cells = [c for row in load_workbook(tmp_path / "a.xlsx").active for c in row]
    assert not [c for c in cells if c.data_type == "f"]


def test_libreoffice_opens_the_document(conversation: Sequence[Answer], tmp_path: Path) -> None:
    from ingest.readers.doc import find_program

    program = find_program()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    save(conversation, tmp_path / "a.docx")
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [program, home, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path),
         str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = (tmp_path / "a.txt").read_text("utf-8-sig")
    assert "98.10%" in text
    assert "报告中未查到" in text


# -- Markdown and workbook ------------------------------------------------------------------


def test_markdown_defines_every_footnote_it_uses(
    conversation: Sequence[Answer], tmp_path: Path
) -> None:
    save(conversation, tmp_path / "a.md", made=WHEN)
    text = (tmp_path / "a.md").read_text("utf-8")
    body, notes = text.split("\n[^1]: ")
    used = list(dict.fromkeys(re.findall(r"\[\^(\d+)\]", body)))
    assert used == [str(n) for n in range(1, len(used) + 1)]
    assert f"[^{len(used)}]: " in f"[^1]: {notes}"
    assert f"[^{len(used) + 1}]: " not in notes
    assert "预算完成率为 **98.10%**[^1]" in body


def test_the_workbook_has_a_row_a_figure_with_its_formula(
    conversation: Sequence[Answer], tmp_path: Path
) -> None:
    save(conversation, tmp_path / "a.xlsx")
    head, *rows = load_workbook(tmp_path / "a.xlsx").active.values
    found = [dict(zip(head, row, strict=True)) for row in rows]
    stated = next(r for r in found if r["数值"] == 98.1)
    assert (stated["单位"], stated["年度"], stated["来历"]) == ("%", 2022, "报告原文")
    assert stated["文件"] == "yuancun-2022.txt"
    growth = next(r for r in found if r["单位"] == "%" and r["来历"] == "计算得出")
    assert "(12198.33 − 11480.25) ÷ 11480.25" in growth["计算式"]


def test_english_answers_have_english_headings(sample_assistant: Assistant, tmp_path: Path) -> None:
    answer = sample_assistant.ask("What was the budget completion rate of Yuancun in 2022?")
    save([answer], tmp_path / "a.md", made=WHEN)
    text = (tmp_path / "a.md").read_text("utf-8")
    assert text.startswith("# Answers from performance reports")
    assert "15 January 2026" in text


def test_what_cannot_be_saved_says_so(conversation: Sequence[Answer], tmp_path: Path) -> None:
    with pytest.raises(JixiaoError, match=r"\.docx, \.md, \.xlsx"):
        save(conversation, tmp_path / "a.pdf")
    with pytest.raises(JixiaoError, match="no answer to save"):
        save([], tmp_path / "a.docx")
    with pytest.raises(JixiaoError, match="no figures"):
        save(conversation[-1:], tmp_path / "a.xlsx")
    with pytest.raises(JixiaoError, match="cannot be written"):
        save(conversation, tmp_path / "missing" / "a.docx")


def test_ask_and_chat_save_what_they_answered(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    command = [sys.executable, "-m", "assistant.cli"]
    sample = str(SAMPLES / "yuancun-2022.txt")
    subprocess.run([*command, "ingest", sample, "--store", store], check=True, capture_output=True)
    one, talk = tmp_path / "one.docx", tmp_path / "talk.md"
    subprocess.run(
        [*command, "ask", "2022年预算完成率是多少", "--save", str(one), "--store", store],
        check=True, capture_output=True,
    )  # fmt: skip
    assert "98.10%" in "".join(p.text for p in open_docx(str(one)).paragraphs)
    subprocess.run(
        [*command, "chat", "--save", str(talk), "--store", store],
        check=True, capture_output=True, text=True, input="2022年预算完成率是多少\n实际支出呢\n\n",
    )  # fmt: skip
    assert talk.read_text("utf-8").count("## 问：") == 2
