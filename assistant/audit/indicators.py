"""Indicators against their targets, against each other and against the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.audit.findings import Finding, Severity, base, of_indicators, shown
from assistant.located import Located
from ingest.report import Figure, Qualifier, Report, Role

_CAPPED = ("满意", "合格率", "完成率", "覆盖率", "达标率", "验收")  # cannot be more than all
_CLAUSE = re.compile(r"[，,；;。]")
_SENTENCE_END = re.compile(r"[。；;\n]")
_PARTICLES = re.compile(r"[为了的共已]|全年|累计")
_NUMBER = re.compile(r"\d[\d,.]*")
_LEAST_LABEL = 5  # characters; shorter labels (面积, 培训) name different things


def full_marks_for_a_missed_target(report: Report) -> Iterator[Finding]:
    """Full points although the actual value misses the target."""
    for indicator, row in of_indicators(report):
        target, actual = row.get("target", []), row.get("actual", [])
        points, score = row.get("分值"), row.get("得分")
        if len(target) != 1 or len(actual) != 1 or not points or not score:
            continue
        if not misses(target[0], actual[0]) or score[0].figure.value < points[0].figure.value:
            continue
        yield Finding(
            "target",
            Severity.DOUBT,
            report,
            {
                "zh": f"“{indicator.name}”目标{indicator.target}，实际{indicator.actual}，"
                "未达目标而得满分",
                "en": f"{indicator.name}: target {indicator.target}, actual {indicator.actual}; "
                "full marks although the target was missed",
            },
            (target[0], actual[0], score[0]),
        )


def misses(target: Located, actual: Located) -> bool:
    """Whether an actual value falls short of its target, or above one that is a limit."""
    if target.figure.base_unit != actual.figure.base_unit:
        return False
    if target.figure.qualifier is Qualifier.AT_MOST:
        return base(actual) > base(target)
    exact_or_least = target.figure.qualifier in (None, Qualifier.AT_LEAST, Qualifier.OVER)
    return exact_or_least and base(actual) < base(target)


def rows_of_another_indicator(report: Report) -> Iterator[Finding]:
    """受理积分入户 | 受理积分入学235宗: rows that carry each other's values."""
    doubtful = [f for f in report.figures if f.doubtful]
    for figure in doubtful:
        located = Located(report, figure)
        name = figure.indicator or figure.label
        elsewhere = [
            Located(report, f)
            for f in report.figures
            if name in f.label and not f.doubtful and f.role is Role.ACTUAL
        ]
        yield Finding(
            "misplaced",
            Severity.DOUBT,
            report,
            {
                "zh": f"“{figure.indicator}”一行填写的是别的指标：{located.passage.text}",
                "en": f"the row of {figure.indicator} speaks of another: {located.passage.text}",
            },
            (located, *elsewhere[:1]),
        )


def two_values_of_one_indicator(report: Report) -> Iterator[Finding]:
    """The same thing with different values in two places of what was done in one year.

    Two values in one sentence are not that: they are target and actual, or two years.
    """
    seen: dict[tuple[str | int | None, ...], Located] = {}
    told: set[tuple[str | int | None, ...]] = set()
    for figure in report.figures:
        if figure.role is not Role.ACTUAL or figure.doubtful or len(figure.label) < _LEAST_LABEL:
            continue
        located = Located(report, figure)
        key = (
            _worded(figure.label),
            figure.subject,
            figure.base_unit,
            figure.year,
            _leaning(located),
        )
        before = seen.setdefault(key, located)
        if before.figure.doubtful or base(before) == base(located) or key in told:
            continue
        if _in_one_sentence(before.figure, located):
            continue
        told.add(key)
        yield Finding(
            "two values",
            Severity.DOUBT,
            report,
            {
                "zh": f"“{figure.label}”在两处数值不同：{shown(before)}、{shown(located)}",
                "en": f"{figure.label} has two values: {shown(before)} and {shown(located)}",
            },
            (before, located),
        )


def _worded(label: str) -> str:
    """A label without regard to the order of its words: 残疾人辅具发放, 为残疾人发放辅具."""
    return "".join(sorted(_PARTICLES.sub("", label)))


def _leaning(located: Located) -> str:
    """What a rate of running text is of, where the words before it count that.

    办理欠薪线索1926条，按期办结率99.3% and 处理信访事项973件，按期办结率99.7% are two rates.
    """
    figure = located.figure
    if figure.unit != "%" or figure.indicator or figure.cell:
        return ""
    before = _CLAUSE.split(figure.context)[-1]
    return _NUMBER.sub("", before) if _NUMBER.search(before) else ""


def _in_one_sentence(earlier: Figure, later: Located) -> bool:
    """目标0.9册，实际0.86册; 全年2846.5万人次，上年为2690.3万人次."""
    if earlier.passage != later.figure.passage:
        return False
    return not _SENTENCE_END.search(later.passage.text[earlier.end : later.figure.start])


def rates_above_the_whole(report: Report) -> Iterator[Finding]:
    """A satisfaction or pass rate above 100%."""
    for figure in report.figures:
        name = figure.indicator or figure.label
        if figure.unit == "%" and figure.value > 100 and any(w in name for w in _CAPPED):
            if figure.qualifier is not None or ("完成率" in name and "预算" not in name):
                continue  # 完成率 above 100% is a target that was exceeded
            located = Located(report, figure)
            yield Finding(
                "unit",
                Severity.DOUBT,
                report,
                {
                    "zh": f"“{name}”为{shown(located)}，超过100%",
                    "en": f"{name} is {shown(located)}, more than the whole",
                },
                (located,),
            )
