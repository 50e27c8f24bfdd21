"""One question in its conversation, as the rules look at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Language
from assistant.conversation import State
from assistant.department_parts import parts
from assistant.holdings import holdings
from assistant.lexicon import wording
from assistant.measures import kinds_asked
from assistant.plan import Concept, Operand, Scope
from assistant.planners.follow_ups import is_fragment
from assistant.question import Question
from assistant.scoping import years_of
from assistant.terms import (
    concepts,
    content_words,
    counters_asked,
    dimension_asked,
    dimension_of,
    head_asked,
    term,
)
from index_store.store import ReportInfo
from ingest.report import Role

# 营养改善计划 is a name, 年初计划 what was aimed at.
_NAME_OF_A_PLAN = re.compile(
    r"(?<!年初)(?<!年度)(?<!完成)(?<!达到)(?<!超出)(?<!超过)(?<!低于)(?<!高于)(?<!原)(?<!比)(?<!按)"
    r"(?<=[\u4e00-\u9fff]{2})计划(?=$|[？?。，,、的项资]|项目|和|与)"
)

# What was done, and no aim; 实际支出 and 实际采购金额 are names.
_ACTUALLY = re.compile(
    r"实际上?(?=[^支采收执完到]|$)|\bactual(?:ly)?\b(?!\s+(?:expend|spend|outlay))", re.I
)

_PROJECTS = re.compile(
    r"(?:项目|任务)[^，。？?]{0,4}(?:哪|几|多少)|(?:哪|几|[两二三四五六七八九十\d])[个些项一]*(?:主要|重点)?(?:项目|任务)"
    r"|\b(?:which|what)\b[^?]{0,40}\b(?:projects?|tasks?)\b|\b(?:two|three|four|five|six|all|both|the)\b"
    r"[^?,]{0,24}\b(?:projects|tasks)\b|\blist\b[^?]{0,24}\b(?:projects|tasks)\b",
    re.I,
)

_MEASURED = (("money", "money"), ("percent", "rate"))  # dimensions, and the kinds that say them


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, what it may be answered from, and what was spoken of before.

    ``scope`` has the years and departments the question names, or those in force.
    """

    question: Question
    scope: Scope
    reports: Sequence[ReportInfo]
    state: State

    @property
    def text(self) -> str:
        """The question, years and departments included."""
        return self.question.text

    @property
    def rest(self) -> str:
        """The question without years and departments."""
        return self.question.rest

    @property
    def language(self) -> Language:
        """Of the question."""
        return self.question.language

    def says(self, cue: str) -> bool:
        """Whether the question has one of a cue's wordings (wording.toml)."""
        return wording().says(cue, self.text)

    def operand(self, text: str | None = None) -> Operand:
        """What the question, or the part of it given, asks to be found."""
        text = as_put = self.rest if text is None else text
        words, language = wording(), self.language
        role = None
        aimed = _NAME_OF_A_PLAN.sub(" ", text) if language == "zh" else text
        if words.says("target", aimed) and not words.says("actual", text):
            role = Role.TARGET
        elif _ACTUALLY.search(text):
            role = Role.ACTUAL
        if role is Role.TARGET:
            text = cut(text, "target")
        found = concepts(text, language)
        if role is Role.TARGET:
            said = {*words.cues["target"][0], *words.cues["target"][1]}
            found = tuple(c for c in found if c.surface not in said)
        if words.says("spent", text):
            # 花出去 says that it was spent, and is no thing.
            verbs = words.cues["spent"][0]
            found = tuple(c for c in found if c.known or not any(v in c.surface for v in verbs))
        scored = False
        if not any(not c.light for c in found) and words.says("spent", text):
            # 一共花了多少钱: spending with nothing named is the office's own.
            found = (term("实际支出数"),)
        elif scored := words.says("total_score", text):
            # Of what, is said by the report or project that the question names.
            left = concepts(without_words(text, "total_score"), language)
            found = (term("总分"), *(replace(c, light=True) for c in left))
        elif not any(not c.light for c in found) and words.says("score", text):
            found = (term("总分"),)
        elif words.says("score", text):
            found = (*found, replace(term("得分"), light=True))
        elif words.says("spent", text):
            # Beside what it was spent on, 花了多少 still prefers spending to budgets.
            found = (*found, replace(term("实际支出数"), light=True))
        found = self._beside_the_office(found)
        counters = counters_asked(text, language)
        dimension = None if scored else dimension_asked(text, language)
        if language == "zh" and counters:
            # 多少户低收入家庭 counts households, whatever else it speaks of.
            dimension = dimension_of(counters[0])
        kinds = kinds_asked(text, counters if language == "zh" else ())
        if scored:
            kinds = frozenset({"score"})  # of whichever spending
        if measured := next((d for d, kind in _MEASURED if kind in kinds), None):
            # What is said of a dimension is undone with it where years are compared.
            dimension, kinds = measured, frozenset()
        terms = [c for c in found if not c.light]
        if dimension is None and len(terms) == 1 and "预算" in terms[0].forms:
            dimension = "money"  # 预算 by itself is an amount, not the rate of its completion
        return Operand(
            concepts=found,
            dimension=dimension,
            counters=counters,
            kinds=kinds,
            role=role,
            text=content_words(text, language),
            said=as_put.strip(),
            leaning=self.state.last is not None and is_fragment(self.text, language),
            language=language,
            head=head_asked(text, language, found),
        )

    def _beside_the_office(self, found: tuple[Concept, ...]) -> tuple[Concept, ...]:
        """The terms, light those that are but a part of the name of what is spoken of.

        临江消防 is the fire brigade of 临江: 消防 tells nothing apart in its reports.
        """
        named = self.question.departments or self.question.opens_with[0]
        own = [parts(d).own for d in self.scope.departments] if named else []
        own += self.question.opens_with[1]
        if not own:
            return found
        return tuple(
            replace(c, light=True) if any(f in name for f in c.forms for name in own) else c
            for c in found
        )

    def in_force(self, operand: Operand) -> Operand:
        """The operand in force where the question names none of its own (那2021年呢)."""
        before = self.state.operand
        if names_something(operand) or not before:
            return operand
        role = operand.role or before.role
        if self.says("actual") and not self.says("target"):
            role = Role.ACTUAL if before.role is Role.TARGET else before.role
        return replace(before, role=role)

    def one_year(self) -> Scope:
        """The year asked for, else the one in force, else the latest with the assumption said."""
        scope = self.scope
        if scope.years or scope.unknown:
            return scope
        if self.state.years and not self.year_is_open:
            return replace(scope, years=self.state.years[:1])
        years = self.years_loaded()
        if not years:
            return scope
        latest, *earlier = reversed(years)
        taken, instead = (
            (
                "问题没有说明年度，按已载入的最近年度{}年回答",
                "问题没有说明年度，按最近写明此项的{}年回答",
            )
            if self.language == "zh"
            else (
                "no year was named; {}, the latest one loaded, was taken",
                "no year was named; {}, the latest that says it, was taken",
            )
        )
        notes = scope.assumptions

        def of_year(year: int, note: str) -> Scope:
            said = (*notes, note.format(year)) if earlier else notes
            return replace(scope, years=(year,), assumptions=said)

        others = tuple(of_year(year, instead) for year in earlier)
        whole = of_year(latest, taken)
        if self._latest_differ(latest):
            # One office's last year is not another's: each is asked of its own.
            note = (
                "问题没有说明年度，按各单位已载入的最近年度回答"
                if self.language == "zh"
                else "no year was named; the latest one loaded of each office was taken"
            )
            whole = replace(scope, latest=True, assumptions=(*notes, note))
        return replace(whole, alternatives=others)

    def _latest_differ(self, latest: int) -> bool:
        """Whether no office is spoken of, and the last years of those loaded differ."""
        if self.scope.departments or self.scope.projects:
            return False
        return any(r.year != latest for r in holdings(self.reports).latest if r.year)

    @property
    def year_is_open(self) -> bool:
        """Whether the year in force was only assumed, and another office is asked for now."""
        return self.state.assumed and bool(self.question.departments)

    def project_forms(self) -> tuple[str, ...]:
        """The projects that have a form of their own, of the departments in scope.

        One alone is set beside none: which project spent the most is then a question of what a
        report tells of its projects.
        """
        departments = self.scope.departments
        forms = {
            r.project
            for r in self.reports
            if r.project and (not departments or r.department in departments)
        }
        return tuple(sorted(forms)) if len(forms) > 1 else ()

    def speaks_of_projects(self) -> bool:
        """Whether the question is about projects or tasks as several."""
        return self.says("tasks") or bool(_PROJECTS.search(self.text))

    def years_loaded(self) -> tuple[int, ...]:
        """The years there are reports of in scope, oldest first."""
        return years_of(self.reports, self.scope)


