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

# Ratios that the whole-department form states beside the figures they come from.
STATED_RATIOS = ("预算完成率", "预算调整率")


def lookup(asked: Asked) -> Plan:
    """What is left when no other kind fits: the figure, or figures, asked for."""
    operand = asked.in_force(asked.operand())
    before = asked.state.operand
    if is_follow_up(asked.text) and before and operand is not before:
        operand = alike(operand, before)
    return Lookup(_several(asked) or (operand,), asked.one_year())


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
        rate_only=asked.says("percent"),
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
        parts = re.split(r"[，,；;]|(?:以及|还有)|(?<=多少[\u4e00-\u9fff])[和与]", text)
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
