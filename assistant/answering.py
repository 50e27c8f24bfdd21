"""Which reading of a question is answered: the likeliest one of which the reports say something.

The rules' plan and what else its words can mean come in turn. What the reader would not
take for the thing asked is no answer; and where the rules find nothing, the reader's own
plan is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Language
from assistant.conversation import State
from assistant.execution.figures import located_at, place_of
from assistant.execution.tasks import owner_of
from assistant.executor import Executor
from assistant.fitness import REQUIRED, counts_in
from assistant.located import Located
from assistant.matching import concept_in_figure, figure_text
from assistant.measures import excludes, kinds_asked
from assistant.plan import Beside, Choose, Lookup, Plan, TaskFunds
from assistant.planners.candidates import candidates, in_turn, says_its, says_that_one
from assistant.planners.choosing import chosen
from assistant.planners.follow_ups import is_fragment, leans
from assistant.planners.lookups import of_money
from assistant.planners.rules import Planned, RulePlanner
from assistant.planners.understood import names_the_same
from assistant.question import Question
from assistant.reader.heard import opinion
from assistant.results import Missing, Result, Silence
from assistant.terms import concepts, counters_asked
from index_store.store import ReportInfo
from ingest.report import Role

# Of the reader (a logit); see docs/accuracy.md.
LEAST_LIKELY = -2.0  # of the figure of a follow-up, not to be taken for another's
LEAST_FOUND = 1.0  # of a figure that only the reader's plan finds


def answered(
    planner: RulePlanner,
    executor: Executor,
    text: str,
    reports: Sequence[ReportInfo],
    state: State,
) -> tuple[Plan, Result]:
    """The first reading of a question that is answered, else the likeliest one's silence."""
    planned = planner.plan(text, reports, state)
    lead = planned.understood or planned.plan
    tried = _Tried(text, planned, state, executor, reports)
    if isinstance(lead, Lookup) and (pick := chosen(planned.question, state, reports)):
        result = executor.run(pick, reports)
        if not result.missing and not tried.is_unlikely(pick, result):
            return pick, result
    silence: Result | None = None
    for plan in candidates(planned.question, planned.plan, state, planned.understood):
        result = tried.result(plan)
        likeliest = plan is lead
        if not result.missing and (likeliest or not result.choices):
            if not tried.says_again(plan, result) and not tried.is_unlikely(plan, result):
                return plan, result
            result = tried.unsaid
        if likeliest:
            silence = result
    assert silence is not None
    if all(map(tried.may_be_misread, silence.missing)):
        for plan, result in tried.instead(planner):
            return plan, result
    # Where nothing is found, what the rules took it for is what was spoken of.
    return planned.plan, silence


