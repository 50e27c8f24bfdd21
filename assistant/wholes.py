"""Parts that nobody spoke of: whose amount is meant where a question names no more than 实际支出.

An office's form has the same amount for the whole, for each source of money, for each task
and for each project. Asked plainly, the whole is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.fitness import REQUIRED
from assistant.located import Located
from assistant.matching import concept_match
from assistant.plan import Concept
from ingest.report import Figure, Role

_TOTAL_OF_TASKS = re.compile(r"^(?:任务)?(?:年初|调整|全年)?(?:实际)?(?:支出|执行|预算)数?合计$")
_PLAIN_AMOUNT = re.compile(r"^(?:任务|全年|实际|年初|调整后?)*(?:预算|支出|执行)(?:数|额)?$")
_SPENT = re.compile(r"支出|执行")


def unspoken_part(part: Located, whole: Located, concepts: Sequence[Concept]) -> bool:
    """Whether the whole is meant where a part of it could be: nobody spoke of the part."""
    if part.report is not whole.report:
        return of_its_project(part, whole, concepts)
    if _TOTAL_OF_TASKS.search(part.figure.label) and not whole.figure.task:
        # 实际支出合计 of the projects beside the office's 实际支出
        named = any(
            concept_match(c, w) >= REQUIRED for c in concepts for w in ("项目", "任务", "合计")
        )
        return not named and _same_side_of_money(part.figure, whole.figure)
    task = part.figure.task
    if task and not whole.figure.task and _PLAIN_AMOUNT.search(part.figure.label):
        # “三公”经费（实际支出） beside the office's 实际支出
        named = any(concept_match(c, task) >= REQUIRED for c in concepts)
        return not named and _same_side_of_money(part.figure, whole.figure)
    if not part_of(part.figure, whole.figure):
        return False
    own = part.figure.label.removesuffix(whole.figure.label)
    return not any(concept_match(c, own) >= REQUIRED for c in concepts)


def of_its_project(part: Located, whole: Located, concepts: Sequence[Concept]) -> bool:
    """The same row of the form of one of the office's projects, which nobody spoke of."""
    project, one, other = part.report.project, part.figure, whole.figure
    if not project or whole.report.project or part.report.department != whole.report.department:
        return False
    if one.role is not Role.FUNDS or one.label != other.label or other.task:
        return False
    return not any(concept_match(c, project) >= REQUIRED for c in concepts)


def part_of(part: Figure, whole: Figure) -> bool:
    """上年结转资金全年执行数 beside 全年执行数: asked plainly, the whole is meant."""
    return len(whole.label) > 2 and part.label != whole.label and part.label.endswith(whole.label)


def _same_side_of_money(one: Figure, other: Figure) -> bool:
    return bool(_SPENT.search(one.label)) is bool(_SPENT.search(other.label))
