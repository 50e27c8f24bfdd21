"""Text in pictures: RapidOCR with the PP-OCR models inside its package, wholly offline.

A recognised page is like any other: words with their boxes, ruling lines found in
the picture; tables and paragraphs are made of them as of a text layer.
"""

from __future__ import annotations

import importlib.util
import logging
from functools import cache
from typing import Any

from PIL.Image import Image, fromarray

from ingest.readers.pdf_content import Edge, PageContent, Piece

_LEAST_SURE = 0.5  # of 1: what was recognised with less is noise


@cache
def is_installed() -> bool:
    """Whether the OCR extra is there."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2"))


@cache
def _engine() -> Any:
    """The engine, loaded once for all pages; its models come with the package."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def recognise(image: Image, number: int, scale: float) -> PageContent:
    """The text and ruling lines of a picture as a page. ``scale``: its dots in a point."""
    import numpy

    from ingest.readers.ocr_rules import ruling_lines, straightened

    pixels = straightened(numpy.asarray(image.convert("RGB")))
    words = _words(pixels)
    # A stroke of a large letter is as long as a short ruling line.
    edges = [
        edge
        for edge in ruling_lines(pixels)
        if not any(_is_stroke(edge, word) for word, _ in words)
    ]
    pieces = [piece for word, parts in words for piece in _split(word, parts, edges)]
    height, width = pixels.shape[:2]
    return PageContent(
        number,
        width / scale,
        height / scale,
        [_scaled_piece(piece, scale) for piece in pieces],
        [Edge(e.x0 / scale, e.top / scale, e.x1 / scale, e.bottom / scale) for e in edges],
    )


def straight(image: Image) -> Image:
    """A picture as ``recognise`` looks at it: a page that lay askew is turned."""
    import numpy

    from ingest.readers.ocr_rules import straightened

    return fromarray(straightened(numpy.asarray(image.convert("RGB"))))


def _words(pixels: Any) -> list[tuple[Piece, Any]]:
    """The words of a picture, and the characters of each."""
    result = _engine()(pixels, return_word_box=True)
    if result.boxes is None or result.txts is None:
        return []
    parts = result.word_results or [()] * len(result.txts)
    return [
        (_piece(text.strip(), box), characters)
        for box, text, score, characters in zip(
            result.boxes, result.txts, result.scores, parts, strict=False
        )
        if score >= _LEAST_SURE and text.strip()
    ]


def _is_stroke(edge: Edge, word: Piece) -> bool:
    """Whether an edge is part of a letter: nowhere outside the box of the word."""
    slack = (word.bottom - word.top) / 8
    return (
        word.x0 - slack <= edge.x0
        and edge.x1 <= word.x1 + slack
        and word.top - slack <= edge.top
        and edge.bottom <= word.bottom + slack
    )


def _piece(text: str, corners: Any) -> Piece:
    xs = [float(corner[0]) for corner in corners]
    ys = [float(corner[1]) for corner in corners]
    return Piece(text, min(xs), min(ys), max(xs), max(ys))


def _split(whole: Piece, parts: Any, edges: list[Edge]) -> list[Piece]:
    """Its characters, where it reaches over an upright line by more than a blurred border."""
    reach = (whole.bottom - whole.top) / 2
    is_cut = any(
        edge.upright
        and whole.x0 + reach < edge.x0 < whole.x1 - reach
        and edge.top < whole.middle < edge.bottom
        for edge in edges
    )
    if not is_cut or not parts:
        return [whole]
    return [_piece(text, corners) for text, _, corners in parts]


def _scaled_piece(piece: Piece, scale: float) -> Piece:
    return Piece(
        piece.text, piece.x0 / scale, piece.top / scale, piece.x1 / scale, piece.bottom / scale
    )
