"""The running text of a part of a web page: lines, headings, and tables between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

Element = Any  # lxml has no types of its own

_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\u3000\ufeff]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_NAMES = """
    address article aside blockquote body br caption center dd details dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol
    p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())


@dataclass(frozen=True, slots=True)
class Line:
    """One displayed line; ``level`` is set where it is a heading."""

    text: str
    level: int | None = None


def flow(root: Element) -> Iterator[Line | Element]:
    """The lines below an element in order, and the tables between them as elements."""
    pieces: list[str] = [root.text or ""]
    level: int | None = None
    preformatted = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element is root:
            continue
        tag = element.tag
        if tag in BLOCKS:
            yield from _lines(pieces, level)
            level = _HEADINGS.get(tag, level) if event == "start" else level
            if event == "end" and tag in _HEADINGS:
                level = None
        if event == "end":
            preformatted -= tag == "pre"
            pieces.append(_source(element.tail, preformatted))
        elif tag == "table":
            walk.skip_subtree()
            yield element
        else:
            preformatted += tag == "pre"
            pieces.append(_source(element.text, preformatted))
    yield from _lines(pieces, level)


def plain_lines(element: Element) -> list[str]:
    """The lines below an element, those of tables in it left out."""
    if not len(element):
        text = line_of(element.text or "")
        return [text] if text else []
    return [item.text for item in flow(element) if isinstance(item, Line)]


def line_of(text: str) -> str:
    """Text with each stretch of white space as one space.

    A line break in the source between two Chinese characters is none on the page.
    """
    if "\n" in text:
        return _SPACES.sub(_space, text).strip()
    return _SPACES.sub(" ", text).strip()


def _space(match: re.Match[str]) -> str:
    start, end, text = match.start(), match.end(), match.string
    if "\n" not in match.group() or "\u00a0" in match.group() or not start or end == len(text):
        return " "
    return "" if _is_wide(text[start - 1]) and _is_wide(text[end]) else " "


def _is_wide(char: str) -> bool:
    return "\u3001" <= char <= "\u9fff" or "\uff01" <= char <= "\uff60"


def _source(text: str | None, preformatted: int) -> str:
    """Text of the source; its line ends are shown only where it is preformatted."""
    if not text:
        return ""
    return text.replace("\r", "").replace("\n", "\x1e") if preformatted else text


def _lines(pieces: list[str], level: int | None) -> Iterator[Line]:
    """The lines gathered so far; the list is emptied."""
    text = "".join(pieces)
    pieces.clear()
    if not text or text.isspace():
        return
    for part in text.split("\x1e"):
        line = line_of(part)
        if line:
            yield Line(line, level)
