"""The text of one paragraph of a .docx file, as it is displayed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.docx_parts import Element, math, mc, w
from ingest.readers.docx_styles import Styles

_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_LARGE_PICTURE = 8 * 360_000  # 8 cm in Word's units: larger than a seal or a logo

# What is no text of the document, or no longer.
_LEFT_OUT = frozenset(
    {
        w("pPr"),
        w("rPr"),
        w("sdtPr"),
        w("sdtEndPr"),
        w("del"),
        w("moveFrom"),
        w("delText"),
        w("instrText"),
        w("delInstrText"),
        w("rt"),
        w("object"),
        mc("Fallback"),
    }
)
_BREAKS = frozenset({w("br"), w("cr")})
_TEXTS = frozenset({w("t"), math("t")})

# Ticked and empty boxes that Word takes from its symbol fonts.
_SYMBOLS = {
    ("wingdings", 0x6F): "□",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xFC): "√",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x50): "√",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
}


@dataclass(slots=True)
class Content:
    """Text of a paragraph with its line breaks, and the text boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    large_pictures: int = 0

    @property
    def lines(self) -> list[str]:
        """The lines that have text, white space within them made one space."""
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self.pieces).split("\n"))
        return [line for line in lines if line]


def content_of(paragraph: Element, styles: Styles) -> Content:
    """What a reader of the paragraph sees: inserted text, none that is deleted or hidden."""
    content = Content()
    _collect(paragraph, styles, content)
    return content


def _collect(parent: Element, styles: Styles, content: Content) -> None:
    for element in parent:
        tag = element.tag
        if tag in _LEFT_OUT or not isinstance(tag, str):
            continue
        if tag in _TEXTS:
            content.pieces.append((element.text or "").replace("\n", " "))
        elif tag == w("r"):
            if not styles.hides(element.find(w("rPr"))):
                _collect(element, styles, content)
        elif tag == mc("AlternateContent"):
            _collect_one_alternative(element, styles, content)
        elif tag == w("txbxContent"):
            content.boxes.append(element)
        elif tag in _BREAKS:
            if element.get(w("type")) in {None, "textWrapping"}:
                content.pieces.append("\n")
        else:
            content.pieces.append(_character(element))
            content.large_pictures += _is_large_picture(element)
            _collect(element, styles, content)


def _collect_one_alternative(element: Element, styles: Styles, content: Content) -> None:
    """The same thing is stored for new and for old programs: take the first."""
    alternatives = list(element.iterfind(mc("Choice"))) or list(element.iterfind(mc("Fallback")))
    for alternative in alternatives[:1]:
        _collect(alternative, styles, content)


def _character(element: Element) -> str:
    """The text that an element stands for by itself."""
    tag = element.tag
    if tag in {w("tab"), w("ptab")}:
        return " "
    if tag == w("noBreakHyphen"):
        return "-"
    if tag == math("den"):
        return "/"
    return _symbol(element) if tag == w("sym") else ""


def _symbol(element: Element) -> str:
    font = str(element.get(w("font"), "")).lower()
    try:
        code = int(str(element.get(w("char"), "")), 16)
    except ValueError:
        return ""
    own = 0xF000 <= code <= 0xF0FF  # a code of the font's own
    known = _SYMBOLS.get((font, code & 0xFF)) if own or code < 0x100 else None
    if known is not None:
        return known
    return "" if own or not 0x20 <= code < 0xD800 else chr(code)


def _is_large_picture(element: Element) -> bool:
    """Whether this is the extent of a drawing that shows a picture of a page's size."""
    if not str(element.tag).endswith("}extent"):
        return False
    drawing = element.getparent()
    if drawing is None or drawing.find(".//{*}blip") is None:
        return False
    try:
        return min(int(element.get("cx", 0)), int(element.get("cy", 0))) > _LARGE_PICTURE
    except ValueError:
        return False
