"""What stands on one page of a PDF, whatever found it: pieces of text, and ruling edges.

A text layer gives a piece a character, recognition gives a piece a word. All
places are in points from the upper left corner of the page as it is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from unicodedata import normalize

# Shapes of characters for which some programs give no code of their own: a font's radicals
# and ligatures stand in the text layer where the page shows the character.
_RADICALS = (
    "⺁厂⺇几⺌小⺎兀⺏尣⺐尢⺓幺⺗心⺛旡⺟母⺠民⺢水⺣火⺥爪⺫目⺬示⺮竹⺯糸⺵羊⺶羊⺷羊⺹老⺻聿⻁虎⻃西⻄西⻅见"
    "⻆角⻉贝⻋车⻌辶⻍辶⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
    "⼾户⾭青⿈黄"  # whose decomposition is not the form that simplified text has
)
_SHAPES = {
    **{code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{code: normalize("NFKC", chr(code)) for code in range(0xF900, 0xFAFF)},
    **{code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    **{ord(shape): char for shape, char in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)},
}
_WIDE = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\uff01", "\uff60"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A character or word, and its box. ``spaced``: a space stands before it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool = False
    middle: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "middle", (self.top + self.bottom) / 2)


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruling line: upright where both x are the same, else level."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def upright(self) -> bool:
        """Whether it separates columns."""
        return self.x0 == self.x1


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page: ``number`` from 1, its size in points, its text and its edges."""

    number: int
    width: float
    height: float
    pieces: list[Piece]
    edges: list[Edge] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The height of most of its text, that in tables included."""
        heights = sorted(piece.bottom - piece.top for piece in self.pieces)
        return heights[len(heights) // 2] if heights else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces beside each other, left to right, as one text.

    ``size`` is the height of most pieces, ``first`` the width of the first one.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    page: int
    size: float
    first: float


def plain(text: str) -> str:
    """A text with the characters that its shapes stand for."""
    return text if text.isascii() else text.translate(_SHAPES)


def is_wide(char: str) -> bool:
    """Whether a character is Chinese, or punctuation of Chinese text."""
    return (
        "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff01" <= char <= "\uff60"
    )


def lines_of(pieces: Sequence[Piece], page: int) -> list[Line]:
    """Lines from the top down, each from left to right."""
    return [_line(row, page) for row in rows_of(pieces)]


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each line, from the top down and from left to right."""
    lines: list[list[Piece]] = []
    middle = height = 0.0
    for piece in sorted(pieces, key=attrgetter("middle")):
        size = piece.bottom - piece.top
        if lines and piece.middle - middle < _reach(size, height):
            line = lines[-1]
            line.append(piece)
            middle += (piece.middle - middle) / len(line)
            height = max(height, size)
        else:
            lines.append([piece])
            middle, height = piece.middle, size
    return [sorted(line, key=attrgetter("x0")) for line in lines]


def _reach(one: float, other: float) -> float:
    """How far apart the middles of two pieces of one line may be.

    A stroke such as 一 or — may have a box as thin as itself: it stands anywhere in its line.
    """
    thin, high = min(one, other), max(one, other)
    return 0.4 * high if thin < 0.4 * high else 0.5 * thin


def _line(pieces: Sequence[Piece], page: int) -> Line:
    size = sorted(piece.bottom - piece.top for piece in pieces)[len(pieces) // 2]
    first = pieces[0]
    parts = [first.text]
    for left, right in pairwise(pieces):
        if (right.spaced or right.x0 - left.x1 > 0.25 * size) and _apart(left, right, size):
            parts.append(" ")
        parts.append(right.text)
    return Line(
        plain("".join(parts)),
        first.x0,
        min(piece.top for piece in pieces),
        max(piece.x1 for piece in pieces),
        max(piece.bottom for piece in pieces),
        page,
        size,
        first.x1 - first.x0,
    )


def _apart(left: Piece, right: Piece, size: float) -> bool:
    """Whether the gap between two pieces is a space that was meant."""
    gap = right.x0 - left.x1
    wide = is_wide(left.text[-1]), is_wide(right.text[0])
    if all(wide):
        return gap > 0.8 * size
    if right.spaced and gap > 0.15 * size:
        return True
    return gap > (0.8 if any(wide) else 0.25) * size
