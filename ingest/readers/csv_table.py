"""CSV files: delimiter and encoding found out, cells kept as text."""

from __future__ import annotations

import csv
import io

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.sheet import Sheet, check_size, sheet_document
from ingest.readers.source import Source
from ingest.readers.text import clean_cell, decode

_DELIMITERS = ",\t;|，"
_SAMPLE = 64 * 1024  # characters looked at to find the delimiter
_LONGEST_FIELD = 2**20


def read(source: Source) -> Document:
    """The document of a CSV file; a cell's address is its column and record (C3).

    Raises:
        UnreadableFile: empty, no text, or not to be parsed.
    """
    text = decode(source.data, source.file)
    delimiter = _delimiter(text[:_SAMPLE])
    csv.field_size_limit(_LONGEST_FIELD)
    sheet = Sheet("", 1)
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            for column, cell in enumerate(record):
                if value := clean_cell(cell):
                    sheet.texts[(number, column)] = value
            check_size(source, len(sheet.texts))
    except csv.Error as error:
        raise UnreadableFile(source.file, f"is no readable CSV: {error}") from error
    return sheet_document(source, [sheet], [])


def _delimiter(sample: str) -> str:
    """The delimiter that cuts most records into the same number of fields, more than one."""

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            records = list(csv.reader(io.StringIO(sample), delimiter=delimiter))
        except csv.Error:
            return 0, 0
        widths = [len(r) for r in records if len(r) > 1]
        commonest = max(set(widths), key=widths.count, default=0)
        return widths.count(commonest), commonest

    return max(_DELIMITERS, key=agreement)
