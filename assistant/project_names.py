"""The names by which a question means a project that a form of its own is loaded of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dictionary import dictionary
from assistant.holdings import holdings
from assistant.lexicon import english_words
from assistant.matching import concept_match
from assistant.plan import Concept
from assistant.project_index import Encode, ProjectIndex
from assistant.terms import concepts
from index_store.store import ReportInfo


def projects_named(
    text: str,
    reports: Sequence[ReportInfo],
    departments: Sequence[str],
    encode: Encode | None = None,
) -> tuple[tuple[str, ...], str]:
    """Projects named in full, by a part of the name where 项目 is said, or as the only one."""
    held = holdings(reports)
    own = held.of(departments) if departments else []
    known = ProjectIndex(r.project for r in own if r.project) if departments else held.projects
    names = known.names
    if name := known.in_full(text):
        return (name,), re.sub(rf"{re.escape(name)}(?:专项|这个)?(?:项目)?", " ", text)
    if not _SPOKEN_OF.search(text):
        return (), text
    if several := _listed(text, names):
        return several
    if len(names) > 1 and (english := _by_meaning(known, text, encode)):
        return english
    only = {r.project for r in own} == {*names}
    if only and len(names) == 1 and (called_one := _PROJECT_EN.search(text)):
        return tuple(names), text[: called_one.start()] + " " + text[called_one.end() :]
    parts = {name: _named_part(name, text) for name in known.sharing(text)}
    longest: dict[str, list[str]] = {}
    for name, part in parts.items():
        if part:
            longest.setdefault(part, []).append(name)
    # A part that is inside another part of another name names nothing by itself.
    kept = {p: n for p, n in longest.items() if not any(p != q and p in q for q in longest)}
    found = tuple(sorted(name for named in kept.values() for name in named))
    for part in sorted(kept, key=len, reverse=True):
        called = rf"[“”]?{re.escape(part)}[“”]?(?:专项|[那这]个|等)?(?:资金)?(?:项目)?"
        called += r"(?:[那这]张表)?"
        text = re.sub(called, " ", text)
    return found, text


_LISTED = re.compile(r"(?P<list>[\u4e00-\u9fff“”]{2,30})(?:这|那)?[两二三四]个(?:项目|专项)")


def _listed(text: str, names: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """古建和博物馆两个项目: each of the things listed is a part of one project's name."""
    match = _LISTED.search(text)
    pieces = re.split(r"[和与、及跟]|以及", match["list"]) if match else []
    if match is None or len(pieces) < 2:
        return None
    meant = [[n for n in names if len(p) > 1 and p.strip("“”的") in n] for p in pieces]
    if any(len(found) != 1 for found in meant):
        return None
    left = text[: match.start("list")] + " 两个项目 " + text[match.end() :]
    return tuple(dict.fromkeys(found[0] for found in meant)), left


def _by_meaning(
    known: ProjectIndex, text: str, encode: Encode | None
) -> tuple[tuple[str, ...], str] | None:
    """The one project that the words before "project" fit best: the youth talent one."""
    match = _PROJECT_EN.search(text) or _THAT_ONE_EN.search(text)
    if match is None:
        return None
    said = [c for c in concepts(match.group(), "en") if not c.light]
    said = [_translated(c, match.group(), known.names) for c in said]
    fits = [sum(concept_match(c, name) for c in said) for name in known.names]
    chosen = _apart(fits, _LEAST_FIT, _FIT_APART)
    if chosen is None and encode and said:
        asked, vectors = encode([" ".join(c.surface for c in said)]), known.vectors(encode)
        alike = [] if asked is None or vectors is None else (vectors @ asked[0]).tolist()
        chosen = _apart(alike, _LEAST_ALIKE, _ALIKE_APART)
    if chosen is None:
        return None
    return (known.names[chosen],), text[: match.start()] + " " + text[match.end() :]


def _translated(concept: Concept, beside: str, names: Sequence[str]) -> Concept:
    """A word that the glossary lacks, with what of its translations the names have."""
    if concept.known:
        return concept
    offered = dictionary().translations(concept.surface, english_words(beside))
    alike = tuple((w, s) for w, s in offered if len(w) > 1 and any(w in n for n in names))
    return replace(concept, alike=alike[:6])


def _apart(fits: Sequence[float], least: float, apart: float) -> int | None:
    """The number of the best, where it is good enough and far enough before the next."""
    first, second, *_ = sorted(fits, reverse=True) if len(fits) > 1 else (0.0, 0.0)
    return fits.index(first) if first >= least and first - second >= apart else None


_SPOKEN_OF = re.compile(r"项目|专项|[那这][个张份]|\bprojects?\b|\bone\b|\bform\b|\bfunds?\b", re.I)
_LEAST_FIT, _FIT_APART = 0.6, 0.3  # of the words' matches with a project's name
_LEAST_ALIKE, _ALIKE_APART = 0.25, 0.15  # of their cosine of meaning
_THAT_ONE_EN = re.compile(r"(?<=\bthe )(?:[a-z-]+\s+){1,4}(?:one|form|fund)\b", re.I)
_AS_ONE = r"(?:专项|这个|那个|的)?(?:项目|专项)|[那这][个张份]"
# What stands before "project" in English, back to the first word that is no part of a name.
_PROJECT_EN = re.compile(
    r"\b(?:(?!(?:the|its|their|a|of|in|for|what|which|did|does|was|were|is|key|main|major|year|each|"
    r"all|two|three|four|five|six|any|no|this|that)\b)[a-z-]+\s+){1,5}project\b(?!s)",
    re.I,
)
_LEAST_PART = 4  # characters of a project's name that name it
_COMMON_PART = re.compile(r"^(?:项目|专项|资金|经费|工程|补助|补贴|建设|改造|维修|服务|管理)+$")


def _named_part(name: str, text: str) -> str | None:
    """The longest stretch of a project's name that the text has; short ones before 项目 only."""
    for size in range(len(name), 1, -1):
        for start in range(len(name) - size + 1):
            part = name[start : start + size]
            if part not in text or _COMMON_PART.match(part):
                continue
            if size >= _LEAST_PART or re.search(rf"{re.escape(part)}(?:{_AS_ONE})", text):
                return part
    return None
