"""Lines between the tables of a form that head what stands below them."""

from __future__ import annotations

import re

_HEADING = re.compile(r"问题|措施|改进|计划|说明|情况|建议|打算|经验|做法|原因|分析|结论")


def is_heading(text: str) -> bool:
    """A short line above running text: 存在的主要问题, 下一步改进措施."""
    plain = text.strip()
    return (
        len(plain) <= 24 and not re.search(r"[。；，：:\d]", plain) and bool(_HEADING.search(plain))
    )
