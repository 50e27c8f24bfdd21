"""Lines of text outside tables: without running headers, joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Paragraph
from ingest.readers.pdf_content import Line
from ingest.readers.pdf_wrapping import ITEM, join
from ingest.report import Place

_PAGE_NUMBER = re.compile(
    r"[-–—－·~\s]*(?:\d{1,4}|[ivxIVX]{1,5})[-–—－·~\s]*"
    r"|第\s*\d{1,4}\s*页.{0,14}|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d{1,4}.{0,10}"
)
_OF_A_TABLE = re.compile(r"[（(]?(?:附件|附表|表\s*\d|(?:金额|计量)?单位[:：])|.*单位[:：]\S{1,4}$")
_MARGIN = 0.12  # of the page's height: page numbers stand there
_HEADER = 0.09  # of the page's height: running headers end there
_FEWEST_PAGES = 3  # to call a text that repeats a running header


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the lines of a page begin and end, and how high the page is."""

    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class TextPage:
    """The lines of one page outside its tables, from the top down.

    ``size`` is the height of most of the page's text, that in tables included.
    """

    width: float
    height: float
    size: float
    lines: tuple[Line, ...]

    @property
    def frame(self) -> Frame:
        """The left and right edge of the running text."""
        left = min((line.x0 for line in self.lines), default=0.0)
        ends = sorted((line.x1 for line in self.lines), reverse=True)
        right = ends[0] if ends else self.width
        size = self.lines[0].size if self.lines else 10.0
        if sum(1 for end in ends if right - end < size) < 3:
            right = max(right, self.width - left)
        return Frame(left, right, self.height)


class Running:
    """What repeats on the pages and is no text of the report: headers, footers, numbers."""

    def __init__(self, pages: Sequence[TextPage]) -> None:
        sizes = sorted(page.size for page in pages if page.size)
        self._size = sizes[len(sizes) // 2] if sizes else 0.0
        counts = Counter(
            key for page in pages for key in {_key(line, page) for line in self._candidates(page)}
        )
        with_text = sum(1 for page in pages if page.lines)
        enough = max(_FEWEST_PAGES, with_text / 2)
        self._repeated = {key for key, count in counts.items() if count >= enough}

    def is_running(self, line: Line, page: TextPage) -> bool:
        """Whether a line is no text of the report."""
        in_margin = line.top > page.height * (1 - _MARGIN) or line.bottom < page.height * _MARGIN
        if in_margin and _PAGE_NUMBER.fullmatch(line.text.strip()):
            return True
        return self._is_candidate(line, page) and _key(line, page) in self._repeated

    def _candidates(self, page: TextPage) -> list[Line]:
        return [line for line in page.lines if self._is_candidate(line, page)]

    def _is_candidate(self, line: Line, page: TextPage) -> bool:
        """In the outer margin, no larger than the text, and no title or unit of a table."""
        outer = line.bottom < page.height * _HEADER or line.top > page.height * (1 - _HEADER)
        return outer and line.size <= self._size * 1.05 and not _OF_A_TABLE.match(line.text)


def _key(line: Line, page: TextPage) -> tuple[str, int]:
    text = re.sub(r"\d+", "#", "".join(line.text.split()))
    return text, round(line.top / page.height * 100)


class Paragraphs:
    """Joins lines to paragraphs. ``outline``: the level of a heading, by page and text."""

    def __init__(self, outline: Mapping[tuple[int, str], int]) -> None:
        self._outline = outline
        self._text = ""
        self._page = 0
        self._level: int | None = None
        self._last: tuple[Line, Frame] | None = None

    def add(self, line: Line, frame: Frame) -> Iterable[Paragraph]:
        """Take the next line; the paragraph before it, where it ends there."""
        text = line.text
        if self._goes_on(line, frame):
            self._text = join(self._text, text)
            self._level = self._outlined(self._page, self._text)
            self._last = line, frame
            return ()
        done = self.close()
        self._text, self._page, self._last = text, line.page, (line, frame)
        self._level = self._outlined(line.page, text)
        return done

    def close(self) -> list[Paragraph]:
        """End the paragraph, as a table does."""
        done = [Paragraph(self._text, Place(self._page), self._level)] if self._text else []
        self._text, self._last, self._level = "", None, None
        return done

    def _outlined(self, page: int, text: str) -> int | None:
        return self._outline.get((page, squeeze(text)))

    def _goes_on(self, line: Line, frame: Frame) -> bool:
        if self._last is None or self._level is not None or ITEM.match(line.text):
            return False
        last, before = self._last
        if self._outlined(line.page, line.text) is not None:
            return False
        if abs(last.size - line.size) > 0.15 * max(last.size, line.size):
            return False
        same_page = last.page == line.page
        if same_page and line.top - last.bottom > 1.6 * line.size:
            return False
        if _is_centred(last, before) and _is_centred(line, frame):
            # A title of two lines; what stands below a title is one of its own.
            wide = last.x1 - last.x0 > 0.6 * (before.right - before.left)
            return same_page and wide and line.top - last.bottom < line.size
        reaches = last.x1 > before.right - 1.6 * last.size
        return reaches and line.x0 < frame.left + 1.2 * line.size


def _is_centred(line: Line, frame: Frame) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    return left > 1.5 * line.size and abs(left - right) < 2 * line.size


def squeeze(text: str) -> str:
    """A text without white space: how headings are compared."""
    return "".join(text.split())
