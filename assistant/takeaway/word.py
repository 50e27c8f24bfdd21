"""A document as .docx (ECMA-376), with real footnotes.

Written part by part with lxml: python-docx has no footnotes, and what is needed here is
a handful of elements. Fonts are those of Chinese official documents on Windows, with the
system's own where they are missing.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from assistant.takeaway.document import Block, Document, Items, Look, Paragraph, Run, Runs, Table
from assistant.takeaway.word_parts import (
    BULLETS,
    CONTENT_TYPES,
    DOCUMENT_RELS,
    FOOTER,
    NS,
    PACKAGE_RELS,
    SETTINGS,
    W,
    core_properties,
    numbering,
    styles,
)

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_NOTE = 1  # -1 and 0 are the separators that Word wants
_STAMP = (1980, 1, 1, 0, 0, 0)  # of the parts in the archive: equal documents are equal bytes
_PAGE = {"w": "11906", "h": "16838"}  # A4, twentieths of a point
_MARGINS = {"top": "1440", "right": "1587", "bottom": "1440", "left": "1587", "header": "851",
            "footer": "992", "gutter": "0"}  # fmt: skip


def to_docx(document: Document) -> bytes:
    """The bytes of a ``.docx`` file."""
    writer = _Writer(document)
    body = writer.body()
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELS,
        "docProps/core.xml": core_properties(_clean(document.title), document.language),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": DOCUMENT_RELS,
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(writer.lists),
        "word/settings.xml": SETTINGS,
        "word/footnotes.xml": writer.footnotes(),
        "word/footer1.xml": FOOTER,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Writer:
    """``lists`` are the first numbers of the numbered lists, in order."""

    def __init__(self, document: Document) -> None:
        self.lists: list[int] = []
        self._document = document
        self._referred: set[int] = set()

    def body(self) -> bytes:
        root = etree.Element(W + "document", nsmap=NS)
        body = etree.SubElement(root, W + "body")
        for block in self._document.blocks:
            self._block(body, block)
        section = etree.SubElement(body, W + "sectPr")
        _add(section, "footerReference", type="default")
        section[0].set(f"{{{NS['r']}}}id", "rFooter")
        _add(section, "pgSz", **_PAGE)
        _add(section, "pgMar", **_MARGINS)
        return _xml(root)

    def footnotes(self) -> bytes:
        root = etree.Element(W + "footnotes", nsmap=NS)
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = _add(root, "footnote", type=kind, id=str(number))
            _add(_add(_add(note, "p"), "r"), kind)
        for index, text in enumerate(self._document.notes):
            note = _add(root, "footnote", id=str(index + _FIRST_NOTE))
            paragraph = _add(note, "p")
            _add(_add(paragraph, "pPr"), "pStyle", val="FootnoteText")
            mark = _add(paragraph, "r")
            _add(_add(mark, "rPr"), "rStyle", val="FootnoteReference")
            _add(mark, "footnoteRef")
            _text(_add(paragraph, "r"), " " + text)
        return _xml(root)

    def _block(self, parent: Any, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(parent, block)
        elif isinstance(block, Items):
            self._items(parent, block)
        else:
            self._table(parent, block)

    def _paragraph(self, parent: Any, block: Paragraph) -> None:
        paragraph = _add(parent, "p")
        _add(_add(paragraph, "pPr"), "pStyle", val=block.look.value)
        for number, line in enumerate(block.lines):
            if number:
                _add(_add(paragraph, "r"), "br")
            self._runs(paragraph, line)

    def _items(self, parent: Any, block: Items) -> None:
        number = BULLETS
        if block.first is not None:
            self.lists.append(block.first)
            number = BULLETS + len(self.lists)
        for item in block.items:
            paragraph = _add(parent, "p")
            properties = _add(paragraph, "pPr")
            _add(properties, "pStyle", val=Look.BODY.value)
            listed = _add(properties, "numPr")
            _add(listed, "ilvl", val="0")
            _add(listed, "numId", val=str(number))
            self._runs(paragraph, item)

    def _table(self, parent: Any, block: Table) -> None:
        table = _add(parent, "tbl")
        properties = _add(table, "tblPr")
        _add(properties, "tblStyle", val="Grid")
        _add(properties, "tblW", w="5000", type="pct")
        _add(properties, "tblLook", val="0020", firstRow="1")
        columns = max((len(row) for row in block.rows), default=0)
        grid = _add(table, "tblGrid")
        for _ in range(columns):
            _add(grid, "gridCol", w=str(8700 // max(columns, 1)))
        for number, row in enumerate(block.rows):
            line = _add(table, "tr")
            about = _add(line, "trPr")
            _add(about, "cantSplit")
            if number == 0:
                _add(about, "tblHeader")
            for runs in (*row, *[()] * (columns - len(row))):
                cell = _add(line, "tc")
                _add(_add(cell, "tcPr"), "tcW", w=str(5000 // max(columns, 1)), type="pct")
                paragraph = _add(cell, "p")
                _add(_add(paragraph, "pPr"), "pStyle", val="Cell")
                self._runs(paragraph, tuple(_bold(r) for r in runs) if number == 0 else runs)
        _add(parent, "p")  # Word wants a paragraph between two tables, and after the last

    def _runs(self, paragraph: Any, runs: Runs) -> None:
        for run, before in zip(runs, (None, *runs), strict=False):
            if run.note is not None and before is not None and before.note is not None:
                self._comma(paragraph)  # 6,5 and not 65
            if run.note is None:
                made = _add(paragraph, "r")
                if run.bold:
                    _add(_add(made, "rPr"), "b")
                _text(made, run.text)
            elif run.note in self._referred:
                self._again(paragraph, run.note)
            else:
                self._referred.add(run.note)
                self._note(paragraph, run.note)

    def _comma(self, paragraph: Any) -> None:
        run = _add(paragraph, "r")
        _add(_add(run, "rPr"), "rStyle", val="FootnoteReference")
        _text(run, ",")

    def _note(self, paragraph: Any, index: int) -> None:
        """The footnote itself, with a bookmark that later mentions refer to."""
        name = f"_RefNote{index + _FIRST_NOTE}"
        _add(paragraph, "bookmarkStart", id=str(index), name=name)
        mark = _add(paragraph, "r")
        _add(_add(mark, "rPr"), "rStyle", val="FootnoteReference")
        _add(mark, "footnoteReference", id=str(index + _FIRST_NOTE))
        _add(paragraph, "bookmarkEnd", id=str(index))

    def _again(self, paragraph: Any, index: int) -> None:
        """Another mention of the same source: its number, kept right by Word."""
        code = f" NOTEREF _RefNote{index + _FIRST_NOTE} \\f \\h "
        for kind in ("begin", "code", "separate", "number", "end"):
            run = _add(paragraph, "r")
            _add(_add(run, "rPr"), "rStyle", val="FootnoteReference")
            if kind == "code":
                _add(run, "instrText").text = code
            elif kind == "number":
                _text(run, str(index + _FIRST_NOTE))
            else:
                _add(run, "fldChar", fldCharType=kind)


def _bold(run: Run) -> Run:
    return Run(run.text, True, run.note)


def _add(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, W + tag, {W + k: v for k, v in attributes.items()})


def _text(run: Any, text: str) -> None:
    made = _add(run, "t")
    made.text = _clean(text)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _clean(text: str) -> str:
    """Without the characters that XML has no way to hold."""
    return _NOT_IN_XML.sub("", text)


def _xml(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
