"""Made-up reports by the ten thousand: many counties, their streets and bureaus, four years.

Four sample reports are read as any file is; every further report is one of them in which
names, years and numbers are replaced by others of the same length, so that every place in
the text stays where it was. The reports so made are the ones that reading the files
would have given, at a hundredth of the time.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from benchmarks.corpus import SAMPLES
from ingest.pipeline import read_reports
from ingest.report import Figure, Indicator, Passage, Report, Task

YEARS = (2020, 2021, 2022, 2023)
STREETS = 14  # of a county; beside them a bureau of water and one of culture
_CITIES = ("广州", "天河")  # city and district of the samples
_STREET = "员村"
_CITY_FIRST = "云岭沙泽川澜岚沐霖淮沅澧"
_CITY_SECOND = "州宁阳陵昌兴泉溪康定远靖安平源化"
_DISTRICT_FIRST = "甘棠梧桐柏枫槐榆桂桑樟楠杉椿栎"
_DISTRICT_SECOND = "荫屏岗岭坪坝坡岩峪屿渚汀湾浦"
_STREET_FIRST = (
    "青金玉竹松福和石白红黄紫银铜龙凤鹤燕鹿麒荷菊莲兰芦葵蓬"
    "茂秀锦绣仁义礼智信德惠泰恒永长久双三七九上中下东南西北前"
)
_STREET_SECOND = (
    "溪桥塘湖洲林冈涌潭滩港渡埠墟墩坊庄寨堡营屯窑井泉沟壑崖"
    "巷埔厝寮坂尾头口岸畔堤堰垌垅圩埕坞栅圳陂墘垭岽峒嵩嶂巅亭"
)
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\d.])\d+(?:\.\d+)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)20(?:21|22)(?!\d)")
# Adjusted and first budget, spent, change, of that the general budget, both rates.
_STREET_FUNDS = ("12436.77", "12066.53", "12198.33", "370.24", "11253.52", "98.10", "3.07")
_BUREAU_FUNDS = ("12,680.50", "12,400.00", "12,173.28", "96.00")
_FIXED = {"12345", "100", "100.00", "0"}


def offices(counties: int) -> Iterator[tuple[str, str, list[str]]]:
    """City, district and street names of each county; no name is used twice."""
    cities = [a + b for a in _CITY_FIRST for b in _CITY_SECOND]
    districts = [a + b for a in _DISTRICT_FIRST for b in _DISTRICT_SECOND]
    streets = [a + b for a in _STREET_FIRST for b in _STREET_SECOND]
    most = min(len(districts), len(streets) // STREETS)
    if counties > most:
        raise ValueError(f"at most {most} counties can be made up")
    chance = random.Random(2022)
    for names in (cities, districts, streets):
        chance.shuffle(names)
    for number in range(counties):
        own = streets[number * STREETS : (number + 1) * STREETS]
        yield cities[number % len(cities)], districts[number], own


def counties_of(figures: int) -> int:
    """How many counties have about so many figures together."""
    street, *bureaus = (len(p.report.figures) for p in _patterns())
    return max(1, round(figures / (len(YEARS) * (STREETS * street + sum(bureaus)))))


def reports(figures: int) -> Iterator[Report]:
    """Reports with about so many figures together, the same ones at every run."""
    street, water, pipes, culture = _patterns()
    for city, district, names in offices(counties_of(figures)):
        for year in YEARS:
            for name in names:
                yield street.made(city, district, name, year)
            for pattern in (water, pipes, culture):
                yield pattern.made(city, district, None, year)


@cache
def _patterns() -> tuple[Pattern, Pattern, Pattern, Pattern]:
    files = (
        "yuancun-2022.txt", "water-report-2022.docx", "water-project-2022.html",
        "culture-project-2022.docx",
    )  # fmt: skip
    one, two, three, four = (Pattern(read_reports(SAMPLES / name)[0]) for name in files)
    return one, two, three, four


class Pattern:
    """A sample report that others are made from."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._kept = _FIXED | {f.text for f in report.figures if f.unit == "分"}

    def made(self, city: str, district: str, street: str | None, year: int) -> Report:
        """The report of another office and year, with other numbers."""
        source = self.report
        seed = f"{city}{district}{street}{year}{source.form}{source.project}"
        chance = random.Random(seed)
        say = _Saying(self._names(city, district, street), year, self._kept, chance)
        passages = tuple(
            replace(
                p,
                text=say(p.text),
                section=tuple(map(say, p.section)),
                task=say.maybe(p.task),
                indicators=tuple(map(say, p.indicators)),
            )
            for p in source.passages
        )
        digest = hashlib.sha256(seed.encode()).hexdigest()
        return replace(
            source,
            id=digest[:12],
            source_hash=digest,
            title=say(source.title),
            department=say(source.department or ""),
            project=say.maybe(source.project),
            year=year,
            file=f"{digest[:12]}-{year}.txt",
            passages=passages,
            figures=tuple(_figure(f, passages, say, year) for f in source.figures),
            tasks=tuple(_task(t, say) for t in source.tasks),
            indicators=tuple(_indicator(i, say) for i in source.indicators),
        )

    @staticmethod
    def _names(city: str, district: str, street: str | None) -> dict[str, str]:
        names = dict(zip(_CITIES, (city, district), strict=True))
        # Each county's project has a name of its own.
        names |= {"社区文化室": f"{district}文化室", "排水管网清疏": f"{district}管网清疏"}
        return names | ({_STREET: street} if street else {})


