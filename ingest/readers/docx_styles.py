"""What the styles of a .docx file say: headings, hidden text, lists, tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.readers.docx_parts import Element, is_on, number, value, w

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_TITLES = frozenset({"title", "标题"})
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]$", re.I)
_BODY_TEXT_LEVEL = 9
_LONGEST_CHAIN = 20  # of styles based on one another


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it takes over from those it is based on."""

    level: int | None = None  # heading level, 1 the highest
    hidden: bool = False
    contents: bool = False  # a line of the table of contents
    list_id: int | None = None  # w:numId
    list_level: int | None = None  # w:ilvl


class Styles:
    """The styles of one file by their id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._default: str | None = None
        for element in () if root is None else root.iterfind(w("style")):
            style_id = str(element.get(w("styleId"), ""))
            self._elements[style_id] = element
            if element.get(w("type")) == "paragraph" and element.get(w("default")) == "1":
                self._default = style_id

    def of_paragraph(self, properties: Element | None) -> Style:
        """The style of a paragraph, from its ``w:pPr``."""
        style_id = value(properties, "pStyle") or self._default
        return self.named(style_id) if style_id else Style()

    def hides(self, properties: Element | None) -> bool:
        """Whether a run with this ``w:rPr`` is hidden text."""
        if properties is None:
            return False
        if properties.find(w("vanish")) is not None:
            return is_on(properties, "vanish")
        style_id = value(properties, "rStyle")
        return bool(style_id) and self.named(style_id or "").hidden

    def level(self, properties: Element | None) -> int | None:
        """The heading level of a paragraph: its own, else its style's."""
        own = number(properties, "outlineLvl")
        if own is not None:
            return own + 1 if own < _BODY_TEXT_LEVEL else None
        return self.of_paragraph(properties).level

    def named(self, style_id: str) -> Style:
        """A style by its id; one that the file does not define by the id alone."""
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def _resolve(self, style_id: str) -> Style:
        level = list_id = list_level = None
        hidden: bool | None = None
        contents = False
        for name, element in self._chain(style_id):
            paragraph = None if element is None else element.find(w("pPr"))
            run = None if element is None else element.find(w("rPr"))
            listed = None if paragraph is None else paragraph.find(w("numPr"))
            level = _level(name, paragraph) if level is None else level
            list_id = number(listed, "numId") if list_id is None else list_id
            list_level = number(listed, "ilvl") if list_level is None else list_level
            if hidden is None and run is not None and run.find(w("vanish")) is not None:
                hidden = is_on(run, "vanish")
            contents = contents or bool(_CONTENTS.match(name))
        heading = level if level and level <= _BODY_TEXT_LEVEL else None
        return Style(heading, bool(hidden), contents, list_id, list_level)

    def _chain(self, style_id: str) -> list[tuple[str, Element | None]]:
        """The style and those it is based on, nearest first, each with its name."""
        chain: list[tuple[str, Element | None]] = []
        current: str | None = style_id
        while current and len(chain) < _LONGEST_CHAIN:
            element = self._elements.get(current)
            chain.append((value(element, "name") or current, element))
            current = value(element, "basedOn")
        return chain


def _level(name: str, properties: Element | None) -> int | None:
    """Heading level (10 for body text) of one style alone, None where it says nothing."""
    outline = number(properties, "outlineLvl")
    if outline is not None:
        return outline + 1
    heading = _HEADING.match(name.strip())
    if heading:
        return int(heading.group(1))
    return 1 if name.strip().lower() in _TITLES else None
