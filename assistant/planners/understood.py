"""The plan of a question as the reader understood it: its kind, and the words of each thing.

It knows sentences that no cue or pattern foresaw, and what a follow-up takes over. The
things are put into operands as the rules put theirs; years, offices and the side asked for
are the rules' still.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.plan import (
    AgainstTarget,
    Compare,
    Concept,
    Difference,
    Explain,
    Lookup,
    Operand,
    Over,
    PerHead,
    Place,
    Plan,
    Share,
    Together,
)
from assistant.planners.asked import Asked, names_something
from assistant.planners.comparisons import of_years
from assistant.planners.follow_ups import is_fragment
from assistant.planners.groups import GROUPS, of_group
from assistant.planners.targets import held_against
from assistant.planners.told import APART, may_be_each, of_told, part_of_two
from assistant.reader.sentence import Kind, Sentence, Thing

# Kinds that make one figure of two or more.
_OF_TWO = frozenset([Kind.DIFF, Kind.WHICH, Kind.SHARE, Kind.PER, Kind.SUM, Kind.AVG])
SURE = 0.6  # least chance of the kind
SURE_INSTEAD = 0.9  # the same, to be tried in place of the rules' plan
_SAME_WORDS = 0.8  # least likeness of the words of a thing to those of one spoken of before


def may_see_more(rules: Lookup, sentence: Sentence) -> bool:
    """Whether the rules saw no more than a look-up of one thing; all else they put better.

    Or of several, of which the reader sees one figure made: their sum, a share.
    """
    return rules.unit is None and (len(rules.operands) == 1 or sentence.kind in _OF_TWO)


def understood(asked: Asked, sentence: Sentence, rules: Lookup) -> Plan | None:
    """The plan where the reader saw more than the look-up that the rules did, surely enough.

    Or another thing than was spoken of, where the rules would answer with the same again.
    """
    told = _of_told(asked, sentence)
    if told and not isinstance(told, (AgainstTarget, Compare)):
        return told
    plan = _plan(asked, sentence) if sentence.chance >= SURE else None
    if plan is None:
        return None
    question, before = asked.question, asked.state.operand
    elsewhere = question.names_a_year or question.departments or question.projects
    if elsewhere and before in rules.operands and not names_something(asked.operand()):
        return None  # and at the end of 2022?: the same of another year
    if isinstance(plan, Lookup) and before in rules.operands and not elsewhere:
        return None if names_the_same(plan.operands[0], before) else plan
    if isinstance(plan, AgainstTarget) and rules.operands[0].role is not None:
        return None  # what was the target? asks for one figure
    if isinstance(plan, AgainstTarget) and isinstance(told, AgainstTarget):
        return told
    return None if isinstance(plan, Lookup) and len(plan.operands) == 1 else plan


def instead(asked: Asked, sentence: Sentence) -> Plan | None:
    """The reader's plan of figures, where what the rules saw asked is not in the reports."""
    if told := _of_told(asked, sentence):
        return told
    plan = _plan(asked, sentence) if sentence.chance >= SURE_INSTEAD else None
    return None if isinstance(plan, Explain) else plan


def set_beside(asked: Asked, sentence: Sentence) -> Plan | None:
    """比年初安排的多了多少: the figure just answered and another thing, not two years of that."""
    told = _of_told(asked, sentence)
    sure = sentence.kind is Kind.DIFF and sentence.chance >= SURE_INSTEAD
    return told if sure or APART.search(asked.rest) else None


def ratio_of_told(asked: Asked) -> Plan | None:
    """执行率算一下, after a budget and what was spent of it: of these two."""
    newest = asked.state.told[0] if asked.state.told else ()
    question = asked.question
    elsewhere = question.names_a_year or question.departments or question.projects
    if len(newest) != 2 or elsewhere or not is_fragment(asked.text, asked.language):
        return None
    if any(told.unit != "元" for told in newest):
        return None
    return _share(asked, part_of_two(asked))


def _of_told(asked: Asked, sentence: Sentence) -> Plan | None:
    """What is to be made of figures answered before, of whichever reports they are."""
    kind, operands = of_told(asked, sentence, lambda n: _operand(asked, sentence, n))
    if not operands:
        return None
    if kind is Kind.CHANGE:
        return of_years(asked, operands[0], growth=asked.says("growth_only"))
    places = {o.found.report_id for o in operands if o.found}
    of = [r for r in asked.reports if r.id in places]
    if len({r.project is None for r in of}) > 1:
        return None  # an office's and a project's: no scope has both
    scope = replace(
        asked.scope,
        departments=tuple(sorted({r.department for r in of if r.department})),
        years=tuple(sorted({r.year for r in of if r.year})),
        projects=tuple(sorted({r.project for r in of if r.project})),
    )
    return _MADE[kind](replace(asked, scope=scope), operands)


def _plan(asked: Asked, sentence: Sentence) -> Plan | None:
    if sentence.kind in GROUPS:
        return of_group(asked, sentence)
    if len(asked.scope.years) > 1 or len(asked.question.departments) > 1:
        return None
    operands = tuple(_operand(asked, sentence, n) for n in range(len(sentence.things)))
    made = _MADE.get(sentence.kind)
    return made(asked, operands) if made and operands else None


