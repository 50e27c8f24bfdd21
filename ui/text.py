"""Every word of the page, in Chinese and in English."""

from __future__ import annotations

from assistant.answer import Language
from ingest.report import Qualifier

# Labels of the page itself: chosen in the browser, by the browser's language.
LABELS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "绩效问答",
        "tagline": "从预算绩效自评报告中查数字、算比率，每个数字都注明出处。",
        "local": "在本地运行，问题与报告不会发往互联网。",
        "placeholder": "请输入问题，例如：2022年代征个人出租房屋税多少？",
        "question": "问题",
        "send": "提问",
        "new": "新对话",
        "chat": "对话",
        "examples": "可以这样问",
        "reports": "报告",
        "upload": "添加报告（Word、Excel、PDF、网页、CSV、文本、扫描件）",
        "welcome": "输入问题，或点选下方的例子。回答中的 [1] 可点开核对原文。",
        "welcome_empty": "请先在“报告”一栏添加绩效自评报告，读完即可提问。",
    },
    "en": {
        "title": "Jixiao — Budget Performance Q&A",
        "tagline": "Figures from Chinese budget performance reports, each with its source.",
        "local": "Runs locally: questions and reports are never sent to the internet.",
        "placeholder": "Ask a question, e.g. How much rental tax was collected in 2022?",
        "question": "Question",
        "send": "Ask",
        "new": "New chat",
        "chat": "Conversation",
        "examples": "Try asking",
        "reports": "Reports",
        "upload": "Add reports (Word, Excel, PDF, HTML, CSV, text, scans)",
        "welcome": "Ask a question or pick an example below. Every [1] opens its source.",
        "welcome_empty": "First add performance reports under “Reports”, then ask.",
    },
}

# Words around an answer: in the answer's language.
ANSWER: dict[Language, dict[str, str]] = {
    "zh": {
        "reported": "报告原文数字",
        "computed": "计算得出",
        "not_found": "报告中未查到",
        "clarify": "请确认所指",
        "calculation": "计算过程",
        "warnings": "请注意",
        "all_figures": "各项数字",
        "item": "项目",
        "department": "部门",
        "year_head": "年度",
        "value": "数值",
        "source": "出处",
        "year": "{year}年",
        "copy": "复制数字与出处",
        "copied": "已复制",
        "searching": "正在查阅报告…",
        "empty": "请先输入问题，例如“2022年预算完成率是多少？”。",
        "failed": "程序出错，未能回答。请换一种问法，或查看程序日志。",
        "seconds": "用时 {seconds} 秒",
        "instant": "用时不到 0.1 秒",
    },
    "en": {
        "reported": "As reported",
        "computed": "Computed",
        "not_found": "Not in the reports",
        "clarify": "Please specify",
        "calculation": "Calculation",
        "warnings": "Please note",
        "all_figures": "All figures",
        "item": "Item",
        "department": "Department",
        "year_head": "Year",
        "value": "Value",
        "source": "Source",
        "year": "{year}",
        "copy": "Copy figure with source",
        "copied": "Copied",
        "searching": "Looking through the reports…",
        "empty": "Please type a question first, e.g. “Budget completion rate in 2022?”",
        "failed": "Something went wrong: no answer. Rephrase, or see the program's log.",
        "seconds": "{seconds} s",
        "instant": "under 0.1 s",
    },
}

# Words of the sources panel and the list of reports.
PANEL: dict[Language, dict[str, str]] = {
    "zh": {
        "sources": "出处",
        "sources_hint": "回答引用的原文会列在这里。点开任一条，可在所在章节中核对原文。",
        "no_sources": "这次回答没有引用。",
        "earlier": "之前的回答",
        "page": "第{page}页",
        "cell": "单元格 {cell}",
        "open": "查看原文",
        "cited": "引用的段落",
        "moved": "报告已更新或移除，无法在原文中定位；以上为回答时的引文。",
        "reports_count": "已载入 {count} 份报告",
        "no_reports": "还没有报告。请在上方添加，读完即可提问。",
        "report_facts": "{figures} 个数字 · {sections} 个章节",
        "report_notes": "读取提示",
        "unknown_year": "年度不详",
        "unknown_department": "部门不详",
        "read": "已读入",
        "refused": "未读入",
        "reading": "正在读取",
        "upload_failed": "读取时程序出错，文件未读入。详情见程序日志。",
        "ready": "可以立即提问。",
    },
    "en": {
        "sources": "Sources",
        "sources_hint": "Passages that an answer quotes appear here. Open one to check it.",
        "no_sources": "This answer quotes nothing.",
        "earlier": "Earlier answers",
        "page": "page {page}",
        "cell": "cell {cell}",
        "open": "Show in the report",
        "cited": "Cited passage",
        "moved": "The report was replaced or removed since; the quote above is as it was.",
        "reports_count": "Reports loaded: {count}",
        "no_reports": "No reports yet. Add some above; you can ask as soon as they are read.",
        "report_facts": "{figures} figures · {sections} sections",
        "report_notes": "Notes from reading",
        "unknown_year": "year unknown",
        "unknown_department": "department unknown",
        "read": "Read",
        "refused": "Not read",
        "reading": "Reading",
        "upload_failed": "Something went wrong; the files were not read. See the program's log.",
        "ready": "You can ask about them now.",
    },
}

# How exactly a printed number is meant: left out, 「2000余次」 would read as 2000.
QUALIFIERS: dict[Language, dict[Qualifier, str]] = {
    "zh": {
        Qualifier.OVER: "超过",
        Qualifier.NEARLY: "近",
        Qualifier.ABOUT: "约",
        Qualifier.AT_LEAST: "不少于",
        Qualifier.AT_MOST: "不超过",
    },
    "en": {
        Qualifier.OVER: "more than",
        Qualifier.NEARLY: "nearly",
        Qualifier.ABOUT: "about",
        Qualifier.AT_LEAST: "at least",
        Qualifier.AT_MOST: "at most",
    },
}


def browser_language(accept_language: str | None) -> Language:
    """The language a browser asks for first: Chinese, or else English.

    >>> browser_language("zh-CN,zh;q=0.9,en;q=0.8")
    'zh'
    >>> browser_language("fr-FR,zh;q=0.5")
    'en'
    """
    first = (accept_language or "").split(",")[0].strip().lower()
    return "zh" if first.startswith("zh") else "en"
