"""The planner that needs no language model: wording cues and terms to a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from assistant.conversation import State
from assistant.departments import Aliases
from assistant.lexicon import wording
from assistant.plan import Plan, Reason, Refuse, Scope
from assistant.planners import comparisons, explanations, filters, lists, lookups
from assistant.planners.asked import Asked
from assistant.planners.follow_ups import again
from assistant.question import NO_ALIASES, Question, read_question, resolve_years
from index_store.store import ReportInfo

# Each looks whether the question is of its kind; the first that says so makes the plan.
KINDS: tuple[Callable[[Asked], Plan | None], ...] = (
    again,
    comparisons.again,
    lists.reports,
    filters.projects,
    filters.missed,
    lists.beyond_bound,
    filters.bounded,
    lookups.both_sides,
    lists.task_funds,
    comparisons.across,
    comparisons.trend,
    lists.indicators,
    explanations.why,
    lists.tasks,
    lookups.against_target,
    comparisons.share,
    comparisons.difference,
    comparisons.left_over,
    comparisons.compare,
    lookups.named_ratio,
    explanations.explain,
    comparisons.side_by_side,
)


class RulePlanner:
    """Questions to plans. ``today`` fixes what 去年 means."""

    def __init__(self, today: date, max_chars: int, aliases: Aliases = NO_ALIASES) -> None:
        self.today = today
        self.max_chars = max_chars
        self.aliases = aliases

    def plan(self, text: str, reports: Sequence[ReportInfo], state: State) -> tuple[Question, Plan]:
        """The plan of one question, merged with what is in force in the conversation."""
        if len(text) > self.max_chars:
            return read_question(text[:200], ()), Refuse(Reason.TOO_LONG)
        question = read_question(text, reports, self.aliases)
        if not re.search(r"\w", question.text):
            return question, Refuse(Reason.EMPTY)
        if question.foreign:
            return question, Refuse(Reason.OTHER_LANGUAGE)
        if wording().says("refuse", question.text):
            return question, Refuse(Reason.OUT_OF_BOUNDS)
        asked = Asked(question, self._scope(question, state), reports, state)
        plan = next((p for kind in KINDS if (p := kind(asked))), None)
        return question, plan or lookups.lookup(asked)

    def _scope(self, question: Question, state: State) -> Scope:
        years, notes = resolve_years(question, self.today, state.years)
        if question.unknown_place:
            return Scope(years=years or state.years[:1], unknown=question.unknown_place)
        departments = question.departments or state.departments
        return Scope(
            departments,
            years,
            assumptions=notes,
            version=question.version,
            projects=question.projects,
        )
