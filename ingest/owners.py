"""Whose amount it is: 农村公路养护项目：预算3,200万元，支出3,148.60万元，执行率98.39%.

An amount that is called no more than 预算, 支出 or 执行率 belongs to what its sentence
names before it. It gets that as its task, as the amounts of a form's tasks have theirs,
so that it is never taken for the department's own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest import narrative
from ingest.report import Figure, Passage, Role

_AMOUNT = (
    r"(?:其中)?(?:完成)?(?:全年|年度|当年|本年|累计)?(?:年初|调整后?的?|追加|实际|计划|共)?(?:全年)?"
    r"(?:批复|安排|下达|到位|投入|使用|完成)?(?:预算|支出|执行|支付|完成|结余|结转|资金|经费|投入)"
    r"(?:执行|完成|支出|调整|决算|安排|批复)?(?:资金|经费)?(?:数|率|额|金额|总额|进度)?(?:为|达到?|共)?"
)
_GENERIC = re.compile(rf"^{_AMOUNT}$")
_OWNED = re.compile(rf"^(?P<owner>.{{3,24}}?)(?:的)?{_AMOUNT}$")
_MARK = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[.．、]?|[一二三四五六七八九十]{1,2}是)\s*"
)
_YEAR = re.compile(r"^(?:19|20)\d{2}\s*年(?:度|(?!度))")
_NAMED = re.compile(r"(?:项目|工程|经费|专项|资金|补贴|补助|计划)$")
# Heads of sentences and labels that name the department's own money.
_WHOLE = re.compile(
    r"总体|整体|全年|年度|本年|当年|部门|单位|合计|总计|基本支出|项目支出|财政拨款|一般公共预算"
    r"|资金使用|预算执行|情况|方面|\d|[，。；]"
)
_DIMENSIONS = frozenset({"元", "%", "％", "个百分点"})


def with_owners(
    figures: tuple[Figure, ...], passages: tuple[Passage, ...], department: str | None
) -> tuple[Figure, ...]:
    """The figures, generic amounts of running text given the thing that they are of.

    What is the ``department``'s own, or called so by it (我局), is given no owner.
    """
    owners: dict[tuple[int, int], str] = {}  # sentence → what its amounts are of
    owned = []
    for figure in figures:
        if not figure.cell and (own := _SELF_SAID.match(figure.label)):
            said = (own[1] or "") + figure.label[own.end() :]
            figure = replace(figure, label=said)  # 我局年初预算
        if figure.task or figure.cell or figure.indicator or figure.base_unit not in _DIMENSIONS:
            owned.append(figure)
            continue
        passage = passages[figure.passage]
        sentence = _sentence(passage.text, figure)
        key = (passage.index, sentence[0])
        named = _YEAR.sub("", figure.label)  # 2022年调整后预算 is the department's own
        if not _GENERIC.match(named):
            found = _OWNED.match(named)
            owner = found["owner"].strip() if found else ""
            whole = _WHOLE.search(owner) or _is_office(owner, department or "")
            if owner and not whole and not _GENERIC.match(owner):
                owners[key] = owner
        else:
            owner = owners.get(key) or _head(passage, sentence, figure)
            if owner:
                owners[key] = owner
                label = re.sub(r"^完成(?=.*预算(?:数|额)?$)", "", figure.label)
                figure = replace(figure, label=label, task=owner, role=_side(figure))
        owned.append(figure)
    return tuple(owned)


_SELF = re.compile(
    r"^[我本](?:单位|部门|机关|中心|局|委|办|院|校|所|站|馆|镇|乡|街道?|区|县|市)|^(?:上|去)年"
)
_SELF_SAID = re.compile(
    r"^((?:19|20)\d{2}年度?)?[我本](?:单位|部门|机关|中心|局|委|办|院|校|所|站|馆|镇|乡|街道?)(?=..)"
)
_WHEN = re.compile(r"(?:年初|年中|年末|全年|当年|本年).*$")


def _is_office(owner: str, department: str) -> bool:
    """我局年初, or a name of the department that reports: 区统计局 of 青禾区统计局."""
    named = _WHEN.sub("", owner)
    return bool(_SELF.match(owner)) or not named or named in department


def _side(figure: Figure) -> Role:
    return figure.role if figure.role is Role.TARGET else Role.FUNDS


def _sentence(text: str, figure: Figure) -> tuple[int, int]:
    spans = narrative.sentences(text)
    return next(((a, b) for a, b in spans if a <= figure.start < b), (0, len(text)))


_SUMMARY = re.compile(
    r"^(?P<owner>[^，。；：]{2,30}?)(?:绩效)?自?评?(?:价)?(?:综述|情况|结果|说明|完成情况)?："
)


def opening_owner(text: str) -> str | None:
    """公路养护工程项目绩效自评综述：… names the project that all of its text is of."""
    found = _SUMMARY.match(_MARK.sub("", text))
    owner = found["owner"].strip() if found else ""
    return owner if _NAMED.search(owner) and not _WHOLE.search(owner) else None


def owned_amounts(figures: list[Figure]) -> list[Figure]:
    """Figures that have their owner already: its budget and spending are funds."""
    return [
        replace(f, role=_side(f))
        if f.base_unit in _DIMENSIONS and _GENERIC.match(f.label) and f.role is not Role.FUNDS
        else f
        for f in figures
    ]


def _head(passage: Passage, sentence: tuple[int, int], figure: Figure) -> str | None:
    """What stands before the colon of the sentence, or the heading above it."""
    before = passage.text[sentence[0] : figure.start]
    head, colon, _ = before.partition("：")
    head = _MARK.sub("", head).strip()
    if colon and 2 < len(head) <= 30 and not _WHOLE.search(head):
        return head
    first = _MARK.sub("", before.split("，")[0]).strip()
    if "，" in before and _NAMED.search(first) and len(first) <= 30 and not _WHOLE.search(first):
        return first  # 图书馆总分馆建设项目，预算980.00万元，支出962.50万元
    above = _MARK.sub("", passage.section[-1]).strip() if passage.section else ""
    return above if _NAMED.search(above) and not _WHOLE.search(above) else None
