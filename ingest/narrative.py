"""Running text to headings, list items and sentences.

Official prose numbers its parts 一、 / （一） / 1. and its points 一是 / 二是, all
of it often in a single cell. This module finds those parts by position, so
that every passage stays verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?:(?<=[。；;！？!?\n])|^)\s*"
    rf"(?:（(?P<part>[{_DIGITS}]{{1,3}})）|\((?P<part2>[{_DIGITS}]{{1,3}})\)"
    rf"|(?P<chapter>[{_DIGITS}]{{1,3}})、"
    rf"|(?P<point>[{_DIGITS}]{{1,2}})是)"
    rf"|(?<=[）)])(?P<point2>[{_DIGITS}]{{1,2}})是"
)
# A heading is a short sentence of its own, without figures.
_HEADING = re.compile(r"\s*([^。；;\n\d]{2,40})[。\n]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A list item or stretch of prose: ``text[start:end]`` under ``headings``."""

    headings: tuple[str, ...]
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """Cut prose at its headings and list items; nothing but headings is left out.

    A part number that does not count up (a second （一） inside （二）) is a
    misprinted list item and opens no section.
    """
    marks = list(_marks(text))
    found: list[Piece] = []
    headings: dict[str, str] = {}
    counts = {"chapter": 0, "part": 0}
    starts = [mark.start for mark in marks] + [len(text)]
    followed: list[_Mark | None] = [*marks[1:], *([None] if marks else [])]
    if (marks and marks[0].start > 0) or not marks:
        found.extend(_lines(text, (), 0, starts[0]))
    for mark, after, end in zip(marks, followed, starts[1:], strict=True):
        begin = mark.start
        if mark.kind != "point" and mark.number > counts[mark.kind]:
            counts[mark.kind] = mark.number
            if mark.kind == "chapter":
                counts["part"] = 0
                headings.pop("part", None)
            heading = _HEADING.match(text, mark.end, end)
            if heading and not text[heading.end() : end].strip() and not _goes_on(mark, after):
                # A point that is no more than its one sentence heads nothing.
                headings.pop(mark.kind, None)
                path = tuple(headings[kind] for kind in ("chapter",) if kind in headings)
                found.extend(_lines(text, path, begin, end))
                continue
            title = heading.group(1).strip() if heading else ""
            headings[mark.kind] = text[mark.start : mark.end].strip() + title
            begin = heading.end() if heading else mark.end
        path = tuple(headings[kind] for kind in ("chapter", "part") if kind in headings)
        found.extend(_lines(text, path, begin, end))
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    number: int
    start: int
    end: int


_DEPTH = {"chapter": 0, "part": 1, "point": 2}


def _goes_on(mark: _Mark, after: _Mark | None) -> bool:
    """Whether what follows a heading belongs to it: （一）… over 一是…"""
    return after is not None and _DEPTH[after.kind] > _DEPTH[mark.kind]


def _marks(text: str) -> Iterator[_Mark]:
    for match in _MARK.finditer(text):
        kind = (match.lastgroup or "").rstrip("2")
        printed = match.group(match.lastgroup or 0)
        start = match.start() + len(match.group(0)) - len(match.group(0).lstrip())
        yield _Mark(kind, _number(printed), start, match.end())


def _number(printed: str) -> int:
    """一 → 1 … 九十九 → 99."""
    tens, _, ones = printed.rpartition("十")
    if "十" not in printed:
        return _DIGITS.index(printed[0]) + 1
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def _lines(text: str, path: tuple[str, ...], start: int, end: int) -> Iterator[Piece]:
    """One piece a line: paragraphs of a cell are passages of their own."""
    for match in re.compile(r"[^\n]+").finditer(text, start, end):
        raw = match.group(0)
        if raw.strip():
            left = match.start() + len(raw) - len(raw.lstrip())
            yield Piece(path, left, match.start() + len(raw.rstrip()))


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a passage, each with its closing mark."""
    return [
        (m.start() + len(m.group(0)) - len(m.group(0).lstrip()), m.end())
        for m in re.finditer(r"[^。！？!?\n]+[。！？!?]?", text)
        if m.group(0).strip()
    ]


# What no mark of a clause interrupts; the comma of 2,186公里 is none.
_CLAUSE = re.compile(r"(?:[^，；：。！？,;!?\n\t]|(?<=\d)[,，](?=\d{3}(?!\d)))+")


def clauses(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans between ，；：。 and tabs: the smallest stretches that state something."""
    stop = len(text) if end is None else end
    return [(m.start(), m.end()) for m in _CLAUSE.finditer(text, start, stop) if m.group(0).strip()]
