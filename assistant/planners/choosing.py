"""Which of several is meant, once it was asked back: 第二个, the first one, 卫健委的, 2023年的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import State
from assistant.lexicon import english_words
from assistant.plan import Choose, Operand, Place, Scope
from assistant.question import Question
from assistant.terms import concepts, content_words
from index_store.store import ReportInfo

_ORDINAL = re.compile(
    r"^\W*(?:那|选|我?(?:要|指|说)的?是?|就|and|i mean(?:t)?)?\s*(?:the\s+)?"
    r"(?:第?(?P<zh>[一二三四五1-5])(?:个|项|条|种)?|(?P<former>前者|former)|(?P<latter>后者|latter)"
    r"|(?P<last>最后(?:一)?(?:个|项|条)|last)|(?P<en>first|second|third|fourth|fifth))"
    r"(?:\s+one|那?[个项条])?(?:呢|吧|的)?\W*$",
    re.I,
)
_NUMBERS = {c: n for n, c in enumerate("一二三四五", 1)} | {str(n): n for n in range(1, 6)}
_NUMBERS |= {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_SHORT = {"zh": 14, "en": 7}  # characters, words of a question that only says which


def chosen(question: Question, state: State, reports: Sequence[ReportInfo]) -> Choose | None:
    """The plan of a question that picks one of the figures before it; None where it does not."""
    number = _number(question.text)
    places = state.choices or (state.answered if number is not None else ())
    if len(places) < 2:
        return None
    if number is not None:
        return Choose(places, Operand((), language=question.language), number, Scope())
    length = len(question.text) if question.language == "zh" else len(english_words(question.text))
    if length > _SHORT[question.language]:
        return None
    places = _named(question, places, reports)
    own = concepts(question.rest, question.language)
    operand = Operand(
        tuple(replace(c, light=False) for c in own),
        text=content_words(question.rest, question.language),
        language=question.language,
    )
    return Choose(places, operand, None, Scope())


def _named(
    question: Question, places: tuple[Place, ...], reports: Sequence[ReportInfo]
) -> tuple[Place, ...]:
    """Those of the offices, projects and years that the question names."""
    infos = {r.id: r for r in reports}
    return tuple(
        place
        for place in places
        if (info := infos.get(place.report_id))
        and (not question.departments or info.department in question.departments)
        and (not question.projects or info.project in question.projects)
        and (not question.years or info.year in question.years)
    )


def _number(text: str) -> int | None:
    match = _ORDINAL.match(text)
    if match is None:
        return None
    if match["former"]:
        return 1
    if match["latter"] or match["last"]:
        return -1
    return _NUMBERS[(match["zh"] or match["en"]).lower()]
