"""Plain text to HTML that can only ever be text.

The output goes through Gradio's Markdown and through a browser. Every ASCII
character that means something to either is written as a numeric entity, so
nothing in a question or a report can become a tag, a link or a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_MARK = re.compile(r"\[(\d{1,4})\]")
_BULLET = re.compile(r"^\s{0,3}[-*•]\s+(.*)$")
_NUMBER = re.compile(r"^\s{0,3}(?P<first>\d{1,3})[.)]\s+(.*)$")
_HEADING = re.compile(r"^#{1,4}\s+(.*)$")
_RULE_ROW = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|\*\*(?P<bold>[^*]+)\*\*|\[(?P<mark>\d{1,4})\]"
)

_ENTITIES = {
    code: f"&#{code};" for code in range(128) if not chr(code).isalnum() and chr(code) != " "
}

Cite = Callable[[int], str]  # citation id → HTML of its mark


def escape(text: str) -> str:
    """``text`` as HTML that shows exactly these characters and does nothing else.

    >>> escape("2022年 <b>**x**")
    '2022年 &#60;b&#62;&#42;&#42;x&#42;&#42;'
    """
    return text.translate(_ENTITIES)


def inline(text: str, cite: Cite) -> str:
    """One line of an answer: ``[1]`` marks, ``**bold**`` and backslash escapes, no more."""
    pieces: list[str] = []
    position = 0
    for match in _INLINE.finditer(text):
        pieces.append(escape(text[position : match.start()]))
        if match["escaped"] is not None:
            pieces.append(escape(match["escaped"]))
        elif match["bold"] is not None:
            pieces.append(f"<strong>{inline(match['bold'], cite)}</strong>")
        else:
            pieces.append(cite(int(match["mark"])))
        position = match.end()
    pieces.append(escape(text[position:]))
    return "".join(pieces)


def blocks(text: str, cite: Cite) -> str:
    """The few Markdown blocks an answer uses (paragraphs, lists, tables) as HTML."""
    out: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := _HEADING.match(line):
            out.append(f"<p><strong>{inline(heading[1], cite)}</strong></p>")
            at += 1
        elif line.lstrip().startswith("|"):
            at = _table(lines, at, cite, out)
        elif _BULLET.match(line):
            at = _items(lines, at, _BULLET, "ul", cite, out)
        elif _NUMBER.match(line):
            at = _items(lines, at, _NUMBER, "ol", cite, out)
        else:
            at = _paragraph(lines, at, cite, out)
    return "".join(out)


def reveal(text: str, steps: int) -> Iterator[str]:
    """Growing beginnings of ``text``, never cut inside a number, a word or a mark."""
    tokens = re.findall(r"\[\d+\]|\\.|\*\*|[A-Za-z0-9.,%-]+|.", text, re.DOTALL)
    size = max(1, -(-len(tokens) // steps))
    for end in range(size, len(tokens), size):
        beginning = "".join(tokens[:end])
        # An open ** would flash as two asterisks until its other half arrives.
        if beginning.count("**") % 2 == 0:
            yield beginning
    yield text


def plain(text: str) -> str:
    """An answer's text for the clipboard: without escapes and emphasis."""
    return re.sub(r"\\([!-/:-@\[-`{-~])|\*\*", lambda match: match[1] or "", text)


def marks(text: str) -> list[int]:
    """The citation ids that ``text`` marks, in order."""
    return [int(match[1]) for match in _MARK.finditer(text)]


def _items(
    lines: list[str], at: int, shape: re.Pattern[str], tag: str, cite: Cite, out: list[str]
) -> int:
    items: list[str] = []
    start = ""
    while at < len(lines) and (item := shape.match(lines[at])):
        if not items and "first" in item.groupdict():
            start = f' start="{int(item["first"])}"'  # keep the printed number
        items.append(f"<li>{inline(item[item.re.groups], cite)}</li>")
        at += 1
    out.append(f"<{tag}{start}>{''.join(items)}</{tag}>")
    return at


def _table(lines: list[str], at: int, cite: Cite, out: list[str]) -> int:
    rows: list[str] = []
    while at < len(lines) and lines[at].lstrip().startswith("|"):
        if not _RULE_ROW.match(lines[at]):
            cells = re.split(r"(?<!\\)\|", lines[at].strip().removeprefix("|").removesuffix("|"))
            tag = "td" if rows else "th"
            rows.append("".join(f"<{tag}>{inline(cell.strip(), cite)}</{tag}>" for cell in cells))
        at += 1
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    out.append(f'<div class="jx-scroll"><table>{body}</table></div>')
    return at


def _paragraph(lines: list[str], at: int, cite: Cite, out: list[str]) -> int:
    parts: list[str] = []
    while at < len(lines) and lines[at].strip():
        if parts and (_BULLET.match(lines[at]) or lines[at].lstrip().startswith("|")):
            break
        parts.append(inline(lines[at].rstrip(), cite))
        at += 1
    out.append(f"<p>{'<br>'.join(parts)}</p>")
    return at
