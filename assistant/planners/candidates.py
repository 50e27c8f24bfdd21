"""The plans that a question may mean, the likeliest first; the first that is answered counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.conversation import State
from assistant.department_parts import parts
from assistant.lexicon import wording
from assistant.plan import Beside, Lookup, NamedRatio, Operand, Place, Plan, Share, TaskFunds
from assistant.planners.explanations import in_words
from assistant.planners.follow_ups import in_context, leans
from assistant.planners.lookups import of_money, of_money_alone
from assistant.question import Question
from assistant.terms import concepts, term


def candidates(
    question: Question, plan: Plan, state: State, understood: Plan | None = None
) -> Iterator[Plan]:
    """The rules' plan, then what else the words can mean; first what the reader understood.

    A part of what was spoken of (其中…, of those) is read with it first. Other years that a
    plan may fall back to follow; then a short follow-up read together with what is in force,
    and last the report's own words where they answer as well as a figure.
    """
    if understood:
        yield from in_turn(understood)
        if not isinstance(understood, Lookup) or len(understood.operands) > 1:
            return  # it asks for something else than the rules took it for
    wider = None if question.new_topic else in_context(plan, state)
    near = None if question.new_topic else _beside(question, plan, state)
    if row := _of_the_row(question, plan, state):
        yield row
    if leans(question.text) or question.corrects or state.choices:
        if near:
            yield near
        if wider:
            yield wider
    rate = _rate_of_before(question, plan, state)
    if rate and _named_by(question, state):
        yield rate
    yield plan
    if alone := _amount_alone(question, plan, state):
        yield alone
    for scope in plan.scope.alternatives:
        yield replace(plan, scope=scope)
    if plan.scope.projects and not question.projects:
        # What is in force may be the project; the office's own is the next thing meant.
        yield replace(plan, scope=replace(plan.scope, projects=(), alternatives=()))
    if elsewhere := _no_office(question, plan, state):
        yield elsewhere
    if near:
        yield near
    if wider:
        yield wider
    if rate:
        yield rate
    if words := in_words(question.text, plan):
        yield words


def in_turn(plan: Plan) -> Iterator[Plan]:
    """A plan, then of the years that it may fall back to."""
    yield plan
    for scope in plan.scope.alternatives:
        yield replace(plan, scope=scope)


_ITS_SCORE = re.compile(
    r"^\W*(?:那)?(?:这|该|此|它)(?:一)?(?:项|个|条|指标)?[^，。？?]{0,6}(?:得|拿|评|打)了?(?:多少|几)分"
    r"|\b(?:what|how many points)\b[^?]{0,20}\b(?:it|this|that)\b[^?]{0,12}"
    r"\b(?:score|get|got|points)\b",
    re.I,
)
_ITS = re.compile(r"\b(?:its|their|it|that|this)\b|[它其]的?", re.I)
_THAT_ONE = re.compile(
    r"[这该此那][个一项]{0,2}(?:项目|专项|任务|工程|经费)"
    r"|\b(?:this|that|the same) (?:project|task|programme|program)\b",
    re.I,
)


def says_its(text: str) -> bool:
    """Whether a question is about the thing of the last answer: its budget, 它花了多少."""
    return bool(_ITS.search(text)) or says_that_one(text)


def says_that_one(text: str) -> bool:
    """Whether it speaks of one project or task that was spoken of: 这个项目花了多少."""
    return bool(_THAT_ONE.search(text))


def _amount_alone(question: Question, plan: Plan, state: State) -> Lookup | None:
    """实际支出数 after a tax, which has no such amount: the office's own is meant."""
    if not isinstance(plan, Lookup) or len(plan.operands) != 1 or not state.answered:
        return None
    operand = plan.operands[0]
    if _ITS.search(question.text):
        return None  # and its budget? is of what was spoken of
    amounts = tuple(replace(c, light=False) for c in operand.concepts if c.light and of_money(c))
    if not amounts or len(amounts) == len(operand.concepts):
        return None
    said = [c for c in concepts(question.rest, question.language) if not c.light]
    if any(not of_money(c) for c in said):
        return None  # 车辆方面呢 names something, if nothing that anyone knows
    own = replace(operand, concepts=amounts, text=question.rest, required=(), kin=None, head=None)
    return replace(plan, operands=(own,))


