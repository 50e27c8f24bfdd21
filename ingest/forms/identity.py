"""Who and when: title, department, fiscal year and unit of a report."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ingest.document import Document, Paragraph

_TITLE = re.compile(r"(?:自评表|自评报告|评价报告|绩效报告|报告|决算)\s*$")
_UNIT = re.compile(r"单位[:：]\s*(百万元|亿元|万元|千元|元)")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_ATTACHMENT = re.compile(r"^附(?:件|表)\s*\d*\s*[:：]?$")
_DEPARTMENT_IN_TITLE = re.compile(
    r"(?:(?:19|20)\d{2}\s*年度?)?(?P<name>[\u4e00-\u9fff]{2,30}?)"
    r"(?:(?:19|20)\d{2}\s*年度?)?(?:部门)?(?:整体|项目|财政)?(?:支出)?绩效"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What the lines around the table say; ``lines`` are the ones used up here."""

    title: str
    department: str | None
    year: int | None
    unit: str | None
    lines: frozenset[str]


def find_identity(document: Document, form: str) -> Identity:
    """Title, unit, and year and department as far as the title gives them.

    The form's own field comes before the title's short name, so the department
    is left to the field where a form has one (``form`` is in the title then).
    """
    paragraphs = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    used = {p for p in paragraphs[:10] if _ATTACHMENT.match(p)}
    title = next((p for p in paragraphs[:10] if _TITLE.search(p) and len(p) < 100), "")
    unit_line = next((p for p in paragraphs if len(p) < 60 and _UNIT.search(p)), "")
    unit = _UNIT.search(unit_line)
    year = _YEAR.search(title)
    used |= {title, unit_line}
    return Identity(
        title=title or form,
        department=None,
        year=int(year.group(1)) if year else None,
        unit=unit.group(1) if unit else None,
        lines=frozenset(used),
    )


def department_in_title(title: str) -> str | None:
    """员村街道办事处 from 2022年度员村街道办事处部门整体支出绩效自评表."""
    match = _DEPARTMENT_IN_TITLE.search(title)
    return match.group("name") if match else None


def report_id(department: str | None, year: int | None, form: str, title: str) -> str:
    """A stable short id: the same report read again, changed or not, has the same."""
    key = "\x1f".join([department or "", str(year or ""), form, title])
    return hashlib.sha256(key.encode()).hexdigest()[:12]
