"""Words the glossary lacks are met by the reports' own words near them in meaning."""

from __future__ import annotations

from assistant.likeness import with_likeness
from assistant.matching import concept_match
from assistant.plan import Concept, Operand
from assistant.service import Assistant


def alike(assistant: Assistant, *words: str) -> tuple[Concept, ...]:
    reports = [assistant.report(r.id) for r in assistant.reports()]
    asked = Operand(tuple(Concept(w, (w,), known=False) for w in words), language="en")
    return with_likeness(assistant.store, asked, reports).concepts


def test_an_unknown_english_word_gets_the_reports_wordings(sample_assistant: Assistant) -> None:
    (hotline,) = alike(sample_assistant, "hotline")
    assert any("热线" in word for word, _ in hotline.alike)
    assert all(0 < near <= 1.01 for _, near in hotline.alike)
    # A wording by likeness is worth less than one the glossary vouches for.
    assert 0.6 < concept_match(hotline, "受理政府服务热线工单") < 1


def test_a_word_of_nothing_in_the_reports_gets_none(sample_assistant: Assistant) -> None:
    (word,) = alike(sample_assistant, "volcano")
    assert word.alike == ()


def test_a_known_term_keeps_its_own_wordings(sample_assistant: Assistant) -> None:
    reports = [sample_assistant.report(r.id) for r in sample_assistant.reports()]
    known = Operand((Concept("出租屋税", ("出租屋税", "出租房屋税")),))
    assert with_likeness(sample_assistant.store, known, reports) == known
