"""What is to be made of the figures answered before: 差了多少, 哪个多, 平均每家多少, what share?

Such a question names nothing itself. What it is about are the figures that were given just
before, few enough to see which go together: those of one unit are compared and added up, a
share is that of the smaller in the larger, and an amount is told for each of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.conversation import Told
from assistant.fitness import counts_in
from assistant.plan import AgainstTarget, Operand, Over, Place, Together
from assistant.planners.asked import Asked, names_something
from assistant.planners.lists import made_of
from assistant.reader.sentence import Kind, Sentence
from ingest.units import counted_alike

_OF_TWO = frozenset([Kind.DIFF, Kind.WHICH, Kind.SUM, Kind.AVG, Kind.SHARE, Kind.PER])
_BESIDE_ANOTHER = frozenset([Kind.SHARE, Kind.DIFF, Kind.PER])
_SURE = 0.45  # chance of the kind, of what can be of a few figures only
_SURE_OF_ANOTHER = 0.6  # the same, where a thing is named besides
_BY_CUE = {Over.TOTAL: Kind.SUM, Over.AVERAGE: Kind.AVG}

_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "two": 2, "both": 2, "three": 3, "four": 4}
_SO_MANY = re.compile(
    r"(?P<zh>[两二三四五])[个项块笔类者样种处年]|\b(?P<en>both|two|three|four)\b", re.I
)
_EACH = re.compile(
    r"(?:每|平均|一)一?(?P<counter>[个名位人户家所场次件宗起辆台套株亩张份笔条处座间批盏口米公平立千吨])"
)
_SHARE_ASKED = re.compile(
    r"占(?:了|到)?[^，。？?]{0,12}(?:多少(?!钱|[万亿]?元|[件个名户家])|几成|比[例重率]?|百分|多大)"
    r"|\bwhat (?:share|proportion|percentage|percent|fraction)\b",
    re.I,
)
_WHOLE_BEFORE = re.compile(r"占(?:了|到)?$|\b(?:of|in)(?: the| all)*\s*$", re.I)
_LEFT = re.compile(r"[剩没未缺]|\b(?:left|still|remain\w*|open)\b", re.I)
APART = re.compile(
    r"两[个项者样种块笔]?(?:之间)?(?:相)?差|\b(?:between|apart)\b[^?]{0,12}\btwo\b", re.I
)
# Words for what is made of figures, and for what is left of them, no things.
_OF_A_RESULT = re.compile(
    r"[差省剩余空缺超欠少多]|比[例重率]|占|率$|合计|加起来|平均|提高|下降|增长|上升"
    r"|\b(?:share|percent\w*|average|total|gap|difference|together|points?|rate"
    r"|left|open|still|remain\w*|outstanding|pending|unresolved|vacan\w*)\b",
    re.I,
)
_EACH_BEFORE = re.compile(r"[每均到]|\b(?:per|each|every)\b", re.I)


def of_told(
    asked: Asked, sentence: Sentence, operand: Callable[[int], Operand]
) -> tuple[Kind, tuple[Operand, ...]]:
    """The kind, and the figures that it is of, some of which were answered just before.

    ``operand`` makes one of a thing of the sentence. No figures: it is of others.
    """
    kind = _kind(asked, sentence)
    question = asked.question
    newest = asked.state.told[0] if asked.state.told else ()
    elsewhere = question.departments or question.projects or question.new_topic
    if not newest or elsewhere:
        return kind, ()
    named = [n for n in range(len(sentence.things)) if _names_a_thing(asked, sentence, n)]
    if not named and not _repeats(asked):
        return kind, _of_these(asked, kind, sentence)
    if question.names_a_year or sentence.chance < _SURE_OF_ANOTHER:
        return kind, ()
    if len(named) == 1 and isinstance(asked.state.last, Together) and kind is Kind.SHARE:
        # 占项目支出多少, after two things were added up
        whole = operand(named[0])
        return kind, (*(as_told(asked, told) for told in newest), whole)
    if len(named) == 1 and len(newest) == 1 and kind in _BESIDE_ANOTHER:
        thing = sentence.things[named[0]]
        other = operand(named[0])
        before = asked.text[: thing.begin]
        return kind, _ordered(kind, before, as_told(asked, newest[0]), other)
    return kind, ()


def _names_a_thing(asked: Asked, sentence: Sentence, number: int) -> bool:
    """Whether a thing has words of the question's own, and more than a verb: 改了多少处."""
    own = " ".join(sentence.things[number].own)
    return bool(own) and names_something(asked.operand(own))


