"""What a total is made of: 四上企业1,327家，其中工业386家、服务业357家."""

from __future__ import annotations

import re

from assistant.located import Located
from ingest import narrative

_FEWEST = 2
_AMONG = re.compile(r"[^，。；]{0,8}[，（(：:]?\s*(?:其中|分别为|包括)[:：]?[^，。；、]*$")
_NEXT = re.compile(r"\s*[、，,和及与]\s*(?![^，。；]*(?:较|比|增|降|完成率))[^，。；、\d]*$")


def parts_of(total: Located) -> list[Located]:
    """The figures listed right behind a total as its parts; [] where none are.

    They stand in its sentence, are counted as it is, and together are no more than it.
    """
    text, whole = total.passage.text, total.figure
    end = next((b for a, b in narrative.sentences(text) if a <= whole.start < b), len(text))
    behind = [
        f
        for f in total.report.figures
        if f.passage == whole.passage and whole.end <= f.start < end and f.year == whole.year
    ]
    found: list[Located] = []
    last, opening = whole.end, _AMONG
    for figure in behind:
        between = text[last : figure.start]
        if figure.base_unit != whole.base_unit or not opening.match(between):
            break
        found.append(Located(total.report, figure))
        last, opening = figure.end, _NEXT
    together = sum(p.base_value[0] for p in found)
    return found if len(found) >= _FEWEST and together <= total.base_value[0] else []
