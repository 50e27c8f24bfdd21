"""Questions from a spreadsheet, so that officials can add their own; see docs/questions.md.

One question a row, under the headings of ``sheets.toml``: question, expected answer,
unit, year, department, source. An answer that is a number is a figure to be given; words
are to stand in the answer; "未提及" means that the reports do not say it. Rows with the
same entry under 对话 are one conversation; one of them without an answer is only asked, for
what follows to lean on.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answer import Language, Status
from assistant.question import read_question
from assistant.spreadsheet import Sheet, write_workbook
from eval.questions import (
    ANYTHING,
    Expectation,
    ExpectedFigure,
    ExpectedValue,
    LabelledConversation,
    QuestionFileError,
    Turn,
)
from ingest.errors import JixiaoError
from ingest.units import parse_unit

_NUMBER = re.compile(r"^[-−]?\d[\d,，]*(?:\.\d+)?")
_WIDE = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")
_MOST_ROWS = 10_000
_HEADING_ROWS = 10  # a title or a hint may stand above the headings

# Name of the sheet, what to do, and the headings of an empty one.
_TEMPLATE: dict[Language, tuple[str, ...]] = {
    "zh": ("问题", "每行一个问题；报告中没有的，标准答案写“未提及”",
           "问题", "标准答案", "单位", "年度", "部门", "出处"),
    "en": ("Questions", "A question a row; where the reports do not say it, answer “not found”",
           "Question", "Expected answer", "Unit", "Year", "Department", "Source"),
}  # fmt: skip

Cells = Sequence[Any]


class ExpectedAnswerError(JixiaoError, ValueError):
    """What is expected of an answer cannot be understood; says why."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int  # as the spreadsheet counts
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


def read_sheet(file: Path) -> Iterator[tuple[int, LabelledConversation]]:
    """The conversations of an .xlsx or .csv file, with the row where each begins.

    Raises:
        QuestionFileError: the file cannot be read, or a row of it cannot be used.
    """
    rows = _rows(file, sheet_table(file))
    for run in _conversations(rows):
        turns = []
        for row in run:
            if not row["answer"] and row is not run[-1]:
                turns.append(Turn(row["question"], ANYTHING, scored=False))
                continue
            try:
                turns.append(Turn(row["question"], expectation(row.values)))
            except ExpectedAnswerError as error:
                raise QuestionFileError(file, row.number, str(error)) from error
        first = run[0]
        yield (
            first.number,
            LabelledConversation(
                id=f"{file.stem}-{first.number}",
                category=first["category"] or "own",
                language=language_of(first["question"]),
                reports="store",
                turns=tuple(turns),
            ),
        )


def expectation(values: Mapping[str, str]) -> Expectation:
    """What a right answer looks like, from the columns of a row by name.

    Raises:
        ExpectedAnswerError: no answer, or a year that is none.
    """
    answer = values.get("answer", "").strip()
    if not answer:
        raise ExpectedAnswerError(
            "there is no expected answer; where the reports do not say it, write 未提及"
        )
    if answer.casefold() in _headings()["not_found"]:
        return Expectation((Status.NOT_FOUND,))
    sources = tuple(filter(None, [values.get("source", "").strip()]))
    year = _year(values.get("year", ""))
    unit = values.get("unit", "").strip() or None
    notations = [_value(part, unit) for part in re.split(r"\s+/\s+", answer)]
    numbers = tuple(value for value in notations if value is not None)
    if len(numbers) != len(notations):
        return Expectation((Status.ANSWERED,), texts=(answer,), sources=sources)
    department = values.get("department", "").strip() or None
    figure = ExpectedFigure(numbers, year, department)
    return Expectation((Status.ANSWERED,), figures=(figure,), sources=sources)


def write_template(path: Path, language: Language) -> None:
    """An empty sheet with the headings, and what goes below them.

    Raises:
        JixiaoError: the file cannot be written.
    """
    name, title, *columns = _TEMPLATE[language]
    write_workbook(path, [Sheet(name, columns, [], title=title)])


def language_of(question: str) -> Language:
    """The language that a question is asked in."""
    return read_question(question[:500], ()).language


