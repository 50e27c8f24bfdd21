"""The planner that needs no language model: wording cues and terms to a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from assistant.conversation import State
from assistant.departments import Aliases
from assistant.lexicon import wording
from assistant.plan import (
    Compare,
    Explain,
    ListReports,
    Lookup,
    NamedRatio,
    Plan,
    Reason,
    Refuse,
    Scope,
)
from assistant.planners import (
    comparisons,
    derived,
    either,
    explanations,
    filters,
    lists,
    lookups,
    names_asked,
    targets,
    undone,
)
from assistant.planners.asked import Asked
from assistant.planners.revised import revised, swapped
from assistant.planners.told import of_two_years
from assistant.planners.understood import (
    instead,
    may_see_more,
    ratio_of_told,
    set_beside,
    understood,
)
from assistant.project_index import Encode
from assistant.question import NO_ALIASES, Question, read_question
from assistant.reader.heard import Heard
from assistant.scoping import years_of
from assistant.settings import UNREAD, settings
from assistant.years import all_of, resolve_years
from index_store.store import ReportInfo

# Each looks whether the question is of its kind; the first that says so makes the plan.
KINDS: tuple[Callable[[Asked], Plan | None], ...] = (
    revised,
    comparisons.again,
    targets.against_again,
    lists.reports,
    derived.share_of_before,
    filters.projects,
    filters.missed,
    lists.beyond_bound,
    filters.bounded,
    lists.indicators,
    targets.both_sides,
    derived.per_head,
    lists.task_funds,
    comparisons.across,
    comparisons.trend,
    names_asked.name_asked,
    explanations.why,
    derived.together,
    either.whichever,
    derived.overspent,
    lists.tasks,
    targets.against_target,
    comparisons.share,
    comparisons.difference,
    undone.left_undone,
    comparisons.left_over,
    comparisons.compare,
    lookups.listed,
    lookups.named_ratio,
    explanations.explain,
    comparisons.side_by_side,
    swapped,
)


class Planned(NamedTuple):
    """A question, the rules' plan of it, and the reader's where it understood more.

    ``heard`` is what the reader made of the question; None where it is not asked.
    """

    question: Question
    plan: Plan
    understood: Plan | None = None
    asked: Asked | None = None
    heard: Heard | None = None


class RulePlanner:
    """Questions to plans. ``today`` fixes what 去年 means."""

    def __init__(
        self,
        today: date,
        max_chars: int,
        aliases: Aliases = NO_ALIASES,
        encode: Encode | None = None,
    ) -> None:
        self.encode = encode
        self.today = today
        self.max_chars = max_chars
        self.aliases = aliases

    def plan(self, text: str, reports: Sequence[ReportInfo], state: State) -> Planned:
        """The plan of one question, merged with what is in force in the conversation."""
        if len(text) > self.max_chars:
            return Planned(read_question(text[:200], ()), Refuse(Reason.TOO_LONG))
        question = read_question(text, reports, self.aliases, self.encode)
        if not re.search(r"\w", question.text):
            return Planned(question, Refuse(Reason.EMPTY))
        if question.foreign:
            return Planned(question, Refuse(Reason.OTHER_LANGUAGE))
        if wording().says("refuse", question.text):
            return Planned(question, Refuse(Reason.OUT_OF_BOUNDS))
        if question.new_topic:
            state = State(departments=state.departments, years=state.years)
        question = other_project(question, reports, state)
        question = self._all_years(question, reports, state)
        asked = Asked(question, self._scope(question, reports, state), reports, state)
        plan = next((p for kind in KINDS if (p := kind(asked))), None)
        if plan is None and state.last is None and lookups.names_only_an_office(asked):
            plan = ListReports(replace(asked.scope, years=question.years))
        plan = plan or lookups.lookup(asked)
        heard = None if settings().reader == UNREAD else Heard(asked.text, state.said)
        plan = _heard(plan, heard)
        if isinstance(plan, Compare):
            plan = replace(plan, answered=of_two_years(asked, plan.operand))
        more = None
        lately = state.told and state.told[0]  # figures were answered just before
        if heard and isinstance(plan, Lookup) and may_see_more(plan, heard.sentence):
            more = understood(asked, heard.sentence, plan)
        elif heard and isinstance(plan, Compare) and lately and not question.names_a_year:
            more = set_beside(asked, heard.sentence)
        elif isinstance(plan, NamedRatio) and not plan.about:
            more = ratio_of_told(asked)
        return Planned(question, plan, more, asked, heard)

    def instead(self, planned: Planned) -> Plan | None:
        """What the reader took the question for, where the rules' plan finds nothing.

        No figure answers who, where or why.
        """
        asked, heard = planned.asked, planned.heard
        if asked is None or heard is None or planned.understood:
            return None
        if isinstance(planned.plan, (Explain, Refuse)):
            return None
        return instead(asked, heard.sentence)

    def _all_years(
        self, question: Question, reports: Sequence[ReportInfo], state: State
    ) -> Question:
        """两年 as the years loaded of the office spoken of."""
        if question.said.count is None:
            return question
        loaded = years_of(reports, self._scope(question, reports, state))
        said, rest = all_of(question.said, question.rest, loaded)
        return replace(question, said=said, rest=rest)

    def _scope(self, question: Question, reports: Sequence[ReportInfo], state: State) -> Scope:
        projects = question.projects
        departments = question.departments or _owners(projects, reports) or state.departments
        if not projects and not question.departments:
            projects = state.projects
        if not departments and not projects:
            departments, projects = question.opens_with
            departments = departments or _owners(projects, reports)
        loaded = years_of(reports, Scope(departments, projects=projects))
        years, notes = resolve_years(
            question.said, question.language, self.today, state.years, loaded
        )
        if question.unknown_place:
            return Scope(years=years or state.years[:1], unknown=question.unknown_place)
        return Scope(
            departments,
            years,
            assumptions=notes,
            version=question.version,
            projects=projects,
        )


def _heard(plan: Plan, heard: Heard | None) -> Plan:
    """A look-up that leans on what was asked before, to be read with that."""
    if heard is None or not isinstance(plan, Lookup) or len(plan.operands) != 1:
        return plan
    if not plan.operands[0].leaning or not heard.names_a_figure:
        return plan
    return replace(plan, operands=(replace(plan.operands[0], heard=heard.put()),))


def _owners(projects: Sequence[str], reports: Sequence[ReportInfo]) -> tuple[str, ...]:
    """The departments whose projects these are."""
    return tuple(sorted({r.department for r in reports if r.project in projects and r.department}))


# The other one of a department's two projects.
_OTHER = re.compile(
    r"(?:另(?:外)?(?:一)?个|别的)(?:那个)?项目"
    r"|(?:the )?other(?: [A-Za-z]+)?\s+(?:project|one|form)\b",
    re.I,
)


def other_project(question: Question, reports: Sequence[ReportInfo], state: State) -> Question:
    """The question, about the project that was not spoken of where it says the other one."""
    match = _OTHER.search(question.rest)
    if match is None or len(state.projects) != 1:
        return question
    departments = question.departments or state.departments
    own = {r.project for r in reports if r.project and r.department in departments}
    others = sorted(own - set(state.projects))
    if len(others) != 1:
        return question
    rest = question.rest[: match.start()] + " " + question.rest[match.end() :]
    return replace(question, rest=rest, projects=(others[0],))