@dataclass(frozen=True, slots=True)
class _Tried:
    """A question in its conversation, and what is made of the plans that it may mean."""

    text: str
    planned: Planned
    state: State
    executor: Executor
    reports: Sequence[ReportInfo]

    @property
    def question(self) -> Question:
        return self.planned.question

    @property
    def unsaid(self) -> Result:
        return Result(missing=(Missing(Silence.UNSAID, sought=self.text),))

    def result(self, plan: Plan) -> Result:
        """What is found; 种了多少亩 is not answered with what was spoken of before, in 亿元."""
        result = self.executor.run(plan, self.reports)
        counted = _counts_something_else(self.text, self.question.language, result)
        return self.unsaid if counted or self._of_another_task(result) else result

    def _of_another_task(self, result: Result) -> bool:
        """2022年这个项目花了多少 is not answered with what the office spent."""
        state, text = self.state, self.question.text
        ranked = isinstance(state.last, TaskFunds) and len(state.answered) == 1
        elsewhere = self.question.projects or self.question.departments or self.question.new_topic
        if elsewhere or not (says_that_one(text) or (ranked and says_its(text))):
            return False
        told = (*state.answered, *(t.place for answer in state.told for t in answer))
        owners = (owner_of(located_at(self.executor.store, place)) for place in told)
        owner = next((o for o in owners if o), None)
        given = (
            *(r.located for r in result.reported),
            *(x for c in result.computed for x in c.operands),
        )
        return bool(owner) and not all(
            owner_of(x) == owner or x.report.project == owner or (owner or "") in x.figure.label
            for x in given
        )

    def may_be_misread(self, missing: Missing) -> bool:
        """Whether there may be an answer, had the question been taken for something else."""
        if missing.reason is Silence.YEAR:  # which only the rules thought of
            return not self.question.names_a_year
        return missing.reason is Silence.UNSAID

    def instead(self, planner: RulePlanner) -> Iterator[tuple[Plan, Result]]:
        """The reader's plan where it is answered, of a figure that it takes for the one asked."""
        plan = planner.instead(self.planned)
        for each in in_turn(plan) if plan else ():
            result = self.result(each)
            if result.missing or result.choices or self._again_understood(each, result):
                continue
            single = _single(result)
            if single and not self._is_sure_of(single, each):
                continue
            yield each, result

    def _is_sure_of(self, found: Located, plan: Plan) -> bool:
        """Whether a figure that only the reader's plan finds may be given.

        A figure that has of the question only what names no thing to the reader is the whole
        of which a part was asked: 签约项目里投产的. And where an office is named, it has to
        have all of that: 澜溪的生态环境局 is not the 生态环境局 of another county.
        """
        if _is_aim(found, plan) or self._opinion(found) < LEAST_FOUND or not self.planned.heard:
            return False
        named = " ".join(thing.words for thing in self.planned.heard.sentence.things)
        said = [c for c in concepts(self.question.rest, self.question.language) if not c.light]
        left = [c for c in said if c.surface not in named]
        text = figure_text(found.report, found.figure)
        there = [c for c in said if concept_in_figure(c, text) >= REQUIRED]
        if there and all(c in left for c in there):
            return False
        if any(_OFFICE.search(c.surface) and c not in there for c in left):
            return False  # 区财政局的预算执行率 is not that of the office that is loaded
        elsewhere = self.question.departments or self.question.projects
        return not elsewhere or all(c in there for c in left)

    def is_unlikely(self, plan: Plan, result: Result) -> bool:
        """Whether a follow-up is answered with a figure that the reader takes for another.

        女干部多少 is not the number of trainings for 干部. What is asked of another year or
        office names only that, and is not read.
        """
        single = _single(result)
        if (
            single is None
            or not isinstance(plan, (Lookup, Beside, Choose))
            or self.state.last is None
        ):
            return False
        question = self.question
        if question.names_a_year or question.departments or question.projects or question.corrects:
            return False
        heard = self.planned.heard
        if heard is None or not heard.names_a_figure or _is_other_side(plan):
            return False
        called = all(words in single.figure.label for words in heard.sentence.things[0].own)
        return not called and self._opinion(single) < LEAST_LIKELY

    def _opinion(self, located: Located) -> float:
        heard = self.planned.heard
        return opinion(heard, located) if heard else 0.0

    def says_again(self, plan: Plan, result: Result) -> bool:
        """Whether a reading gives again what was answered, though something else was asked."""
        if self._told_of_another(result):
            return True
        if plan is self.planned.understood:
            return self._again_understood(plan, result)
        return self._repeats(plan, result)

    def _told_of_another(self, result: Result) -> bool:
        """女的呢 is not answered with all members, which were told to 会员多少人.

        Of a fragment that names a thing in words that no question had before.
        """
        single, heard, question = _single(result), self.planned.heard, self.question
        if single is None or heard is None or question.names_a_year:
            return False
        if question.departments or question.projects:
            return False
        if not is_fragment(question.text, question.language) or not heard.names_a_figure:
            return False
        place, own = place_of(single), heard.sentence.things[0].own
        told = [t for answer in self.state.told for t in answer if t.place == place]
        return bool(told) and not any(words in t.named for t in told for words in own)

    def _repeats(self, plan: Plan, result: Result) -> bool:
        """How many were rejected? after those that were examined is not answered with them."""
        question, rules, before = self.question, self.planned.plan, self.state.operand
        said = {c.surface for c in before.concepts} if before else set()
        own = [c for c in concepts(question.rest, question.language) if c.surface not in said]
        converted = isinstance(rules, Lookup) and rules.unit is not None
        # Nothing of the question but words that nobody knows, and the thing of before taken over.
        taken_over = isinstance(rules, Lookup) and before in rules.operands
        if self._again(result) and _counted_otherwise(rules, result):
            return True
        plain = taken_over and not converted and not question.names_a_year
        if plain and any(not c.known for c in own):
            return True
        return self._again(result) and (
            plan is not rules
            or question.corrects
            or leans(question.text)
            or _joined(plan)
            or (not converted and any(of_money(c) or not c.known for c in own))
        )

    def _again_understood(self, plan: Plan, result: Result) -> bool:
        """The same of a plan as the reader understood it: the figure just answered again,
        though the question names another thing."""
        if not isinstance(plan, Lookup) or not self._again(result):
            return False
        return not names_the_same(plan.operands[0], self.state.operand)

    def _again(self, result: Result) -> bool:
        """Whether a part of what was spoken of would be answered with the whole again."""
        places = tuple(place_of(r.located) for r in result.reported)
        return bool(places) and places == self.state.answered and not result.computed


