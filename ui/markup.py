"""Plain text to HTML that can only ever be text.

The output goes through Gradio's Markdown and through a browser. Every ASCII
character that means something to either is written as a numeric entity, so
nothing in a question or a report can become a tag, a link or a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answer_text import Block, Grid, Line, Paragraph, parse

_ENTITIES = {
    code: f"&#{code};" for code in range(128) if not chr(code).isalnum() and chr(code) != " "
}

# Han characters with the punctuation between them.
_HAN = re.compile(r"[\u3400-\u9fff](?:[\u3000-\u303f\u3400-\u9fff\uff00-\uffef·]*[\u3400-\u9fff])?")

Cite = Callable[[int], str]  # citation id → HTML of its mark
Show = Callable[[str], str]  # text → HTML


def escape(text: str) -> str:
    """``text`` as HTML that shows exactly these characters and does nothing else.

    >>> escape("2022年 <b>**x**")
    '2022年 &#60;b&#62;&#42;&#42;x&#42;&#42;'
    """
    return text.translate(_ENTITIES)


def foreign(text: str) -> str:
    """The same for a text in English: what is Chinese in it is marked as such.

    >>> foreign("of 员村街")
    'of <span lang="zh">员村街</span>'
    """
    return _HAN.sub(lambda run: f'<span lang="zh">{run[0]}</span>', escape(text))


def blocks(text: str, cite: Cite, show: Show = escape) -> str:
    """An answer's text as HTML: paragraphs, lists and tables, bold words, citation marks."""
    return "".join(_block(block, cite, show) for block in parse(text))


def _block(block: Block, cite: Cite, show: Show) -> str:
    if isinstance(block, Paragraph):
        lines = "<br>".join(_line(line, cite, show) for line in block.lines)
        return f"<p><strong>{lines}</strong></p>" if block.heading else f"<p>{lines}</p>"
    if isinstance(block, Grid):
        rows = "".join(
            f"<tr>{_cells(row, 'td' if number else 'th', cite, show)}</tr>"
            for number, row in enumerate(block.rows)
        )
        return f'<div class="jx-scroll"><table>{rows}</table></div>'
    items = "".join(f"<li>{_line(item, cite, show)}</li>" for item in block.items)
    if block.first is None:
        return f"<ul>{items}</ul>"
    return f'<ol start="{block.first}">{items}</ol>'  # the printed number is kept


def _cells(row: Sequence[Line], tag: str, cite: Cite, show: Show) -> str:
    return "".join(f"<{tag}>{_line(cell, cite, show)}</{tag}>" for cell in row)


def _line(line: Line, cite: Cite, show: Show) -> str:
    parts = []
    for words in line:
        shown = show(words.text) if words.citation is None else cite(words.citation)
        parts.append(f"<strong>{shown}</strong>" if words.bold else shown)
    return "".join(parts)
