"""What is in force in a conversation: the operand, departments and years last spoken of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.plan import (
    Across,
    AgainstTarget,
    Compare,
    Difference,
    Explain,
    ListIndicators,
    Lookup,
    NamedRatio,
    Operand,
    Plan,
    Share,
)
from assistant.terms import term


@dataclass(frozen=True, slots=True)
class State:
    """``years`` has the one last asked for first, then those asked for before it."""

    operand: Operand | None = None
    departments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    recent: tuple[Operand, ...] = ()  # the things spoken of, newest first
    last: Plan | None = None
    places: tuple[str, ...] = ()  # departments the thing was asked of, newest first

    def within(self, departments: tuple[str, ...], year: int | None) -> State:
        """The state with another scope in force; the thing spoken of stays."""
        return replace(
            self, departments=departments, places=departments, years=() if year is None else (year,)
        )

    def after(self, plan: Plan, *, found: bool = True) -> State:
        """The state once a plan was carried out.

        A thing that was not found and that the glossary does not know either was
        hardly meant as one: what was spoken of before stays in force.
        """
        scope = plan.scope
        state = replace(self, last=plan)
        operand = _operand_of(plan)
        if operand and not found and not any(c.known and not c.light for c in operand.concepts):
            operand = None
        if operand and not _same(operand, self.operand):
            # Another thing is spoken of: years compared before belong to the last one.
            recent = (operand, *(o for o in self.recent if o != operand))[:4]
            state = replace(state, operand=operand, years=(), places=(), recent=recent)
        if scope.departments:
            places = dict.fromkeys((*reversed(scope.departments), *state.places))
            state = replace(state, departments=scope.departments, places=tuple(places)[:4])
        if scope.years:
            named = tuple(reversed(scope.years))
            older = tuple(y for y in state.years if y not in named)
            state = replace(state, years=(*named, *older)[:4])
        return state


def _same(operand: Operand, other: Operand | None) -> bool:
    """Whether two operands ask for the same, whatever was answered to one of them."""
    return other is not None and replace(operand, kin=None) == replace(other, kin=None)


def _operand_of(plan: Plan) -> Operand | None:
    match plan:
        case Lookup(operands=operands):
            return operands[0] if operands else None
        case Compare(operand=operand) | AgainstTarget(operand=operand) | Across(operand=operand):
            return operand
        case Explain(operand=operand) | ListIndicators(operand=operand):
            return operand if operand.concepts else None
        case Share(part=part) | Difference(first=part):
            return part
        case NamedRatio(name=name):
            return Operand((term(name),), dimension="percent")
        case _:
            return None
