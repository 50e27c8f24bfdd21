"""Figures beside each other: over years and offices, shares, differences, what is left."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.fitness import counts_in
from assistant.lexicon import wording
from assistant.plan import (
    Across,
    Compare,
    Concept,
    Difference,
    Measure,
    Operand,
    Over,
    Plan,
    Share,
    Together,
)
from assistant.planners.asked import Asked, cut, names_something, without_cues, without_words
from assistant.planners.enumerations import enumerated
from assistant.planners.follow_ups import is_follow_up
from assistant.planners.lists import made_of
from assistant.terms import term

_SHARE_ZH = re.compile(
    r"^(?P<part>.*?)占(?:了|到)?(?P<whole>.*?)(?:的)?"
    r"(?:多大)?(?:比例|比重|比率|百分比|百分之|多少|几成|$|[？?])"
)
# 培训的农民中，女学员占比多少
_AMONG_ZH = re.compile(
    r"^(?P<whole>.+?)(?:当中|之中|中|里)[，,]?\s*(?P<part>.+?)(?:的)?占(?:比|多少|几成|了?百分)"
)
_SHARE_EN = (
    re.compile(
        r"(?:share|proportion|percentage|percent|fraction)\s+of\s+(?P<whole>.+?)\s+"
        r"(?:was|is|were|are|went to|goes to|did|does|came from|comes from)\s+(?P<part>.+)",
        re.I,
    ),
    re.compile(
        r"(?P<part>its|their|it|that)\s+(?:share|proportion|percentage)\s+of\s+(?P<whole>[^?]+)",
        re.I,
    ),
    re.compile(
        r"(?P<part>.+?)\s+as\s+a\s+(?:share|proportion|percentage|fraction)\s+of\s+(?P<whole>.+)",
        re.I,
    ),
)
_PRONOUN = re.compile(r"\W*(?:that|it|its|their|this|them|它|其|这)\W*", re.I)
_MORE_ZH = re.compile(r"^(?P<a>.+?)[比与和跟](?P<b>.+?)(?:的)?(?:多|少|相差|差|高|低)")
_MORE_EN = (
    re.compile(r"(?:more|less|fewer)\s+(?P<a>.+?)\s+than\s+(?P<b>.+)", re.I),
    re.compile(r"did\s+(?P<a>.+?)\s+exceed\s+(?P<b>.+)", re.I),
    re.compile(r"between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", re.I),
    re.compile(
        r"\b(?:was|were|is|are)\s+(?P<a>.+?)\s+"
        r"(?:above|below|ahead of|behind|(?:higher|lower|larger|smaller|bigger) than)\s+(?P<b>.+)",
        re.I,
    ),
)
_ALL_PROJECTS = re.compile(r"\b(?:both|the|all|two|three|which)\b[^?,]{0,24}\bprojects?\b", re.I)
_BY_HOW = re.compile(
    r"by how (?:many|much)|how (?:much|many) (?:is|was) (?:that|it)|absolute|多少", re.I
)
# In so many pieces: what lies between, and no rate of it.
_GAP = re.compile(
    r"[多少快慢高低增减降升差]了?几(?!成)[\u4e00-\u9fff]|相差|差多少|差额"
    r"|[多少高低快慢]了?多少"
    r"|\bhow much (?:more|less|higher|lower|larger|smaller|longer|shorter)\b"
    r"|\bby how many\b|\bhow many (?:more|fewer|less)\b"
    r"|\b(?:the )?(?:absolute )?difference\b",
    re.I,
)
_CHANGED = re.compile(r"[多少增减升降涨跌了]|^[a-z]", re.I)  # how a change is put
_LESS = re.compile(
    r"少了|低了|低多少|低几|少几|减少|省了|节约了|节省了|少花了|下降|降低|降了|少多少|fewer|less\b|lower|decreas|declin|drop|fell|fall",
    re.I,
)
_GROWTH_EN = re.compile(  # the rate of it
    r"^(?!.*\bhow (?:much|many)\b).*\bgrowth\b|\bby what percent(?:age)?\b|\bin percent\b", re.I
)
_WHETHER = re.compile(
    r"吗[？?]?$|是否|还是|有没有|没有?[？?]?$|^\W*(?:did|was|were|is|are|has|have)\b", re.I
)
_HOW_MUCH = re.compile(r"多少|几|百分|how (?:much|many)|by what|percent|%", re.I)
_MORE_OR_LESS = re.compile(r"[多少高低][\u4e00-\u9fff]{0,2}?(?:多少|几)|(?:more|less|fewer)\b")


def across(asked: Asked) -> Plan | None:
    """三年一共, which year had the most, 哪个街道最高: one thing over many reports."""
    over = made_of(asked)
    by_year, by_office = asked.says("each_year"), asked.says("each_office")
    by_project = asked.says("each_project") or asked.speaks_of_projects()
    by_project = by_project and bool(asked.project_forms())
    named = len(asked.question.years) > 1 or len(asked.question.departments) > 1
    if over in (Over.MOST, Over.LEAST) and (again := _ranked_again(asked, over)):
        return again
    if over is None or not (by_year or by_office or by_project or named):
        return None
    if over in (Over.MOST, Over.LEAST) and re.search(r"\bthan\b|比", asked.text):
        return None  # higher in 2023 than in 2022 asks by how much
    cues = ("sum", "average", "most", "least", "each_year", "each_office", "each_project")
    rest = cut(asked.rest, "each_year", "each_office", "each_project")
    rest = without_words(rest, "sum") if asked.language == "en" else rest
    rest = _ALL_PROJECTS.sub(" ", rest) if by_project else rest
    bare = asked.in_force(without_cues(asked.operand(rest), *cues))
    if not names_something(bare):
        return None
    if by_project and not asked.scope.projects:
        asked = replace(asked, scope=replace(asked.scope, projects=asked.project_forms()))
    if by_office and not asked.question.departments:
        asked = replace(asked, scope=replace(asked.scope, departments=_offices(asked)))
    scope = asked.scope
    if by_year and not asked.question.years:
        scope = replace(scope, years=asked.years_loaded())
    elif not scope.years:
        scope = asked.one_year()
    return Across(bare, over, scope)


def _ranked_again(asked: Asked, over: Over) -> Across | None:
    """And the lowest execution rate? after which office spent the most: of the same reports."""
    last, question = asked.state.last, asked.question
    if not isinstance(last, Across) or not is_follow_up(asked.text):
        return None
    if question.years or question.departments or question.projects:
        return None
    own = without_cues(asked.operand(), "most", "least", "each_year", "each_office")
    return replace(last, over=over, operand=own if names_something(own) else last.operand)


def _offices(asked: Asked) -> tuple[str, ...]:
    """The departments of the kind asked for: streets where streets are; () for all."""
    if not re.search(r"街|street|sub-?\s?district", asked.text, re.I):
        return ()
    return tuple(
        sorted({r.department for r in asked.reports if r.department and "街道" in r.department})
    )


def trend(asked: Asked) -> Plan | None:
    """历年, each year"""
    if not asked.says("trend") or (len(asked.question.years) == 2 and _HOW_MUCH.search(asked.text)):
        return None  # by what percentage did it go up from 2022 to 2023
    rest = cut(asked.rest, "trend", "each_year")
    operand = asked.in_force(without_cues(asked.operand(rest), "trend", "compare"))
    years = asked.question.years
    years = years if len(years) > 1 else asked.years_loaded()
    return Compare(operand, replace(asked.scope, years=years), Measure.VALUES)


def again(asked: Asked) -> Plan | None:
    """百分比呢, by how many: the comparison made before, measured otherwise."""
    last = asked.state.last
    if not isinstance(last, Compare) or asked.question.years or asked.question.departments:
        return None
    own = without_cues(asked.operand(), "growth_only", "compare", "more_than")
    newest = asked.state.told[0] if asked.state.told else ()
    if own.counters and newest and not counts_in(newest[0].unit, own.counters):
        return None  # 接待了多少人 after amounts of money
    nouns = (c.surface for c in own.concepts if c.surface not in wording().zh_verbs)
    if names_something(own) or not all(map(_CHANGED.search, nouns)):
        return None  # 补贴发了多少 asks for another thing
    if asked.says("growth_only"):
        return replace(last, measure=Measure.GROWTH)
    measured = asked.says("compare") or asked.says("more_than") or _BY_HOW.search(asked.text)
    if not measured:
        return None
    return replace(last, measure=Measure.GAP if _GAP.search(asked.text) else Measure.BOTH)


def side_by_side(asked: Asked) -> Plan | None:
    """Several years named and nothing else asked of them: the values beside each other."""
    operand = asked.operand()
    if len(asked.scope.years) < 2 or not operand.concepts:
        return None
    return Compare(operand, asked.scope, Measure.VALUES)


def share(asked: Asked) -> Plan | None:
    """A占B的比例, what share of B was A"""
    text = asked.rest
    if asked.language == "zh":
        match = (_AMONG_ZH.search(text) or _SHARE_ZH.search(text)) if "占" in text else None
    else:
        match = next((m for p in _SHARE_EN if (m := p.search(text))), None)
    if not match:
        return None
    whole = asked.operand(match["whole"])
    money = "money" if whole.dimension == "money" else None  # of money only money is a part
    part = replace(asked.operand(match["part"]), dimension=money)
    last = asked.state.last
    more: tuple[Operand, ...] = ()
    if not part.concepts and isinstance(last, Together):
        part, *others = last.operands  # what was added up just before
        more = tuple(others)
    elif not part.concepts or _PRONOUN.fullmatch(match["part"]):
        part = replace(asked.in_force(replace(part, concepts=())), role=part.role)
    whole = without_cues(replace(whole, dimension=money), "share")
    if _PRONOUN.fullmatch(match["whole"]):
        whole = asked.in_force(whole)
    if not part.concepts or not whole.concepts:
        return None
    stated = replace(without_cues(asked.operand(), "share"), dimension="percent")
    return Share(part, whole, asked.one_year(), None if more else stated, more)


def difference(asked: Asked) -> Plan | None:
    """A比B多多少, how much more A than B, 两个差多少: two things of one year."""
    text = asked.rest
    exceeds = re.search(
        r"by how (?:much|many).*\b(?:exceed|above|below|ahead|behind|higher|lower|larger|smaller)",
        text,
        re.I,
    )
    if not (asked.says("more_than") or exceeds) or len(asked.question.years) > 1:
        return None
    if asked.language == "zh":
        match = _MORE_ZH.search(text)
    else:
        match = next((m for p in _MORE_EN if (m := p.search(text))), None)
    if match:
        first, second = (_compared(asked, match[side]) for side in ("a", "b"))
        apart = bool(re.search(r"相差|差|between", text))  # asks for the gap, not who is ahead
        if names_something(first) and names_something(second):
            return Difference(first, second, asked.one_year(), ordered=not apart)
        return None
    recent = asked.state.recent
    if len(recent) < 2 or len(asked.state.places) > 1 or asked.question.names_a_year:
        return None
    if names_something(_compared(asked, text)):
        return None
    return Difference(recent[0], recent[1], asked.one_year(), ordered=False)


def _compared(asked: Asked, text: str) -> Operand:
    operand = without_cues(asked.operand(text), "more_than", "compare")
    terms = [c for c in operand.concepts if not c.light] or operand.concepts
    if terms and all("预算" in c.forms for c in terms):
        # Set against spending, the budget is the one that was to be spent.
        name = "部门调整预算收入"
        operand = replace(operand, concepts=(term(name),), text=name, said=name, head=None)
    return replace(operand, dimension="money") if asked.says("spent") else operand


_THAN = frozenset(f"{word} than" for word in ("more", "less", "fewer", "higher", "lower"))


def _more_of(concept: Concept) -> bool:
    """多建, 少收, more than: the verb of a comparison, no term."""
    if concept.surface.lower() in _THAN:
        return True
    return not concept.known and len(concept.surface) <= 2 and concept.surface[0] in "多少"


def left_over(asked: Asked) -> Plan | None:
    """还剩多少没花完: the budget less what was spent."""
    if not asked.says("left_over"):
        return None
    bare = without_cues(asked.operand(), "left_over", "spent")
    named = tuple(
        c for c in bare.concepts if not c.light and not _is_budget(c) and not _is_spending(c)
    )
    about = named or _project_in_force(asked)
    budget, spent = (
        Operand(
            (*about, replace(term(name), light=bool(about))),
            dimension="money",
            language=asked.language,
            required=tuple(c.surface for c in about),
        )
        for name in (("预算", "支出") if about else ("部门调整预算收入", "实际支出数"))
    )
    asked_one_by_one = len(re.findall(r"多少|几|how much", asked.rest, re.I)) > 2
    return Difference(budget, spent, asked.one_year(), values=asked_one_by_one)


def _project_in_force(asked: Asked) -> tuple[Concept, ...]:
    """The task or project whose money was asked for just before: so how much is left?"""
    before, question = asked.state.operand, asked.question
    if before is None or question.years or question.departments or question.projects:
        return ()
    terms = [c for c in before.concepts if not c.light]
    money = before.dimension == "money" or any(_is_budget(c) for c in before.concepts)
    kept = tuple(
        c for c in terms if not _is_budget(c) and not any("实际支出" in f for f in c.forms)
    )
    return kept if money else ()


def _is_spending(concept: Concept) -> bool:
    """实际支出数, 资金: money by itself, of nothing in particular."""
    return any(form.endswith(("支出", "支出数", "资金", "经费", "钱")) for form in concept.forms)


def _is_budget(concept: Concept) -> bool:
    """预算, 调整后预算数, 年初预算收入: an amount that was to be spent."""
    return any(form.endswith(("预算", "预算数", "预算收入")) for form in concept.forms)


def compare(asked: Asked) -> Plan | None:
    """比上年增长多少, 两街谁多: one thing in two years or two offices."""
    scope = asked.scope
    several = len(scope.years) > 1 or len(asked.question.departments) > 1
    if not (
        asked.says("compare")
        or asked.says("more_than")
        or (several and _MORE_OR_LESS.search(asked.text))
    ):
        return None
    if not several and asked.says("side_by_side") and len(enumerated(asked)) > 1:
        return None  # two things of one year, one by one
    own = without_cues(asked.operand(), "compare", "growth_only")
    own = replace(own, concepts=tuple(c for c in own.concepts if not _more_of(c)))
    growth = asked.says("growth_only") or bool(_GROWTH_EN.search(asked.text))
    # "By what percent" asks for growth, not for a figure in percent; points are of rates alone.
    dimension = own.dimension if own.concepts and not growth else None
    operand = replace(
        asked.in_force(replace(own, dimension=None)),
        dimension="percent" if asked.says("points") else dimension,
    )
    if not names_something(operand):
        return None
    return of_years(asked, operand, growth=growth)


def of_years(asked: Asked, operand: Operand, *, growth: bool = False) -> Compare | None:
    """One thing in the years, or offices, that the question sets beside each other."""
    scope, state = asked.scope, asked.state
    years = scope.years
    if len(years) < 2 and not (len(scope.departments) > 1 and len(years) <= 1):
        if not years and len(state.years) > 1:
            years = state.years[:2]
        elif not years and len(state.places) > 1:
            scope = replace(scope, departments=state.places[:2])
            years = state.years[:1]
        else:
            anchor = next(iter((*years, *state.years)), None)
            anchor = anchor or next(reversed(asked.years_loaded()), None)
            if anchor is None:
                return None
            if asked.question.said.named_against:
                # compared with 2022: the year named is the earlier one
                later = [y for y in (*state.years, *reversed(asked.years_loaded())) if y > anchor]
                anchor = later[0] if later else anchor + 1
                years = (years[0], anchor)
            before = state.years[0] if years and state.years else anchor
            follows = before != anchor and not asked.rest.strip()
            if len(years) < 2:
                years = (before, anchor) if follows else (anchor - 1, anchor)
    measure = Measure.GROWTH if growth and not asked.says("more_than") else Measure.BOTH
    if measure is Measure.BOTH and _GAP.search(asked.text):
        measure = Measure.GAP
    if (asked.says("side_by_side") or _WHETHER.search(asked.text)) and not (
        asked.says("more_than") or _HOW_MUCH.search(asked.text)
    ):
        measure = Measure.VALUES
    scope = replace(scope, years=tuple(sorted(set(years))))
    return Compare(operand, scope, measure, less=bool(_LESS.search(asked.text)))