def _no_office(question: Question, plan: Plan, state: State) -> Lookup | None:
    """消防检查 of a street, where 消防 was taken for the brigade: a word that must be there."""
    if not question.opens_with[0] or state.departments or state.projects:
        return None
    if not isinstance(plan, Lookup):
        return None
    own = parts(question.opens_with[0][0]).own
    operands = tuple(
        replace(o, required=tuple(c.surface for c in o.concepts if any(f in own for f in c.forms)))
        for o in plan.operands
    )
    if not all(o.required for o in operands):
        return None
    return replace(plan, operands=operands, scope=replace(plan.scope, departments=()))


def _beside(question: Question, plan: Plan, state: State) -> Beside | None:
    """The next figure of the sentence that the last answer stands in, of the same year."""
    if not isinstance(plan, Lookup) or len(plan.operands) != 1 or len(state.answered) != 1:
        return None
    if question.departments or question.names_a_year or question.projects:
        return None
    operand = plan.own or plan.operands[0]
    if operand.role is not None or operand.found:
        return None
    before = state.operand.concepts if state.operand else ()
    about = tuple(c for c in before if not c.light and c.surface not in operand.words)
    return Beside(operand, state.answered[0], plan.scope, about)


def _of_the_row(question: Question, plan: Plan, state: State) -> Beside | TaskFunds | None:
    """执行率多少 after an amount of a row, 这一项得了几分: the row's own rate or score."""
    if question.departments or question.names_a_year or question.projects:
        return None
    if state.answered and _ITS_SCORE.search(question.text):
        score = Operand((term("得分"),), text="得分", kinds=frozenset({"score"}))
        return Beside(score, state.answered[0], plan.scope)
    if isinstance(plan, Lookup) and (one := _one_spoken_of(question, state)):
        # What the question says itself: nothing that was spoken of before the ranking.
        own = tuple(c for c in concepts(question.rest, question.language) if not c.light)
        if wording().says("spent", question.rest) and not any(map(of_money, own)):
            own = (*own, term("实际支出数"))
        amount = replace(
            plan.own or plan.operands[0], concepts=own, text=question.rest, required=()
        )
        if of_money_alone(amount):
            return TaskFunds(None, plan.scope, amount, only=one, unit=plan.unit)
    if not isinstance(plan, NamedRatio) or plan.about or len(state.answered) != 1:
        return None
    asked = Operand((term(plan.name),), dimension="percent", text=plan.name)
    return Beside(asked, state.answered[0], plan.scope)


def _one_spoken_of(question: Question, state: State) -> Place | None:
    """A figure of the task or project that a question is about: the first of a ranking, or of
    the answer that 这项任务 points to."""
    last = state.last if isinstance(state.last, TaskFunds) and len(state.answered) == 1 else None
    if last and (says_its(question.text) or last.only):
        return state.answered[0]
    told = next((answer for answer in state.told if answer), ())
    return told[0].place if told and says_that_one(question.text) else None


def _named_by(question: Question, state: State) -> bool:
    """Whether 办结率 is named as what was done last was: 办结."""
    match = re.search(r"([\u4e00-\u9fff]{2,6})率", question.rest)
    before = state.operand
    if match is None or before is None:
        return False
    said = " ".join((before.text, *(form for c in before.concepts for form in c.forms[:12])))
    return match.group(1)[-2:] in said


_A_RATE = re.compile(r"^\W*[\u4e00-\u9fff]{1,6}率\W*(?:呢|是|为|多少|算|一|下|有|百分之几|\W)*$")


def _rate_of_before(question: Question, plan: Plan, state: State) -> Share | None:
    """按时率 after the number received and the number answered in time: the one of the other."""
    recent = state.recent
    if not isinstance(plan, Lookup) or len(recent) < 2 or not _A_RATE.match(question.rest):
        return None
    if not all(o.found for o in recent[:2]):
        return None
    return Share(recent[0], recent[1], plan.scope)
