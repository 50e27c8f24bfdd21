"""Word files for tests, by writing their XML."""

from __future__ import annotations

import io
import zipfile

from ingest.readers.source import Source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def word_file(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    prolog: str = "",
    namespaces: str = f"{W} {_MORE}",
    name: str = "报告.docx",
) -> Source:
    """A file with this body; ``styles`` and ``numbering`` are the contents of their parts."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{prolog}<w:document {namespaces}><w:body>{body}</w:body>"
        "</w:document>",
    }
    if styles:
        parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return Source(name, buffer.getvalue())


def p(text: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph with one run."""
    about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    hidden = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p>{about}<w:r>{hidden}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(content: str = "", properties: str = "") -> str:
    """A cell; its content is text or blocks."""
    blocks = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells; texts become cells."""
    about = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    inner = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr>{about}{inner}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
