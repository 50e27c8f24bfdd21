"""Scans and pictures: pages without a text layer, with and without the OCR engine."""

from __future__ import annotations

import io
import socket
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.document import Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.readers import Limits, Source, ocr, read_source
from tests.ingest.readers.pdf_files import Pdf

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
needs_engine = pytest.mark.skipif(
    not ocr.is_installed() or not FONT.exists(),
    reason="needs the OCR extra and the font of apt's fonts-noto-cjk",
)

XS = [150, 450, 750, 1050, 1250, 1500]
ROWS = [
    ["项目资金", "年初预算数", "全年预算数", "执行率", "得分"],
    ["年度资金总额", "120.00", "120.00", "100%", "10"],
    ["产出指标", "代征个人出租房屋税", "2100.52万元", "131%", "20"],
    ["", "受理信访诉求", "585宗", "117%", "9"],
]


def scan(angle: float = 0.0) -> Image.Image:
    """A page at 200 dots per inch: a title, a ruled table with a merged cell, two lines."""
    page = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(page)
    font, large = (ImageFont.truetype(str(FONT), size, index=2) for size in (30, 50))
    draw.text((560, 120), "项目支出绩效自评表", font=large, fill="black")
    draw.text((1300, 220), "单位：万元", font=font, fill="black")
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            if (r, c) == (3, 0):
                continue
            top = 280 + 70 * r
            bottom = top + (140 if (r, c) == (2, 0) else 70)
            draw.rectangle((XS[c], top, XS[c + 1], bottom), outline="black", width=3)
            draw.text((XS[c] + 12, top + 14), text, font=font, fill="black")
    draw.text((210, 640), "全年共受理群众诉求五百八十五宗。", font=font, fill="black")
    return page.rotate(angle, fillcolor="white", resample=Image.Resampling.BICUBIC)


def as_file(page: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    page.save(file, kind)
    return file.getvalue()


def scanned_pdf(*texts: str | None) -> bytes:
    """A PDF of pages with a text, or a picture where the text is None."""
    pdf = Pdf()
    for text in texts:
        if text is None:
            page = scan().resize((827, 1170))
            pdf.canvas.drawInlineImage(page, 0, 0, 595, 842)
        else:
            pdf.text(72, 80, text)
        pdf.page()
    return pdf.done()


def read(data: bytes, name: str = "扫描.pdf", limits: Limits | None = None) -> Document:
    return read_source(Source(name, data, limits or Limits()))


def check(document: Document) -> None:
    """The document is what ``scan`` shows."""
    assert document.ocr
    assert document.pages == 1
    above, unit, table, below = document.blocks
    assert isinstance(above, Paragraph)
    assert above.text == "项目支出绩效自评表"
    assert isinstance(unit, Paragraph)
    assert unit.text == "单位：万元"
    assert isinstance(table, Table)
    assert table.texts == tuple(map(tuple, ROWS))
    assert table.rows[2][0].row_span == 2
    assert table.rows[3][0].covered
    assert table.rows[2][2].place.page == 1
    assert isinstance(below, Paragraph)
    assert below.text == "全年共受理群众诉求五百八十五宗。"


@needs_engine
@pytest.mark.parametrize("angle", [0.0, 1.2])
def test_a_scanned_ruled_table_cell_by_cell(angle: float) -> None:
    file = io.BytesIO()
    scan(angle).save(file, "PDF", resolution=200)
    check(read(file.getvalue()))


@needs_engine
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_picture_is_read_like_a_scan(kind: str) -> None:
    check(read(as_file(scan(), kind), f"扫描.{kind.lower()}"))


@needs_engine
def test_recognition_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a connection was tried")

    ocr._engine.cache_clear()
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    check(read(as_file(scan(), "PNG"), "扫描.png"))


@needs_engine
def test_a_scan_among_text_pages_and_the_limit_on_pages() -> None:
    data = scanned_pdf("第一页的正文。", None, None, "第四页的正文。")
    document = read(data, limits=Limits(max_ocr_pages=1))
    assert document.ocr
    assert document.warnings == (
        "第3页是图片，没有文字层：超过1页，未识别",
        "1页是图片，文字由OCR识别，可能有误",
    )
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts[:2] == ["第一页的正文。", "项目支出绩效自评表"]
    assert texts[-1] == "第四页的正文。"


@needs_engine
def test_a_picture_without_text() -> None:
    blank = as_file(Image.new("RGB", (800, 600), "white"), "PNG")
    with pytest.raises(UnreadableFile, match="no text was recognised in the picture"):
        read(blank, "空白.png")


@needs_engine
def test_a_cut_picture_is_refused() -> None:
    data = as_file(scan(), "PNG")
    with pytest.raises(UnreadableFile, match="the picture is damaged or was cut short"):
        read(data[: len(data) // 2], "扫描.png")


def test_without_the_engine_scans_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    document = read(scanned_pdf("第一页的正文。", "第二页的正文。", None))
    assert document.warnings == ("第3页是图片，没有文字层：未安装OCR",)
    assert not document.ocr
    with pytest.raises(UnreadableFile, match=r"a scan without a text layer.*jixiao\[ocr\]"):
        read(scanned_pdf(None, None))
    with pytest.raises(UnreadableFile, match=r"needs the OCR extra: pip install 'jixiao\[ocr\]'"):
        read(as_file(Image.new("RGB", (80, 60)), "PNG"), "图.png")
