"""Officials' own questions from a spreadsheet: what a row means, and what is wrong with one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.answer import Status
from eval.feedback import Feedback, labelled
from eval.kept_sheet import append_questions
from eval.questions import LabelledConversation, QuestionFileError, load_questions

RATE = "员村街2022年预算完成率是多少"
HEAD = ["问题", "标准答案", "单位", "年度", "部门", "出处"]


def sheet(folder: Path, *rows: list[object], head: list[str] = HEAD) -> Path:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    path = folder / "questions.xlsx"
    book.save(path)
    return path


def one(path: Path) -> LabelledConversation:
    (conversation,) = load_questions(path)
    return conversation


def test_a_number_is_a_figure_with_unit_year_department_and_source(tmp_path: Path) -> None:
    row = ["2022年实际支出数是多少", 12198.33, "万元", 2022, "员村街", "部门资金情况"]
    conversation = one(sheet(tmp_path, row))
    assert (conversation.reports, conversation.language) == ("store", "zh")
    expect = conversation.turns[0].expect
    assert expect.statuses == (Status.ANSWERED,)
    (figure,) = expect.figures
    assert figure.values[0].value == Decimal("12198.33")
    assert (figure.values[0].unit, figure.year, figure.department) == ("万元", 2022, "员村街")
    assert expect.sources == ("部门资金情况",)


@pytest.mark.parametrize(
    ("answer", "unit", "value", "shown"),
    [
        ("12,198.33万元", None, "12198.33", "万元"),
        ("９８．１０％", None, "98.10", "%"),
        ("-8.5", "%", "-8.5", "%"),
        ("276", "宗", "276", "宗"),
    ],
)
def test_numbers_as_people_write_them(
    tmp_path: Path, answer: str, unit: str | None, value: str, shown: str
) -> None:
    (figure,) = one(sheet(tmp_path, ["多少？", answer, unit])).turns[0].expect.figures
    assert (figure.values[0].value, figure.values[0].unit) == (Decimal(value), shown)


def test_a_percentage_cell_is_read_as_it_is_displayed(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["预算完成率？", 0.981])
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.active["B2"].number_format = "0.00%"
    book.save(path)
    (figure,) = one(path).turns[0].expect.figures
    assert (figure.values[0].value, figure.values[0].unit) == (Decimal("98.10"), "%")


def test_other_notations_words_and_silence(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ["备案多少？", "0.09万份 / 900份"],
        ["存在什么问题", "人手不足"],
        ["火星？", "未提及"],
    )
    notations, words, silence = (c.turns[0].expect for c in load_questions(path))
    assert [v.unit for v in notations.figures[0].values] == ["万份", "份"]
    assert words.texts == ("人手不足",)
    assert silence.statuses == (Status.NOT_FOUND,)


def test_a_year_in_words_is_no_number(tmp_path: Path) -> None:
    expect = one(sheet(tmp_path, ["何时完成", "2022年底"])).turns[0].expect
    assert expect.figures == ()
    assert expect.texts == ("2022年底",)


def test_rows_of_one_conversation_follow_up_on_each_other(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ["员村街2022年实际支出数", "12198.33", "万元", "甲"],
        ["那2021年呢", "11480.25", "万元", "甲"],
        ["棠东街呢", "8735.10", "万元", ""],
        head=["问题", "答案", "单位", "对话"],
    )
    assert [len(c.turns) for c in load_questions(path)] == [2, 1]


def test_csv_in_the_encoding_of_chinese_office_programs(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes("问题;标准答案;单位\n实际支出？;12198.33;万元\n".encode("gb18030"))
    assert one(path).turns[0].expect.figures[0].values[0].value == Decimal("12198.33")


def test_english_headings_and_a_title_above_them(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    text = "Our questions,,\nQuestion,Expected answer,Unit\nHow much was spent?,12198.33,万元\n"
    path.write_text(text, "utf-8-sig")
    assert one(path).language == "en"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["多少？", ""]], r"line 2.*no expected answer"),
        ([["", "5"]], "no question"),
        ([["多少？", 5, "宗", "去年"]], "2022"),
        ([], "no questions"),
    ],
)
def test_what_is_wrong_names_the_row(tmp_path: Path, rows: list[list[object]], said: str) -> None:
    with pytest.raises(QuestionFileError, match=said):
        load_questions(sheet(tmp_path, *rows))


def test_a_sheet_without_headings_and_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="标准答案"):
        load_questions(sheet(tmp_path, ["a", "b"], head=["一", "二"]))
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(QuestionFileError, match="cannot be read as a workbook"):
        load_questions(path)


def test_feedback_is_added_to_a_sheet_below_what_stands_there(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["2022年实际支出数是多少", "12198.33", "万元", 2022, "", ""])
    said = [
        Feedback("t", False, (RATE,), "zh", "answered", "", expected="98.10%"),
        Feedback("t", False, ("=1+1", "那2021年呢"), "zh", "answered", "", expected="未提及"),
        Feedback("t", False, ("存在哪些问题",), "zh", "not_found", "", expected="党建"),
        Feedback("t", True, ("哪一年",), "zh", "clarify", "您问的是哪一年？"),
    ]
    before = list(load_workbook(path).active.values)
    assert append_questions(path, list(labelled(said))) == (3, 1)
    assert list(load_workbook(path).active.values)[1][: len(HEAD)] == before[1]
    first, rate, follow_up, words = load_questions(path)
    assert first.turns[0].question == "2022年实际支出数是多少"
    assert str(rate.turns[0].expect.figures[0].values[0].value) == "98.10"
    assert rate.turns[0].expect.figures[0].values[0].unit == "%"
    assert [(t.question, t.scored) for t in follow_up.turns] == [
        ("=1+1", False),
        ("那2021年呢", True),
    ]
    assert follow_up.turns[1].expect.statuses == (Status.NOT_FOUND,)
    assert words.turns[0].expect.texts == ("党建",)
    # Asked again, nothing is twice in it.
    assert append_questions(path, list(labelled(said))) == (0, 1)
    assert len(load_questions(path)) == 4


def test_a_sheet_is_made_where_there_is_none(tmp_path: Path) -> None:
    said = [Feedback("t", False, (RATE,), "zh", "answered", "", expected="98.10%")]
    path = tmp_path / "new.xlsx"
    assert append_questions(path, list(labelled(said))) == (1, 0)
    (conversation,) = load_questions(path)
    assert conversation.turns[0].question == RATE
    assert append_questions(tmp_path / "empty.xlsx", []) == (0, 0)
    assert (tmp_path / "empty.xlsx").exists()


def test_a_file_of_another_kind_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "q.docx").write_bytes(b"PK")
    with pytest.raises(QuestionFileError, match=r"\.jsonl, \.xlsx or \.csv"):
        load_questions(tmp_path / "q.docx")