def _kind(asked: Asked, sentence: Sentence) -> Kind:
    """What is asked for; what a plain word says, whatever it was read as."""
    if APART.search(asked.rest):
        return Kind.DIFF
    over = made_of(asked, tuple(_BY_CUE))
    if over and _SHARE_ASKED.search(asked.rest):
        return Kind.SHARE  # 这两种合计占比多少
    named = any(_names_a_thing(asked, sentence, n) for n in range(len(sentence.things)))
    if over in _BY_CUE and not named and sentence.kind is Kind.DIFF:
        return _BY_CUE[over]  # average of the two?
    if sentence.kind in _OF_TWO and sentence.chance >= _SURE:
        return sentence.kind
    plain = sentence.kind is Kind.LOOK or sentence.chance < _SURE
    if plain and _SHARE_ASKED.search(asked.rest):
        return Kind.SHARE
    if over and not named:
        return _BY_CUE[over]
    return sentence.kind if sentence.chance >= _SURE else Kind.OTHER


def _repeats(asked: Asked) -> bool:
    """Whether one of several things spoken of is named by its own words, or another by a term."""
    said = " ".join(asked.state.said)
    named = [c for c in asked.operand().concepts if not c.light]
    return any(c.surface in said or (c.known and not _OF_A_RESULT.search(c.surface)) for c in named)


def _of_these(asked: Asked, kind: Kind, sentence: Sentence) -> tuple[Operand, ...]:
    """Figures answered before, where the question names nothing anew."""
    answers = asked.state.told
    chosen: tuple[Told, ...]
    if kind is Kind.CHANGE:
        chosen = answers[0] if len(answers[0]) == 1 else ()
    elif asked.question.names_a_year:
        return ()
    elif kind is Kind.GOAL:
        against = isinstance(asked.state.last, AgainstTarget)  # the figure, then its target
        chosen = answers[0][:1] if len(answers[0]) == 1 or against else ()
    elif kind is Kind.PER:
        chosen = _for_each(asked, answers)
    elif kind is Kind.SHARE and asked.says("sum"):
        chosen = _parts_and_whole(answers)
    elif kind is Kind.SHARE:
        chosen = _part_and_whole(sentence, answers)
    elif kind in _OF_TWO:
        chosen = _together(asked, kind, answers)
    else:
        return ()
    return tuple(as_told(asked, told) for told in chosen)


def as_told(asked: Asked, told: Told) -> Operand:
    """A figure that was answered, as an operand."""
    spoken = (o for o in asked.state.recent if o.found == told.place)
    operand = next(spoken, None) or asked.operand(told.named)
    return replace(operand, found=told.place, like=told.place, named=told.named)


def of_two_years(asked: Asked, operand: Operand) -> tuple[Place, ...]:
    """The figure answered last and the one before it, where both are of what is compared.

    增长了百分之几 after 实际花了多少 and 那2023年呢: whatever the two reports call it.
    """
    newest, *before = asked.state.told or ((),)
    if len(newest) != 1 or not before or len(before[0]) != 1:
        return ()
    now, then = newest[0], before[0][0]
    alike = now.named == then.named and now.unit == then.unit and now.place != then.place
    return (then.place, now.place) if alike and operand.like == now.place else ()


def part_of_two(asked: Asked) -> tuple[Operand, ...]:
    """The smaller of the two figures answered last, then the larger."""
    newest = sorted(asked.state.told[0], key=lambda told: told.value)
    return tuple(as_told(asked, told) for told in newest)


def _ordered(kind: Kind, before: str, told: Operand, other: Operand) -> tuple[Operand, ...]:
    """占项目支出多少 names the whole, 其中儿童占多少 the part; per visitor what is counted."""
    if kind is Kind.SHARE:
        return (told, other) if _WHOLE_BEFORE.search(before) else (other, told)
    if kind is Kind.PER and not _EACH_BEFORE.search(before):
        return (other, told)
    return (told, other)


