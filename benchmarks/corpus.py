"""A folder of reports to measure on: the samples and made-up forms of other offices."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_PATTERN = SAMPLES / "yuancun-2022.txt"
_YEARS = (2020, 2021, 2022, 2023)
_FIRST = "云青金玉梅竹兰松福安和平"
_SECOND = "溪岗桥塘湖岭洲林"
_FUNDS = ("12436.77", "12066.53", "12198.33", "370.24", "11253.52", "98.10", "3.07")
# Whole numbers and decimals, but no part of a year, of 12345 or of a percentage.
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.%年])")
_FIXED = {"12345", "1"}


def write_corpus(folder: Path, reports: int, seed: int = 2022) -> list[Path]:
    """Write the samples, as UTF-8, and ``reports`` made-up forms; their paths, in name order.

    The same ``seed`` writes the same text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES.glob("*.txt"):
        (folder / sample.name).write_text(_decoded(sample.read_bytes()), encoding="utf-8")
    pattern = _decoded(_PATTERN.read_bytes())
    for number, (office, year) in enumerate(_offices(reports, random.Random(seed))):
        text = made_up(pattern, office, year, random.Random(seed + number + 1))
        (folder / f"made-up-{number:04}-{year}.txt").write_text(text, encoding="utf-8")
    return sorted(folder.glob("*.txt"))


def made_up(pattern: str, office: str, year: int, chance: random.Random) -> str:
    """The form ``pattern`` for another office and year, with other numbers.

    What is one number in the pattern is one number in the result, and the two budget
    rates follow from their amounts. Other sums (beds of a centre) are not kept.
    """
    form = pattern[: pattern.index("\n说明：")] + f"\n说明：{office}街道办事处及全部数字虚构。\n"
    values = _funds(chance)
    # The note names the sample's year too, so years change before the numbers do.
    form = form.replace("员村", office).replace("2022年", f"{year}年")
    form = re.sub("|".join(map(re.escape, values)), lambda found: values[found[0]], form)
    made = set(values.values())

    def other(found: re.Match[str]) -> str:
        printed = found[0]
        if printed in _FIXED or printed in made:
            return printed
        if printed not in values:
            values[printed] = _near(printed, chance)
        return values[printed]

    head, numbers, notes = _divided(form)
    return head + _NUMBER.sub(other, numbers) + notes


def _funds(chance: random.Random) -> dict[str, str]:
    """The amounts of the form's first rows and the two rates that follow from them."""
    initial = Decimal(chance.randrange(600_000, 2_000_000)) / 100
    change = Decimal(chance.randrange(5_000, 60_000)) / 100
    adjusted = initial + change
    spent = _cents(adjusted * Decimal(chance.randrange(9_000, 9_990)) / 10_000)
    general = _cents(spent * Decimal(chance.randrange(8_500, 9_700)) / 10_000)
    made = (
        adjusted,
        initial,
        spent,
        change,
        general,
        _cents(spent / adjusted * 100),
        _cents(change / initial * 100),
    )
    return {old: f"{new:.2f}" for old, new in zip(_FUNDS, made, strict=True)}


def _near(printed: str, chance: random.Random) -> str:
    """Another number of the same number of decimals, at least one in its last place."""
    places = len(printed.partition(".")[2])
    step = Decimal(1).scaleb(-places)
    value = Decimal(printed) * Decimal(chance.randrange(60, 161)) / 100
    return str(max(step, value.quantize(step, ROUND_HALF_UP)))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _divided(form: str) -> tuple[str, str, str]:
    """What stands before the table's tasks, the tasks with the prose, and the notes."""
    start, end = form.index("\n主要任务"), form.index("\n注：")
    return form[:start], form[start:end], form[end:]


def _offices(reports: int, chance: random.Random) -> Iterator[tuple[str, int]]:
    """``reports`` pairs of office and year, each office with several years."""
    names = [first + second for first in _FIRST for second in _SECOND]
    if reports > len(names) * len(_YEARS):
        raise ValueError(f"at most {len(names) * len(_YEARS)} reports can be made up")
    chance.shuffle(names)
    for number in range(reports):
        yield names[number // len(_YEARS)], _YEARS[number % len(_YEARS)]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")
