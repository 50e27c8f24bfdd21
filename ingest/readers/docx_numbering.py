"""Automatic numbers of a .docx file: Word counts them, the text does not hold them.

「一、部门基本情况」 may be stored as 「部门基本情况」 with a reference to a list; whoever
reads the headings needs the number back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.docx_parts import Element, is_on, number, value, w

_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    }
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written: 「（%1）」 in Chinese numbers from 1."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    decimal_only: bool = False  # w:isLgl: all numbers of this level in digits


@dataclass(slots=True)
class _List:
    """One abstract list: its levels and where its counting stands."""

    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one file; counts as the document is read from start to end."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._list_of: dict[int, str] = {}  # w:numId → list
        self._overrides: dict[int, dict[int, int]] = {}  # w:numId → level → new start
        if root is None:
            return
        for element in root.iterfind(w("abstractNum")):
            self._lists[str(element.get(w("abstractNumId")))] = _List(_levels(element))
        for element in root.iterfind(w("num")):
            self._add_instance(element)

    def label(self, list_id: int, level: int) -> str:
        """The next number of a list, as printed before the text; "" for bullets."""
        known = self._lists.get(self._list_of.get(list_id, ""))
        if known is None or level not in known.levels:
            return ""
        self._count(known, list_id, level)
        shown = known.levels[level]
        if shown.format in {"bullet", "none"}:
            return ""

        def written(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            above = known.levels.get(other, Level())
            count = known.counts.get(other, above.start)
            return spell(count, "decimal" if shown.decimal_only else above.format)

        return _PLACEHOLDER.sub(written, shown.text)

    def _count(self, known: _List, list_id: int, level: int) -> None:
        start = self._overrides.get(list_id, {}).pop(level, None)
        if start is not None:
            known.counts[level] = start
        elif level in known.counts:
            known.counts[level] += 1
        else:
            known.counts[level] = known.levels[level].start
        for deeper in range(level + 1, _DEEPEST):
            known.counts.pop(deeper, None)

    def _add_instance(self, element: Element) -> None:
        list_id = element.get(w("numId"), "")
        if not str(list_id).isdigit():
            return
        self._list_of[int(list_id)] = value(element, "abstractNumId") or ""
        starts: dict[int, int] = {}
        for override in element.iterfind(w("lvlOverride")):
            start = number(override, "startOverride")
            level = str(override.get(w("ilvl"), ""))
            if start is not None and level.isdigit():
                starts[int(level)] = start
        self._overrides[int(list_id)] = starts


def _levels(abstract: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in abstract.iterfind(w("lvl")):
        index = str(element.get(w("ilvl"), ""))
        if not index.isdigit():
            continue
        start = number(element, "start")
        levels[int(index)] = Level(
            1 if start is None else start,
            value(element, "numFmt") or "decimal",
            value(element, "lvlText") or "",
            is_on(element, "isLgl"),
        )
    return levels


def spell(count: int, form: str) -> str:
    """A count in one of Word's number formats; in digits where the format is rare."""
    if form in _CHINESE:
        return chinese(count)
    if form in {"decimalFullWidth", "decimalFullWidth2"}:
        return str(count).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form == "ideographTraditional" and 1 <= count <= len(_STEMS):
        return _STEMS[count - 1]
    if form in {"lowerLetter", "upperLetter"} and 1 <= count <= 26:
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + count - 1)
    if form in {"lowerRoman", "upperRoman"} and 1 <= count < 40:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    return f"{count:02d}" if form == "decimalZero" else str(count)


def chinese(count: int) -> str:
    """A number below 1000 in Chinese: 十, 十二, 二十, 一百零五; larger ones in digits."""
    if not 0 <= count < 1000:
        return str(count)
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        if not tens:
            return _DIGITS[ones]
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    text = _DIGITS[hundreds] + "百"
    if not rest:
        return text
    if not tens:
        return text + "零" + _DIGITS[ones]
    return text + _DIGITS[tens] + "十" + (_DIGITS[ones] if ones else "")


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            text += letters
            count -= worth
    return text
