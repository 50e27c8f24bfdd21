"""Ratios with an official formula, from ratios.toml.

Source: the self-evaluation forms and 财预〔2020〕10号 for 执行率 and its score.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class NamedRatio:
    """``a`` and ``b`` name the operands; ``kind`` the formula."""

    name: str
    en: str
    kind: Literal["ratio", "change", "score"]
    a: str
    b: str
    aliases_zh: tuple[str, ...]
    aliases_en: tuple[str, ...]

    @property
    def formula(self) -> str:
        """The formula as the regulations write it."""
        return {
            "ratio": f"{self.a} ÷ {self.b} × 100%",
            "change": f"({self.a} − {self.b}) ÷ {self.b} × 100%",
            "score": f"{self.a} ÷ {self.b} × 10，最高10分",
        }[self.kind]


RATIOS: dict[str, NamedRatio] = {
    name: NamedRatio(
        name,
        data["en"],
        data["kind"],
        data["a"],
        data["b"],
        tuple(data["zh"]),
        tuple(data["aliases_en"]),
    )
    for name, data in tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    ).items()
}

# Those whose operands reports state, so that they can be computed where they are not stated.
COMPUTABLE = ("预算完成率", "预算调整率", "三公经费控制率", "政府采购执行率", "结转结余率")
