"""The typed plan of a question: the waist between understanding and answering.

A planner makes it (rules today), the executor runs it over the store; neither
knows the other. Every plan names the scope it is to be answered from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from assistant.answer import Language
from ingest.report import Role


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the question speaks of, with every wording the reports may use.

    ``known`` is whether the glossary knows it; ``light`` words (数量, 完成) cannot
    carry a match by themselves; ``alike`` are wordings of the reports that the
    encoder finds near a word the glossary lacks, with their cosines.
    """

    surface: str
    forms: tuple[str, ...]
    known: bool = True
    light: bool = False
    alike: tuple[tuple[str, float], ...] = ()  # wordings near in meaning, and how near


@dataclass(frozen=True, slots=True)
class Scope:
    """Hard filters: ``departments`` are catalog names; ``unknown`` names what is not loaded.

    ``alternatives`` are scopes to try in turn where nothing is found and the
    question itself set no year. ``latest`` admits the last year of each office alone.
    """

    departments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    unknown: str | None = None
    assumptions: tuple[str, ...] = ()
    version: str | None = None  # 送审稿: else the version that counts
    projects: tuple[str, ...] = ()
    alternatives: tuple[Scope, ...] = ()
    latest: bool = False


class Place(NamedTuple):
    """A figure by its report and its number there."""

    report_id: str
    number: int


@dataclass(frozen=True, slots=True)
class Operand:
    """What to find one figure for."""

    concepts: tuple[Concept, ...]
    dimension: str | None = None  # money, percent, area or None
    counters: tuple[str, ...] = ()  # 宗, 人次: the unit asked for
    role: Role | None = None
    text: str = ""  # the question's own words, for the encoder
    said: str = field(default="", compare=False)  # the same as it was put, for the reader
    # The reader's own words for it: the question's that name it, those taken over besides, and
    # the questions before, the last one first.
    named: str = field(default="", compare=False)
    before: tuple[str, ...] = field(default=(), compare=False)
    leaning: bool = field(default=False, compare=False)  # not to be understood by itself
    heard: str = field(default="", compare=False)  # a leaning one as the reader reads it
    language: Language = "zh"
    required: tuple[str, ...] = ()  # surfaces of concepts that an answer must have
    kin: str | None = None  # label of the figure answered before: another one like it
    head: str | None = None  # surface of the concept that is counted or measured
    year: int | None = None  # to be found in reports of another year, that speak of this one
    kinds: frozenset[str] = frozenset()  # what is counted, see measures.toml
    found: Place | None = None  # where it was found before: not to be sought again
    like: Place | None = None  # the figure answered before, to be found in another report again
    opposite: Place | None = None  # the figure answered before, of which the other side is asked

    @property
    def words(self) -> str:
        """The terms as the question has them, for messages."""
        return " ".join(c.surface for c in self.concepts)


class Measure(StrEnum):
    """How two years' values are compared."""

    VALUES = "values"  # the values themselves, with what lies between them
    BOTH = "both"  # difference and growth
    GROWTH = "growth"
    GAP = "gap"  # the difference alone: 少几件, by how many


@dataclass(frozen=True, slots=True)
class Lookup:
    """``unit`` is the one that the value is wanted in, where the question names one.

    ``own`` is what the question says by itself, where what is looked for was taken over
    from the one before it. ``parts`` asks what the figure is made of (分行业各有多少).
    """

    operands: tuple[Operand, ...]
    scope: Scope
    unit: str | None = None
    own: Operand | None = None
    parts: bool = False


@dataclass(frozen=True, slots=True)
class NamedRatio:
    """A ratio with an official formula: the stated value, checked or computed.

    ``about`` is the task or project it is of, nothing where it is the department's.
    """

    name: str
    scope: Scope
    compute: bool = False
    about: tuple[Concept, ...] = ()
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a whole; ``stated`` is the question as a whole, for a rate that a report states.

    Of several parts together the others are ``more``.
    """

    part: Operand
    whole: Operand
    scope: Scope
    stated: Operand | None = None
    more: tuple[Operand, ...] = ()


@dataclass(frozen=True, slots=True)
class AgainstTarget:
    """The actual value against its target.

    ``beyond`` asks how far it went over (偏差率), else how much of it was done (完成率);
    ``rate_only`` leaves the difference out.
    """

    operand: Operand
    scope: Scope
    beyond: bool = False
    rate_only: bool = False
    gap_only: bool = False  # 还差多少, by how many points: the difference alone
    whether: bool = False  # 达标了吗: yes or no, before the figures
    values: bool = False  # 目标多少、实际多少: both values and nothing made of them
    unit: str | None = None  # that the difference is wanted in


@dataclass(frozen=True, slots=True)
class Compare:
    """One operand in each of the scope's years (two or more), or departments."""

    operand: Operand
    scope: Scope
    measure: Measure = Measure.BOTH
    less: bool = False  # 少了多少: what it went down by, where it did
    answered: tuple[Place, ...] = ()  # the figures of two years, where both were just given


