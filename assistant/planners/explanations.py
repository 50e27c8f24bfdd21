"""Questions answered by the report's own sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.lexicon import wording
from assistant.plan import AgainstTarget, Concept, Explain, Lookup, Plan
from assistant.planners.asked import Asked, cut, names_something, without_cues, without_words

# Sections that a question may be about as a whole, by the words it has for them.
_SECTIONS = (
    (
        "改进措施或下一步计划",
        re.compile(
            r"改进|下一步|打算|整改措施|建议|怎么办|(?:怎么|如何|怎样|准备)(?:去)?(?:解决|应对|处理|改)|对策"
            r"|improve|next step|plan(?!ned)|propos|suggest|recommend"
            r"|(?:will|going to) (?:they|it|the \w+) (?:do|fix|solve)|(?:will|going to) do about"
            r"|do about|be fixed|remed"
        ),
    ),
    ("存在问题", re.compile(r"问题|不足|短板|problem|shortcoming|weakness|difficult")),
)


# Questions that words answer as well as figures: 有没有, 列一下, was there.
_IN_WORDS = re.compile(
    r"有没有|是否|是不是|有无|吗[？?]?$|列[出一]|介绍|说明|职责|职能|哪些|什么|[？?]?怎么样"
    r"|^\s*(?:was|were|is|are|did|does|do|has|have)\b|\blist\b|\bwhat (?:are|were)\b",
    re.I,
)
_A_NUMBER = re.compile(r"多少|几[\u4e00-\u9fff]|百分|率|how (?:many|much)|percent|rate\b", re.I)


def in_words(text: str, plan: Plan) -> Explain | None:
    """A look-up that found no figure, of a question that the report's words may answer."""
    if not isinstance(plan, (Lookup, AgainstTarget)) or _A_NUMBER.search(text):
        return None
    if not _IN_WORDS.search(text):
        return None
    operand = plan.operand if isinstance(plan, AgainstTarget) else plan.operands[0]
    named = [c for c in operand.concepts if not c.light]
    if not named or operand.year is not None:
        return None
    return Explain(replace(operand, role=None, dimension=None), plan.scope, strict=True)


_SO_MANY_PROBLEMS = re.compile(
    r"(?:多少|几)[个条项点]?(?:方面)?的?(?:存在)?的?(?:主要)?(?:问题|不足|改进措施)(?!线索|整改|反馈)"
    r"|how many (?:problems|shortcomings|weaknesses) (?:did|does|do|are (?:listed|named|reported))"
)


_WHERE_SAID = re.compile(r"自评|报告|提[了出到]?|列[了出]?|写[了明]?|说[了到]?|一共|总共")


def _counts_the_problems(asked: Asked) -> bool:
    """几个问题 of the report as a whole; 民主生活会查出几个问题 asks for a figure."""
    if not _SO_MANY_PROBLEMS.search(asked.text.lower()):
        return False
    left = _SO_MANY_PROBLEMS.sub(" ", asked.rest.lower())
    return not names_something(asked.operand(_WHERE_SAID.sub(" ", left)))


def why(asked: Asked) -> Plan | None:
    """Why did it fall short: before what it fell by is thought of."""
    return explain(asked) if asked.says("reason") else None


def explain(asked: Asked) -> Plan | None:
    """存在哪些问题, 环卫经费用在哪, what was done about petitions"""
    text = asked.text.lower()
    asks_number = re.search(r"多少|几[\u4e00-\u9fff]|how (?:many|much)", text) or asked.says("cost")
    so_many = _counts_the_problems(asked)  # answered by listing them
    if not so_many and (not asked.says("explain") or asks_number):
        return None
    why = asked.says("reason")
    rest = cut(asked.rest, "reason") if why else asked.rest
    rest = without_words(rest, "shortfall") if why else rest
    operand = without_cues(asked.operand(rest), "explain")
    if why:  # nobody asks why of what was aimed at, but of what was not reached
        operand = replace(operand, role=None, dimension=None)
    if operand.dimension == "percent" and names_something(operand) and not asked.says("reason"):
        return None  # 满意率怎么样: a rate is a figure, however it is asked for
    section = next((name for name, words in _SECTIONS if words.search(text)), None)
    if section is None:
        operand = asked.in_force(operand)
    if asked.says("spent_on"):
        said = wording().cues["spent_on"][0]
        about = Concept(said[0], said, light=True)
        operand = replace(operand, concepts=(*operand.concepts, about))
    return Explain(operand, asked.one_year(), section, reason=asked.says("reason"))
