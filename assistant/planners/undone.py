"""What was left undone: 还有多少投诉没办结, how many hazards were left unrectified.

Where no report says it itself, it is the whole less what was done.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.denial import DENIED_EN, DENIED_ZH
from assistant.lexicon import wording
from assistant.plan import Difference, Operand, Plan
from assistant.planners.asked import Asked, names_something
from assistant.terms import concepts

_ASKS_ZH = re.compile(r"多少|几|剩")
_ASKS_EN = re.compile(r"\bhow many\b|\bnumber of\b", re.I)
_OF_MONEY = re.compile(r"花|用|支|执行|使用|拨")
_REST_ZH = re.compile(r"还剩|剩下|剩余|剩|还有|仍有|还")


def left_undone(asked: Asked) -> Plan | None:
    """The whole less what was done, where the reports do not state it."""
    zh = asked.language == "zh"
    if not (_ASKS_ZH if zh else _ASKS_EN).search(asked.rest):
        return None
    match = (DENIED_ZH if zh else DENIED_EN).search(asked.rest)
    if match is None:
        return None
    before, after = asked.rest[: match.start()], asked.rest[match.end() :]
    verb = match["verb"] if zh else match["un"] or match["no"]
    if zh and _OF_MONEY.match(verb):
        return None  # what is left of a budget
    ending = asked.rest[match.end("verb") : match.end()] if zh else ""
    left = _REST_ZH.sub(" ", f"{before} {after}") if zh else f"{before} {after}"
    whole, spoken = asked.operand(left), asked.state.operand
    if not names_something(whole):
        if spoken is None:
            return None
        whole = _without_verbs(spoken)
    start = _REST_ZH.sub(" ", before) if zh else before
    done = asked.operand(f"{start}{verb}{ending}{after}")
    verbs = tuple(replace(c, light=False) for c in concepts(f"{verb}{ending}", asked.language))
    said = {c.surface for c in verbs}
    about = tuple(c for c in (*whole.concepts, *done.concepts) if c.surface not in said)
    part = replace(
        done,
        concepts=(*verbs, *{c.surface: c for c in about}.values()),
        required=tuple(said),
        dimension=whole.dimension,
        counters=whole.counters or done.counters,
        kinds=whole.kinds,
        head=None,
    )
    if not verbs:
        return None
    return Difference(whole, part, asked.one_year(), stated=asked.operand())


def _without_verbs(operand: Operand) -> Operand:
    """What was spoken of: found before, or the thing without what was done to it."""
    if operand.found:
        return operand
    verbs = wording().zh_verbs
    kept = tuple(c for c in operand.concepts if c.surface not in verbs)
    return replace(operand, concepts=kept, head=None) if kept else operand
