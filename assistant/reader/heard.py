"""A question as the reader heard it, and what it thinks of a figure found in any way.

Figures are found by what a report calls them, beside others, or as the same of another
year. Whether the one found is the one meant, the reader can say of each.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation import REMEMBERED
from assistant.located import Located
from assistant.reader.network import network
from assistant.reader.put import put_figure
from assistant.reader.sentence import Kind, Sentence
from assistant.reading import reading

SURE = 0.9  # chance of the kind from which it is taken for that


@dataclass(frozen=True, slots=True)
class Heard:
    """A question, and those before it, the last one first."""

    text: str
    before: tuple[str, ...]

    @property
    def sentence(self) -> Sentence:
        """What the network understands of it; read when it is first asked for, and kept."""
        return network().sentence(self.text, self.before)

    @property
    def names_a_figure(self) -> bool:
        """Whether it surely asks for figures and names one in words of its own."""
        sentence = self.sentence
        sure = sentence.kind is Kind.LOOK and sentence.chance >= SURE
        return sure and bool(sentence.things) and bool(sentence.things[0].own)

    def put(self, before: int = REMEMBERED) -> str:
        """The question with the words of its first thing, and so many of those before it."""
        words = self.sentence.things[0].words if self.sentence.things else ""
        asked = " | ".join(part for part in (self.text, words) if part)
        return " < ".join((asked, *self.before[:before]))


def opinion(heard: Heard, located: Located) -> float:
    """How surely a figure is what was asked (a logit, 0: as surely as none is).

    What a question takes over from those before it is not always seen, so it is read by
    itself, with the last one and with both, and the best counts.
    """
    report, figure = located.report, located.figure
    number = next(n for n, each in enumerate(report.figures) if each is figure)
    put = [put_figure(report, figure, reading(report).texts[number])]
    return max(network().opinions(heard.put(n), put)[0] for n in range(len(heard.before) + 1))
