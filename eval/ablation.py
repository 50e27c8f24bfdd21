"""What each part of finding a figure is worth: ``python -m eval.ablation [OUT.md]``.

Every look-up of the open labelled sets is asked with a part left out: the encoder, the
words, the glossary of the field, the choice that none is meant. The ranker is fitted anew
for each, and a set is always asked of weights fitted to the other sets and to every third
look-up of ``eval/training``: no question is asked of weights that saw it.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.finder import LEAST_SURE, MOST_DOUBT
from assistant.ranking.features import NAMES
from assistant.ranking.model import Model
from eval.ranker import Example, Tally, fit, given_by, looked_up
from eval.sets import question_sets

_TRAINING = Path(__file__).with_name("training")
_TAUGHT_BY = 3  # every so manieth look-up of the training set, as for the weights that ship
_MEANING = ("meaning", "label_meaning")
_GLOSSARY = Path(__file__).parents[1] / "assistant" / "glossary"
_ASKING = "question_words.tsv"  # says what is asked, not what of: it stays

Place = tuple[str, str, int, int]  # set, conversation, turn, look-up


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of finding figures with something left out."""

    name: str
    encoder: bool = True
    glossary: bool = True
    features: Sequence[str] = NAMES  # what the ranker sees of a figure
    none: bool = True  # whether it may say that none is meant


VARIANTS = (
    Variant("whole"),
    Variant("words alone: no encoder", encoder=False),
    Variant("meaning alone: cosines of label and clause", features=_MEANING),
    Variant("without the glossary of the field", glossary=False),
    Variant("without both: the question's own words", encoder=False, glossary=False),
    Variant("without the choice that none is meant", none=False),
)


def seen_by(variant: Variant, given: Sequence[Example]) -> list[Example]:
    """The examples with only the features that a variant has."""
    if tuple(variant.features) == NAMES:
        return list(given)
    hidden = [n for n, name in enumerate(NAMES) if name not in variant.features]
    shown = []
    for example in given:
        rows = example.rows.copy()
        rows[:, hidden] = 0.0
        shown.append(replace(example, rows=rows))
    return shown


def tally(
    variant: Variant, model: Model, given: Sequence[Example], judged: Mapping[Place, bool]
) -> Tally:
    """What becomes of the look-ups ``judged`` (true: none is meant); lost ones are refused."""
    if not variant.none:
        model = replace(model, none=np.array([-np.inf, *model.none[1:]]))
    answers = {_place(e): (given_by(model, e, LEAST_SURE, MOST_DOUBT), e) for e in given}
    total = Tally()
    for place, silent in judged.items():
        best, example = answers.get(place, (None, None))
        if silent:
            total += Tally(silent=1) if best is None else Tally(spoke=1)
        elif best is None or example is None:
            total += Tally(refused=1)
        else:
            total += Tally(right=1) if example.meant[best] else Tally(wrong=1)
    return total


def held_out(variant: Variant, given: Sequence[Example], judged: Mapping[Place, bool]) -> Tally:
    """Each set asked of weights that were fitted to the others."""
    seen = seen_by(variant, given)
    total = Tally()
    for source in sorted({place[0] for place in judged}):
        model = fit([e for e in seen if e.source != source and e.teaches])
        own = {place: silent for place, silent in judged.items() if place[0] == source}
        total += tally(variant, model, [e for e in seen if e.source == source], own)
    return total


def table(tallies: Sequence[tuple[str, Tally]]) -> str:
    """The Markdown table of what became of the look-ups."""
    lines = [
        "| | right | another figure | refused though said | silent, rightly "
        "| answered though nothing is there |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, found in tallies:
        counts = (found.right, found.wrong, found.refused, found.silent, found.spoke)
        lines.append(f"| {name} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines) + "\n"


def main(out: Path | None = None) -> None:
    """Measure every variant and print the table; write it where asked to."""
    kept: dict[tuple[bool, bool], list[Example]] = {}
    tallies: list[tuple[str, Tally]] = []
    judged: dict[Place, bool] = {}
    for variant in VARIANTS:
        setting = (variant.encoder, variant.glossary)
        if setting not in kept:
            kept[setting] = _apart(*setting)
        if not judged:  # the look-ups that the whole can answer: all variants are asked these
            judged = {
                _place(e): e.silent
                for e in kept[setting]
                if e.teaches and e.source != _TRAINING.name
            }
        tallies.append((variant.name, held_out(variant, kept[setting], judged)))
        print(*tallies[-1], flush=True)
    written = table(tallies)
    print(written)
    if out is not None:
        out.write_text(written, encoding="utf-8")


def _apart(encoder: bool, glossary: bool) -> list[Example]:
    """The examples as a process of its own sees them, under its own settings."""
    with tempfile.TemporaryDirectory(prefix="jixiao-ablation-") as folder:
        bare = Path(folder)
        shutil.copy(_GLOSSARY / _ASKING, bare)
        with multiprocessing.get_context("spawn").Pool(
            1, _set, ("builtin" if encoder else "none", None if glossary else str(bare))
        ) as pool:
            return pool.apply(_all_examples)


def _set(embedding: str, glossary: str | None) -> None:
    """The settings of this process, before anything reads them."""
    os.environ["JIXIAO_EMBEDDING"] = embedding
    if glossary is not None:
        os.environ["JIXIAO_GLOSSARY"] = glossary


def _all_examples() -> list[Example]:
    given: list[Example] = []
    for each in question_sets():
        if each.available and not each.kept and each.reports:
            given += looked_up(each.name, each.questions, each.reports)
    taught = (_TRAINING / "questions.jsonl", _TRAINING / "reports")
    return given + list(looked_up(_TRAINING.name, *taught, every=_TAUGHT_BY))


def _place(example: Example) -> Place:
    return (example.source, *example.place)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
