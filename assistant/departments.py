"""One department under several names: a file of aliases, and short names beside full ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.errors import JixiaoError

_SHORTEST_TAIL = 4  # characters of a name that is another one's end
Aliases = Mapping[str, tuple[str, ...]]  # a department's full name → its other names


def load_aliases(path: Path) -> Aliases:
    """A UTF-8 file of a department a line: full name, then its other names, tab-separated.

    Raises:
        JixiaoError: the file cannot be read, or a line has no other name.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise JixiaoError(f"{path}: the file of aliases cannot be read as UTF-8 text") from error
    rows = [[part.strip() for part in line.split("\t")] for line in lines]
    for number, row in enumerate(rows, 1):
        if len(row) < 2 and row[0] and not row[0].startswith("#"):
            raise JixiaoError(
                f"{path}: line {number} has no tab; write the full name, a tab, the other names"
            )
    return {
        row[0]: tuple(name for name in row[1:] if name)
        for row in rows
        if row[0] and not row[0].startswith("#")
    }


def canonical(departments: Iterable[str], aliases: Aliases) -> dict[str, str]:
    """Each department's one name: the alias file's, else the longest that it is the tail of."""
    names = sorted(set(departments), key=lambda n: (-len(n), n))
    by_alias = {other: name for name, others in aliases.items() for other in others}
    one: dict[str, str] = {}
    tails: dict[str, str] = {}  # 员村街道办事处 → 广州市天河区人民政府员村街道办事处
    for name in names:
        one[name] = by_alias.get(name) or tails.get(name, name)
        longer = one[name]
        for start in range(1, len(longer) - _SHORTEST_TAIL + 1):
            tails.setdefault(longer[start:], longer)
    return one
