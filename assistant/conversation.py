"""What is in force in a conversation: the operand, departments and years last spoken of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from assistant.plan import (
    Across,
    AgainstTarget,
    Beside,
    Compare,
    Difference,
    Explain,
    ListIndicators,
    Lookup,
    NamedRatio,
    Operand,
    PerHead,
    Place,
    Plan,
    Refuse,
    Share,
    Together,
)
from assistant.terms import term

REMEMBERED = 2  # questions that one may take words over from
_REMEMBERED_ANSWERS = 4  # whose figures may be reckoned with


class Told(NamedTuple):
    """A figure that was answered, with its value in its base unit, and what it was asked by."""

    place: Place
    value: Decimal
    unit: str | None
    named: str


@dataclass(frozen=True, slots=True)
class State:
    """``years`` has the one last asked for first, then those asked for before it."""

    operand: Operand | None = None
    departments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    assumed: bool = False  # nobody named the year: it was the latest of what was asked
    projects: tuple[str, ...] = ()
    recent: tuple[Operand, ...] = ()  # the things spoken of, newest first
    last: Plan | None = None  # the last plan that was understood
    places: tuple[str, ...] = ()  # departments the thing was asked of, newest first
    choices: tuple[Place, ...] = ()  # asked back just before: one of these is meant
    answered: tuple[Place, ...] = ()  # the figures of the last answer
    said: tuple[str, ...] = ()  # the last questions, the newest first
    told: tuple[tuple[Told, ...], ...] = ()  # the figures answered to each of the last questions

    def within(self, departments: tuple[str, ...], year: int | None) -> State:
        """The state with another scope in force; the thing spoken of stays."""
        return replace(
            self,
            departments=departments,
            places=departments,
            years=() if year is None else (year,),
            assumed=False,
        )

    def after(self, plan: Plan, *, found: bool = True) -> State:
        """The state once a plan was carried out.

        A thing that was not found and that the glossary does not know either was
        hardly meant as one: what was spoken of before stays in force.
        """
        if isinstance(plan, Refuse):
            return replace(self, choices=())
        scope = plan.scope
        operand = _operand_of(plan)
        # Not understood: what was spoken of before stays in force.
        lost = operand is not None and not found and not _means_something(operand)
        state = replace(self, last=self.last if lost and self.last else plan, choices=())
        operand = None if lost else operand
        if operand and not _same(operand, self.operand):
            # Another thing is spoken of: years compared before belong to the last one.
            recent = (operand, *(o for o in self.recent if o != operand))[:4]
            state = replace(state, operand=operand, years=(), places=(), recent=recent)
        if isinstance(plan, Lookup) and len(plan.operands) > 1:
            state = replace(state, recent=tuple(reversed(plan.operands))[:4])
        if scope.departments:
            places = dict.fromkeys((*reversed(scope.departments), *state.places))
            state = replace(state, departments=scope.departments, places=tuple(places)[:4])
        if scope.departments or scope.projects:
            state = replace(state, projects=scope.projects)
        if scope.years:
            named = tuple(reversed(scope.years))
            older = tuple(y for y in state.years if y not in named)
            state = replace(state, years=(*named, *older)[:4], assumed=bool(scope.assumptions))
        return state

    def having_said(self, question: str) -> State:
        """The state after a question, which the next one may take words over from."""
        return replace(
            self,
            said=(question, *self.said)[:REMEMBERED],
            told=((), *self.told)[:_REMEMBERED_ANSWERS],
        )

    def having_told(self, told: tuple[Told, ...]) -> State:
        """The state once the last question was answered with these figures."""
        return replace(self, told=(told, *self.told[1:]))

    def answering(self, answered: tuple[Place, ...], label: str | None) -> State:
        """The state with the figures that were answered, by which later ones may lean on them.

        ``label`` is what the first one is called: the next one asked for may be its kin.
        """
        state = replace(self, answered=answered)
        if label is None or self.operand is None or not answered:
            return state
        recent = list(self.recent)
        several = isinstance(self.last, Lookup) and len(self.last.operands) > 1
        if several and len(answered) == len(recent):
            found = zip(recent, reversed(answered), strict=True)
            recent = [replace(o, found=place, like=place) for o, place in found]
        elif recent and _same(recent[0], self.operand):
            recent[0] = replace(recent[0], found=answered[0], like=answered[0])
        operand = replace(self.operand, kin=label, like=answered[0])
        return replace(state, operand=operand, recent=tuple(recent))


def _means_something(operand: Operand) -> bool:
    return any(c.known and not c.light for c in operand.concepts)


def _same(operand: Operand, other: Operand | None) -> bool:
    """Whether two operands ask for the same, whatever was answered to one of them."""
    return other is not None and _bare(operand) == _bare(other)


def _bare(operand: Operand) -> Operand:
    return replace(operand, kin=None, found=None, like=None, opposite=None)


def _operand_of(plan: Plan) -> Operand | None:
    match plan:
        case Lookup(operands=operands) | Together(operands=operands):
            return operands[0] if operands else None
        case Compare(operand=operand) | AgainstTarget(operand=operand) | Across(operand=operand):
            return operand
        case Beside(operand=operand):
            return operand if operand.concepts else None
        case Explain(operand=operand) | ListIndicators(operand=operand):
            return operand if operand.concepts else None
        case Share(part=part) | Difference(first=part) | PerHead(amount=part):
            return part
        case NamedRatio(name=name):
            return Operand((term(name),), dimension="percent")
        case _:
            return None
