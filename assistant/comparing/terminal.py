"""``jixiao compare``: the table on a terminal, as JSON, or as a spreadsheet."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from assistant.answer import Language
from assistant.calculator import Calculated
from assistant.comparing.grid import grid
from assistant.comparing.indicators import Catalogue
from assistant.comparing.sheet import save_comparison
from assistant.comparing.table import Cell, Comparison
from assistant.terminal import wide_console
from ingest.units import format_number


def show_comparison(
    comparison: Comparison, language: Language, *, as_json: bool, save: Path | None
) -> None:
    """Print the comparison, and write it where a file is named."""
    if as_json:
        print(json.dumps(to_json(comparison, language), ensure_ascii=False, indent=1))
    else:
        _print(comparison, language)
    if save is not None:
        save_comparison(comparison, save, language)
        if not as_json:
            print(save)


def list_indicators(catalogue: Catalogue) -> None:
    """Every indicator, the commonest first."""
    table = Table("indicator", "English", "unit", "reports")
    for series in catalogue.search("", len(catalogue)):
        english = escape(series.english or "")
        table.add_row(escape(series.name), english, series.unit or "", str(len(series.reports)))
    wide_console().print(table)


def to_json(comparison: Comparison, language: Language) -> dict[str, Any]:
    """Plain values: figures as decimal strings, every one with the id of its citation."""
    return {
        "indicator": comparison.series.name,
        "unit": comparison.unit,
        "years": list(comparison.years),
        "subjects": [
            {"department": s.department, "project": s.project or None} for s in comparison.subjects
        ],
        "cells": [_cell(cell, language) for cell in comparison.cells.values()],
        "changes": [
            {
                "subject": c.subject.name,
                "since": c.since,
                "until": c.until,
                "difference": _calculated(c.difference),
                "growth": _calculated(c.growth) if c.growth else None,
            }
            for c in comparison.changes
        ],
        "gaps": [
            {
                "subject": g.subject.name,
                "against": g.against.name,
                "year": g.year,
                "difference": _calculated(g.difference),
                "share": _calculated(g.share) if g.share else None,
            }
            for g in comparison.gaps
        ],
        "citations": [asdict(citation) for citation in comparison.citations],
    }


def _cell(cell: Cell, language: Language) -> dict[str, Any]:
    return {
        "subject": cell.subject.name,
        "year": cell.year,
        "value": None if cell.value is None else format_number(cell.value),
        "unit": cell.unit,
        "printed": cell.printed,
        "citation": cell.citation,
        "others": list(cell.others),
        "absence": cell.absence.value if cell.absence else None,
        "notes": [note.said[language] for note in cell.notes],
    }


def _calculated(made: Calculated) -> dict[str, Any]:
    return {"value": format_number(made.value), "unit": made.unit, "expression": made.expression}


def _print(comparison: Comparison, language: Language) -> None:
    console = wide_console()
    shown = grid(comparison, language)
    table = Table(title=escape(f"{shown.title}　{shown.unit}"))
    for number, name in enumerate(shown.head):
        table.add_column(escape(name), justify="right" if number else "left")
    for row in shown.rows:
        marks = (f" [{c.citation}]" if c.citation else "" for c in row)
        table.add_row(*(escape(c.text + mark) for c, mark in zip(row, marks, strict=True)))
    console.print(table)
    for note in shown.notes:
        console.print(escape(note))
    for citation in comparison.citations:
        place = " ".join(filter(None, [citation.section, citation.cell]))
        quote = " ".join(citation.quote.split())
        console.print(escape(f"[{citation.id}] {citation.report}（{citation.file}） {place}"))
        console.print(escape(f"    “{quote}”"))