def cut(text: str, *cues: str) -> str:
    """A text without the Chinese wordings of cues, before its terms are looked for.

    Else 哪些部门预算完成率 would be read as 部门预算 and 完成率.
    """
    for word in sorted((w for cue in cues for w in wording().cues[cue][0]), key=len, reverse=True):
        text = text.replace(word, " ")
    return text


def without_words(text: str, *cues: str) -> str:
    """A text without the wordings of cues in either language."""
    text = cut(text, *cues)
    english = [phrase for cue in cues for phrase in wording().cues[cue][1]]
    for phrase in sorted(english, key=len, reverse=True):
        text = re.sub(rf"(?i)(?<![a-z]){re.escape(phrase)}(?![a-z])", " ", text)
    return text


def names_something(operand: Operand) -> bool:
    """Whether an operand has a term of its own, not light words alone."""
    return any(not c.light for c in operand.concepts)


def without_cues(operand: Operand, *cues: str) -> Operand:
    """The operand without the words that only chose the kind of plan."""
    said = [w for cue in cues for group in wording().cues[cue] for w in group]
    kept = tuple(
        c
        for c in operand.concepts
        if not any(c.surface in w or (w in c.surface and len(w) * 2 > len(c.surface)) for w in said)
    )
    return replace(operand, concepts=kept)
