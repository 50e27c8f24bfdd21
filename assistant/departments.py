"""Departments by every name people use for them.

员村街道办事处, 员村街, 员村 and Yuancun are one office; so are the names of a
renamed one, where a file of aliases says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from assistant.lexicon import lexicon
from ingest.errors import JixiaoError

Aliases = Mapping[str, tuple[str, ...]]  # a department's full name → its other names


def load_aliases(path: Path) -> Aliases:
    """A UTF-8 file of a department a line: full name, then its other names, tab-separated.

    Raises:
        JixiaoError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise JixiaoError(f"{path}: the file of aliases cannot be read as UTF-8 text") from error
    rows = [[part.strip() for part in line.split("\t")] for line in lines]
    return {
        row[0]: tuple(name for name in row[1:] if name)
        for row in rows
        if row[0] and not row[0].startswith("#")
    }


@cache
def department_names(department: str) -> tuple[str, ...]:
    """Ways to write a department, longest first: 员村街道办事处, 员村街, 员村, yuancun."""
    short = _own_name(department)
    names = {department, short}
    if match := re.search(r"([\u4e00-\u9fff]{2,4}?)街道(?:办事处)?$", short):
        short = match.group(1)
        names |= {short + s for s in ("街道办事处", "街道办", "街道", "街办", "街", "")}
    elif match := re.search(r"^([\u4e00-\u9fff]{2,4}?)镇(?:人民政府)?$", short):
        short = match.group(1)
        names |= {short + s for s in ("镇人民政府", "镇政府", "镇")}
    elif (match := re.search(r"^([\u4e00-\u9fff]{2,12}?)(局|委员会|委)$", short)) and len(
        short
    ) > 3:
        names.add(match.group(1) + match.group(2)[0])
    names |= set(lexicon().chinese.get(short, ()))
    return tuple(sorted(names - {""}, key=lambda n: (-len(n), n)))


@cache
def english_names(department: str) -> tuple[str, ...]:
    """A department's names in Latin letters: pinyin of the short name, and the glossary's."""
    short = short_name(department)
    own = _own_name(department)
    known = {p for name in (own, short) for p in lexicon().phrases.get(name, ())}
    return (_pinyin(short), *sorted(known, key=lambda n: (-len(n), n)))


def _pinyin(name: str) -> str:
    """A name in pinyin without tones, its syllables apart: yuan cun."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))


@cache
def short_name(department: str) -> str:
    """An office's own name without its kind: 员村; a bureau's as it is: 水务局."""
    own = _own_name(department)
    place = re.search(
        r"^(?:.*[区县市])?([\u4e00-\u9fff]{2,4}?)(?:街道(?:办事处)?|镇(?:人民政府)?)$", own
    )
    return place.group(1) if place else own


def _own_name(department: str) -> str:
    """The office's own name: what follows 广州市天河区(人民政府)."""
    _, government, own = department.rpartition("人民政府")
    if government and own:
        return own
    if match := re.search(r"(?:[省市区县])([\u4e00-\u9fff]{2,6}镇)人民政府$", department):
        return match.group(1)
    return re.sub(
        r"^(?:[\u4e00-\u9fff]{2,4}省)?(?:[\u4e00-\u9fff]{2,4}市)?(?:[\u4e00-\u9fff]{1,4}[区县])?(?=[\u4e00-\u9fff]{3})",
        "",
        department,
    )


def canonical(departments: Iterable[str], aliases: Aliases) -> dict[str, str]:
    """Each department's one name: the alias file's, else the longest that it is the tail of."""
    names = sorted(set(departments), key=lambda n: (-len(n), n))
    by_alias = {other: name for name, others in aliases.items() for other in others}
    one: dict[str, str] = {}
    for name in names:
        if name in by_alias:
            one[name] = by_alias[name]
            continue
        longer = next((n for n in one.values() if n != name and _is_tail(name, n)), None)
        one[name] = longer or name
    return one


def _is_tail(short: str, long: str) -> bool:
    """员村街道办事处 is the tail of 广州市天河区人民政府员村街道办事处."""
    return len(short) >= 4 and long.endswith(short)