def _single(result: Result) -> Located | None:
    """The one figure of a result that has nothing else."""
    if len(result.reported) != 1 or result.computed or result.shown or result.choices:
        return None
    return result.reported[0].located


def _is_other_side(plan: Plan) -> bool:
    """实际呢: the other side of the figure answered, which names nothing itself."""
    return isinstance(plan, Lookup) and any(o.opposite for o in plan.operands)


def _is_aim(located: Located, plan: Plan) -> bool:
    """Whether a target was found though none was asked for."""
    asked = isinstance(plan, Lookup) and plan.operands[0].role is Role.TARGET
    return located.figure.role is Role.TARGET and not asked


def _joined(plan: Plan) -> bool:
    """Whether an amount is asked of what was spoken of before, rather than named anew."""
    if not isinstance(plan, Lookup) or len(plan.operands) != 1:
        return False
    concepts = plan.operands[0].concepts
    amounts = sum(c.light and of_money(c) for c in concepts)
    return 0 < amounts < len(concepts) and bool(plan.operands[0].required)


def _counts_something_else(question: str, language: Language, result: Result) -> bool:
    """Whether the one figure found is in a unit that cannot be what the question counts."""
    if len(result.reported) != 1 or result.computed or result.shown:
        return False
    figure = result.reported[0].located.figure
    kinds = kinds_asked(question, counters_asked(question, "zh") if language == "zh" else ())
    if figure.unit == "%" and _SO_MANY_DONE.search(question):
        return True
    if figure.unit in ("分", "%") and _HOW_MANY_EN.search(question):
        return True
    in_money = bool(_MONEY_ASKED.search(question)) and figure.base_unit != "元"
    return in_money or excludes(kinds, figure.unit)


_OFFICE = re.compile(r"(?:局|委员会|街道|政府|办事处|法院|检察院)$")
# 改好了多少 counts what was done; no rate is named.
_SO_MANY_DONE = re.compile(r"^(?!.*(?:率|比|占|百分|点|成|度))[^，]*[\u4e00-\u9fff]了多少[？?]?$")
_HOW_MANY_EN = re.compile(r"^(?!.*\b(?:points?|scores?d?|marks?|percent\w*|%)).*\bhow many\b", re.I)
_MONEY_ASKED = re.compile(
    r"多少(?:钱|万?元)|\bhow much\b[^?]*\b(?:paid|cost|spent|yuan|money)\b", re.I
)


def _counted_otherwise(plan: Plan, result: Result) -> bool:
    """查出来多少处 after a number of firms: what is counted in 处, not the firms again."""
    own = plan.own if isinstance(plan, Lookup) else None
    counters = tuple(c for c in own.counters if c != "个") if own else ()
    if not counters or not result.reported:
        return False
    return not any(counts_in(r.located.figure.unit, counters) for r in result.reported)
