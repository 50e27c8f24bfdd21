"""A question as the reader heard it, and what it thinks of a figure found in any way.

Figures are found by what a report calls them, beside others, or as the same of another
year. Whether the one found is the one meant, the reader can say of each.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.located import Located
from assistant.reader.network import network
from assistant.reader.put import put_figure
from assistant.reader.sentence import Kind, Sentence
from assistant.reading import reading

SURE = 0.9  # chance of the kind from which it is taken for that


@dataclass(frozen=True, slots=True)
class Heard:
    """A question, those before it (the last one first), and what was understood of it."""

    text: str
    before: tuple[str, ...]
    sentence: Sentence

    @property
    def names_a_figure(self) -> bool:
        """Whether it surely asks for figures and names one in words of its own."""
        sentence = self.sentence
        sure = sentence.kind is Kind.LOOK and sentence.chance >= SURE
        return sure and bool(sentence.things) and bool(sentence.things[0].own)

    @property
    def put(self) -> str:
        """The question with the words of its first thing, and the questions that it leans on."""
        thing = self.sentence.things[0] if self.sentence.things else None
        asked = " | ".join(part for part in (self.text, thing.words if thing else "") if part)
        return " < ".join((asked, *self.before))


def hear(text: str, before: tuple[str, ...]) -> Heard:
    """Read a question with those before it."""
    return Heard(text, before, network().sentence(text, before))


def opinion(heard: Heard, located: Located) -> float:
    """How surely a figure is what was asked (a logit, 0: as surely as none is).

    What a question takes over from those before it is not always seen, so it is read by
    itself, with the last one and with both, and the best counts.
    """
    report, figure = located.report, located.figure
    number = next(n for n, each in enumerate(report.figures) if each is figure)
    put = [put_figure(report, figure, reading(report).texts[number])]
    words = heard.sentence.things[0].words if heard.sentence.things else ""
    asked = " | ".join(part for part in (heard.text, words) if part)
    wordings = {" < ".join((asked, *heard.before[:n])) for n in range(len(heard.before) + 1)}
    return max(network().opinions(wording, put)[0] for wording in sorted(wordings))
