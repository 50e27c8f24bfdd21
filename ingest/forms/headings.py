"""Lines between the tables of a form that head what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Document, Paragraph
from ingest.report import Role

_HEADING = re.compile(r"问题|措施|改进|计划|说明|情况|建议|打算|经验|做法|原因|分析|结论")


_AIMS = re.compile(r"(?:绩效|年度|总体|预期|工作)目标(?!.{0,4}(?:完成|实现|情况))")
OTHER = re.compile(r"问题|建议|改进|下一步|打算|附注|说明$")  # what is no result of the year


def side_of(headings: Sequence[str], otherwise: Role) -> Role:
    """What the figures under headings are: aims, results of the year, or neither."""
    path = " ".join(headings)
    if _AIMS.search(path):
        return Role.TARGET
    return Role.NONE if OTHER.search(path) else otherwise


def is_heading(text: str) -> bool:
    """A short line above running text: 存在的主要问题, 下一步改进措施."""
    plain = text.strip()
    return (
        len(plain) <= 24 and not re.search(r"[。；，：:\d]", plain) and bool(_HEADING.search(plain))
    )


_CHAPTER = re.compile(r"\s*[一二三四五六七八九十]{1,3}、[^，。；]{2,30}$")
_LEAST_CHAPTERS = 3


def is_chapter(text: str) -> bool:
    """一、单位概况: a numbered line that heads what is below it."""
    return bool(_CHAPTER.match(text.strip()))


def has_chapters(document: Document) -> bool:
    """Whether a document is a report in chapters (一、基本情况 …), whatever tables it has."""
    paragraphs = (block for block in document.blocks if isinstance(block, Paragraph))
    return sum(is_chapter(p.text) for p in paragraphs) >= _LEAST_CHAPTERS
