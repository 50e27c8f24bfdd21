"""What a question opens with, where that is the beginning of one name: 消防2023年罚款多少.

Nobody types 临江县消防救援大队 twice. Where one loaded office, or one project that has a form,
begins so and no other does, it is what is spoken of, as far as nothing else is in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.department_parts import parts

_LEAST_OFFICE = 2  # characters of an office's own name that mean it
_LEAST_PROJECT = 3  # of a project's name, whose first word may be anybody's (农村, 城市)
_LONGEST = 8
_BEFORE = re.compile(r"^[\s，,。:：、]*(?:请问|关于|那么?|帮我(?:查|看|算)一?下)?\s*")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


class Openings:
    """Beginnings of names, each with the departments and projects whose names begin so."""

    def __init__(self, departments: Iterable[str], projects: Iterable[str]) -> None:
        self._known: dict[str, set[tuple[str, str]]] = {}
        for department in departments:
            known = parts(department)
            if not known.place:
                self._add(known.own, ("department", department), _LEAST_OFFICE)
        for project in projects:
            self._add(project, ("project", project), _LEAST_PROJECT)

    def _add(self, name: str, meant: tuple[str, str], least: int) -> None:
        for size in range(least, min(len(name), _LONGEST) + 1):
            self._known.setdefault(name[:size], set()).add(meant)

    def of(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The one department or the one project that a text opens with; neither: nothing."""
        start = _BEFORE.match(text)
        match = _HAN.match(text, start.end() if start else 0)
        opening = match.group() if match else ""
        for size in range(min(len(opening), _LONGEST), _LEAST_OFFICE - 1, -1):
            meant = self._known.get(opening[:size])
            if not meant:
                continue
            kind, name = next(iter(meant))
            if len(meant) > 1:
                return (), ()
            return ((name,), ()) if kind == "department" else ((), (name,))
        return (), ()
