"""The answer object: the public face of the assistant.

Its JSON form is fixed by the project's contract; ``to_json`` yields exactly
that. ``value`` strings are decimal, as the source prints them (thousands
separators removed) or as the calculator computed them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

Language = Literal["zh", "en"]


class Status(StrEnum):
    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands; ``start:end`` is in the passage's text."""

    id: int
    report: str
    file: str
    department: str | None
    year: int | None
    section: str
    page: int | None
    cell: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure that the question asked for."""

    label: str
    value: str
    unit: str | None
    year: int | None
    department: str | None
    kind: Literal["reported", "computed"]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Operand:
    """One reported figure that went into a calculation, with its citation id."""

    label: str
    value: str
    unit: str | None
    citation: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """How a computed figure came about; ``name`` is the official ratio, if it has one."""

    name: str | None
    expression: str
    operands: tuple[Operand, ...]
    result: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. What pages need besides is not part of the public JSON object:
    ``passages`` (citation id → report id, passage index) opens a source, ``shown`` are
    reported figures that stand in the text beside what was asked (the others of a ranking)."""

    question: str
    language: Language
    status: Status
    answer: str
    figures: tuple[AnswerFigure, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    passages: dict[int, tuple[str, int]] = field(default_factory=dict)
    shown: tuple[AnswerFigure, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as the JSON object of the public contract."""
        data = asdict(self)
        del data["passages"], data["shown"]
        plain: dict[str, Any] = json.loads(json.dumps(data))  # tuples become lists
        return plain
