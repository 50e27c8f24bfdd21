"""PDF files: paragraphs and ruled tables of the text layer, pictures by recognition."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers import ocr
from ingest.readers.pdf_content import PageContent
from ingest.readers.pdf_flow import blocks_of
from ingest.readers.pdf_lines import squeeze
from ingest.readers.pdf_pages import Pages
from ingest.readers.pdf_size import unpacks_to_more_than
from ingest.readers.source import Source

_DAMAGED = "the PDF is damaged or was cut short; send it again"
_SCAN = "it is a scan without a text layer; install the OCR extra: pip install 'jixiao[ocr]'"
_TAIL = 4096  # bytes at the end of a complete file that say where its parts are

# What the PDF libraries log about faulty files is no business of the user's.
for _name in ("pypdf", "pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(slots=True)
class _Pictures:
    """The pages without a text layer, by what became of them."""

    recognised: int = 0
    without_engine: list[int] = field(default_factory=list)
    beyond_limit: list[int] = field(default_factory=list)


def read(source: Source) -> Document:
    """The text and tables of a PDF.

    Raises:
        UnreadableFile: protected, damaged, too large, or without any text.
    """
    outline = _checked(source)
    try:
        pages = Pages(source.data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(source.file, _DAMAGED) from error
    try:
        return _document(source, pages, outline)
    except (MemoryError, UnreadableFile):
        raise
    except Exception as error:  # three libraries, each with errors of its own
        raise UnreadableFile(source.file, _DAMAGED) from error
    finally:
        pages.close()


def _checked(source: Source) -> dict[tuple[int, str], int]:
    """The outline of a file that is whole, open and not too long.

    Raises:
        UnreadableFile: it is not.
    """
    tail = source.data.rstrip(b"\0\r\n\t ")[-_TAIL:]
    if b"startxref" not in tail and b"%%EOF" not in tail:
        raise UnreadableFile(source.file, _DAMAGED)
    most = source.limits.max_unpacked_bytes
    if unpacks_to_more_than(source.data, most):
        raise UnreadableFile(
            source.file, f"unpacks to more than {most // 2**20} MiB; print it to a new PDF"
        )
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(
                source.file, "the file is protected by a password; remove it first"
            )
        count = len(reader.pages)
        if count > source.limits.max_pages:
            raise UnreadableFile(
                source.file,
                f"has {count} pages, more than {source.limits.max_pages}; split it",
            )
    except (MemoryError, UnreadableFile):
        raise
    except Exception as error:
        raise UnreadableFile(source.file, _DAMAGED) from error
    if not count:
        raise UnreadableFile(source.file, "the PDF has no pages")
    try:
        return _outline(reader, reader.outline, 1)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}  # headings are a help; a faulty outline costs no text


def _outline(reader: pypdf.PdfReader, entries: list[Any], level: int) -> dict[tuple[int, str], int]:
    """The level of each heading of the outline, by its page and text."""
    found: dict[tuple[int, str], int] = {}
    for entry in entries:
        if isinstance(entry, list):
            found |= _outline(reader, entry, level + 1)
            continue
        page = reader.get_destination_page_number(entry)
        if page is not None and entry.title:
            found[page + 1, squeeze(entry.title)] = level
    return found


def _document(source: Source, pages: Pages, outline: dict[tuple[int, str], int]) -> Document:
    pictures = _Pictures()
    blocks = blocks_of(source, _contents(source, pages, pictures), outline)
    if not blocks:
        raise UnreadableFile(
            source.file, _SCAN if pictures.without_engine else "the PDF has no text"
        )
    return Document(
        source.file,
        source.hash,
        tuple(blocks),
        pages=len(pages),
        ocr=pictures.recognised > 0,
        warnings=tuple(_warnings(source, pictures)),
    )


def _contents(source: Source, pages: Pages, pictures: _Pictures) -> Iterator[PageContent]:
    """Each page's content, recognised where it is a picture."""
    for index in range(len(pages)):
        content, is_picture = pages.read(index)
        if not is_picture:
            yield content
        elif not ocr.is_installed():
            pictures.without_engine.append(index + 1)
            yield content
        elif pictures.recognised >= source.limits.max_ocr_pages:
            pictures.beyond_limit.append(index + 1)
            yield content
        else:
            pictures.recognised += 1
            image, scale = pages.picture(index)
            yield ocr.recognise(image, index + 1, scale)


def _warnings(source: Source, pictures: _Pictures) -> Iterator[str]:
    if pictures.without_engine:
        yield f"第{_ranges(pictures.without_engine)}页是图片，没有文字层：未安装OCR"
    if pictures.beyond_limit:
        limit = source.limits.max_ocr_pages
        yield f"第{_ranges(pictures.beyond_limit)}页是图片，没有文字层：超过{limit}页，未识别"
    if pictures.recognised:
        yield f"{pictures.recognised}页是图片，文字由OCR识别，可能有误"


def _ranges(numbers: Iterable[int]) -> str:
    """Page numbers as people write them: 3、5-9."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return "、".join(runs)
