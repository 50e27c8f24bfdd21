"""A comparison as an escaped HTML table, every value a link to its source."""

from __future__ import annotations

from assistant.answer import Language
from assistant.comparing import Comparison
from assistant.comparing.grid import FLAG, GridCell, grid, year_pairs
from ui.cited import source_link
from ui.markup import escape
from ui.names import subject_names
from ui.text import words

MOST_ROWS = 60  # shown on the page; the workbook has all


def comparison_html(comparison: Comparison, language: Language) -> str:
    """The table with its caption, and the notes below it."""
    said = words("compare", language)
    names = subject_names(comparison.subjects)
    shown = grid(comparison, language, names)
    if not comparison.citations:
        nothing = f'<p class="jx-line jx-hint">{escape(said["nothing"])}</p>'
        return nothing + _notes(shown.notes, said["notes"])
    joined = _joined(comparison)
    head = "".join(
        f'<th scope="col"{_number(position)}>{escape(name)}</th>'
        for position, name in enumerate(shown.head)
        if position not in joined
    )
    rows = []
    for subject, cells in list(zip(comparison.subjects, shown.rows, strict=True))[:MOST_ROWS]:
        name = escape(names[subject])
        title = f' title="{escape(subject.name)}"' if names[subject] != subject.name else ""
        values = "".join(
            _cell(
                cell,
                _label(said["open_source"], names[subject], shown.head[position]),
                cells[position + 1] if position + 1 in joined else None,
                said["flagged"],
            )
            for position, cell in enumerate(cells)
            if position and position not in joined
        )
        rows.append(f'<tr><th scope="row"{title}>{name}</th>{values}</tr>')
    more = ""
    if len(comparison.subjects) > MOST_ROWS:
        text = said["more_rows"].format(count=MOST_ROWS, total=len(comparison.subjects))
        more = f'<p class="jx-line jx-hint">{escape(text)}</p>'
    caption = said["caption"].format(title=shown.title, unit=shown.unit)
    return (
        f'<h2 class="jx-table-title">{escape(shown.title)}'
        f' <span class="jx-table-unit">{escape(shown.unit)}</span></h2>'
        f'<div class="jx-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="jx-table" aria-label="{escape(caption)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f"{more}{_notes(shown.notes, said['notes'])}"
    )


def _joined(comparison: Comparison) -> set[int]:
    """The columns of growth, which stand below the differences of the same years."""
    if comparison.is_rate:
        return set()
    first = 1 + len(comparison.years)
    return {first + 2 * number + 1 for number in range(len(year_pairs(comparison)))}


def _cell(cell: GridCell, label: str, growth: GridCell | None, doubt: str) -> str:
    shown = escape(cell.text.removesuffix(FLAG).strip())
    if cell.citation is not None:
        link = source_link(cell.citation)
        shown = f'<a class="jx-cell" href="{link}" title="{escape(label)}">{shown}</a>'
    if cell.flagged:
        shown += f' <span class="jx-flag" role="img" aria-label="{escape(doubt)}">{FLAG}</span>'
    if growth is not None and growth.value is not None:
        shown += f'<span class="jx-growth">{escape(growth.text)}%</span>'
    return f'<td class="jx-number">{shown}</td>'


def _label(template: str, subject: str, column: str) -> str:
    return template.format(subject=subject, year=column)


def _number(position: int) -> str:
    return ' class="jx-number"' if position else ""


def _notes(notes: tuple[str, ...], title: str) -> str:
    if not notes:
        return ""
    items = "".join(
        f"<li{' class=jx-grave' if note.startswith(FLAG) else ''}>{escape(note)}</li>"
        for note in notes
    )
    return (
        f'<div class="jx-notes"><div class="jx-card-title">{escape(title)}</div>'
        f"<ul>{items}</ul></div>"
    )
