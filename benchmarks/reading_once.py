"""Read one file in one way, in a process of its own, and print seconds and peak memory.

Standard library only at the top, so that ``markitdown`` can run it in an environment
that has nothing of ours: ``python reading_once.py WAY FILE``.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def reports(path: Path) -> int:
    """Everything: document, forms, indicators, figures; how many figures."""
    from ingest.pipeline import read_files

    outcome = next(iter(read_files([path])))
    if outcome.refusal:
        raise SystemExit(outcome.refusal)
    return sum(len(report.figures) for report in outcome.reports)


def document(path: Path) -> int:
    """Paragraphs and tables with their places; how many blocks."""
    from ingest.readers import read_document

    return len(read_document(path).blocks)


def markitdown(path: Path) -> int:
    """The rival's Markdown; how many characters."""
    from markitdown import MarkItDown

    return len(MarkItDown(enable_plugins=False).convert(path).text_content)


def bare(path: Path) -> int:
    """The text as the format's own library gives it, and nothing else; its length."""
    return _BARE[path.suffix.lstrip(".")](path)


def _decoded(path: Path) -> int:
    return len(path.read_bytes().decode("utf-8"))


def _html(path: Path) -> int:
    from lxml import html

    return len(html.fromstring(path.read_bytes()).text_content())


def _docx(path: Path) -> int:
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        return sum(map(len, etree.fromstring(archive.read("word/document.xml")).itertext()))


def _xlsx(path: Path) -> int:
    from openpyxl import load_workbook

    rows = (row for sheet in load_workbook(path, data_only=True) for row in sheet.values)
    return sum(len(str(value)) for row in rows for value in row if value is not None)


def _xls(path: Path) -> int:
    import xlrd

    return sum(
        len(str(value))
        for sheet in xlrd.open_workbook(path, formatting_info=True).sheets()
        for row in range(sheet.nrows)
        for value in sheet.row_values(row)
    )


def _ods(path: Path) -> int:
    from odf.opendocument import load
    from odf.table import TableCell
    from odf.teletype import extractText

    cells = load(str(path)).spreadsheet.getElementsByType(TableCell)
    return sum(len(extractText(cell)) for cell in cells)


def _pdf(path: Path) -> int:
    """Text and ruled tables, as the table library gives them."""
    import pdfplumber

    length = 0
    with pdfplumber.open(path) as pages:
        for page in pages.pages:
            length += len(page.extract_text())
            for table in page.extract_tables():
                length += sum(len(cell or "") for row in table for cell in row)
            page.close()
    return length


_BARE: dict[str, Callable[[Path], int]] = {
    "txt": _decoded,
    "csv": _decoded,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "pdf": _pdf,
}
_WAYS = {"reports": reports, "document": document, "bare": bare, "markitdown": markitdown}


def main(way: str, *paths: str) -> None:
    """Read the first file to load libraries, then the last one against the clock."""
    read: Callable[[Path], int] = _WAYS[way]
    read(Path(paths[0]))
    began = time.perf_counter()
    found = read(Path(paths[-1]))
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "found": found, "peak_mib": _peak_mib()}))


def _peak_mib() -> float:
    """The most memory this program held. Linux's ``ru_maxrss`` would count its parent's."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 2**10
    except (OSError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main(*sys.argv[1:])
