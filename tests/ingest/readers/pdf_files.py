"""PDF files made for the tests: text at given places, ruled tables with merged cells."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

WIDTH, HEIGHT = A4
# (row, column, rows, columns, text) of a cell on the grid
Laid = tuple[int, int, int, int, str]


class Pdf:
    """A PDF drawn from the top of the page down, in points."""

    def __init__(self, password: str | None = None, owner: str | None = None) -> None:
        self._file = io.BytesIO()
        lock = None
        if password is not None or owner is not None:
            lock = StandardEncryption(password or "", owner or "owner", strength=128)
        self.canvas = Canvas(self._file, pagesize=A4, encrypt=lock)

    def text(self, x: float, top: float, text: str, size: float = 10.5) -> None:
        """One line, its upper edge at ``top``."""
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(x, HEIGHT - top - size, text)

    def centred(self, top: float, text: str, size: float = 18) -> None:
        """One line in the middle of the page."""
        self.text((WIDTH - pdfmetrics.stringWidth(text, "STSong-Light", size)) / 2, top, text, size)

    def table(
        self, xs: Sequence[float], ys: Sequence[float], cells: Iterable[Laid], size: float = 9
    ) -> None:
        """A ruled table with its edges at these places."""
        for row, column, rows, columns, text in cells:
            x0, x1 = xs[column], xs[column + columns]
            top, bottom = ys[row], ys[row + rows]
            self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top)
            for index, line in enumerate(wrapped(text, x1 - x0 - 6, size)):
                self.text(x0 + 3, top + 3 + index * size * 1.3, line, size)

    def page(self) -> None:
        """Go to the next page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._file.getvalue()


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines as an office program breaks them: anywhere in Chinese and in figures."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if line and pdfmetrics.stringWidth(line + char, "STSong-Light", size) > width:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def plain_rows(rows: Sequence[Sequence[str]], first: int = 0) -> list[Laid]:
    """Cells of a table in which nothing is merged."""
    return [(first + r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def pages_of(count: int, draw: Callable[[Pdf, int], None]) -> bytes:
    """A file of so many pages."""
    pdf = Pdf()
    for number in range(1, count + 1):
        draw(pdf, number)
        pdf.page()
    return pdf.done()
