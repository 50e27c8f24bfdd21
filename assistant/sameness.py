"""Whether two figures are of the same thing, by what they are called.

A form and its running text name one thing in two ways (残疾人就业人数, 帮助残疾人就业), and
where their values differ, the report contradicts itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.report import Figure, Role

_SHORT = 4  # characters; shorter names say too little by themselves
_PER_HEAD = re.compile(r"人均|户均|平均|单个|每[人户名个次]")
LEAST_ALIKE = 0.6  # of two names of one thing
_LEAST_ALIKE_MISPRINTED = 0.4  # the same where digits changed places: 18640, 18460
_FARTHEST = Decimal("0.1")  # values of one thing that differ by more are of two things


def contradict(one: Figure, other: Figure) -> bool:
    """Whether two figures give one thing two values: 1865.4万元 here, 1856.4万元 there.

    Only values near each other count: what differs by more is a part, or another thing
    with a like name.
    """
    if one.base_unit != other.base_unit or one.year != other.year:
        return False
    if (one.role is Role.TARGET) is not (other.role is Role.TARGET):
        return False
    left, right = one.value * one.scale, other.value * other.scale
    largest = max(abs(left), abs(right))
    near = left != right and largest > 0 and abs(left - right) <= _FARTHEST * largest
    of_one_task = one.task == other.task or not (one.task and other.task)
    misprint = sorted(str(one.value)) == sorted(str(other.value))
    least = _LEAST_ALIKE_MISPRINTED if misprint else LEAST_ALIKE
    return near and of_one_task and named_alike(one, other) >= least


def named_alike(one: Figure, other: Figure) -> float:
    """0 to 1: share of the character pairs of the shorter name that the longer one has."""
    best = 0.0
    for left in _names(one):
        for right in _names(other):
            if bool(_PER_HEAD.search(left)) is not bool(_PER_HEAD.search(right)):
                continue  # 伙食补助 is not 人均伙食补助标准
            shorter, longer = sorted((left, right), key=len)
            if len(shorter) < _SHORT and (not one.task or one.task != other.task):
                continue  # 产值 is not the 林业总产值 of another sentence
            pairs = {shorter[i : i + 2] for i in range(len(shorter) - 1)}
            there = {longer[i : i + 2] for i in range(len(longer) - 1)}
            if pairs:
                share = len(pairs & there) / len(pairs)
                best = max(best, share - 0.01 * abs(len(longer) - len(shorter)))
    return best


_DOING = re.compile(
    r"^(?:年度|全年|力争|计划|预计|累计|实际|共|已)*(?:目标|任务)?(?:为|是)?"
    r"|(?:实际)?(?:完成|开展|组织|举办|实现|发放|建成|达到|达|为|目标|不低于|不少于|控制在|数|次数|人数|人次|个数)"
)


def _names(figure: Figure) -> Iterator[str]:
    """What a figure is called, without what was done to it."""
    for name in (figure.label, figure.label + figure.subject, figure.indicator or ""):
        bare = _DOING.sub("", name)
        # 发放及时率 without its verb would be any 及时率.
        yield name if len(bare) < _SHORT and bare.endswith(("率", "度")) else bare
