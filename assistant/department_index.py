"""Which departments a question may name, looked up instead of tried one by one.

What is found here is more than what is named, never less: ``department_names`` then says
of each what the question really has of it. A name is looked up by each stretch of the
text, so that the time depends on the question and not on how many departments there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from assistant.department_english import bureau_named, spelt_keys
from assistant.department_names import keys
from assistant.departments import Aliases

_LATIN = re.compile(r"[A-Za-z]")


class DepartmentIndex:
    """Departments by every name that may mean them; ``all`` has them in order of their names."""

    def __init__(self, departments: Iterable[str], aliases: Aliases) -> None:
        self.all = sorted(set(departments))
        self._names, self._regions = _Table(), _Table()
        self._kinds: dict[tuple[str, str], list[str]] = {}
        for department in self.all:
            known = keys(department)
            self._names.add((*known.names, *aliases.get(department, ())), department)
            self._regions.add(known.regions, department)
            for kind in known.kinds:
                self._kinds.setdefault(kind, []).append(department)

    @cached_property
    def _spelt(self) -> _Spelt:
        return _Spelt(self.all)

    def named(self, text: str) -> list[str]:
        """Those that the text may name, in order of their names."""
        found = set(self._names.within(text))
        for (first, ending), departments in self._kinds.items():
            if first in text and ending in text:
                found.update(departments)
        if _LATIN.search(text):
            found.update(self._spelt.named(text))
        return sorted(found)

    def of_regions(self, text: str) -> list[str]:
        """Those whose region the text may name in Chinese."""
        return sorted(set(self._regions.within(text)))

    def beside(self, text: str) -> list[str]:
        """Those that the text may name another office of the region of, or of the kind."""
        found = set(self._regions.within(text))
        if _LATIN.search(text):
            found.update(self._spelt.regions.within(text.lower()))
            found.update(self._spelt.of_bureaus(text))
        return sorted(found)


class _Spelt:
    """The same departments in English."""

    def __init__(self, departments: Sequence[str]) -> None:
        self.names, self.regions = _Table(), _Table()
        self.bureaus: dict[str, list[str]] = {}
        for department in departments:
            known = spelt_keys(department)
            self.names.add(known.names, department)
            self.regions.add(known.regions, department)
            if known.bureau:
                self.bureaus.setdefault(known.bureau, []).append(department)

    def named(self, text: str) -> Iterator[str]:
        yield from self.names.within(re.sub(r"[\s-]+", "", text).lower())
        yield from self.of_bureaus(text)

    def of_bureaus(self, text: str) -> Iterator[str]:
        for bureau, departments in self.bureaus.items():
            if bureau_named(bureau, text):
                yield from departments


class _Table:
    """Departments by words; all that a text has of these words."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}
        self._longest = 0

    def add(self, words: Iterable[str], department: str) -> None:
        for word in dict.fromkeys(words):
            self._known.setdefault(word, []).append(department)
            self._longest = max(self._longest, len(word))

    def within(self, text: str) -> Iterator[str]:
        parts = {
            text[start:end]
            for start in range(len(text))
            for end in range(start + 1, min(start + self._longest, len(text)) + 1)
        }
        for part in parts & self._known.keys():
            yield from self._known[part]
