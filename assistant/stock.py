"""How many there are, told from how many were added, and from how often something was done.

有多少亩 asks for what there is: neither what was newly planted nor times of anything;
新开了多少家 asks for what was added, and no total answers it.
"""

from __future__ import annotations

import re

from assistant.plan import Operand
from ingest.report import Figure

_NEW = re.compile(r"新|净增|\bnew(?:ly)?\b", re.I)
_ADDED = re.compile(
    r"^(?:本年|全年|当年|年内|其中)*新(?:增|建|造|改建|开|登记|设|购|办|发展|聘|招|种|认证)"
)
_TOTAL = re.compile(r"(?:年末|年底|期末|累计|现有|实有|共有|总数|总量|存量|在册)")
_TIMES = re.compile(r"(?:次|场|期|趟)$")
_THERE_IS = re.compile(r"(?:^|\s|[^没])有(?:$|\s+(?P<what>\S*)$)")


def not_how_many_there_are(operand: Operand, figure: Figure) -> bool:
    """Whether a figure is of what was added or done, where it is asked what there is."""
    match = _THERE_IS.search(operand.text.strip())
    if match is None or _NEW.search(operand.text):
        return False
    what = match["what"]
    if what and not any(what == c.surface for c in operand.concepts):
        return False  # 有多少人参加: something is done
    times = any(_TIMES.search(counter) for counter in operand.counters)
    of_times = bool(what) and not times and bool(_TIMES.search(figure.unit or ""))
    return of_times or bool(_ADDED.search(figure.label))


def not_what_was_added(operand: Operand, figure: Figure) -> bool:
    """Whether a figure is a total, where it is asked what was added."""
    if not _NEW.search(operand.text):
        return False
    return bool(_TOTAL.search(figure.label)) and not _NEW.search(figure.label + figure.subject)
