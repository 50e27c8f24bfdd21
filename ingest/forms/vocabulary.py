"""What the fields, columns and sections of a form are called, read from its TOML file.

Each group lists a name and the variants of it that forms use; labels are
compared without spaces, numbering, bracketed remarks and a trailing colon.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=20_000)  # the cells of one form say the same a hundred times
def plain_label(label: str) -> str:
    """A form label without spaces, 其中：, numbering, bracketed remarks and colon."""
    text = re.sub(r"\s+", "", label)
    text = re.sub(r"^其中[:：]", "", text)
    text = re.sub(r"^(?:省|市|州|区|县|本)级(?=(?:预算)?(?:部门|单位|主管))", "", text)
    text = re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[、.．])", "", text)
    return re.sub(r"[（(][^（）()]*[）)]", "", text).rstrip(":：")


@cache
def form_data(path: Path) -> dict[str, Any]:
    """The contents of a form's TOML file."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return data


def by_variant(group: dict[str, list[str]]) -> dict[str, str]:
    """Every plain variant of a group's names → the name."""
    return {
        plain_label(variant): name
        for name, variants in group.items()
        for variant in (name, *variants)
    }
