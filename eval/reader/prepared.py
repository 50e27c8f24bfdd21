"""What the network is fitted to, as numbers of tokens; nothing here needs the reports."""

from __future__ import annotations

import lzma
import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "prepared.xz"
START = "start.npz"  # the weights that it starts from

Ids = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question in several wordings, the figures it may mean, and which it does."""

    source: str
    report: str  # questions of one are read together
    questions: tuple[Ids, ...]
    figures: tuple[int, ...]  # places in ``Prepared.figures``, the likeliest first
    meant: tuple[bool, ...]
    whole: bool  # whether these are all figures of the report, in its order


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with those before it: its kind, and the tokens of each thing."""

    source: str
    tokens: Ids
    kind: int
    tags: NDArray[np.uint8] | None  # tokens × things; None: not known


@dataclass(frozen=True, slots=True)
class Term:
    """Wordings of one thing."""

    chinese: tuple[Ids, ...]
    english: tuple[Ids, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything; ``names`` are what figures are called, without their side."""

    figures: list[Ids]
    names: list[str]
    look_ups: list[LookUp]
    asked: list[Asked]
    terms: list[list[Term]]  # by field
    ways: dict[str, list[tuple[Ids, Ids]]]  # what stands before and behind a term, by language
    sides: list[Ids]
    place: Ids  # of a figure in its clause


def save(prepared: Prepared, folder: Path) -> None:
    """Write it for :func:`load`."""
    with lzma.open(folder / FILE, "wb", preset=3) as out:
        pickle.dump(prepared, out)


def load(folder: Path) -> Prepared:
    """What :func:`save` wrote."""
    with lzma.open(folder / FILE, "rb") as file:
        prepared: Prepared = pickle.load(file)
    return prepared
