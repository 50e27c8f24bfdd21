"""The labelled question set: typed, and strict about what a line may hold.

A file is JSON Lines; each line is one conversation:

    {"id": "...", "category": "...", "language": "zh"|"en", "reports": "samples"|"real",
     "turns": ["question", "follow-up", ...], "expect": [{...}, {...}]}

``reports`` says what they are about: the samples, the real report, or "store", whatever
is loaded. A spreadsheet of questions is read too; see ``eval.sheets``. Each ``expect``
object belongs to the turn in the same position (null: the turn is asked for what follows
it, and not scored):

``status``
    what the answer must be, or a list of what it may be (the first is the best).
``figures``
    what was asked for: ``value``, ``unit`` (left out: any; null: none), ``year``,
    ``department`` (a part of its name), ``alternatives`` (same quantity, other
    notation), ``optional`` (may be given, need not be).
``computed``
    results that a calculation must reach.
``quote_contains``, ``text_contains``
    what the citations and the answer's text must contain.
``source_contains``
    what one of the citations must name: a report, a file, a section, words of a quote.
``warning``
    true where the report contradicts itself and the answer has to say so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, cast, get_args

from assistant.answer import Language, Status
from ingest.errors import JixiaoError

ReportSet = Literal["samples", "real", "store"]
REPORT_SETS: tuple[str, ...] = get_args(ReportSet)

QUESTIONS = Path(__file__).with_name("questions")
SHEETS = (".xlsx", ".csv")

_CONVERSATION_KEYS = frozenset({"id", "category", "language", "reports", "turns", "expect"})
_EXPECT_KEYS = frozenset(
    {
        "status",
        "figures",
        "computed",
        "quote_contains",
        "text_contains",
        "source_contains",
        "warning",
    }
)
_FIGURE_KEYS = frozenset({"value", "unit", "year", "department", "alternatives", "optional"})
_VALUE_KEYS = frozenset({"value", "unit"})


class QuestionFileError(JixiaoError, ValueError):
    """A line of a question file cannot be used; says which file, which line and why."""

    def __init__(self, file: Path, line: int | None, problem: str) -> None:
        where = f"{file}" if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {problem}")
        self.file = file
        self.line = line


class _Problem(Exception):
    """What is wrong with a line, before the file and line are known."""


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """One notation of a quantity. ``any_unit`` is true where the label leaves the unit out."""

    value: Decimal
    unit: str | None = None
    any_unit: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A figure that the answer should give, in any of the notations in ``values``."""

    values: tuple[ExpectedValue, ...]
    year: int | None = None
    department: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer to one turn looks like."""

    statuses: tuple[Status, ...]
    figures: tuple[ExpectedFigure, ...] = ()
    computed: tuple[ExpectedFigure, ...] = ()
    quotes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    warning: bool = False
    sources: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[ExpectedFigure, ...]:
        """Every figure that may lead the answer, reported or computed."""
        return self.figures + self.computed


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what is expected of its answer.

    One that is not ``scored`` is only asked, for what follows to lean on.
    """

    question: str
    expect: Expectation
    scored: bool = True


ANYTHING = Expectation(tuple(Status))  # of a turn that is not scored


@dataclass(frozen=True, slots=True)
class LabelledConversation:
    """One line of a question file."""

    id: str
    category: str
    language: Language
    reports: ReportSet
    turns: tuple[Turn, ...]


def load_questions(path: Path | None = None) -> list[LabelledConversation]:
    """Read one file, or every one of a folder; by default the set that ships.

    Raises:
        QuestionFileError: the file, the line and what is wrong with it.
    """
    path = QUESTIONS if path is None else path
    if path.is_dir():
        files = sorted(f for f in path.iterdir() if f.suffix.lower() in (".jsonl", *SHEETS))
        if not files:
            listed = ", ".join((".jsonl", *SHEETS))
            raise QuestionFileError(path, None, f"the folder has no file of questions ({listed})")
    elif path.is_file():
        files = [path]
    else:
        raise QuestionFileError(path, None, "no such file or folder")
    conversations: list[LabelledConversation] = []
    seen: dict[str, str] = {}
    for file in files:
        for line, conversation in _read_any(file):
            if conversation.id in seen:
                raise QuestionFileError(
                    file, line, f"id {conversation.id!r} is already used in {seen[conversation.id]}"
                )
            seen[conversation.id] = f"{file.name}, line {line}"
            conversations.append(conversation)
    return conversations


def _read_any(file: Path) -> Iterator[tuple[int, LabelledConversation]]:
    if file.suffix.lower() not in (".jsonl", ".json", *SHEETS):
        raise QuestionFileError(file, None, "questions are read from .jsonl, .xlsx or .csv files")
    if file.suffix.lower() in SHEETS:
        from eval.sheets import read_sheet

        return read_sheet(file)
    return _read(file)


