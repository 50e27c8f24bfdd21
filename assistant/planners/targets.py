"""What was done against what was aimed at: both, whether it was reached, what lies between."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.lexicon import wording
from assistant.plan import AgainstTarget, MissedTargets, Operand, Plan
from assistant.planners.asked import Asked, names_something, without_cues, without_words
from ingest.report import Role

_RATE_OF_IT = re.compile(
    r"^(?:那|它的|目标)?(?:完成率|完成比例|完成了百分之几)(?:是|为|有)?(?:百分之)?(?:多少|几)?呢?[？?]?$"
    r"|^(?:and |so |then )?(?:what(?:'s| is| was) )?(?:the |its )?completion (?:rate|percentage)"
    r"(?: then)?\W*$",
    re.I,
)
# 到90%了吗: the target is named with its value.
_REACHES = re.compile(
    r"(?:有没有|是否)?(?:达?到|够|超过)了?\s*\d+(?:\.\d+)?\s*(?:%|％|[\u4e00-\u9fff]{0,3}?)了?(?:吗|没有?|么)"
)
_WHETHER = re.compile(r"吗|没有?[？?]?$|是否|^\s*(?:did|was|were|has|have)\b", re.I)
_TARGET_AND_ACTUAL = re.compile(
    r"(?:目标|指标值|计划|预期|年初)[^，。；？]{0,6}(?:[、和与及跟/]|vs\.?|对比)[^，。；？]{0,4}(?:实际|完成)"
    r"|(?:实际|完成)[^，。；？]{0,6}[、和与及跟][^，。；？]{0,4}(?:目标|指标值|计划|预期)"
    r"|\btarget\b[^?]{0,60}\band\b[^?]{0,20}\bactual\b"
    r"|\b(?:planned|targets?|expected)\b[^,;?]{0,12}(?:\bvs?\b\.?|versus|against|and)[^,;?]{0,8}"
    r"\b(?:actual(?:ly)?|achieved|built|done|completed)\b"
    r"|\b(?:vs\b\.?|versus|against|compared (?:with|to)) (?:the |its |their )?"
    r"(?:plan|target|goal)\b"
    r"|\bactual\b[^,;?]{0,12}(?:\bvs?\b\.?|versus|against|and)[^,;?]{0,8}\b(?:planned|targets?)\b",
    re.I,
)


def against_target(asked: Asked) -> Plan | None:
    """完成目标了吗, 超了多少, 到90%了吗"""
    operand = asked.operand()
    before = asked.state.operand
    own = without_words(asked.rest, "reached", "percent", "points", "beyond")
    follows_target = (
        not names_something(asked.operand(own))
        and before is not None
        and before.role is Role.TARGET
    )
    reached = (asked.says("target") or follows_target) and asked.says("reached")
    asks_whether = bool(_WHETHER.search(asked.rest.strip(" ，,。")))
    whether = asked.says("whether_met") or (reached and asks_whether)
    if bound := _REACHES.search(asked.rest):
        operand = asked.operand(asked.rest[: bound.start()] + " " + asked.rest[bound.end() :])
        whether = True
    if follows_target:
        operand = replace(operand, concepts=())
    if _RATE_OF_IT.match(asked.rest.strip()) and before is not None:
        return AgainstTarget(
            asked.in_force(replace(operand, concepts=())), asked.one_year(), rate_only=True
        )
    if not asked.says("completion") and not reached and not whether:
        return None
    bare = without_cues(operand, "completion", "target", "reached", "actual", "whether_met")
    if whether and before is None and not names_something(bare):
        return MissedTargets(asked.one_year())  # did it reach its targets: which it did not
    return AgainstTarget(
        asked.in_force(bare),
        asked.one_year(),
        beyond=asked.says("beyond") and not whether,
        rate_only=asked.says("percent") and not asked.says("points") and not whether,
        gap_only=asked.says("points") or "还差" in asked.text,
        whether=whether
        and not re.search(r"多少|百分之|how (?:much|many)|by what", asked.text, re.I),
    )


def held_against(asked: Asked, operand: Operand) -> AgainstTarget:
    """The plan for a question that is known to hold a thing against its target."""
    gap = bool(_ASKS_GAP.search(asked.rest))
    percent = bool(_IN_PERCENT.search(asked.rest)) and not asked.says("points")
    short = bool(re.search(r"差|少|低|short|below|less", asked.rest, re.I)) and not percent
    both = bool(_TARGET_AND_ACTUAL.search(asked.rest)) or _asks_both(asked)
    whether = bool(_WHETHER.search(asked.rest.strip(" ，,。"))) and not gap and not percent
    return AgainstTarget(
        operand,
        asked.one_year(),
        beyond=gap and not short,
        gap_only=gap and short,
        rate_only=percent,
        whether=whether,
        values=both or not (gap or percent or whether),
    )


_IN_PERCENT = re.compile(r"百分|%|比例|完成率|\bpercent", re.I)  # 受害率 is a name
_ASKS_GAP = re.compile(
    r"差[了着]?(?:多少|几|距)|[超多少高低][了出过]?(?:多少|几|百分)|还差|相差"
    r"|by (?:how (?:much|many)|what)"
    r"|how (?:much|far|many) (?:[a-z]+ )?(?:over|above|below|short|more|less)"
    r"|\bgap\b",
    re.I,
)


def against_again(asked: Asked) -> Plan | None:
    """差几所, by how much in percent: what lies between the two sides just answered."""
    last = asked.state.last
    if not isinstance(last, AgainstTarget) or not _ASKS_GAP.search(asked.rest):
        return None
    if asked.question.names_a_year or asked.question.departments:
        return None
    own = without_words(_ASKS_GAP.sub(" ", asked.rest), "reached", "percent", "beyond", "target")
    if names_something(without_cues(asked.operand(own), "more_than", "completion")):
        return None
    percent = bool(re.search(r"百分|%|percent", asked.rest, re.I))
    short = bool(re.search(r"差|少|低|short|below|less", asked.rest, re.I)) and not percent
    return replace(
        last,
        values=False,
        whether=False,
        rate_only=percent,
        beyond=not short,
        gap_only=short,
    )


def both_sides(asked: Asked) -> Plan | None:
    """目标和实际各是多少, planned vs actually built, supposed to win … and did they get."""
    rest = asked.rest
    if not _TARGET_AND_ACTUAL.search(rest) and not _asks_both(asked):
        return None
    pieces = re.split(r"[,，;；?？]|\bvs\b\.?|\bversus\b", rest)
    pieces = [p for p in pieces if re.search(r"\w", p)]
    operands = [asked.operand(without_words(p, "target", "actual", "done")) for p in pieces]
    own = next((o for o in operands if names_something(o)), None)
    operand = own or asked.operand(without_words(rest, "target", "actual", "done"))
    operand = asked.in_force(without_cues(operand, "target", "actual", "side_by_side", "done"))
    if not names_something(operand):
        return None
    apart = bool(_ASKS_GAP.search(rest))  # and 差几项 between them
    return AgainstTarget(replace(operand, role=None), asked.one_year(), values=True, gap_only=apart)


def _asks_both(asked: Asked) -> bool:
    """A clause that asks what was aimed at beside one that asks what was done."""
    clauses = re.split(
        r"[,，;；?？]|\bvs\b\.?|\bversus\b|\band\b|\bbut\b|(?<=[多少几个])(?=实际|最后|最终)",
        asked.rest,
    )
    aimed = [
        n
        for n, c in enumerate(clauses)
        if wording().says("target", c) or re.search(r"\bplan(?:ned)?\b", c, re.I)
    ]
    done = [n for n, c in enumerate(clauses) if wording().says("done", c) and n not in aimed]
    asks = len(re.findall(r"多少|几|呢|\bhow (?:many|much)\b|\bwhat\b", asked.rest, re.I))
    # What was done is asked for in a clause of its own: …, and the result?
    asks += any(not names_something(asked.operand(without_words(clauses[n], "done"))) for n in done)
    if asks > 1 and len(aimed) == 1 and not done:
        # 更新了多少辆，计划多少: the aim named by itself, beside what was done
        own = without_words(clauses[aimed[0]], "target")
        done = [] if names_something(asked.operand(own)) else [0]
    held = re.search(r"\bvs\b|versus", asked.rest, re.I)
    return bool(aimed and done and (asks > 1 or held))
