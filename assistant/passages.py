"""Sentences that explain: a section's own, or those that speak of a topic."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.matching import concept_match
from assistant.plan import Operand
from assistant.results import Quotation
from index_store.store import Store
from ingest import narrative
from ingest.report import Role

_MOST = 8  # sentences in an explanation
_OPENING = 40  # characters of a sentence that names what its list item is about
_LEAST_COVER = 0.6


def section_sentences(
    store: Store, section: str, operand: Operand, report_ids: Sequence[str]
) -> list[Quotation]:
    """The sentences of a named section, in order; those of a topic where one is asked for."""
    found: list[Quotation] = []
    for report_id in report_ids:
        report = store.report(report_id)
        for passage in report.passages:
            if section not in passage.section:
                continue
            found.extend(
                Quotation(report, passage.index, start, end)
                for start, end in narrative.sentences(passage.text)
            )
    topic = [c for c in operand.concepts if not c.light and c.known]
    if topic:
        on_topic = [q for q in found if any(concept_match(c, _text(q)) >= 0.9 for c in topic)]
        found = on_topic or found
    return found[: _MOST * 2]


def find_sentences(store: Store, operand: Operand, report_ids: Sequence[str]) -> list[Quotation]:
    """The sentences that speak of the operand's terms, best first found, shown in order.

    Words decide where they can; the encoder is asked only where no passage has
    the question's words, and what it finds must still share a term's section.
    """
    topic = [c for c in operand.concepts if not c.light] or list(operand.concepts)
    if not topic:
        return []
    query = " ".join(form for c in topic for form in c.forms[:8])
    hits = store.search_passages(query, report_ids, 20)
    scored: list[tuple[float, Quotation]] = []
    for hit in hits:
        report = store.report(hit.report_id)
        passage = report.passages[hit.index]
        heading = " ".join(passage.section)
        item = 0.0  # how well the opening of a list item says that it is all about the topic
        for number, (start, end) in enumerate(narrative.sentences(passage.text)):
            text = passage.text[start:end]
            own = sum(concept_match(c, text) for c in topic) / len(topic)
            above = sum(concept_match(c, heading) for c in topic) / len(topic)
            if number == 0 and len(text) <= _OPENING:
                item = own
            cover = max(own, 0.9 * item, 0.8 * above)
            if passage.role is Role.ACTUAL:
                cover += 0.1
            if cover >= _LEAST_COVER:
                scored.append((cover, Quotation(report, hit.index, start, end)))
    if not scored:
        return []
    best = max(score for score, _ in scored)
    kept = sorted(
        (s for s in scored if s[0] >= best - 0.3),
        key=lambda s: (-round(s[0], 4), s[1].report.id, s[1].passage, s[1].start),
    )
    quotations = _distinct([q for _, q in kept])[:_MOST]
    return sorted(quotations, key=lambda q: (q.report.id, q.passage, q.start))


def _text(quotation: Quotation) -> str:
    return quotation.report.passages[quotation.passage].text[quotation.start : quotation.end]


def _distinct(quotations: list[Quotation]) -> list[Quotation]:
    """Without sentences that the report says twice."""
    seen: set[str] = set()
    kept = []
    for quotation in quotations:
        text = _text(quotation).strip("。 ")
        if text not in seen:
            seen.add(text)
            kept.append(quotation)
    return kept
