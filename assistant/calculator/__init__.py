"""Deterministic decimal arithmetic: expressions people write, and official ratios."""

from assistant.calculator.errors import CalculationError
from assistant.calculator.expression import CalcResult, evaluate, result_json
from assistant.calculator.operations import (
    Calculated,
    Quantity,
    average,
    converted,
    decline,
    difference,
    growth,
    per_head,
    ratio,
    round_half_up,
    share,
    share_of_sum,
    total,
)
from assistant.calculator.ratios import RATIOS, NamedRatio

__all__ = [
    "RATIOS",
    "CalcResult",
    "Calculated",
    "CalculationError",
    "NamedRatio",
    "Quantity",
    "average",
    "converted",
    "decline",
    "difference",
    "evaluate",
    "growth",
    "per_head",
    "ratio",
    "result_json",
    "round_half_up",
    "share",
    "share_of_sum",
    "total",
]
