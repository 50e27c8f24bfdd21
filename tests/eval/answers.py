"""Hand-made answers and labels."""

from __future__ import annotations

from decimal import Decimal

from assistant.answer import Answer, AnswerFigure, Calculation, Citation, Operand, Status
from eval.questions import (
    Expectation,
    ExpectedFigure,
    ExpectedValue,
    LabelledConversation,
    Turn,
)
from eval.runner import Exchange

QUOTE = "代征个人出租房屋税2100.52万元；房屋租赁合同登记备案900份"


def citation(quote: str = QUOTE, number: int = 1) -> Citation:
    return Citation(
        id=number,
        report="绩效自评表",
        file="report.txt",
        department="员村街道办事处",
        year=2022,
        section="主要任务",
        page=None,
        cell=None,
        quote=quote,
        start=0,
        end=len(quote),
    )


def figure(
    value: str,
    unit: str | None = "万元",
    year: int | None = 2022,
    computed: bool = False,
    citations: tuple[int, ...] = (1,),
) -> AnswerFigure:
    return AnswerFigure(
        label="税",
        value=value,
        unit=unit,
        year=year,
        department="员村街道办事处",
        kind="computed" if computed else "reported",
        citations=citations,
    )


def answered(
    *figures: AnswerFigure,
    quotes: tuple[str, ...] = (QUOTE,),
    calculations: tuple[Calculation, ...] = (),
    text: str = "",
    warnings: tuple[str, ...] = (),
) -> Answer:
    return Answer(
        question="?",
        language="zh",
        status=Status.ANSWERED,
        answer=text,
        figures=figures,
        calculations=calculations,
        citations=tuple(citation(quote, n) for n, quote in enumerate(quotes, start=1)),
        warnings=warnings,
    )


def other(status: Status) -> Answer:
    return Answer(question="?", language="zh", status=status, answer="")


def expected(
    value: str, unit: str | None = "万元", year: int | None = 2022, optional: bool = False
) -> ExpectedFigure:
    return ExpectedFigure((ExpectedValue(Decimal(value), unit),), year, None, optional)


def expecting(
    *figures: ExpectedFigure,
    status: Status = Status.ANSWERED,
    computed: tuple[ExpectedFigure, ...] = (),
    quotes: tuple[str, ...] = (),
    texts: tuple[str, ...] = (),
    warning: bool = False,
) -> Expectation:
    return Expectation((status,), figures, computed, quotes, texts, warning)


def exchange(
    expectation: Expectation,
    answer: Answer | None,
    category: str = "task",
    question: str = "收了多少税？",
    elapsed_ms: float = 5.0,
) -> Exchange:
    conversation = LabelledConversation(
        "q-1", category, "zh", "real", (Turn(question, expectation),)
    )
    error = None if answer is not None else "ValueError: broken"
    return Exchange(conversation, 0, answer, error, elapsed_ms)


def ratio(result: str = "131.28") -> Calculation:
    return Calculation(
        name="完成率",
        expression="2100.52 ÷ 1600 × 100%",
        operands=(
            Operand("实际", "2100.52", "万元", 1),
            Operand("目标", "1600", "万元", 2),
        ),
        result=result,
        unit="%",
    )
