"""The figures of a report that a question is most easily mistaken in.

A question of a conversation comes with all figures of its report, and most of them nobody
would take for the one meant. What teaches are those that the network as it is thinks likely
([Xiong et al. 2021](https://arxiv.org/abs/2007.00808), negatives of the model's own).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from eval.reader.network import Reader
from eval.reader.prepared import Ids, LookUp

_KEPT = 24  # figures of a question, beside those meant
_READ = 200  # questions that are compared at once


class Late(Protocol):
    """Texts as they are compared, see ``Reader.compared``."""

    def __call__(self, texts: Sequence[Ids], *, asked: bool) -> tuple[Tensor, ...]: ...


@torch.no_grad()
def hardest_first(
    look_ups: Sequence[LookUp], figures: Sequence[Ids], late: Late, network: Reader
) -> list[LookUp]:
    """The look-ups; those with all figures of a report have the likeliest and those meant."""
    network.eval()
    of_report: dict[str, list[LookUp]] = {}
    for each in look_ups:
        of_report.setdefault(each.report if each.whole else "", []).append(each)
    ordered = of_report.pop("", [])
    for own in of_report.values():
        said = late([figures[n] for n in own[0].figures], asked=False)
        for first in range(0, len(own), _READ):
            part = own[first : first + _READ]
            fits = network.opinions(late([x.questions[0] for x in part], asked=True), said)
            ordered += [_ordered(x, row) for x, row in zip(part, fits.tolist(), strict=True)]
    network.train()
    return ordered


def _ordered(each: LookUp, fits: Sequence[float]) -> LookUp:
    order = np.argsort(-np.array(fits), kind="stable").tolist()
    chosen = [n for place, n in enumerate(order) if place < _KEPT or each.meant[n]]
    return replace(
        each,
        figures=tuple(each.figures[n] for n in chosen),
        meant=tuple(each.meant[n] for n in chosen),
    )
