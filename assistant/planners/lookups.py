"""Single figures: looked up, against their target, or an official ratio."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.calculator.ratios import RATIOS
from assistant.lexicon import lexicon
from assistant.plan import AgainstTarget, Lookup, NamedRatio, Operand, Plan
from assistant.planners.asked import Asked, names_something, without_cues
from assistant.planners.follow_ups import alike, is_follow_up
from ingest.report import Role

_CONVERT_ZH = re.compile(
    r"(?:请|再)?(?:换成|换算成|换算为|换算到|折合成|折合|折算成|折算为|转换成|按|用|以)"
    r"(?P<unit>百万元|亿元|万元|千元|元)(?:计算|计|表示|为单位|来说)?(?:是多少|呢)?"
)
_YUAN = {
    "yuan": "元",
    "rmb": "元",
    "million yuan": "百万元",
    "hundred million yuan": "亿元",
    "100 million yuan": "亿元",
    "ten thousand yuan": "万元",
    "10,000 yuan": "万元",
}
_CONVERT_EN = re.compile(
    r"\b(?:converted\s+)?(?:in|into|to)\s+(?P<unit>"
    + "|".join(sorted(_YUAN, key=len, reverse=True))
    + r")\b",
    re.I,
)
# Ratios that the whole-department form states beside the figures they come from.
STATED_RATIOS = ("预算完成率", "预算调整率")


def lookup(asked: Asked) -> Plan:
    """What is left when no other kind fits: the figure, or figures, asked for."""
    unit, rest = _unit_wanted(asked)
    operand = asked.in_force(asked.operand(rest))
    before = asked.state.operand
    if is_follow_up(asked.text) and before and operand is not before:
        operand = alike(operand, before)
    return Lookup(_several(asked) or (operand,), asked.one_year(), unit)


def _unit_wanted(asked: Asked) -> tuple[str | None, str]:
    """换成元, in million yuan: the unit, and the question without it."""
    if match := _CONVERT_ZH.search(asked.rest):
        return match["unit"], asked.rest[: match.start()] + " " + asked.rest[match.end() :]
    if match := _CONVERT_EN.search(asked.rest):
        rest = asked.rest[: match.start()] + " " + asked.rest[match.end() :]
        return _YUAN[" ".join(match["unit"].lower().split())], rest
    return None, asked.rest


def against_target(asked: Asked) -> Plan | None:
    """完成目标了吗, 超了多少"""
    operand = asked.operand()
    before = asked.state.operand
    follows_target = (
        not names_something(operand) and before is not None and before.role is Role.TARGET
    )
    reached = (asked.says("target") or follows_target) and asked.says("reached")
    if not asked.says("completion") and not reached:
        return None
    bare = without_cues(operand, "completion", "target", "reached", "actual")
    return AgainstTarget(
        asked.in_force(bare),
        asked.one_year(),
        beyond=asked.says("beyond"),
        rate_only=asked.says("percent") and not asked.says("points"),
        gap_only=asked.says("points") or "还差" in asked.text,
    )


def named_ratio(asked: Asked) -> Plan | None:
    """预算完成率, budget completion rate"""
    lowered = asked.text.lower()
    for name in STATED_RATIOS:
        ratio = RATIOS[name]
        chinese = (name, *lexicon().chinese.get(name, ()), *ratio.aliases_zh)
        english = (ratio.en, *ratio.aliases_en)
        if any(n in asked.text for n in chinese) or any(e.lower() in lowered for e in english):
            return NamedRatio(name, asked.one_year(), asked.says("compute"))
    return None


def _several(asked: Asked) -> tuple[Operand, ...]:
    """Several things asked at once: 全托和日托床位分别多少, how many A and how many B."""
    text = asked.rest
    if asked.language == "zh":
        parts = re.split(r"[，,；;、]|(?:以及|还有)|(?<=多少[\u4e00-\u9fff])[和与]", text)
        wanted = [p for p in parts if re.search(r"多少|几[\u4e00-\u9fff]", p)]
    else:
        parts = re.split(r",|;|\band\b(?=\s+how)", text, flags=re.I)
        wanted = [p for p in parts if re.search(r"how (?:many|much)", p, re.I)]
    if len(wanted) < 2:
        return ()
    operands = [asked.operand(p) for p in wanted]
    first = operands[0]
    if not names_something(first):
        return ()
    # 目标是多少，实际收了多少: the second part speaks of the first one's thing.
    return tuple(
        o if names_something(o) else replace(first, role=o.role or Role.ACTUAL) for o in operands
    )
