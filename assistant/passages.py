"""Sentences that explain: a section's own, or those that speak of a topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.likeness import with_likeness
from assistant.matching import concept_match
from assistant.plan import Concept, Operand
from assistant.results import Quotation
from index_store.store import Store
from ingest import narrative
from ingest.report import Passage, Report, Role

_MOST = 8  # sentences in an explanation
_PASSAGES = 24  # candidates
_OPENING = 40  # characters of a sentence that names what its list item is about
_LEAST_COVER = 0.6  # share of the topic's terms that a sentence speaks of
_LEAST_SURE = 0.85  # the same, meaning counted in, where words alone fall short
_LIKENESS = 0.5  # what a cosine of 1 adds
_LIGHT = 0.15  # what the light words of the question add
_ROLE = 0.1  # a sentence on the side that was asked for
_BELOW_BEST = 0.3
_STRICT_COVER = 0.75  # the same, where a look-up has found no figure
_OF_REASON = 0.35  # what a sentence gains that gives a reason, where one is asked for
_LEAST_COVER_OF_REASON = 0.45
_REASON = re.compile(
    r"因|由于|受[^，。]{1,12}影响|原因|导致|致使|缘于|冲突|延期|推迟|变更|主要是|未能"
)
_NEIGHBOUR = 0.3  # least likeness of a sentence that goes with the one beside it
# Headings that a section of the forms has in reports of other kinds.
_SECTIONS = {
    "存在问题": re.compile(r"问题|不足"),
    "改进措施或下一步计划": re.compile(r"改进|下一步|建议|整改措施|工作计划"),
}
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[、.．]|[（(]\d{1,2}[）)]|[①-⑳])")


def section_sentences(
    store: Store, section: str, operand: Operand, report_ids: Sequence[str]
) -> list[Quotation]:
    """The sentences of a named section, in order; those of a topic where one is asked for."""
    named = _SECTIONS[section]
    found: list[Quotation] = []
    for report_id in report_ids:
        report = store.report(report_id)
        for passage in report.passages:
            if not any(named.search(part) for part in passage.section):
                continue
            found.extend(
                Quotation(report, passage.index, start, end)
                for start, end in narrative.sentences(passage.text)
            )
    topic = [c for c in operand.concepts if not c.light]
    if topic:
        on_topic = [q for q in found if any(concept_match(c, _text(q)) >= 0.9 for c in topic)]
        found = on_topic or found
    return found[: _MOST * 2]


def stated_reasons(store: Store, operand: Operand, report_ids: Sequence[str]) -> list[Quotation]:
    """The rows of indicators that give a reason for their deviation (偏差原因).

    Those of the topic where one is asked for, else all of the reports in scope.
    """
    topic = [c for c in operand.concepts if not c.light and c.known]
    if operand.concepts and not topic:
        return []
    found: list[tuple[float, Quotation]] = []
    for report_id in report_ids:
        report = store.report(report_id)
        for indicator in report.indicators:
            if not indicator.reason:
                continue
            named = f"{indicator.name} {report.project or ''}"
            cover = _cover(topic, named) if topic else 1.0
            text = report.passages[indicator.passage].text
            found.append((cover, Quotation(report, indicator.passage, 0, len(text))))
    best = max((cover for cover, _ in found), default=0.0)
    return [quotation for cover, quotation in found if cover == best and cover >= 0.5][:_MOST]


_FALLEN_SHORT = re.compile(
    r"(?:未|没有?)(?:能)?(?:达到?|完成|实现|全部完成)[^，。；]{0,10}(?:目标|预期|指标|任务|计划|要求)"
    r"|未达(?:标|目标|到)|低于(?:年度|年初|预期)?目标"
)


def fallen_short(store: Store, report_ids: Sequence[str]) -> list[Quotation]:
    """The sentences that say of something that it was not reached."""
    found: list[Quotation] = []
    for report_id in report_ids:
        report = store.report(report_id)
        for passage in report.passages:
            found.extend(
                Quotation(report, passage.index, start, end)
                for start, end in narrative.sentences(passage.text)
                if _FALLEN_SHORT.search(passage.text[start:end])
            )
    return _distinct(found)[:_MOST]


def find_sentences(
    store: Store,
    operand: Operand,
    report_ids: Sequence[str],
    *,
    reason: bool = False,
    strict: bool = False,
) -> list[Quotation]:
    """The sentences that speak of the operand's terms, best first found, shown in order.

    Passages are proposed by words and meaning together; a sentence is taken for
    the terms that it, its heading or the opening of its list item names, with the
    likeness of its meaning where the words fall short.
    """
    if not any(not c.light for c in operand.concepts):
        if not reason:
            return []
        # Why the funds were not all used: a light word is what such a question is about.
        spoken = tuple(replace(c, light=False) for c in operand.concepts)
        operand = replace(operand, concepts=spoken)
    operand = with_likeness(store, operand, [store.report(i) for i in report_ids])
    topic = [c for c in operand.concepts if not c.light]
    light = [c for c in operand.concepts if c.light]
    scored: list[_Scored] = []
    for report, passage in _candidates(store, operand, topic, report_ids):
        spans = _with_enumerations(passage.text, narrative.sentences(passage.text))
        likeness = _likeness(store, operand, [passage.text[a:b] for a, b in spans])
        heading = " ".join((*passage.section, passage.task or ""))
        above = 0.8 * _cover(topic, heading)
        beside: list[_Scored] = []
        item = 0.0  # how well the opening of a list item says that it is all about the topic
        for number, ((start, end), like) in enumerate(zip(spans, likeness, strict=True)):
            text = passage.text[start:end]
            if text.strip() in (passage.task, *passage.section):
                continue  # a name alone explains nothing
            own = _cover(topic, text)
            if number == 0 and len(text) <= _OPENING:
                item = own
            cover = max(own, 0.9 * item, above)
            sure = cover + _LIKENESS * like + _LIGHT * _cover(light, text)
            if passage.role is (operand.role or Role.ACTUAL):
                sure += _ROLE
            gives_reason = reason and bool(_REASON.search(text))
            if gives_reason:
                sure += _OF_REASON
            taken = cover >= _LEAST_COVER or (own > 0.2 and sure >= _LEAST_SURE)
            taken = taken or (gives_reason and cover >= _LEAST_COVER_OF_REASON)
            if strict:
                taken = cover >= _STRICT_COVER
            quotation = Quotation(report, passage.index, start, end)
            beside.append(_Scored(cover, sure, like, taken, quotation, gives_reason))
        scored.extend(_with_neighbours(beside))
    if not scored:
        return []
    if reason and any(s.reason for s in scored):
        scored = [s for s in scored if s.reason]
    best = max(s.cover for s in scored), max(s.sure for s in scored)
    kept = sorted(
        (s for s in scored if s.cover >= best[0] - _BELOW_BEST or s.sure >= best[1] - _BELOW_BEST),
        key=lambda s: (-round(s.sure, 4), s.said.report.id, s.said.passage, s.said.start),
    )
    quotations = _distinct([s.said for s in kept])[:_MOST]
    return sorted(quotations, key=lambda q: (q.report.id, q.passage, q.start))


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence: share of the topic it names, the same with meaning, its likeness alone."""

    cover: float
    sure: float
    like: float
    taken: bool
    said: Quotation
    reason: bool = False  # it says why


