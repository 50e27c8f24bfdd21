"""Pictures of reports (.png, .jpg, .tif, .bmp): text and ruled tables by recognition."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers import ocr
from ingest.readers.pdf_content import PageContent
from ingest.readers.pdf_flow import blocks_of
from ingest.readers.source import Source

_LONG_SIDE = 2339  # dots: A4 at 200 dots per inch, at which lines and letters are sought
_MOST_ENLARGED = 2.0
_MOST_DOTS = 120_000_000
A4_LONG_SIDE = 842.0  # points


def read(source: Source) -> Document:
    """The text of a picture; a .tif may hold several pages.

    Raises:
        UnreadableFile: damaged, too large, no engine, or no text in it.
    """
    if not ocr.is_installed():
        raise UnreadableFile(
            source.file, "reading pictures needs the OCR extra: pip install 'jixiao[ocr]'"
        )
    try:
        with Image.open(io.BytesIO(source.data)) as image:
            pages = getattr(image, "n_frames", 1)
            _check(source, image, pages)
            blocks = blocks_of(source, _contents(image), {})
    except UnreadableFile:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableFile(
            source.file,
            "the picture has too many pixels; scan it at 200 to 300 dpi and send it again",
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableFile(
            source.file, "the picture is damaged or was cut short; send it again"
        ) from error
    if not blocks:
        raise UnreadableFile(source.file, "no text was recognised in the picture")
    return Document(
        source.file,
        source.hash,
        tuple(blocks),
        pages=pages,
        ocr=True,
        warnings=(f"{pages}页是图片，文字由OCR识别，可能有误",),
    )


def _check(source: Source, image: Image.Image, pages: int) -> None:
    """Refuse what would take unbounded time or memory."""
    if pages > source.limits.max_ocr_pages:
        raise UnreadableFile(
            source.file, f"has {pages} pages, more than {source.limits.max_ocr_pages}; split it"
        )
    if image.width * image.height > _MOST_DOTS:
        raise UnreadableFile(source.file, "the picture is too large; save it at 200 dpi")


def _contents(image: Image.Image) -> Iterator[PageContent]:
    for number, one in enumerate(ImageSequence.Iterator(image), 1):
        page = _upright(one)
        yield ocr.recognise(page, number, max(page.size) / A4_LONG_SIDE)


def frame(image: Image.Image, number: int) -> Image.Image | None:
    """A page (from 1) of a picture, upright and of the usual size; None where there is none."""
    if not 1 <= number <= getattr(image, "n_frames", 1):
        return None
    image.seek(number - 1)
    return _upright(image)


def _upright(page: Image.Image) -> Image.Image:
    return _sized(ImageOps.exif_transpose(page).convert("RGB"))


def _sized(page: Image.Image) -> Image.Image:
    """At about the resolution of a scan, so that lines and letters have their usual size."""
    factor = min(_LONG_SIDE / max(page.size), _MOST_ENLARGED)
    if 0.75 < factor < 1.3:
        return page
    return page.resize((round(page.width * factor), round(page.height * factor)))