class _Saying:
    """Texts of a pattern as another report has them; what is one number stays one."""

    def __init__(
        self, names: dict[str, str], year: int, kept: set[str], chance: random.Random
    ) -> None:
        self._names = names
        self._pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
        self._year = year
        self._kept = kept
        self._chance = chance
        self._numbers = _rated(chance)
        self._said: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        if text not in self._said:
            named = self._pattern.sub(lambda m: self._names[m[0]], text)
            self._said[text] = _NUMBER.sub(self._number, named)
        return self._said[text]

    def maybe(self, text: str | None) -> str | None:
        return None if text is None else self(text)

    def _number(self, found: re.Match[str]) -> str:
        printed = found[0]
        if _YEAR.fullmatch(printed):
            return str(self._year - 2022 + int(printed))
        if printed in self._kept or len(printed) < 2:
            return printed
        if printed not in self._numbers:
            # The first digit stays: a rate stays below 100 %, an amount of its size.
            other = "".join(
                str(self._chance.randrange(10)) if c.isdigit() else c for c in printed[1:]
            )
            self._numbers[printed] = printed[0] + other
        return self._numbers[printed]


def _rated(chance: random.Random) -> dict[str, str]:
    """The amounts of an office's funds and the rates that follow from them, of the same length."""
    adjusted = Decimal(chance.randrange(1_350_000, 1_990_000)) / 100
    spent = _cents(adjusted * chance.randrange(8_500, 9_990) / 10_000)
    change = Decimal(chance.randrange(10_000, 90_000)) / 100
    initial = adjusted - change
    rate = f"{_cents(spent / adjusted * 100)}"
    street = (adjusted, initial, spent, change, _cents(spent * Decimal("0.92")))
    printed = (*(f"{amount:.2f}" for amount in street), rate, f"{_cents(change / initial * 100)}")
    bureau = (f"{adjusted:,.2f}", f"{initial:,.2f}", f"{spent:,.2f}", rate)
    return dict(zip(_STREET_FUNDS, printed, strict=True)) | dict(
        zip(_BUREAU_FUNDS, bureau, strict=True)
    )


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _figure(figure: Figure, passages: tuple[Passage, ...], say: _Saying, year: int) -> Figure:
    text = passages[figure.passage].text
    printed = text[figure.start : figure.start + len(figure.text)]
    value = Decimal(re.sub(r"[^\d.]", "", printed))
    return replace(
        figure,
        label=say(figure.label),
        text=printed,
        value=value.copy_sign(figure.value),
        subject=say(figure.subject),
        context=say(figure.context),
        indicator=say.maybe(figure.indicator),
        task=say.maybe(figure.task),
        year=None if figure.year is None else figure.year - 2022 + year,
    )


def _said(thing: Any, say: _Saying, *names: str) -> dict[str, str | None]:
    return {name: say.maybe(getattr(thing, name)) for name in names}


def _indicator(indicator: Indicator, say: _Saying) -> Indicator:
    said: Any = _said(
        indicator, say, "name", "target", "actual", "task", "points", "score", "reason"
    )
    return replace(indicator, **said)


def _task(task: Task, say: _Saying) -> Task:
    said: Any = _said(task, say, "name", "expected", "achieved", "funds")
    return replace(task, **said, indicators=tuple(_indicator(i, say) for i in task.indicators))
