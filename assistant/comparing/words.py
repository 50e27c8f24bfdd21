"""What is said about the cells of a comparison, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Language
from assistant.comparing.table import Absence
from assistant.located import Located
from ingest.report import Qualifier

Said = dict[Language, str]


def printed(located: Located) -> str:
    """A figure as its report prints it, with its unit."""
    return located.passage.text[located.figure.start : located.figure.end]


def absence(why: Absence, year: int) -> Said:
    """Why there is no value."""
    if why is Absence.NO_REPORT:
        return {
            "zh": f"没有载入{year}年的报告",
            "en": f"no report of {year} is loaded",
        }
    return {"zh": "报告中没有这项数字", "en": "the report does not give this figure"}


def too_many(count: int) -> Said:
    return {
        "zh": f"报告中同一名称有{count}个不同的数值，无法确定是哪一个",
        "en": f"the report has {count} different values under this name; which is meant is unclear",
    }


def conflict(others: Sequence[str]) -> Said:
    shown = "、".join(others)
    return {
        "zh": f"同一报告另一处写的是{shown}",
        "en": f"the same report has another value elsewhere: {shown}",
    }


def misplaced() -> Said:
    return {
        "zh": "这一行的名称与内容对不上，数值可能填错了行",
        "en": "the row's name and its text disagree; the value may be in the wrong row",
    }


def other_report(title: str) -> Said:
    return {"zh": f"取自《{title}》中对该年的叙述", "en": f"as stated in “{title}”"}


def other_wording(label: str) -> Said:
    return {"zh": f"报告中的名称是“{label}”", "en": f"the report calls it “{label}”"}


def other_unit(unit: str | None) -> Said:
    return {
        "zh": f"单位是{unit or '（无）'}，不同于表中单位，未计算差额",
        "en": f"its unit is {unit or '(none)'}, not the table's; no difference is computed",
    }


def converted(text: str) -> Said:
    return {"zh": f"由原文“{text}”换算", "en": f"converted from “{text}”"}


def qualified(text: str) -> Said:
    return {
        "zh": f"原文是约数“{text}”，差额据此计算",
        "en": f"the report gives it only roughly (“{text}”); differences are as rough",
    }


def by_ocr() -> Said:
    return {"zh": "文字由OCR识别，请核对原件", "en": "read by OCR; check it against the paper"}


QUALIFIERS: dict[Language, dict[Qualifier, str]] = {
    "zh": {
        Qualifier.OVER: "超过",
        Qualifier.NEARLY: "近",
        Qualifier.ABOUT: "约",
        Qualifier.AT_LEAST: "不少于",
        Qualifier.AT_MOST: "不超过",
    },
    "en": {
        Qualifier.OVER: "more than ",
        Qualifier.NEARLY: "nearly ",
        Qualifier.ABOUT: "about ",
        Qualifier.AT_LEAST: "at least ",
        Qualifier.AT_MOST: "at most ",
    },
}
HEADINGS: dict[Language, dict[str, str]] = {
    "zh": {
        "subject": "部门（项目）",
        "year": "{year}年",
        "change": "{until}年比{since}年",
        "growth": "{until}年比{since}年增长（%）",
        "points": "{until}年比{since}年（百分点）",
        "gap": "{year}年比{against}",
        "gap_points": "{year}年比{against}（百分点）",
        "notes": "说明",
        "unit": "单位：{unit}",
        "none": "无单位",
        "comparison": "对比",
        "sources": "出处",
    },
    "en": {
        "subject": "Department (project)",
        "year": "{year}",
        "change": "{since} to {until}",
        "growth": "{since} to {until}, growth (%)",
        "points": "{since} to {until} (percentage points)",
        "gap": "{year}, minus {against}",
        "gap_points": "{year}, minus {against} (percentage points)",
        "notes": "Notes",
        "unit": "Unit: {unit}",
        "none": "no unit",
        "comparison": "Comparison",
        "sources": "Sources",
    },
}
