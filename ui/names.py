"""What indicators, departments and reports are called: short, and in the visitor's language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.answer import Language
from assistant.comparing import Subject
from assistant.department_parts import parts
from assistant.lexicon import lexicon
from ui.markup import escape, foreign
from ui.text import words

_OF_YEAR = re.compile(r"(\d{4})年度?(\D.*)")


def label_html(label: str, language: Language) -> str:
    """What a report calls an indicator, a form or a section.

    In English by the glossary, the report's own word after it; where the glossary does
    not know it, the report's own word alone.

    >>> label_html("2022年实际支出数", "en")
    '2022 actual expenditure <span lang="zh" class="jx-own">实际支出数</span>'
    """
    if language == "zh":
        return escape(label)
    found = _OF_YEAR.fullmatch(label)
    year, own = (f"{found[1]} ", found[2]) if found else ("", label)
    english = lexicon().translation.get(own)
    if english is None:
        return foreign(label)
    return f'{year}{escape(english)} <span lang="zh" class="jx-own">{escape(own)}</span>'


class Named(Protocol):
    """What a report is called by; as in the list of loaded reports."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def department(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def file(self) -> str: ...


def short_names(departments: Iterable[str]) -> dict[str, str]:
    """员村街道办事处 for 广州市天河区人民政府员村街道办事处, unless two are called so."""
    known = list(dict.fromkeys(departments))
    own = {name: parts(name).own or name for name in known}
    count = Counter(own.values())
    return {name: own[name] if count[own[name]] == 1 else name for name in known}


def subject_names(subjects: Iterable[Subject]) -> dict[Subject, str]:
    """The same for departments and their projects."""
    listed = list(subjects)
    short = short_names(subject.department for subject in listed)
    return {
        s: f"{short[s.department]} · {s.project}" if s.project else short[s.department]
        for s in listed
    }


def report_names(infos: Sequence[Named], language: Language) -> dict[str, str]:
    """Each report by id: department, year, project; its file too where that is not enough."""
    said = words("answer", language)
    short = short_names(info.department for info in infos if info.department)

    def name(info: Named) -> str:
        year = said["year"].format(year=info.year) if info.year else ""
        whose = short.get(info.department or "", info.title)
        project = getattr(info, "project", None) or ""
        return " · ".join(filter(None, [whose, year, project]))

    names = {info.id: name(info) for info in infos}
    count = Counter(names.values())
    return {
        info.id: names[info.id] if count[names[info.id]] == 1 else f"{names[info.id]} · {info.file}"
        for info in infos
    }
