"""Who and when: title, department, fiscal year, unit and version of a report.

Department and year are taken from the form's own field, the title, a heading
and the file's name, in that order; where they disagree the report says so.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath

from ingest.document import Document, Paragraph, Table
from ingest.versions import version_in, without_version

_TITLE = re.compile(
    r"(?:自评表|自评报告|评价报告|评价表|绩效报告|报告|决算|决算公开|决算情况说明|自评结果"
    r"|(?:自评|评分|得分)表|(?:绩效|决算)[^，。：]{0,8}(?:情况|综述|说明|公开)"
    r"|(?:支出|收支|决算|情况|明细|公开|一览|汇总|统计)总?表)\s*$"
)
_UNIT = re.compile(r"单位[:：]\s*(?:人民币)?\s*(百万元|亿元|万元|千元|元)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_YEAR_IN_WORDS = re.compile(r"[一二][〇○零Ｏ九][〇○零Ｏ一二三四五六七八九]{2}(?=\s*年)")
_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_YEAR_ALONE = re.compile(r"^[（(]?\s*((?:19|20)\d{2})\s*年度?\s*[）)]?$")
_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ATTACHMENT = re.compile(r"^附(?:件|表)\s*[\d一二三四五六七八九十]*\s*[:：]?$")
_OFFICE = (
    r"街道办事处|人民政府|委员会|管理局|监督局|[局委办厅院处校园馆]|中心|街道|镇|大队|支队"
    r"|联合会|总工会|学校|协会|学会|商会|研究会|供销合作社|[站所队社台]|公司|集团|政府"
)
_DEPARTMENT_LINE = re.compile(
    r"^[（(]?(?:项目)?(?:部门(?:[（(]单位[）)])?(?:名称)?|单位(?=[:：](?!(?:人民币)?[百千万亿]*元))"
    r"|编制部门|单位名称|填报单位|填报部门|编制单位|报送单位|预算单位|主管部门)"
    r"\s*(?:[（(][^（）()]{1,6}[）)])?\s*[:：]\s*(?P<name>[^\s:：）)；;，,]{2,40})"
)
_DEPARTMENT_IN_TITLE = re.compile(
    r"^(?:关于)?(?:(?:19|20)\d{2}\s*年?度?)?\s*(?P<name>[\u4e00-\u9fff]{2,30}?)\s*"
    r"(?:关于)?(?:(?:19|20)\d{2}\s*年?度?)?(?:部门|单位|项目)?"
    r"(?:整体|项目|财政|预算|专项)?(?:支出|资金)?(?:绩效|自评|部门决算|决算)"
)
_ROWS_READ = 3  # of a table, that may say who fills it in
_HEADINGS_READ = 12  # paragraphs at the top that may say who and when


@dataclass(frozen=True, slots=True)
class Identity:
    """What the lines around the tables and the file's name say.

    ``lines`` are those used up here; ``years`` and ``departments`` every statement
    found, nearest to the form first, with where it stands.
    """

    title: str
    department: str | None
    year: int | None
    unit: str | None
    lines: frozenset[str]
    version: str | None = None
    years: tuple[tuple[str, int], ...] = ()


def find_identity(document: Document, form: str) -> Identity:
    """Title, unit, version, and department and year as far as title, headings and name say."""
    paragraphs = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    top = paragraphs[:_HEADINGS_READ]
    used = {p for p in top if _ATTACHMENT.match(p) or _YEAR_ALONE.match(p)}
    title = _title(top)
    unit_line = next((p for p in paragraphs if len(p) < 80 and _UNIT.search(p)), "")
    cells = _top_cells(document)
    unit = _UNIT.search(unit_line) or next((u for c in cells if (u := _UNIT.search(c))), None)
    told = (*top, *cells)
    stated = next((m for p in told if len(p) < 80 and (m := _DEPARTMENT_LINE.match(p))), None)
    dated, lines = _in_digits(title), [_in_digits(p) for p in top]
    years = [("标题", int(m.group(1))) for m in _YEAR.finditer(dated)][:1]
    years += [("标题", int(m.group(1))) for p in lines if (m := _YEAR_ALONE.match(p))][:1]
    years += [
        ("正文标题", int(m.group(1))) for p in lines if len(p) < 60 and (m := _YEAR.search(p))
    ]
    stem = PurePath(document.file).stem
    years += [("文件名", int(m.group(1))) for m in _YEAR_IN_NAME.finditer(stem)][:1]
    used |= {line for line in (unit_line, *title.split("\n")) if line and len(line) < 100}
    return Identity(
        title=title.replace("\n", "") or form,
        department=(
            stated.group("name") if stated else department_in_title(dated.replace("\n", ""))
        )
        or _office_line(top)
        or department_in_title(stem),
        year=years[0][1] if years else None,
        unit=unit.group(1) if unit else None,
        lines=frozenset(used),
        version=version_in(title) or version_in(stem),
        years=tuple(years),
    )


def _in_digits(line: str) -> str:
    """二〇二三年度 as 2023年度."""
    return _YEAR_IN_WORDS.sub(lambda m: m.group().translate(_DIGITS), line)


def _top_cells(document: Document) -> list[str]:
    """The cells of the first table's first rows, which may say who fills it in."""
    table = next((b for b in document.blocks if isinstance(b, Table)), None)
    return [cell.text.strip() for row in table.rows[:_ROWS_READ] for cell in row] if table else []


def _office_line(top: list[str]) -> str | None:
    """An office's name that stands alone in one of the first lines."""
    lines = (line.strip() for line in top[:4])
    return next(
        (li for li in lines if re.fullmatch(rf"[\u4e00-\u9fff]{{2,24}}(?:{_OFFICE})", li)), None
    )


def _title(top: list[str]) -> str:
    """The title, its lines joined by a newline where the office has a line of its own."""
    for index, line in enumerate(top):
        if len(line) < 100 and _TITLE.search(re.sub(r"[（(][^（）()]*[）)]\s*$", "", line)):
            before = top[index - 1] if index else ""
            office = re.search(rf"(?:{_OFFICE})$", before) and len(before) < 40
            return f"{before}\n{line}" if office and not _TITLE.search(before) else line
    return ""


def year_warnings(field: int | None, identity: Identity) -> list[str]:
    """A line where the form's field, the title and the file's name name different years."""
    stated = [("表内年度", field)] if field else []
    stated += identity.years
    if not stated:
        return []
    place, year = stated[0]
    other = next(((p, y) for p, y in stated[1:] if y != year and p in ("标题", "文件名")), None)
    return [f"{place}为{year}年，{other[0]}为{other[1]}年，按{year}年"] if other else []


def department_in_title(title: str) -> str | None:
    """员村街道办事处 from 2022年度员村街道办事处部门整体支出绩效自评表."""
    match = _DEPARTMENT_IN_TITLE.search(title)
    if not match:
        return None
    name = match.group("name")
    return name if re.search(rf"(?:{_OFFICE})$", name) else None


def report_id(
    department: str | None, year: int | None, form: str, title: str, version: str | None = None
) -> str:
    """A stable short id: the same report read again, changed or not, has the same."""
    parts = [department or "", str(year or ""), form, without_version(title)]
    key = "\x1f".join([*parts, version] if version else parts)
    return hashlib.sha256(key.encode()).hexdigest()[:12]