def _read(file: Path) -> Iterator[tuple[int, LabelledConversation]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(file, None, f"cannot be read as UTF-8 text ({error})") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, _conversation(json.loads(line))
        except json.JSONDecodeError as error:
            raise QuestionFileError(file, number, f"not a JSON object ({error})") from error
        except _Problem as problem:
            raise QuestionFileError(file, number, str(problem)) from None


def _conversation(data: object) -> LabelledConversation:
    item = _object(data, _CONVERSATION_KEYS, "a conversation")
    questions = _strings(item, "turns")
    expectations = _list(item, "expect")
    if not questions:
        raise _Problem("'turns' has no question")
    if len(questions) != len(expectations):
        raise _Problem(f"{len(questions)} turns but {len(expectations)} entries in 'expect'")
    return LabelledConversation(
        id=_text(item, "id"),
        category=_text(item, "category"),
        language=cast(Language, _one_of(item, "language", ("zh", "en"))),
        reports=cast(ReportSet, _one_of(item, "reports", REPORT_SETS)),
        turns=tuple(
            Turn(question, ANYTHING, scored=False)
            if expected is None
            else Turn(question, _expectation(expected))
            for question, expected in zip(questions, expectations, strict=True)
        ),
    )


def _expectation(data: object) -> Expectation:
    item = _object(data, _EXPECT_KEYS, "an 'expect' entry")
    statuses = _statuses(item.get("status"))
    expectation = Expectation(
        statuses=statuses,
        figures=tuple(_figure(entry) for entry in _list(item, "figures")),
        computed=tuple(_figure(entry) for entry in _list(item, "computed")),
        quotes=_strings(item, "quote_contains"),
        texts=_strings(item, "text_contains"),
        sources=_strings(item, "source_contains"),
        warning=_flag(item, "warning"),
    )
    if Status.ANSWERED not in statuses and (expectation.wanted or expectation.quotes):
        raise _Problem("figures or quotes are expected of a turn that is not to be answered")
    if statuses == (Status.ANSWERED,) and not (
        expectation.wanted or expectation.quotes or expectation.texts
    ):
        raise _Problem("an answered turn expects no figure, no quote and no text")
    return expectation


def _statuses(data: object) -> tuple[Status, ...]:
    names = data if isinstance(data, list) else [data]
    if not names:
        raise _Problem("'status' is empty")
    try:
        return tuple(Status(str(name)) for name in names)
    except ValueError as error:
        allowed = ", ".join(status.value for status in Status)
        raise _Problem(f"'status' must be one of {allowed}, not {data!r}") from error


def _figure(data: object) -> ExpectedFigure:
    item = _object(data, _FIGURE_KEYS, "a figure")
    year = item.get("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise _Problem(f"'year' must be a whole number, not {year!r}")
    department = item.get("department")
    if department is not None and not isinstance(department, str):
        raise _Problem(f"'department' must be text, not {department!r}")
    others = (
        _object(entry, _VALUE_KEYS, "an alternative") for entry in _list(item, "alternatives")
    )
    return ExpectedFigure(
        values=(_value(item), *(_value(other) for other in others)),
        year=year,
        department=department,
        optional=_flag(item, "optional"),
    )


def _value(item: Mapping[str, Any]) -> ExpectedValue:
    raw = item.get("value")
    if not isinstance(raw, str):
        raise _Problem(f"'value' must be a decimal in quotation marks, not {raw!r}")
    try:
        value = Decimal(raw)
    except InvalidOperation as error:
        raise _Problem(f"'value' is not a decimal: {raw!r}") from error
    if not value.is_finite():
        raise _Problem(f"'value' is not a decimal: {raw!r}")
    unit = item.get("unit")
    if unit is not None and not isinstance(unit, str):
        raise _Problem(f"'unit' must be text or null, not {unit!r}")
    return ExpectedValue(value, unit, any_unit="unit" not in item)


def _object(data: object, keys: frozenset[str], what: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _Problem(f"{what} must be a JSON object, not {data!r}")
    unknown = sorted(set(data) - keys)
    if unknown:
        raise _Problem(f"{what} has unknown keys: {', '.join(unknown)}")
    return data


def _list(item: Mapping[str, Any], key: str) -> list[Any]:
    value = item.get(key, [])
    if not isinstance(value, list):
        raise _Problem(f"{key!r} must be a list, not {value!r}")
    return value


def _strings(item: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = _list(item, key)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise _Problem(f"{key!r} must hold only non-empty texts")
    return tuple(values)


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Problem(f"{key!r} must be a non-empty text, not {value!r}")
    return value


def _flag(item: Mapping[str, Any], key: str) -> bool:
    value = item.get(key, False)
    if not isinstance(value, bool):
        raise _Problem(f"{key!r} must be true or false, not {value!r}")
    return value


def _one_of(item: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = item.get(key)
    if not isinstance(value, str) or value not in allowed:
        raise _Problem(f"{key!r} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def to_json(conversation: LabelledConversation) -> dict[str, Any]:
    """The conversation as an object of a line; ``load_questions`` reads it back."""
    return {
        "id": conversation.id,
        "category": conversation.category,
        "language": conversation.language,
        "reports": conversation.reports,
        "turns": [turn.question for turn in conversation.turns],
        "expect": [_expected(t.expect) if t.scored else None for t in conversation.turns],
    }


def _expected(expect: Expectation) -> dict[str, Any]:
    statuses = [status.value for status in expect.statuses]
    made: dict[str, Any] = {"status": statuses[0] if len(statuses) == 1 else statuses}
    lists = {
        "figures": [_of_figure(f) for f in expect.figures],
        "computed": [_of_figure(f) for f in expect.computed],
        "quote_contains": list(expect.quotes),
        "text_contains": list(expect.texts),
        "source_contains": list(expect.sources),
    }
    made.update({name: values for name, values in lists.items() if values})
    if expect.warning:
        made["warning"] = True
    return made


def _of_figure(figure: ExpectedFigure) -> dict[str, Any]:
    first, *others = (_of_value(value) for value in figure.values)
    made = dict(first)
    if others:
        made["alternatives"] = others
    scope = {"year": figure.year, "department": figure.department}
    made.update({name: value for name, value in scope.items() if value is not None})
    if figure.optional:
        made["optional"] = True
    return made


def _of_value(value: ExpectedValue) -> dict[str, Any]:
    made: dict[str, Any] = {"value": format(value.value, "f")}
    return made if value.any_unit else {**made, "unit": value.unit}