class Over(StrEnum):
    """What is made of a list of figures."""

    TOTAL = "total"
    AVERAGE = "average"
    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing minus another, in the same year; unordered, the smaller from the larger.

    ``beyond`` asks whether the first went over the second (超支了吗).
    """

    first: Operand
    second: Operand
    scope: Scope
    ordered: bool = True
    beyond: bool = False
    values: bool = False  # both are asked for themselves too
    stated: Operand | None = None  # the question as a whole, where a report states it itself


@dataclass(frozen=True, slots=True)
class PerHead:
    """One thing divided by the number of another: spending per pupil, students a teacher."""

    amount: Operand
    heads: Operand
    scope: Scope
    stated: Operand | None = None  # the question as a whole, where a report states it itself


@dataclass(frozen=True, slots=True)
class Beside:
    """The figure of the same row or sentence as one answered before that fits what is asked."""

    operand: Operand
    place: Place
    scope: Scope
    about: tuple[Concept, ...] = ()  # terms of what was spoken of, where several fit as well


@dataclass(frozen=True, slots=True)
class Choose:
    """One of the figures offered or answered just before: by its number, or by its words.

    ``number`` counts from 1, and is -1 for the last; None: ``operand`` says which.
    """

    places: tuple[Place, ...]
    operand: Operand
    number: int | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class Together:
    """Several things of one report added up, or their average."""

    operands: tuple[Operand, ...]
    over: Over
    scope: Scope


@dataclass(frozen=True, slots=True)
class Bound:
    """A value that figures are held against: below it, or above."""

    value: Decimal
    unit: str | None
    below: bool


@dataclass(frozen=True, slots=True)
class TaskFunds:
    """The funds of the main tasks or projects within a report.

    ``amount`` is the one asked for (预算, 支出, 执行率) where they have several; ``over``
    what is made of them, or ``bound`` the value they are held against; ``rank`` 2 is the
    second largest.
    """

    over: Over | None
    scope: Scope
    amount: Operand | None = None
    bound: Bound | None = None
    counted: bool = False  # how many there are
    counter: str = "个"  # in which they are counted then
    rank: int = 1
    top: int = 1  # 排前两个: so many of them, from ``rank`` on
    only: Place | None = None  # of the one task that this figure is of: its budget
    unit: str | None = None  # that it is wanted in


@dataclass(frozen=True, slots=True)
class Across:
    """One thing across reports (years, offices): sum, average, largest, smallest."""

    operand: Operand
    over: Over
    scope: Scope


@dataclass(frozen=True, slots=True)
class Filter:
    """The reports of the scope in which one thing is below or above a bound."""

    operand: Operand
    bound: Bound
    scope: Scope
    counted: bool = False  # how many there are


@dataclass(frozen=True, slots=True)
class MissedTargets:
    """The indicators whose actual value misses the target, or whose score the full points.

    ``of`` are terms that may name a level of the form (产出指标); ``but`` those of an
    indicator that is left out (除了预算执行率). ``of_project`` says that a project is spoken of.
    """

    scope: Scope
    by_score: bool = False
    counted: bool = False  # how many there are
    counter: str = "个"  # in which they are counted then
    of: tuple[Concept, ...] = ()
    but: tuple[Concept, ...] = ()
    of_project: bool = False


@dataclass(frozen=True, slots=True)
class ListIndicators:
    """The indicators of a task, or of a level of the form (满意度指标) that the operand names."""

    operand: Operand
    scope: Scope
    counted: bool = False  # how many there are


@dataclass(frozen=True, slots=True)
class ListTasks:
    scope: Scope
    counted: bool = False  # how many there are
    counter: str = "项"


@dataclass(frozen=True, slots=True)
class ListReports:
    scope: Scope


@dataclass(frozen=True, slots=True)
class Explain:
    operand: Operand
    scope: Scope
    section: str | None = None  # 存在问题, 改进措施或下一步计划
    reason: bool = False  # why: reasons that indicator rows state come first
    strict: bool = False  # only sentences that name everything the question speaks of
    said: Concept | None = (
        None  # what such a sentence must have besides: 位于, where a place is asked
    )


class Reason(StrEnum):
    """Why a question is not answered from the reports."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    OTHER_LANGUAGE = "other_language"
    OUT_OF_BOUNDS = "out_of_bounds"  # opinions, forecasts, instructions


@dataclass(frozen=True, slots=True)
class Refuse:
    reason: Reason
    scope: Scope = field(default_factory=Scope)


Plan = (
    Lookup
    | NamedRatio
    | Share
    | AgainstTarget
    | Compare
    | Difference
    | PerHead
    | Together
    | Beside
    | Choose
    | TaskFunds
    | Across
    | Filter
    | MissedTargets
    | ListIndicators
    | ListTasks
    | ListReports
    | Explain
    | Refuse
)
