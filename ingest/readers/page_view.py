"""A page of a file as a person sees it: its picture, and where on it which words stand."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import UnidentifiedImageError
from PIL.Image import Image
from PIL.Image import open as open_image

from ingest.readers import ocr
from ingest.readers.pdf_pages import Pages
from ingest.readers.pdf_places import PageText
from ingest.readers.picture import A4_LONG_SIDE, frame


@dataclass(frozen=True, slots=True)
class PageView:
    """``recognised``: the words were read from the picture, as when the file was stored."""

    picture: Image
    text: PageText
    recognised: bool = False


def page_view(data: bytes, page: int) -> PageView | None:
    """A page (from 1) of a PDF or a picture; None where there is no such page.

    A page without a text layer is recognised, which takes seconds.
    """
    return _of_pdf(data, page) if b"%PDF-" in data[:1024] else _of_picture(data, page)


def _of_pdf(data: bytes, page: int) -> PageView | None:
    pages = Pages(data)
    try:
        if not 1 <= page <= len(pages):
            return None
        content, is_picture = pages.read(page - 1)
        picture, scale = pages.picture(page - 1)
    finally:
        pages.close()
    if is_picture:
        return _recognised(picture, page, scale)
    return PageView(picture, PageText(content))


def _of_picture(data: bytes, page: int) -> PageView | None:
    try:
        with open_image(io.BytesIO(data)) as image:
            picture = frame(image, page)
    except UnidentifiedImageError:
        return None
    if picture is None:
        return None
    return _recognised(picture, page, max(picture.size) / A4_LONG_SIDE)


def _recognised(picture: Image, page: int, scale: float) -> PageView:
    if not ocr.is_installed():
        return PageView(picture, PageText(None))
    # Shown as it was read: a page that lay askew on the scanner is turned.
    straight = ocr.straight(picture)
    return PageView(straight, PageText(ocr.recognise(picture, page, scale)), recognised=True)
