"""The domain: what a performance self-evaluation report says.

Every format and every form ends up as a :class:`Report`; everything after
ingest (store, assistant, pages) starts from one. Nothing here knows about
files, storage or screens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Role(StrEnum):
    """Which side of the form a passage or figure belongs to."""

    TARGET = "target"  # 预期目标, 年度指标值
    ACTUAL = "actual"  # 目标完成情况, 实际完成值, narrative of what was done
    FUNDS = "funds"  # 部门资金情况, 任务涉及资金
    NONE = "none"  # neither: notes, problems, measures


class Qualifier(StrEnum):
    """How exactly a printed number is meant (「2000余次」 is more than 2000)."""

    OVER = "over"  # 余, 多, 超, 超过, 逾
    NEARLY = "nearly"  # 近
    ABOUT = "about"  # 约, 左右
    AT_LEAST = "at_least"  # 以上, 不少于, 不低于, ≥
    AT_MOST = "at_most"  # 以下, 不超过, 以内, ≤


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in the file: 1-based page, or sheet and cell address."""

    page: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of source text that can be cited as a whole.

    ``text`` is verbatim from the source, except that the cells of one table
    row are joined by a tab and markup in cells is removed.
    """

    index: int  # position in Report.passages
    text: str
    section: tuple[str, ...]  # path, e.g. ("主要任务", "出租屋管理专项经费", "目标完成情况")
    role: Role = Role.NONE
    task: str | None = None
    indicators: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number, where it stands and what it measures.

    ``value`` is in the printed unit (0.09 for 「0.09万份」); ``value * scale`` is in
    ``base_unit`` (900 份). ``start:end`` is the printed number with its unit and
    ``clause_start:clause_end`` the clause to quote, both in the text of
    ``Report.passages[passage]``.
    """

    label: str  # what is measured, in the source's words: 代征个人出租房屋税
    value: Decimal
    text: str  # exactly as printed, without unit: "2100.52", "533万余"
    unit: str | None  # as printed, with its scale: 万元, 万份, ㎡, %
    base_unit: str | None  # 元, 份, 平方米, %
    scale: Decimal  # base units in one printed unit: 10000 for 万份
    qualifier: Qualifier | None
    role: Role
    passage: int
    start: int
    end: int
    clause_start: int
    clause_end: int
    subject: str = ""  # the noun right after the unit, what is counted: 基层党支部
    context: str = ""  # what the label leans on: earlier clauses, list item, heading
    indicator: str | None = None
    task: str | None = None
    doubtful: bool = False  # the row contradicts itself: its name and its text disagree
    cell: str | None = None  # address of its own cell, where the format has addresses
    year: int | None = None  # where the source says that it is of another year than the report


@dataclass(frozen=True, slots=True)
class Indicator:
    """A performance indicator, with its target and what was achieved, as printed.

    ``levels`` are the form's first and second level above it (产出指标, 数量指标);
    ``points`` (分值), ``score`` (得分) and ``reason`` (偏差原因) are a project form's.
    """

    name: str
    target: str | None
    actual: str | None
    passage: int
    task: str | None = None
    levels: tuple[str, ...] = ()
    points: str | None = None
    score: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A main task (主要任务) that may span many rows of the form."""

    name: str
    expected: str  # 预期目标
    achieved: str  # 目标完成情况
    funds: str | None  # 任务涉及资金, as printed, in the unit of the table
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One parsed report. ``source_hash`` is the SHA-256 of the file's bytes.

    ``project`` is the name of a project form's project; ``version`` what the file
    calls itself (送审稿, 公开稿, 更正稿); ``ocr`` whether its text was recognised from
    a picture; ``pages`` counts pages or sheets where the format has them.
    """

    id: str  # stable: derived from department, year, form and title
    title: str
    form: str  # "部门整体支出绩效自评表", or "document" where no form was recognised
    department: str | None
    year: int | None  # the fiscal year evaluated, never the year of publishing
    unit: str | None  # of the table: 万元
    file: str  # name of the file, without folders
    source_hash: str
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    warnings: tuple[str, ...] = ()  # of parsing: cut table, missing year, ...
    project: str | None = None
    version: str | None = None
    ocr: bool = False
    pages: int | None = None