def _operand(asked: Asked, sentence: Sentence, number: int) -> Operand:
    """One thing, with what its part of the question says of counters and sides."""
    thing = sentence.things[number]
    part = asked.operand(_part(asked, sentence, number))
    own = asked.operand(thing.words)
    if sentence.kind is Kind.SHARE or (sentence.kind is Kind.PER and number):
        part = replace(own, role=part.role)  # what is asked in is the result's, not the thing's
    leans = bool(thing.taken) or is_fragment(asked.text, asked.language)
    before = asked.state.operand
    dimension = part.dimension or own.dimension
    if thing.taken and dimension is None and not part.counters and before:
        dimension = before.dimension
    return replace(
        own,
        concepts=own.concepts or (Concept(thing.words, (thing.words,), known=False),),
        role=part.role,
        counters=part.counters,
        kinds=part.kinds,
        dimension=dimension,
        said=asked.rest,
        named=thing.words,
        before=asked.state.said if leans else (),
        leaning=False,
        found=None if part.role or thing.own else _told(asked, sentence, thing),
    )


def _part(asked: Asked, sentence: Sentence, number: int) -> str:
    """The part of the question around a thing's words, up to the words of its neighbours."""
    things = [t for t in sentence.things if t.own]
    thing = sentence.things[number]
    if not thing.own or len(things) < 2:
        return asked.rest
    before = [t.end for t in things if t.end <= thing.begin]
    after = [t.begin for t in things if t.begin >= thing.end]
    return asked.text[max(before, default=0) : min(after, default=len(asked.text))]


def _told(asked: Asked, sentence: Sentence, thing: Thing) -> Place | None:
    """The figure of a thing that was asked for before, and that nothing new is said of.

    哪个多 after 社保费收了多少 and 非税呢 is of the two figures that were answered.
    """
    told = next(iter(asked.state.told[thing.since - 1 : thing.since]), ()) if thing.since else ()
    if sentence.kind in _OF_TWO and len(told) == 1:
        return told[0].place
    return _spoken_of(asked, thing)


def _spoken_of(asked: Asked, thing: Thing) -> Place | None:
    """Where the thing was found, if it is one that was asked for before in the same words."""
    for before in asked.state.recent:
        if before.found and _alike(before.named or before.words, thing.words) >= _SAME_WORDS:
            return before.found
    return None


def names_the_same(operand: Operand, before: Operand | None) -> bool:
    """Whether a follow-up speaks of the very thing that was spoken of before."""
    if before is None:
        return False
    same_side = operand.role is before.role or operand.role is None
    named = before.named or before.words
    return same_side and _alike(operand.named or operand.words, named) >= _SAME_WORDS


def _alike(one: str, other: str) -> float:
    """The share of words, or Chinese characters, that two have in common."""
    first, second = (set(_WORD.findall(text.lower())) for text in (one, other))
    return len(first & second) / max(1, len(first | second))


_WORD = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+")


def _look(asked: Asked, operands: tuple[Operand, ...]) -> Plan:
    return Lookup(operands, asked.one_year())


def _difference(asked: Asked, operands: tuple[Operand, ...]) -> Plan | None:
    if len(operands) != 2:
        return None
    return Difference(*operands, asked.one_year(), ordered=False)


def _share(asked: Asked, operands: tuple[Operand, ...]) -> Plan | None:
    together = asked.says("sum") or isinstance(asked.state.last, Together)
    if len(operands) < 2 or (len(operands) > 2 and not together):
        return None
    first, *more, whole = operands
    return Share(first, whole, asked.one_year(), more=tuple(more))


def _per(asked: Asked, operands: tuple[Operand, ...]) -> Plan | None:
    if len(operands) != 2 or not may_be_each(asked, operands[1]):
        return None
    return PerHead(*operands, asked.one_year())


def _goal(asked: Asked, operands: tuple[Operand, ...]) -> Plan | None:
    return held_against(asked, replace(operands[0], role=None)) if len(operands) == 1 else None


def _together(over: Over) -> Callable[[Asked, tuple[Operand, ...]], Plan | None]:
    def made(asked: Asked, operands: tuple[Operand, ...]) -> Plan | None:
        return Together(operands, over, asked.one_year()) if len(operands) > 1 else None

    return made


def _which(asked: Asked, operands: tuple[Operand, ...]) -> Plan | None:
    over = Over.LEAST if _DOWNWARD.search(asked.rest) else Over.MOST
    return _together(over)(asked, operands)


_DOWNWARD = re.compile(r"[少低小慢短]|\b(?:fewer|fewest|less|least|low\w*|small\w*)\b", re.I)


_MADE: dict[Kind, Callable[[Asked, tuple[Operand, ...]], Plan | None]] = {
    Kind.LOOK: _look,
    Kind.DIFF: _difference,
    Kind.WHICH: _which,
    Kind.SHARE: _share,
    Kind.PER: _per,
    Kind.SUM: _together(Over.TOTAL),
    Kind.AVG: _together(Over.AVERAGE),
    Kind.GOAL: _goal,
}
