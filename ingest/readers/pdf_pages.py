"""The pages of a PDF, one at a time: its text layer, its ruling lines, its picture.

PDFium reads text at thousands of characters a millisecond but knows no tables;
pdfplumber, a hundred times slower, is asked only for pages with ruling lines.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from ingest.readers.pdf_content import Edge, PageContent, Piece

_DRAWN = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
_DOTS_PER_INCH = 200
_LARGEST_SIDE = 5000  # dots of a rendered page
_THIN = 3.0  # points: a path no thicker is a line
_SHORT = 8.0  # points: a line no longer rules nothing
_FULL = 0.97  # of the page: a box as large is its background
_OUTLINES = 50  # paths on a page without text: its letters are drawn as shapes
_FEW_CHARACTERS = 20  # on a page that is else a picture: a stamp, a page number


class Pages:
    """The pages of one file; nothing of a page is kept once it has been given."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document = pypdfium2.PdfDocument(data)
        self._plumber: Any = None

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Free what the libraries hold."""
        self._plumber = None  # its own closing reads every page, and fails on faulty ones
        self._document.close()

    def read(self, index: int) -> tuple[PageContent, bool]:
        """The content of a page, and whether it is a picture that only looks like text."""
        page = self._document[index]
        try:
            width, height = page.get_size()
            objects = list(page.get_objects(_DRAWN, max_depth=8))
            paths = [o for o in objects if o.type == pdfium.FPDF_PAGEOBJ_PATH]
            content = PageContent(index + 1, width, height, _pieces(page))
            if _is_picture(content, objects, len(paths)):
                return content, True
            if not content.pieces or not (_has_rules(paths, width, height) or page.get_rotation()):
                return content, False
        finally:
            page.close()
        return self._with_edges(index), False

    def picture(self, index: int) -> tuple[Image, float]:
        """A page as a picture, and how many of its dots make a point."""
        page = self._document[index]
        try:
            scale = min(_DOTS_PER_INCH / 72, _LARGEST_SIDE / max(page.get_size()))
            bitmap = page.render(scale=scale)
            try:
                return bitmap.to_pil().convert("RGB"), scale
            finally:
                bitmap.close()
        finally:
            page.close()

    def _with_edges(self, index: int) -> PageContent:
        if self._plumber is None:
            self._plumber = pdfplumber.open(io.BytesIO(self._data))
        page = self._plumber.pages[index]
        left, top = page.bbox[:2]
        try:
            return PageContent(
                index + 1,
                float(page.width),
                float(page.height),
                _plumber_pieces(page.chars, left, top),
                [
                    Edge(e["x0"] - left, e["top"] - top, e["x1"] - left, e["bottom"] - top)
                    for e in page.edges
                ],
            )
        finally:
            page.close()


def _pieces(page: Any) -> list[Piece]:
    """The characters of a page that is not rotated, in the order of the file."""
    text = page.get_textpage()
    left, _, _, upper = page.get_bbox()
    pieces: list[Piece] = []
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    spaced = False
    try:
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if code <= 32 or code in {0xA0, 0x3000, 0xFFFE, 0xFFFF}:
                is_space = code in {32, 0xA0, 0x3000}
                spaced = spaced or (is_space and not pdfium.FPDFText_IsGenerated(text, index))
                continue
            if not pdfium.FPDFText_GetLooseCharBox(text, index, pointer):
                continue
            pieces.append(
                Piece(
                    chr(code),
                    box.left - left,
                    upper - box.top,
                    box.right - left,
                    upper - box.bottom,
                    spaced,
                )
            )
            spaced = False
    finally:
        text.close()
    return pieces


def _plumber_pieces(chars: Iterable[Any], left: float, top: float) -> list[Piece]:
    """The same from pdfplumber; a character printed twice to look bold is one."""
    pieces: list[Piece] = []
    seen: set[tuple[str, int, int]] = set()
    spaced = False
    for char in chars:
        text = char["text"]
        if not text.strip():
            spaced = True
            continue
        x0, y0 = char["x0"] - left, char["top"] - top
        key = (text, round(x0 / 2), round(y0 / 2))
        if key in seen:
            continue
        seen.add(key)
        pieces.append(Piece(text, x0, y0, char["x1"] - left, char["bottom"] - top, spaced))
        spaced = False
    return pieces


def _has_rules(paths: list[Any], width: float, height: float) -> bool:
    """Whether the drawn paths can make a table: a box, or lines in both directions."""
    level = upright = 0
    for path in paths:
        left, bottom, right, top = path.get_bounds()
        across, down = right - left, top - bottom
        if across > _SHORT and down > _SHORT:
            if across < width * _FULL or down < height * _FULL:
                return True
        elif across > _SHORT and down <= _THIN:
            level += 1
        elif down > _SHORT and across <= _THIN:
            upright += 1
        if level >= 2 and upright >= 2:
            return True
    return False


def _is_picture(content: PageContent, objects: list[Any], paths: int) -> bool:
    """Whether a reader sees text on the page that its text layer does not have."""
    unknown = sum(
        1
        for piece in content.pieces
        if piece.text == "\ufffd" or "\ue000" <= piece.text <= "\uf8ff"
    )
    if unknown * 3 > len(content.pieces):
        return True
    if len(content.pieces) > _FEW_CHARACTERS:
        return False
    if not content.pieces and paths >= _OUTLINES:
        return True
    return any(
        _area(image) > 0.4 * content.width * content.height
        for image in objects
        if image.type == pdfium.FPDF_PAGEOBJ_IMAGE
    )


def _area(image: Any) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(abs(right - left) * abs(top - bottom))
