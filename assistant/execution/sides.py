"""The other side of a figure: the target of what was done, and what was done of a target.

A form has both in one row; running text has them in one sentence (林农满意度94.2%，高于90%
的目标值), or in the cells of the same task (预期目标, 目标完成情况).
"""

from __future__ import annotations

import re

from assistant.located import Located
from assistant.sameness import named_alike
from ingest import narrative
from ingest.report import Figure, Role

# 计划生育 and 计划免疫 are names of things that were done.
_PLAN = r"计划(?!生育|免疫)"
_AIM = rf"(?:目标|指标|{_PLAN}|控制|任务|预期)"
# The amount of a sentence that says itself that it was aimed at.
_AIMED_BEFORE = re.compile(rf"{_AIM}(?:值|数|任务|线)?(?:为|是|：|定为)")
_AIMED_HERE = re.compile(
    rf"(?:高于|低于|超过|达到|未达到?|控制在|完成|不及|高出|超出|超额完成|略低于|略高于)?.{{0,4}}{_AIM}"
)
# 年初计划建成2600个: a clause that opens with what was planned.
# 设定以下主要目标：… : all that is listed behind it, until what was done is told.
_AIMS_LISTED = re.compile(
    rf"(?:以下|如下|主要|年度|下列|具体|绩效|工作|总体){_AIM}(?:如下|包括|是|为)?：(?![^。]*?(?:实际|完成了|已完成))"
    r"[^。：]*$"
)
_PLANNED_CLAUSE = re.compile(
    r"\s*(?:而|但)?(?:年初|年度|全年|原|原来)?"
    rf"(?:{_PLAN}|目标|原定|预期|原计划)(?!完成率|的)[^，。；]{{0,14}}$"
)
_DONE_CLAUSE = re.compile(r"\s*(?:而|但)?(?:全年)?(?:实际|最终|最后|已|累计)[^，。；]{0,12}$")
_HELD_AGAINST = re.compile(r"(?:高于|低于|超过|未达到?|控制在|不及|超出|低于|高出)[^，；。]{0,12}$")
_LEAST_ALIKE = 0.6  # share of a label's character pairs that the other side's label has


def is_target(located: Located) -> bool:
    """Whether a figure is what was aimed at: by its cell, or by its own sentence."""
    figure = located.figure
    if figure.role is Role.TARGET:
        return True
    if figure.indicator or figure.cell:
        return False
    text = located.passage.text
    start, _ = _sentence(text, figure)
    before = text[start : figure.start]
    if _AIMS_LISTED.search(before):
        return True
    last = max((m.end() for m in _AIMED_BEFORE.finditer(before)), default=None)
    listed = last is not None and not re.search(r"实际|完成率|[；;]", before[last:])
    return listed or _limits(located)


def _limits(located: Located) -> bool:
    """高于90%的目标值, 控制在年度目标3.5‰以内."""
    figure, text = located.figure, located.passage.text
    own = text[figure.clause_start : figure.start]
    if _PLANNED_CLAUSE.match(own) or _PLANNED_CLAUSE.match(figure.label):
        return True
    return bool(
        (_HELD_AGAINST.search(own) or re.search(rf"{_AIM}值?(?:为|是)?$", own))
        and re.search(_AIM, text[figure.clause_start : figure.clause_end])
    )


def target_of(done: Located) -> Located | None:
    """What was aimed at, of a figure that says what was done; None where it is not stated."""
    return _beside(done, Role.TARGET) or _same_sentence(done) or _alike(done, aimed=True)


def actual_of(aim: Located) -> Located | None:
    """What was done, of a figure that says what was aimed at."""
    return done_beside(aim) or _alike(aim, aimed=False)


def done_beside(aim: Located) -> Located | None:
    """The same where it stands in the row or the sentence of what was aimed at."""
    return _beside(aim, Role.ACTUAL) or _done_after(aim)


def _done_after(aim: Located) -> Located | None:
    """计划送戏下乡150场，实际138场: the amount that says of itself that it was done."""
    text = aim.passage.text
    _, end = _sentence(text, aim.figure)
    for figure in aim.report.figures:
        if figure.passage != aim.figure.passage or not aim.figure.end <= figure.start < end:
            continue
        own = text[figure.clause_start : figure.start]
        same = figure.base_unit == aim.figure.base_unit
        return Located(aim.report, figure) if same and _DONE_CLAUSE.match(own) else None
    return None


def _beside(located: Located, role: Role) -> Located | None:
    """The other cell of the same indicator's row."""
    figure = located.figure
    if not figure.indicator:
        return None
    found = [
        f
        for f in located.report.figures
        if f.indicator == figure.indicator
        and f.passage == figure.passage
        and f.base_unit == figure.base_unit
        and f.role is role
    ]
    return Located(located.report, found[0]) if len(found) == 1 else None


def _same_sentence(done: Located) -> Located | None:
    """The limit that the same sentence holds the figure against, right after it."""
    if done.figure.cell and done.figure.indicator:
        return None
    text = done.passage.text
    _, end = _sentence(text, done.figure)
    for figure in done.report.figures:
        if figure.passage != done.figure.passage or not done.figure.end <= figure.start < end:
            continue
        other = Located(done.report, figure)
        if "；" in text[done.figure.end : figure.start] and not _nameless(figure):
            break
        if figure.base_unit == done.figure.base_unit and _limits(other):
            return other
    return None


_PLANNING = re.compile(
    r"年初|年度|全年|原来|原定|原|计划|目标|预期|任务|新建|建成|建设|完成|开展|为|是|至少|不少于|达到"
)


def _nameless(figure: Figure) -> bool:
    """年初计划新建300口: it names nothing and is of what its sentence began with."""
    return not _PLANNING.sub("", figure.label + figure.subject).strip()


def _alike(located: Located, *, aimed: bool) -> Located | None:
    """The figure of the other side whose label is most like this one's, of the same unit."""
    own = located.figure
    scored = [
        (named_alike(own, f), f.task == own.task, -f.passage, -f.start, n)
        for n, f in enumerate(located.report.figures)
        if f is not own
        and f.base_unit == own.base_unit
        and f.year == own.year
        and is_target(Located(located.report, f)) is aimed
        and not (f.role is Role.FUNDS and own.role is not Role.FUNDS)
    ]
    best = max(scored, default=None)
    if best is None or best[0] < _LEAST_ALIKE:
        return None
    return Located(located.report, located.report.figures[best[-1]])


def _sentence(text: str, figure: Figure) -> tuple[int, int]:
    spans = narrative.sentences(text)
    return next(((a, b) for a, b in spans if a <= figure.start < b), (0, len(text)))
