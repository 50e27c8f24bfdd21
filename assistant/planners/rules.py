"""The planner that needs no language model: wording cues and terms to a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.calculator.ratios import RATIOS
from assistant.conversation import State
from assistant.lexicon import Wording, lexicon, wording
from assistant.plan import (
    Across,
    AgainstTarget,
    Compare,
    Concept,
    Difference,
    Explain,
    ListIndicators,
    ListReports,
    ListTasks,
    Lookup,
    Measure,
    NamedRatio,
    Operand,
    Over,
    Plan,
    Reason,
    Refuse,
    Scope,
    Share,
    TaskFunds,
)
from assistant.question import (
    Question,
    concepts,
    content_words,
    counters_asked,
    dimension_asked,
    head_asked,
    read_question,
    resolve_years,
    term,
)
from assistant.scoping import latest_year
from index_store.store import ReportInfo
from ingest.report import Role

# Ratios that the whole-department form states beside the figures they come from.
STATED_RATIOS = ("预算完成率", "预算调整率")


class RulePlanner:
    """Questions to plans. ``today`` fixes what 去年 means."""

    def __init__(self, today: date, max_chars: int) -> None:
        self.today = today
        self.max_chars = max_chars

    def plan(self, text: str, reports: Sequence[ReportInfo], state: State) -> tuple[Question, Plan]:
        """The plan of one question, merged with what is in force in the conversation."""
        if len(text) > self.max_chars:
            return read_question(text[:200], ()), Refuse(Reason.TOO_LONG)
        question = read_question(text, reports)
        if not re.search(r"\w", question.text):
            return question, Refuse(Reason.EMPTY)
        if question.foreign:
            return question, Refuse(Reason.OTHER_LANGUAGE)
        words = wording()
        if words.says("refuse", question.text):
            return question, Refuse(Reason.OUT_OF_BOUNDS)
        scope = self._scope(question, reports, state)
        return question, self._kind(question, scope, reports, state, words)

    def in_context(self, plan: Plan, state: State) -> Plan | None:
        """A short follow-up read together with what was spoken of: 那按时答复率呢？"""
        if not isinstance(plan, Lookup) or len(plan.operands) != 1 or not state.operand:
            return None
        own, before = plan.operands[0], state.operand
        if own == before or len([c for c in own.concepts if not c.light]) > 2:
            return None
        joined = replace(
            own,
            concepts=tuple({c.surface: c for c in (*own.concepts, *before.concepts)}.values()),
            text=f"{own.text} {before.text}",
            head=own.head,
            required=tuple(c.surface for c in own.concepts if not c.light),
        )
        return replace(plan, operands=(joined,))

    def _scope(self, question: Question, reports: Sequence[ReportInfo], state: State) -> Scope:
        years, notes = resolve_years(question, self.today, state.years)
        departments = question.departments or state.departments
        if question.unknown_place:
            return Scope(years=years or state.years[:1], unknown=question.unknown_place)
        return Scope(departments=departments, years=years, assumptions=notes)

    def _kind(
        self,
        question: Question,
        scope: Scope,
        reports: Sequence[ReportInfo],
        state: State,
        words: Wording,
    ) -> Plan:
        text, language = question.text, question.language
        if again := self._again(question, scope, reports, state):
            return again
        if words.says("reports", text):
            return ListReports(replace(scope, years=question.years))
        operand = self._operand(question, question.rest)
        if across := self._across(question, operand, scope, reports, state, words):
            return across
        if words.says("trend", text):
            operand = self._or_in_force(self._without_cue(operand, "trend"), state)
            years = tuple(
                sorted(
                    {
                        r.year
                        for r in reports
                        if r.year and (not scope.departments or r.department in scope.departments)
                    }
                )
            )
            return Compare(operand, replace(scope, years=years), Measure.VALUES)
        if words.says("list_indicators", text):
            return ListIndicators(
                self._without_cue(operand, "list_indicators"),
                self._one_year(scope, reports, state, language),
            )
        if over := _over(text, words):
            return TaskFunds(over, self._one_year(scope, reports, state, language))
        if words.says("list_tasks", text):
            return ListTasks(self._one_year(scope, reports, state, language))
        if words.says("completion", text) or (
            (words.says("target", text) or _asked_target(operand, state))
            and words.says("reached", text)
        ):
            bare = self._without_cue(operand, "completion", "target", "reached", "actual")
            return AgainstTarget(
                self._or_in_force(bare, state),
                self._one_year(scope, reports, state, language),
                beyond=words.says("beyond", text),
                rate_only=words.says("percent", text),
            )
        share = self._share(question, scope, reports, state)
        if share:
            return share
        if difference := self._difference(question, scope, reports, state):
            return difference
        if words.says("left_over", text):
            bare = self._without_cue(operand, "left_over", "spent")
            bare = replace(bare, concepts=tuple(c for c in bare.concepts if not _is_budget(c)))
            if not any(not c.light for c in bare.concepts):
                budget, spent = (
                    Operand((term(name),), dimension="money", language=language)
                    for name in ("部门调整预算收入", "实际支出数")
                )
                return Difference(budget, spent, self._one_year(scope, reports, state, language))
        compares = words.says("compare", text) or words.says("more_than", text)
        many = len(scope.years) > 1 or len(question.departments) > 1
        compares |= many and bool(
            re.search(r"[多少高低](?:了)?(?:多少|几)|(?:more|less|fewer)\b", text)
        )
        if compares and (plan := self._compare(question, scope, reports, state)):
            return plan
        ratio = _named_ratio(text)
        if ratio:
            return NamedRatio(
                ratio, self._one_year(scope, reports, state, language), words.says("compute", text)
            )
        asks_number = re.search(r"多少|how (?:many|much)", text.lower()) or words.says("cost", text)
        if words.says("explain", text) and not asks_number:
            return self._explain(operand, scope, reports, state, language, text)
        if len(scope.years) > 1 and operand.concepts:
            return Compare(operand, scope, Measure.VALUES)
        one = self._one_year(scope, reports, state, language)
        operand = self._or_in_force(operand, state)
        if _is_follow_up(question.text) and state.operand and operand is not state.operand:
            operand = _alike(operand, state.operand)
        operands = self._several(question) or (operand,)
        return Lookup(operands, one)

    def _again(
        self, question: Question, scope: Scope, reports: Sequence[ReportInfo], state: State
    ) -> Plan | None:
        """And Yuancun's? after a list or an explanation: the same of another report."""
        if not isinstance(state.last, (Explain, ListIndicators, ListTasks, TaskFunds, NamedRatio)):
            return None
        named = question.years or question.departments or question.relative_year is not None
        if not named or not _is_follow_up(question.text):
            return None
        if any(not c.light for c in concepts(question.rest, question.language)):
            return None
        return replace(state.last, scope=self._one_year(scope, reports, state, question.language))

    def _operand(self, question: Question, text: str) -> Operand:
        words = wording()
        role = None
        if words.says("target", text) and not words.says("actual", text):
            role = Role.TARGET
        found = concepts(text, question.language)
        if role is Role.TARGET:
            found = tuple(
                c
                for c in found
                if c.surface not in words.cues["target"][0]
                and c.surface not in words.cues["target"][1]
            )
        if not any(not c.light for c in found) and words.says("spent", text):
            # 一共花了多少钱: spending with nothing named is the office's own.
            found = (term("实际支出数"),)
        return Operand(
            concepts=found,
            dimension=dimension_asked(text, question.language),
            counters=counters_asked(text, question.language),
            role=role,
            text=content_words(text, question.language),
            language=question.language,
            head=head_asked(text, question.language, found),
        )

    def _without_cue(self, operand: Operand, *cues: str) -> Operand:
        """The operand without the words that only chose the kind of plan."""
        said = [w for cue in cues for group in wording().cues[cue] for w in group]
        kept = tuple(
            c
            for c in operand.concepts
            if not any(
                c.surface in w or (w in c.surface and len(w) * 2 > len(c.surface)) for w in said
            )
        )
        return replace(operand, concepts=kept)

    def _or_in_force(self, operand: Operand, state: State) -> Operand:
        """The operand in force where the question names none of its own (那2021年呢)."""
        if any(not c.light for c in operand.concepts) or not state.operand:
            return operand
        if operand.role or operand.dimension in {"percent", "area"}:
            return replace(state.operand, role=operand.role or state.operand.role)
        return state.operand

    def _one_year(
        self, scope: Scope, reports: Sequence[ReportInfo], state: State, language: str
    ) -> Scope:
        """The year asked for, else the one in force, else the latest with the assumption said."""
        if scope.years or scope.unknown:
            return scope
        if state.years:
            return replace(scope, years=state.years[:1])
        year = latest_year(reports, scope.departments)
        if year is None:
            return scope
        years = {
            r.year for r in reports if not scope.departments or r.department in scope.departments
        }
        note = (
            f"问题没有说明年度，按已载入的最近年度{year}年回答"
            if language == "zh"
            else f"no year was named; {year}, the latest one loaded, was taken"
        )
        return replace(
            scope, years=(year,), assumptions=(*scope.assumptions, note) if len(years) > 1 else ()
        )

    def _across(
        self,
        question: Question,
        operand: Operand,
        scope: Scope,
        reports: Sequence[ReportInfo],
        state: State,
        words: Wording,
    ) -> Across | None:
        """三年一共, which year had the most, 哪个街道最高: one thing over many reports."""
        text = question.text
        over = _which(text, words, (Over.TOTAL, Over.AVERAGE, Over.MOST, Over.LEAST))
        by_year, by_office = words.says("each_year", text), words.says("each_office", text)
        named = len(question.years) > 1 or len(question.departments) > 1
        if over is None or not (by_year or by_office or named):
            return None
        bare = self._without_cue(
            operand, "sum", "average", "most", "least", "each_year", "each_office"
        )
        bare = self._or_in_force(bare, state)
        if not any(not c.light for c in bare.concepts):
            return None
        if by_office and not question.departments:
            scope = replace(scope, departments=())
        if by_year and not question.years:
            scope = replace(
                scope,
                years=tuple(
                    sorted(
                        {
                            r.year
                            for r in reports
                            if r.year
                            and (not scope.departments or r.department in scope.departments)
                        }
                    )
                ),
            )
        elif not scope.years:
            scope = self._one_year(scope, reports, state, question.language)
        return Across(bare, over, scope)

    def _share(
        self, question: Question, scope: Scope, reports: Sequence[ReportInfo], state: State
    ) -> Share | None:
        text = question.rest
        if question.language == "zh":
            match = re.search(
                r"^(?P<part>.*?)占(?:了|到)?(?P<whole>.*?)(?:的)?(?:比例|比重|比率|百分比|百分之|多少|几成|$|[？?])",
                text,
            )
            if not match or "占" not in text:
                return None
            part, whole = match["part"], match["whole"]
        else:
            match = re.search(
                r"(?:share|proportion|percentage|percent|fraction)\s+of\s+(?P<whole>.+?)\s+"
                r"(?:was|is|were|are|went to|goes to|did|does|came from|comes from)\s+(?P<part>.+)",
                text,
                re.I,
            ) or re.search(
                r"(?P<part>.+?)\s+as\s+a\s+(?:share|proportion|percentage|fraction)\s+of\s+(?P<whole>.+)",
                text,
                re.I,
            )
            if not match:
                return None
            part, whole = match["part"], match["whole"]
        one = self._one_year(scope, reports, state, question.language)
        part_operand = self._or_in_force(
            replace(self._operand(question, part), dimension=None), state
        )
        whole_operand = self._without_cue(
            replace(self._operand(question, whole), dimension=None), "share"
        )
        if re.fullmatch(r"\W*(?:that|it|this|them|它|其|这)\W*", whole, re.I):
            whole_operand = self._or_in_force(whole_operand, state)
        if not part_operand.concepts or not whole_operand.concepts:
            return None
        stated = replace(
            self._without_cue(self._operand(question, text), "share"), dimension="percent"
        )
        return Share(part_operand, whole_operand, one, stated)

    def _compare(
        self, question: Question, scope: Scope, reports: Sequence[ReportInfo], state: State
    ) -> Plan | None:
        words = wording()
        operand = self._without_cue(
            self._operand(question, question.rest), "compare", "growth_only"
        )
        growth = words.says("growth_only", question.text)
        operand = replace(
            self._or_in_force(replace(operand, dimension=None), state),
            dimension=None if growth else (operand.dimension if operand.concepts else None),
        )
        if not any(not c.light for c in operand.concepts):
            return None
        if words.says("points", question.text):
            # Only rates rise by percentage points.
            operand = replace(operand, dimension="percent")
        years = scope.years
        if len(years) < 2 and not (len(scope.departments) > 1 and len(years) <= 1):
            anchor = years[0] if years else None
            if anchor is None and len(state.years) > 1:
                years = state.years[:2]
            elif anchor is None and len(state.places) > 1:
                scope = replace(scope, departments=state.places[:2])
                years = state.years[:1]
            else:
                anchor = (
                    anchor
                    or (state.years[0] if state.years else None)
                    or latest_year(reports, scope.departments)
                )
                if anchor is None:
                    return None
                if years and state.years and state.years[0] != anchor and not question.rest.strip():
                    years = (state.years[0], anchor)
                else:
                    years = (anchor - 1, anchor)
        measure = Measure.GROWTH if growth else Measure.BOTH
        if words.says("side_by_side", question.text) and not words.says("more_than", question.text):
            measure = Measure.VALUES
        return Compare(operand, replace(scope, years=tuple(sorted(set(years)))), measure)

    def _difference(
        self, question: Question, scope: Scope, reports: Sequence[ReportInfo], state: State
    ) -> Difference | None:
        """A比B多多少, how much more A than B, 两个差多少: two things of one year."""
        text = question.rest
        if not wording().says("more_than", text) or len(question.years) > 1:
            return None
        if question.language == "zh":
            match = re.search(
                r"^(?P<a>.+?)[比与和跟](?P<b>.+?)(?:的)?(?:多|少|相差|差|高|低)", text
            )
        else:
            match = re.search(
                r"(?:more|less|fewer)\s+(?P<a>.+?)\s+than\s+(?P<b>.+)", text, re.I
            ) or re.search(r"between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", text, re.I)
        one = self._one_year(scope, reports, state, question.language)
        apart = bool(re.search(r"相差|差|between", text))  # asks for the gap, not who is ahead
        if match:
            pair = [
                self._without_cue(self._operand(question, match[k]), "more_than", "compare")
                for k in ("a", "b")
            ]
            if wording().says("spent", text):
                pair = [replace(operand, dimension="money") for operand in pair]
            if all(any(not c.light for c in operand.concepts) for operand in pair):
                return Difference(pair[0], pair[1], one, ordered=not apart)
        elif (
            len(state.recent) > 1
            and len(state.places) < 2
            and not any(
                not c.light
                for c in self._without_cue(
                    self._operand(question, text), "more_than", "compare"
                ).concepts
            )
        ):
            return Difference(state.recent[0], state.recent[1], one, ordered=False)
        return None

    def _explain(
        self,
        operand: Operand,
        scope: Scope,
        reports: Sequence[ReportInfo],
        state: State,
        language: str,
        text: str,
    ) -> Explain:
        section = None
        if re.search(r"问题|不足|短板|problem|shortcoming|weakness|difficult", text.lower()):
            section = "存在问题"
        elif re.search(r"改进|下一步|打算|整改措施|improve|next step|plan", text.lower()):
            section = "改进措施或下一步计划"
        purpose = wording().says("spent_on", text)
        operand = self._without_cue(operand, "explain")
        if section is None:
            operand = self._or_in_force(operand, state)
        if purpose:
            said = wording().cues["spent_on"][0]
            about = Concept(said[0], said, light=True)
            operand = replace(operand, concepts=(*operand.concepts, about))
        return Explain(operand, self._one_year(scope, reports, state, language), section)

    def _several(self, question: Question) -> tuple[Operand, ...]:
        """Several things asked at once: 全托和日托床位分别多少, how many A and how many B."""
        text = question.rest
        if question.language == "zh":
            parts = re.split(r"[，,；;]|(?:以及|还有)|(?<=多少[\u4e00-\u9fff])[和与]", text)
            asked = [p for p in parts if re.search(r"多少|几[\u4e00-\u9fff]", p)]
        else:
            parts = re.split(r",|;|\band\b(?=\s+how)", text, flags=re.I)
            asked = [p for p in parts if re.search(r"how (?:many|much)", p, re.I)]
        if len(asked) < 2:
            return ()
        operands = [self._operand(question, p) for p in asked]
        first = operands[0]
        filled = []
        if not any(not c.light for c in first.concepts):
            return ()
        for operand in operands:
            named = any(not c.light for c in operand.concepts)
            # 目标是多少，实际收了多少: the second part speaks of the first one's thing.
            filled.append(operand if named else replace(first, role=operand.role or Role.ACTUAL))
        return tuple(filled)