def _together(asked: Asked, kind: Kind, answers: Sequence[tuple[Told, ...]]) -> tuple[Told, ...]:
    """Figures of one unit: those of the last answer, else of the answers one after the other."""
    match = _SO_MANY.search(asked.rest)
    many = _NUMBERS[(match["zh"] or match["en"]).lower()] if match else None
    if kind is Kind.DIFF:
        many = 2
    chosen = list(answers[0])
    if len(chosen) == 1:
        for answer in answers[1:]:
            if len(answer) != 1 or len(chosen) == (many or 2):
                break
            chosen = [*(t for t in answer if t.place not in {c.place for c in chosen}), *chosen]
    if asked.operand().dimension == "money" and chosen[0].unit != "元":
        return ()  # 一共补了多少钱 is not how many
    older = [t for answer in answers[len(chosen) if len(answers[0]) == 1 else 1 :] for t in answer]
    if kind is Kind.DIFF and _LEFT.search(asked.rest) and any(_alike(t, chosen[0]) for t in older):
        return ()  # 还剩几户没脱困 may be of what was told first
    alike = len(chosen) > 1 and all(_alike(t, chosen[0]) for t in chosen)
    return tuple(chosen) if alike and (many is None or len(chosen) == many) else ()


def _part_and_whole(sentence: Sentence, answers: Sequence[tuple[Told, ...]]) -> tuple[Told, ...]:
    """The smaller of two, then the larger; of several answered before, the one taken over."""
    newest = answers[0]
    if len(newest) == 1 and len(answers) > 1:
        (part,) = newest
        words = " ".join(word for thing in sentence.things for word in thing.taken)
        wholes = [t for t in answers[1] if _alike(t, part) and t.place != part.place]
        if len(wholes) > 1:
            wholes = [t for t in wholes if t.value > part.value]
            best = max((_common(t.named, words) for t in wholes), default=0)
            wholes = [t for t in wholes if _common(t.named, words) == best]
        newest = (part, *wholes)
    if len(newest) != 2 or not _alike(*newest):
        return ()
    return tuple(sorted(newest, key=lambda told: told.value))


def _parts_and_whole(answers: Sequence[tuple[Told, ...]]) -> tuple[Told, ...]:
    """The figures of the last answer together, and the one answered before that they are of."""
    parts, before = answers[0], answers[1] if len(answers) > 1 else ()
    wholes = [t for t in before if all(_alike(t, p) and t.value > p.value for p in parts)]
    return (*parts, *wholes) if len(parts) > 1 and len(wholes) == 1 else ()


def _alike(one: Told, other: Told) -> bool:
    return one.unit == other.unit or counted_alike(one.unit or "", other.unit or "")


def _common(one: str, other: str) -> int:
    return len(set(one) & set(other))


def _for_each(asked: Asked, answers: Sequence[tuple[Told, ...]]) -> tuple[Told, ...]:
    """An amount, then what it is told for each of: by its counter, else what is no money."""
    newest = answers[0]
    pool = newest if len(newest) > 1 else [t for answer in answers[:2] for t in answer]
    match = _EACH.search(asked.rest) if asked.language == "zh" else None
    counters = (match["counter"],) if match else ()
    heads = [t for t in pool if counts_in(t.unit, counters)] if counters else []
    if not heads:
        others = [t for t in pool if t.unit not in ("元", "%")]
        heads = others if len(others) < len(pool) else others[1:]
        if counters and counters[0] not in "个人" and not _is_measure(counters[0]):
            heads = [t for t in heads if counters[0] in (t.unit or "")]
    amounts = [t for t in pool if t not in heads and t.unit != "%"]
    money = [t for t in amounts if t.unit == "元"] or amounts
    if len(heads) != 1 or len(money) != 1:
        return ()
    return (money[0], heads[0])


def may_be_each(asked: Asked, heads: Operand) -> bool:
    """Whether a figure that was told is counted in what the question asks for each of.

    平均每宗 is not of a number of 家次. True where it was not told, or no counter is said.
    """
    match = _EACH.search(asked.rest) if asked.language == "zh" else None
    if match is None or match["counter"] in "个人" or _is_measure(match["counter"]):
        return True
    told = (t for answer in asked.state.told for t in answer if t.place == heads.found)
    unit = next((t.unit for t in told), None)
    return unit is None or match["counter"] in unit or counts_in(unit, (match["counter"],))


def _is_measure(counter: str) -> bool:
    """公 of 公里, 平 of 平方米: the beginning of a unit of its own."""
    return counter in "公平立千亩吨"
