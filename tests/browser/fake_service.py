"""A service for the page that answers a handful of questions from one small report.

It finds every quote by searching its own passages when it is built, so that
positions are real; the page itself only ever uses the positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal

from assistant.answer import (
    Answer,
    AnswerFigure,
    Calculation,
    Citation,
    Language,
    Operand,
    Status,
)
from ingest.errors import JixiaoError
from ingest.report import Figure, Passage, Place, Qualifier, Report, Role
from ui.service import FileResult, Progress, ReportInfo

DEPARTMENT = "广州市天河区人民政府员村街道办事处"
TITLE = "2022年度员村街道办事处部门整体支出绩效自评表"
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
HOSTILE_MARKDOWN = (
    "[点我](javascript:window.hacked=1) ![x](http://192.0.2.1/x.png) <b>粗</b> `a` $x$ ${1+1}"
)

_TASK = ("主要任务", "出租屋管理专项经费")
_PASSAGES: list[tuple[tuple[str, ...], str]] = [
    (("部门资金情况",), "部门调整预算收入\t12436.77\t部门年初预算收入\t12066.53"),
    (("部门资金情况",), "实际支出数\t12198.33\t年度预算调整数\t370.24"),
    (("部门资金情况",), "预算完成率\t98.10%\t预算调整率\t3.07%"),
    ((*_TASK, "预期目标"), "加强出租屋管理，代征个人出租房屋税1600万元，为来穗人员提供各项服务。"),
    ((*_TASK, "目标完成情况"), "提高出租屋管理水平，确保出租屋纳管率达到规定要求。"),
    (
        (*_TASK, "目标完成情况"),
        "重点加强对我街来穗人员登记和出租屋检查整治；代征个人出租房屋税2100.52万元；"
        "房屋租赁合同登记备案900份；居住证办理2.3万张；受理来穗人员积分制入学276宗、受理积分制入户235宗等工作。",
    ),
    ((*_TASK, "目标完成情况"), "139个基层党支部累计开展“三会一课”2000余次、主题党日活动204场次。"),
    (("备注",), f"{HOSTILE} {HOSTILE_MARKDOWN} 收费300元"),
]  # fmt: skip

_OVER_2000 = "2000余次"


def _passages() -> tuple[Passage, ...]:
    return tuple(
        Passage(index, text, section, Role.ACTUAL, place=Place(page=1 + index // 4))
        for index, (section, text) in enumerate(_PASSAGES)
    )


def _figures(passages: Sequence[Passage]) -> tuple[Figure, ...]:
    text = passages[6].text
    at = text.index(_OVER_2000)
    return (
        Figure(
            "开展“三会一课”", Decimal(2000), "2000余", "次", "次", Decimal(1), Qualifier.OVER,
            Role.ACTUAL, 6, at, at + len(_OVER_2000), at, at + len(_OVER_2000),
        ),
    )  # fmt: skip


def example_report() -> Report:
    """One small report, verbatim from a real one but for the hostile note at its end."""
    passages = _passages()
    return Report(
        "yuancun-2022", TITLE, "部门整体支出绩效自评表", DEPARTMENT, 2022, "万元",
        "yuancun-2022.txt", "0" * 64, passages, _figures(passages),
        warnings=("第12行：表格在页尾被截断。",),
    )  # fmt: skip


class FakeConversation:
    """Remembers only what the last question was about."""

    def __init__(self, service: FakeService) -> None:
        self._service = service
        self._asked_tax = False

    def ask(self, question: str, language: Language | None = None) -> Answer:
        spoken: Language = language or ("en" if question.isascii() else "zh")
        if "故障" in question:
            raise JixiaoError("yuancun-2022.txt: 索引损坏，请重新读入")
        if "崩溃" in question:
            raise RuntimeError("secret detail")
        if "备注" in question or "onerror" in question:
            return self._service.hostile(question)
        if "三会一课" in question:
            return self._service.over(question)
        if "完成率" in question or "completion" in question:
            return self._service.rate(question, spoken)
        if "目标" in question or "target" in question:
            return self._service.tax(question, spoken, "target", self._asked_tax)
        if "税" in question or "tax" in question:
            self._asked_tax = True
            return self._service.tax(question, spoken, "actual", True)
        return self._service.unknown(question, spoken)


class FakeService:
    """The page's service, over :func:`example_report` and whatever is uploaded."""

    def __init__(self) -> None:
        self._report = example_report()
        self._uploaded: list[ReportInfo] = []

    def new_conversation(self) -> FakeConversation:
        return FakeConversation(self)

    def reports(self) -> Sequence[ReportInfo]:
        report = self._report
        info = ReportInfo(
            report.id, report.title, report.department, report.year, report.file, 137, 21,
            report.warnings,
        )  # fmt: skip
        return [info, *self._uploaded]

    def report(self, report_id: str) -> Report:
        if report_id != self._report.id:
            raise KeyError(report_id)
        return self._report

    def examples(self, language: Language) -> Sequence[str]:
        if language == "zh":
            return [
                "2022年代征个人出租房屋税多少？",
                "2022年预算完成率是多少？",
                "开展了多少次“三会一课”？",
            ]
        return [
            "How much rental tax was collected in 2022?",
            "What was the budget completion rate?",
        ]

    def ingest_files(
        self, paths: Sequence[Path], progress: Progress | None = None
    ) -> Sequence[FileResult]:
        results = []
        for done, path in enumerate(paths):
            if progress:
                progress(done, len(paths), path.name)
            if path.suffix not in {".txt", ".csv"}:
                results.append(FileResult(path.name, None, f"{path.name}: 不是可读的报告文件"))
                continue
            title = path.read_text(encoding="utf-8").splitlines()[0]
            self._uploaded.append(ReportInfo(path.name, title, None, 2023, path.name, 12, 3))
            results.append(FileResult(path.name, title, None))
        return results

    def _cite(self, number: int, index: int, quote: str) -> tuple[Citation, tuple[str, int]]:
        report = self._report
        passage = report.passages[index]
        start = passage.text.index(quote)
        citation = Citation(
            number, report.title, report.file, report.department, report.year,
            " / ".join(passage.section), passage.place.page, None, quote, start, start + len(quote),
        )  # fmt: skip
        return citation, (report.id, index)

    def _answer(
        self,
        question: str,
        language: Language,
        text: str,
        cites: Sequence[tuple[int, str]],
        figures: tuple[AnswerFigure, ...] = (),
        calculations: tuple[Calculation, ...] = (),
        warnings: tuple[str, ...] = (),
    ) -> Answer:
        found = [self._cite(n, index, quote) for n, (index, quote) in enumerate(cites, start=1)]
        return Answer(
            question, language, Status.ANSWERED, text, figures, calculations,
            tuple(citation for citation, _ in found), warnings, 38.0,
            {citation.id: where for citation, where in found},
        )  # fmt: skip

    def tax(
        self,
        question: str,
        language: Language,
        side: Literal["target", "actual"],
        known: bool,
    ) -> Answer:
        if not known:
            return self.unknown(question, language)
        value, index = ("2100.52", 5) if side == "actual" else ("1600", 3)
        quote = f"代征个人出租房屋税{value}万元"
        label = {"zh": "代征个人出租房屋税", "en": "rental tax on private housing collected"}
        said = {"actual": ("实际", "collected"), "target": ("目标为", "target for")}[side]
        text = (
            f"{DEPARTMENT}2022年代征个人出租房屋税{said[0]}**{value}万元**[1]。"
            if language == "zh"
            else f"In 2022 the Yuancun Subdistrict Office's {said[1]} rental tax on housing "
            f"was **{value} 万元** (ten thousand yuan) [1]."
        )
        figure = AnswerFigure(
            label[language], value, "万元", 2022, DEPARTMENT, "reported", (1,)
        )  # fmt: skip
        assumed = {
            "zh": "问题未指明部门，按唯一载入的报告回答。",
            "en": "No department was named: the only report loaded was used.",
        }
        return self._answer(
            question, language, text, [(index, quote)], (figure,), warnings=(assumed[language],)
        )

    def rate(self, question: str, language: Language) -> Answer:
        zh = language == "zh"
        operands = (
            Operand("实际支出数" if zh else "actual expenditure", "12198.33", "万元", 1),
            Operand("部门调整预算收入" if zh else "adjusted budget", "12436.77", "万元", 2),
        )
        text = (
            "2022年预算完成率为98.08%，由实际支出数12198.33万元[1]除以调整后预算12436.77万元[2]得出。\n\n"
            "- 报告原表填写为98.10%[3]\n- 两者相差0.02个百分点"
            if zh
            else "The 2022 budget completion rate is 98.08%: expenditure of 12198.33 万元 [1] "
            "over the adjusted budget of 12436.77 万元 [2]. The form itself states 98.10% [3]."
        )
        warning = (
            "报告填写的预算完成率98.10%[3]与其自身数字算出的98.08%不一致。"
            if zh
            else "The stated rate of 98.10% [3] disagrees with the report's own figures: 98.08%."
        )
        name = "预算完成率" if zh else "budget completion rate"
        return self._answer(
            question,
            language,
            text,
            [
                (1, "实际支出数\t12198.33"),
                (0, "部门调整预算收入\t12436.77"),
                (2, "预算完成率\t98.10%"),
            ],
            (
                AnswerFigure(name, "98.08", "%", 2022, DEPARTMENT, "computed", (1, 2)),
                AnswerFigure(name, "98.10", "%", 2022, DEPARTMENT, "reported", (3,)),
            ),
            (Calculation(name, "12198.33 ÷ 12436.77 × 100%", operands, "98.08", "%"),),
            (warning,),
        )

    def over(self, question: str) -> Answer:
        figure = AnswerFigure("开展“三会一课”", "2000", "次", 2022, DEPARTMENT, "reported", (1,))
        text = "139个基层党支部2022年累计开展“三会一课”2000余次[1]。"
        return self._answer(question, "zh", text, [(6, "“三会一课”2000余次")], (figure,))

    def hostile(self, question: str) -> Answer:
        text = f"备注原文：{HOSTILE} {HOSTILE_MARKDOWN} [1][9]"
        figure = AnswerFigure(HOSTILE, "300", "元", 2022, HOSTILE, "reported", (1,))
        return self._answer(
            question, "zh", text, [(7, f"{HOSTILE} {HOSTILE_MARKDOWN}")], (figure,),
            (Calculation(HOSTILE, HOSTILE, (Operand(HOSTILE, "1", HOSTILE, 1),), "1", None),),
            (HOSTILE, HOSTILE_MARKDOWN),
        )  # fmt: skip

    def unknown(self, question: str, language: Language) -> Answer:
        text = (
            "已载入的报告中没有所问的内容。最接近的是：预算完成率。"
            if language == "zh"
            else "The loaded reports do not say. The nearest is the budget completion rate."
        )
        return Answer(question, language, Status.NOT_FOUND, text, elapsed_ms=12.0)