def _with_neighbours(sentences: Sequence[_Scored]) -> list[_Scored]:
    """The sentences taken, and those right beside one that are alike in meaning."""
    kept = []
    for number, sentence in enumerate(sentences):
        around = sentences[max(0, number - 1) : number + 2]
        near = next((s for s in around if s.taken and s is not sentence), None)
        if sentence.taken:
            kept.append(sentence)
        elif near and sentence.like >= _NEIGHBOUR:
            kept.append(replace(sentence, cover=near.cover, sure=near.sure - _LIKENESS / 2))
    return kept


def _candidates(
    store: Store, operand: Operand, topic: Sequence[Concept], report_ids: Sequence[str]
) -> list[tuple[Report, Passage]]:
    from llama_index.core.schema import QueryBundle

    from index_store.retriever import HybridRetriever

    words = " ".join(form for c in topic for form in (*c.forms[:8], *(w for w, _ in c.alike)))
    nodes = HybridRetriever(store, report_ids, _PASSAGES).retrieve(
        QueryBundle(words, custom_embedding_strs=[operand.text])
    )
    places = [(n.node.metadata["report_id"], n.node.metadata["passage"]) for n in nodes]
    return [(store.report(i), store.report(i).passages[index]) for i, index in places]


def _likeness(store: Store, operand: Operand, texts: Sequence[str]) -> list[float]:
    made = store.encode([operand.text, *texts])
    return [0.0] * len(texts) if made is None else (made[1:] @ made[0]).tolist()


def _cover(concepts: Sequence[Concept], text: str) -> float:
    return sum(concept_match(c, text) for c in concepts) / len(concepts) if concepts else 0.0


def _with_enumerations(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences, an enumeration joined to the words that open it: 开支内容：1、…。2、…。"""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        opened = joined and re.search(r"[：:]", text[joined[-1][0] : joined[-1][1]])
        if opened and _NUMBERED.match(text, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


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