def _value(text: str, unit: str | None) -> ExpectedValue | None:
    """A number, with its unit where the cell has one; None where it is words."""
    plain = text.strip().translate(_WIDE)
    match = _NUMBER.match(plain)
    if match is None:
        return None
    rest = plain[match.end() :].strip()
    if rest and parse_unit(rest) is None:
        return None
    try:
        number = Decimal(re.sub("[,，]", "", match.group()).replace("−", "-"))
    except InvalidOperation:
        return None
    known = rest or unit
    return ExpectedValue(number, known, any_unit=known is None)


def _year(text: str) -> int | None:
    plain = text.strip().translate(_WIDE).removesuffix("年度").removesuffix("年")
    plain = plain.removesuffix(".0")
    if not plain:
        return None
    if not re.fullmatch(r"(?:19|20)\d\d", plain):
        raise ExpectedAnswerError(f"the year must be like 2022, not {text!r}")
    return int(plain)


def _conversations(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    run: list[_Row] = []
    for row in rows:
        if run and not (row["conversation"] and row["conversation"] == run[-1]["conversation"]):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _rows(file: Path, table: Sequence[tuple[int, Cells]]) -> list[_Row]:
    """The rows below the headings, each value under the name of its column."""
    position, columns = heading_columns(file, table)
    rows = []
    for number, cells in table[position + 1 :]:
        values = {columns[i]: _text(cell) for i, cell in enumerate(cells) if i in columns}
        if values.get("question"):
            rows.append(_Row(number, values))
        elif any(values.values()):
            raise QuestionFileError(file, number, "there is an answer but no question")
    if not rows:
        raise QuestionFileError(file, None, "it has headings but no questions")
    return rows


def heading_columns(file: Path, table: Sequence[tuple[int, Cells]]) -> tuple[int, dict[int, str]]:
    """Which row has the headings, and what each column is: its name by its number, from 0.

    Raises:
        QuestionFileError: no row has the headings of questions and answers.
    """
    names = {name: words for name, words in _headings().items() if name != "not_found"}
    for position, (_, cells) in enumerate(table[:_HEADING_ROWS]):
        columns = {
            index: name
            for index, cell in enumerate(cells)
            for name, words in names.items()
            if _text(cell).casefold() in words
        }
        if {"question", "answer"} <= set(columns.values()):
            return position, columns
    raise QuestionFileError(
        file, None, "its first rows have no headings 问题 and 标准答案 (question, expected answer)"
    )


@cache
def _headings() -> dict[str, frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: frozenset(word.casefold() for word in words) for name, words in data.items()}


def _text(cell: Any) -> str:
    """A cell as it is read: 2022.0 is 2022."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def sheet_table(file: Path) -> Sequence[tuple[int, Cells]]:
    """Every row of an .xlsx or .csv with its number, as it is read.

    Raises:
        QuestionFileError: the file cannot be read.
    """
    return _xlsx(file) if file.suffix.lower() == ".xlsx" else _csv(file)


def _xlsx(file: Path) -> list[tuple[int, Cells]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts do
        raise QuestionFileError(file, None, f"cannot be read as a workbook ({error})") from error
    try:
        sheet = book.worksheets[0]
        return [
            (number, [_shown(cell) for cell in row])
            for number, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), 1)
        ]
    finally:
        book.close()


def _shown(cell: Any) -> Any:
    """A percentage as it is displayed: 0.981 under the format 0.00% is 98.10%."""
    value = cell.value
    if isinstance(value, (int, float)) and "%" in (cell.number_format or ""):
        places = len(cell.number_format.partition(".")[2].rstrip("%"))
        return f"{Decimal(str(value)) * 100:.{places}f}%"
    return value


def _csv(file: Path) -> Sequence[tuple[int, Cells]]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise QuestionFileError(file, None, f"cannot be read ({error.strerror})") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            problem = "its encoding is neither UTF-8 nor GB18030"
            raise QuestionFileError(file, None, problem) from error
    delimiter = max(",;\t", key=text.split("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        return [(reader.line_num, row) for row in reader][:_MOST_ROWS]
    except csv.Error as error:
        raise QuestionFileError(file, reader.line_num, f"is no readable CSV ({error})") from error