def _is_follow_up(text: str) -> bool:
    """那环卫呢？ and what about sanitation? take over what was asked before of another thing."""
    return bool(
        re.search(r"^(?:那|再)|呢[？?]?$", text)
        or re.match(r"(?:and|what about|how about)\b", text.lower())
    )


def _alike(operand: Operand, before: Operand) -> Operand:
    """The new thing, asked in the way of the one before: its unit, side and light words."""
    light = tuple(c for c in before.concepts if c.light and c not in operand.concepts)
    return replace(
        operand,
        concepts=(*operand.concepts, *light),
        dimension=operand.dimension or before.dimension,
        counters=operand.counters,
        role=operand.role or before.role,
        kin=before.kin,
    )


def _asked_target(operand: Operand, state: State) -> bool:
    """Whether a question without a thing of its own follows one about a target."""
    own = any(not c.light for c in operand.concepts)
    return not own and state.operand is not None and state.operand.role is Role.TARGET


def _is_budget(concept: Concept) -> bool:
    """预算, 调整后预算数, 年初预算收入: an amount that was to be spent."""
    return any(form.endswith(("预算", "预算数", "预算收入")) for form in concept.forms)


_CUE_OF = {
    Over.TOTAL: "sum",
    Over.AVERAGE: "average",
    Over.MOST: "most",
    Over.LEAST: "least",
}


def _which(text: str, words: Wording, choices: Sequence[Over]) -> Over | None:
    """What a question wants made of several figures."""
    return next((over for over in choices if words.says(_CUE_OF[over], text)), None)


def _over(text: str, words: Wording) -> Over | None:
    """What is asked of the tasks' funds, if they are what is asked about."""
    if not words.says("tasks", text):
        return None
    return _which(text, words, (Over.TOTAL, Over.AVERAGE, Over.MOST, Over.LEAST))


def _named_ratio(text: str) -> str | None:
    """The official ratio a question names, among those the forms state."""
    lowered = text.lower()
    for name in STATED_RATIOS:
        ratio = RATIOS[name]
        names = [name, *lexicon().chinese.get(name, ())]
        english = [ratio.en, *ratio.aliases_en]
        if any(n in text for n in (*names, *ratio.aliases_zh)) or any(
            e.lower() in lowered for e in english
        ):
            return name
    return None
