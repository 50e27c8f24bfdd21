"""What programs send and get. The OpenAPI document and the MCP tools are made from these."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Decimal = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", examples=["2100.52"])]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Model):
    """A question, alone or as the next turn of a conversation."""

    question: str = Field(min_length=1, max_length=4000, examples=["2022年代征个人出租房屋税多少"])
    turns: list[Annotated[str, Field(max_length=4000)]] = Field(
        default_factory=list,
        max_length=20,
        description="The questions asked before, oldest first, where it is a follow-up.",
    )
    conversation: str | None = Field(
        None, description="Instead of turns: the id that an earlier answer of this user gave."
    )
    language: Literal["zh", "en"] | None = Field(
        None, description="The language of the answer; the question's own where it is not given."
    )


class AnswerFigure(_Model):
    """A figure that the question asked for."""

    label: str
    value: Decimal
    unit: str | None = Field(description="As the source prints it: 万元, 宗, 人次, %.")
    year: int | None
    department: str | None
    kind: Literal["reported", "computed"]
    citations: list[int] = Field(description="Ids of citations.")


class Operand(_Model):
    """A reported figure that went into a calculation."""

    label: str
    value: Decimal
    unit: str | None
    citation: int


class Calculation(_Model):
    """How a computed figure came about."""

    name: str | None = Field(description="The official ratio, if it is one: 预算完成率.")
    expression: str
    operands: list[Operand]
    result: Decimal
    unit: str | None


class Citation(_Model):
    """A verbatim quote and where it stands."""

    id: int
    report: str
    file: str
    department: str | None
    year: int | None
    section: str
    page: int | None
    cell: str | None
    quote: str
    start: int = Field(description="Where the quote begins in its passage.")
    end: int


class Answer(_Model):
    """An answer; no figure in it without a citation or a calculation."""

    question: str
    language: Literal["zh", "en"]
    status: Literal["answered", "not_found", "clarify"]
    answer: str = Field(description="Markdown, with [1] marks into the citations.")
    figures: list[AnswerFigure] = Field(description="What was asked for, most important first.")
    calculations: list[Calculation]
    citations: list[Citation]
    warnings: list[str] = Field(description="Conflicts and assumptions that bear on the answer.")
    elapsed_ms: float


class Reply(Answer):
    """An answer with the conversation that it belongs to."""

    conversation: str = Field(description="Send it with the next question for a follow-up.")


class ReportSummary(_Model):
    """A report in the store; the last three are counts."""

    id: str
    title: str
    form: str
    department: str | None
    year: int | None
    project: str | None
    version: str | None
    unit: str | None
    file: str
    recognised_from_scan: bool
    warnings: list[str]
    sections: int
    figures: int
    indicators: int


class Indicator(_Model):
    """An indicator with its target and what was achieved, as printed."""

    name: str
    target: str | None
    actual: str | None
    points: str | None = Field(description="分值, where the form has it.")
    score: str | None = Field(description="得分")
    reason: str | None = Field(description="偏差原因")
    task: str | None


class Task(_Model):
    """A main task, as printed."""

    name: str
    expected: str
    achieved: str
    funds: str | None


class ReportContents(ReportSummary):
    """A report with its tasks and indicators."""

    tasks: list[Task]
    indicator_rows: list[Indicator]
    section_names: list[str]


class ReportFigure(_Model):
    """A figure as a report prints it, with the clause that says it."""

    label: str
    value: Decimal
    unit: str | None
    qualifier: Literal["over", "nearly", "about", "at_least", "at_most"] | None = Field(
        description="How exactly the number is meant: 「2000余次」 is over 2000."
    )
    side: Literal["target", "actual", "funds", "none"]
    year: int | None
    department: str | None
    indicator: str | None
    task: str | None
    report: str = Field(description="Id of the report.")
    title: str
    file: str
    section: str
    page: int | None
    cell: str | None
    quote: str = Field(description="The clause that prints it, verbatim.")


class Expression(_Model):
    """What to calculate."""

    expression: str = Field(min_length=1, max_length=2000, examples=["(73,260-57,768)/57,768"])


class Calculated(_Model):
    """What came out; ``error`` says why where nothing did."""

    expression: str
    result: Decimal | None
    unit: str | None
    error: str | None


class FileRead(_Model):
    """What became of an uploaded file: the report's title, or the problem."""

    file: str
    report: str | None
    problem: str | None


class User(_Model):
    """An account."""

    name: str
    role: Literal["reader", "editor", "admin"]
    tokens: int


class Problem(_Model):
    """Why a request was refused; ``code`` is for programs, ``message`` for people."""

    code: str
    message: str


class Failure(_Model):
    """The body of every response that is not a success."""

    error: Problem
