"""Lines that were one before the layout broke them: in cells and in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pdf_content import Line, is_wide

# What begins an item of a list, or a heading.
ITEM = re.compile(
    r"""[一二三四五六七八九十]{1,3}(?:、|是|[.．])|[（(][一二三四五六七八九十\d]{1,3}[）)]
    |\d{1,2}(?:、|[）)]|[.．](?!\d))|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节条部]|其[一二三四五六][，、]
    |指标\d|注\s?[:：\d]|[•●■◆▪]""",
    re.X,
)
_ENDS = "。；：;！？"


def cell_text(lines: Sequence[Line], x0: float, x1: float) -> str:
    """The text of a cell between two column edges, its broken words whole again."""
    text = ""
    before: Line | None = None
    for line in lines:
        if before is None:
            text = line.text
        else:
            text += _separator(before, line, x1 - x0) + line.text
        before = line
    return text


def join(left: str, right: str) -> str:
    """Two lines as one: Chinese and cut figures run on, Latin words keep a space."""
    return f"{left}{_glue(left, right)}{right}"


def is_full(line: Line, x0: float, x1: float) -> bool:
    """Whether a line leaves no room for another character or two in its cell."""
    return (x1 - x0) - (line.x1 - line.x0) < 2.2 * line.size


def _separator(left: Line, right: Line, width: float) -> str:
    before, after = left.text, right.text
    if before[-1] in _ENDS or ITEM.match(after):
        return "\n"
    room = width - (left.x1 - left.x0)
    glue = _glue(before, after)
    if is_wide(before[-1]) and is_wide(after[0]):
        short = room > max(4 * left.size, 0.4 * width) and len(before) > 2
        return "\n" if short else glue
    if glue == "" and before[-1].isdigit() and after[0].isdigit():
        # The figure below would have fitted: it is another one.
        return "\n" if room > 2 * max(left.size, right.first) else ""
    return glue


def _glue(left: str, right: str) -> str:
    last, first = left[-1], right[0]
    if last == "-" and left[-2:-1].isalpha() and first.islower():
        return ""
    latin = first.isascii() and first.isalpha() and last.isascii()
    return " " if latin and (last.isalpha() or last in ",;:)") else ""
