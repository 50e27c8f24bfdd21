"""The mean of two fits of a part: surer than either on what neither was fitted to.

A fit that goes on with other questions wins those and loses some of the first; half way
between them both are kept (model soups, [Wortsman et al. 2022](https://arxiv.org/abs/2203.05482)).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def average(fitted: Path, other: Path) -> None:
    """Write the mean of both in place of the first; they have to be of the same part.

    Raises:
        ValueError: the files have different weights.
    """
    with np.load(fitted) as one, np.load(other) as two:
        if set(one.files) != set(two.files):
            raise ValueError(f"{fitted} and {other} are not fits of the same part")
        mean: dict[str, Any] = {
            name: ((one[name].astype(np.float32) + two[name].astype(np.float32)) / 2).astype(
                np.float16
            )
            for name in one.files
        }
    written = fitted.with_name(f"new-{fitted.name}")
    np.savez(written, **mean)
    written.replace(fitted)
