"""Labelled questions put into a spreadsheet of questions, below those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Language, Status
from assistant.spreadsheet import text_only
from eval.questions import LabelledConversation
from eval.sheets import heading_columns, read_sheet, sheet_table, write_template
from ingest.errors import JixiaoError

_SILENT: dict[Language, str] = {"zh": "未提及", "en": "not found"}

Values = Mapping[str, str]  # of a row, by the name of its column


def append_questions(
    path: Path, conversations: Sequence[LabelledConversation], language: Language = "zh"
) -> tuple[int, int]:
    """Add the conversations that an .xlsx lacks, made where it is not there.

    What stands in the file stays as it is. Returns how many were added, and how many cannot
    be said in a sheet: those that expect to be asked back.

    Raises:
        QuestionFileError: the file cannot be read as a sheet of questions.
        JixiaoError: it cannot be written.
    """
    from openpyxl import load_workbook

    if not path.exists():
        write_template(path, language)
    table = sheet_table(path)
    position, columns = heading_columns(path, table)
    has_questions = any(
        columns.get(n) == "question" and cell
        for _, row in table[position + 1 :]
        for n, cell in enumerate(row)
    )
    known = {_asked(c) for _, c in read_sheet(path)} if has_questions else set()
    new = [c for c in conversations if _asked(c) not in known]
    book = load_workbook(path)
    sheet = book.worksheets[0]
    places = {name: number for number, name in columns.items()}
    if any(len(c.turns) > 1 for c in new) and "conversation" not in places:
        places["conversation"] = max(columns) + 1
        head = {"zh": "对话", "en": "Conversation"}[language]
        sheet.cell(table[position][0], places["conversation"] + 1, head)
    added = 0
    line = max((n for n, cells in table if any(c is not None for c in cells)), default=0)
    for conversation in new:
        rows = list(_rows(conversation, language))
        if not rows:
            continue
        added += 1
        for values in rows:
            line += 1
            _write(sheet, line, places, values)
    try:
        book.save(path)
    except OSError as error:
        raise JixiaoError(f"{path}: cannot be written ({error.strerror})") from error
    return added, len(new) - added


def _asked(conversation: LabelledConversation) -> tuple[str, ...]:
    return tuple("".join(turn.question.split()) for turn in conversation.turns)


def _rows(conversation: LabelledConversation, language: Language) -> Iterator[Values]:
    """A row a turn; none at all where one of them cannot be said."""
    together = conversation.id if len(conversation.turns) > 1 else ""
    rows: list[Values] = []
    for turn in conversation.turns:
        row = {"question": turn.question, "conversation": together}
        if turn.scored:
            expect = turn.expect
            if expect.wanted:
                figure = expect.wanted[0]
                units = {v.unit or "" for v in figure.values}
                alike = len(units) == 1
                row["answer"] = " / ".join(
                    f"{v.value:f}{'' if alike else v.unit or ''}" for v in figure.values
                )
                row["unit"] = units.pop() if alike else ""
                row["year"] = str(figure.year or "")
                row["department"] = figure.department or ""
            elif expect.texts:
                row["answer"] = expect.texts[0]
            elif Status.NOT_FOUND in expect.statuses:
                row["answer"] = _SILENT[language]
            else:
                return
            row["source"] = expect.sources[0] if expect.sources else ""
        rows.append(row)
    yield from rows


def _write(sheet: Any, line: int, places: Mapping[str, int], values: Values) -> None:
    for name, value in values.items():
        if name in places and value:
            cell = sheet.cell(line, places[name] + 1, text_only(value))
            cell.data_type = "s"  # what someone typed is never a formula
