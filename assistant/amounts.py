"""Amounts in the words of an answer: as printed, with unit, qualifier and English gloss."""

from __future__ import annotations

from assistant.answer import Language
from assistant.phrases import phrase
from ingest.report import Figure
from ingest.units import english_name, parse_unit


def printed(figure: Figure, language: Language) -> str:
    """A reported figure: 2000次（超过）, more than 2000次 (times), 1（即百分之百）."""
    unit = figure.unit or ""
    # In 「533万余」 the printed text and the unit both have the 万.
    doubled = any(q in figure.text for q in "余多") and _printed_scale(figure)
    number = f"{figure.text}{unit[1:] if doubled else unit}"
    if figure.qualifier is not None:
        number = phrase(f"qualifier_{figure.qualifier.value}", language, value=number)
    if language == "en":
        number += _gloss(figure.unit)
    if not unit and figure.value == 1 and (figure.indicator or figure.label).endswith("率"):
        number += phrase("bare_one", language)
    return number


def made(number: str, unit: str | None, language: Language) -> str:
    """A computed figure with its unit."""
    if unit == "百分点" and language == "en":
        return f"{number} percentage points"
    return f"{number}{unit or ''}{_gloss(unit) if language == 'en' else ''}"


def _gloss(unit: str | None) -> str:
    """The English of a Chinese unit, in brackets."""
    known = parse_unit(unit) if unit and unit != "%" else None
    name = english_name(known) if known else ""
    return f" ({name})" if name and not any(char.isdigit() for char in name) else ""


def _printed_scale(figure: Figure) -> str:
    unit = figure.unit or ""
    return unit[0] if unit[:1] in "万亿" and figure.text.rstrip("余多")[-1:] == unit[:1] else ""
