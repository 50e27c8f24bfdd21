"""The text of an answer taken apart: paragraphs, lists, tables; bold words and citation marks.

An answer uses a few things of Markdown and no more; whoever shows one (a document,
a page, the clipboard) starts from here and never from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_BULLET = re.compile(r"^\s{0,3}[-*•]\s+(.*)$")
_NUMBERED = re.compile(r"^\s{0,3}(\d{1,3})[.)]\s+(.*)$")
_HEADING = re.compile(r"^#{1,4}\s+(.*)$")
_RULE_ROW = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|\*\*(?P<bold>[^*]+)\*\*|\[(?P<mark>\d{1,4})\]"
)
_TOKEN = re.compile(r"\[\d+\]|\\.|\*\*|[A-Za-z0-9.,%-]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text, or (``citation``) a mark into the citations."""

    text: str
    bold: bool = False
    citation: int | None = None


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``lines`` are broken where the answer breaks them; ``heading`` where it stands out."""

    lines: tuple[Line, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """``first`` is the printed number of the first item, None for bullets."""

    items: tuple[Line, ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first row is its head."""

    rows: tuple[tuple[Line, ...], ...]


Block = Paragraph | Listing | Grid


def parse(text: str) -> list[Block]:
    """The blocks of an answer's text, in order."""
    lines = text.split("\n")
    found: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := _HEADING.match(line):
            found.append(Paragraph((inline(heading[1]),), heading=True))
            at += 1
        elif line.lstrip().startswith("|"):
            rows = _run(lines, at, lambda one: one.lstrip().startswith("|"))
            cells = [_cells(row) for row in rows if not _RULE_ROW.match(row)]
            found.append(Grid(tuple(tuple(inline(c) for c in row) for row in cells)))
            at += len(rows)
        elif _BULLET.match(line):
            rows = _run(lines, at, lambda one: bool(_BULLET.match(one)))
            found.append(Listing(tuple(inline(_last(_BULLET, row)) for row in rows)))
            at += len(rows)
        elif number := _NUMBERED.match(line):
            rows = _run(lines, at, lambda one: bool(_NUMBERED.match(one)))
            items = tuple(inline(_last(_NUMBERED, row)) for row in rows)
            found.append(Listing(items, int(number[1])))
            at += len(rows)
        else:
            rows = [line, *_run(lines, at + 1, _goes_on)]
            found.append(Paragraph(tuple(inline(row.rstrip()) for row in rows)))
            at += len(rows)
    return found


def plain(text: str) -> str:
    """An answer's text for the clipboard: without escapes and emphasis, marks kept."""
    return "\n".join("".join(words.text for words in inline(line)) for line in text.split("\n"))


def beginnings(text: str, steps: int) -> Iterator[str]:
    """Growing beginnings of a text, at last all of it, to write it out step by step.

    Never cut inside a number, a word, a mark or what is bold.
    """
    tokens = _TOKEN.findall(text)
    size = max(1, -(-len(tokens) // steps))
    for end in range(size, len(tokens), size):
        beginning = "".join(tokens[:end])
        # An open ** would flash as two asterisks until its other half arrives.
        if beginning.count("**") % 2 == 0:
            yield beginning
    yield text


def inline(text: str, *, bold: bool = False) -> Line:
    """One line: marks, bold words, and characters that a backslash made plain."""
    return tuple(_joined(_inline(text, bold)))


def _inline(text: str, bold: bool) -> Iterator[Words]:
    position = 0
    for match in _INLINE.finditer(text):
        yield Words(text[position : match.start()], bold)
        if match["escaped"] is not None:
            yield Words(match["escaped"], bold)
        elif match["bold"] is not None:
            yield from _inline(match["bold"], True)
        else:
            yield Words(f"[{match['mark']}]", bold, int(match["mark"]))
        position = match.end()
    yield Words(text[position:], bold)


def _joined(parts: Iterator[Words]) -> Iterator[Words]:
    """Neighbours of one look as one."""
    held: Words | None = None
    for part in parts:
        if not part.text:
            continue
        if held and held.citation is None and part.citation is None and held.bold == part.bold:
            held = Words(held.text + part.text, part.bold)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _run(lines: list[str], at: int, fits: Callable[[str], bool]) -> list[str]:
    found: list[str] = []
    while at < len(lines) and fits(lines[at]):
        found.append(lines[at])
        at += 1
    return found


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the paragraph above it."""
    return bool(line.strip()) and not _BULLET.match(line) and not line.lstrip().startswith("|")


def _cells(row: str) -> list[str]:
    inside = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inside)]


def _last(shape: re.Pattern[str], row: str) -> str:
    match = shape.match(row)
    return match[match.re.groups] if match else row
