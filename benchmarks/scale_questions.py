"""Questions about the made-up counties: some of every kind, in both languages."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Language, Status
from benchmarks.county import YEARS, offices

# Kind → a conversation in each language. The last turn is the one measured. ``{street}``
# is a street's name, ``{Street}`` the same in pinyin, ``{county}`` a district.
_ASKED: dict[str, dict[Language, tuple[str, ...]]] = {
    "look-up, table": {
        "zh": ("{street}街道{year}年实际支出数是多少",),
        "en": ("What was the actual expenditure of {Street} sub-district in {year}?",),
    },
    "look-up, prose": {
        "zh": ("{street}街{year}年探访特殊困难老人多少人次",),
        "en": ("How many petitions were received by {Street} sub-district in {year}?",),
    },
    "target": {
        "zh": ("{street}街道{year}年代征个人出租房屋税的目标是多少",),
        "en": ("What was the target of the rental tax in {Street} sub-district in {year}?",),
    },
    "difference": {
        "zh": ("{street}街道{year}年实际支出比{before}年增长多少",),
        "en": ("How much did {Street}'s actual expenditure grow from {before} to {year}?",),
    },
    "share": {
        "zh": ("{street}街道{year}年一般公共预算占实际支出的比例是多少",),
        "en": ("What share of {Street}'s spending in {year} was the general public budget?",),
    },
    "trend": {
        "zh": ("{street}街道近三年的实际支出是怎么变化的",),
        "en": ("How did {Street} sub-district's actual expenditure change over the three years?",),
    },
    "rank, one office's projects": {
        "zh": ("{street}街道{year}年哪个项目的资金最多",),
        "en": ("Which project of {Street} sub-district had the largest funds in {year}?",),
    },
    "list": {
        "zh": ("{street}街道{year}年出租屋管理有哪些关键指标",),
        "en": ("What were the main tasks of {Street} sub-district in {year}?",),
    },
    "explain": {
        "zh": ("{street}街道{year}年存在哪些问题",),
        "en": ("What was done for elderly people in {Street} sub-district in {year}?",),
    },
    "not found": {
        "zh": ("{street}街道{year}年新建了多少公里地铁",),
        "en": ("How many hospitals did {Street} sub-district build in {year}?",),
    },
    "unknown office": {
        "zh": ("呼伦街道{year}年实际支出数是多少",),
        "en": ("What did Hulun sub-district spend in {year}?",),
    },
    "follow-up": {
        "zh": ("{street}街道{year}年实际支出数是多少", "那{before}年呢？"),
        "en": ("What was the actual expenditure of {Street} sub-district in {year}?",
               "and in {before}?"),
    },
    "rank, all offices": {
        "zh": ("{year}年哪个部门预算完成率最高",),
        "en": ("Which office had the highest budget completion rate in {year}?",),
    },
    "filter, all offices": {
        "zh": ("{year}年哪些部门预算完成率低于86%",),
        "en": ("Which offices had a budget completion rate below 86% in {year}?",),
    },
    "count, all offices": {
        "zh": ("{year}年有多少个部门预算完成率低于90%",),
        "en": ("How many offices had a budget completion rate below 90% in {year}?",),
    },
    "no office named": {
        "zh": ("{year}年实际支出数是多少",),
        "en": ("What was the actual expenditure in {year}?",),
    },
}  # fmt: skip
ACROSS = frozenset(
    {"rank, all offices", "filter, all offices", "count, all offices", "no office named"}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation of one kind; its last turn is the one that is measured."""

    kind: str
    language: Language
    turns: tuple[str, ...]

    @property
    def expected(self) -> frozenset[Status]:
        """What the last turn may be answered with for the question to have been understood."""
        if self.kind in ("not found", "unknown office"):
            return frozenset({Status.NOT_FOUND})
        if self.kind == "no office named":
            return frozenset({Status.CLARIFY, Status.ANSWERED})
        return frozenset({Status.ANSWERED})


def questions(counties: int, each: int, seed: int = 1) -> Iterator[Asked]:
    """``each`` of every kind and language, about offices and years taken at random."""
    from pypinyin import lazy_pinyin

    chance = random.Random(seed)
    known = [(district, street) for _, district, own in offices(counties) for street in own]
    spelt = Counter("".join(lazy_pinyin(street)) for _, street in known)
    # Names that sound alike are another question's matter: it is asked back which is meant.
    known = [k for k in known if spelt["".join(lazy_pinyin(k[1]))] == 1]
    for kind, by_language in _ASKED.items():
        for language, turns in by_language.items():
            for _ in range(each):
                county, street = chance.choice(known)
                year = chance.choice(YEARS[1:])
                said = {"street": street, "Street": "".join(lazy_pinyin(street)).capitalize(),
                        "county": county, "year": year, "before": year - 1}  # fmt: skip
                yield Asked(kind, language, tuple(turn.format(**said) for turn in turns))
