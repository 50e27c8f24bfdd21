"""The levels of a form that its indicators stand under: 产出指标, 数量指标, 满意度指标."""

from __future__ import annotations

from assistant.matching import concept_match
from assistant.plan import Concept
from ingest.report import Indicator

_LEAST = 0.8  # match of what is asked for with the name of a level


def of_level(indicator: Indicator, concept: Concept) -> bool:
    """Whether an indicator's level is named: 满意度指标 by 满意度."""
    return any(concept_match(concept, level) >= _LEAST for level in indicator.levels)
