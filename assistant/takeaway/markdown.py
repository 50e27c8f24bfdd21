"""A document as Markdown with footnotes; nothing of a report can become markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.takeaway.document import Block, Document, Items, Look, Paragraph, Runs

# What Markdown, or the HTML that it lets through, would read as its own.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$&])")
_START = re.compile(r"^(\s*)([#+\-=]|\d+[.)])")

_BEFORE: dict[Look, str] = {
    Look.TITLE: "# ",
    Look.QUESTION: "## ",
    Look.HEADING: "### ",
    Look.FORMULA: "> ",
    Look.WARNING: "> ⚠ ",
}


def to_markdown(document: Document) -> str:
    """The text of a ``.md`` file."""
    parts = ["\n".join(_block(block)) for block in document.blocks]
    if document.notes:
        parts.append("\n".join(f"[^{n}]: {_plain(t)}" for n, t in enumerate(document.notes, 1)))
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        before = _BEFORE.get(block.look, "")
        lines = [_runs(line) for line in block.lines]
        if block.look is Look.FAINT:
            lines = [f"*{line}*" for line in lines]
        for number, line in enumerate(lines, 1):
            # Two spaces break the line inside its paragraph.
            yield before + line + ("  " if number < len(lines) else "")
    elif isinstance(block, Items):
        for number, item in enumerate(block.items, block.first or 0):
            yield (f"{number}. " if block.first is not None else "- ") + _runs(item)
    else:
        for number, row in enumerate(block.rows):
            yield "| " + " | ".join(_runs(cell) for cell in row) + " |"
            if number == 0:
                yield "|" + " --- |" * len(row)


def _runs(runs: Runs) -> str:
    text = ""
    for run in runs:
        if run.note is not None:
            text += f"[^{run.note + 1}]"
            continue
        words = _escaped(run.text)
        if text.endswith("**") and words[:1].isalnum():
            text += " "  # **98%**的 would not be read as bold
        bold = run.bold and words.strip() == words != ""
        if bold and text[-1:].isalnum() and not words[0].isalnum():
            text += " "
        text += f"**{words}**" if bold else words
    return _START.sub(r"\1\\\2", text)


def _plain(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split("\n")))
