"""Ruling lines in the picture of a page."""

from __future__ import annotations

from typing import Any

import cv2
import numpy

from ingest.readers.pdf_content import Edge

_SHORTEST = 40  # dots: a cell's side at 200 dots per inch is hardly shorter
_THICKEST = 12  # dots: what is thicker is no line
_GAP = 7  # dots: a line with shorter gaps was drawn whole
_LARGEST_SKEW = 5.0  # degrees that a page lies askew on a scanner


def _ink(pixels: Any) -> Any:
    """White where the picture is dark against what surrounds it."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )


def straightened(pixels: Any) -> Any:
    """The picture turned so that its long level lines are level."""
    height, width = pixels.shape[:2]
    found = cv2.HoughLinesP(
        _ink(pixels), 1, numpy.pi / 1800, 300, minLineLength=width // 4, maxLineGap=8
    )
    if found is None:
        return pixels
    x0, y0, x1, y1 = found.reshape(-1, 4).T.astype(float)
    angles = numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0))
    angles = angles[numpy.abs(angles) < _LARGEST_SKEW]
    if len(angles) < 2 or abs(angle := float(numpy.median(angles))) < 0.1:
        return pixels
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(pixels, turn, (width, height), borderValue=(255, 255, 255))


def ruling_lines(pixels: Any) -> list[Edge]:
    """The level and upright lines of a picture, in dots."""
    ink = _ink(pixels)
    return _lines(ink, upright=False) + _lines(ink, upright=True)


def _lines(ink: Any, *, upright: bool) -> list[Edge]:
    line = (_SHORTEST, 1) if upright else (1, _SHORTEST)  # rows, columns
    gap = (_GAP, 1) if upright else (1, _GAP)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, numpy.ones(gap, numpy.uint8))
    kept = cv2.morphologyEx(closed, cv2.MORPH_OPEN, numpy.ones(line, numpy.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(kept)
    edges = []
    for left, top, width, height, _ in boxes[1:].tolist():
        thick = width if upright else height
        if thick > _THICKEST:
            continue
        if upright:
            middle = left + width / 2
            edges.append(Edge(middle, float(top), middle, float(top + height)))
        else:
            middle = top + height / 2
            edges.append(Edge(float(left), middle, float(left + width), middle))
    return edges
