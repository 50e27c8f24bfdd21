"""``jixiao compare``: one indicator over departments, projects and years."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import LangOption, StoreOption, assistant_over, language


def compare(
    indicator: Annotated[
        str | None,
        typer.Argument(help="The indicator, in Chinese or English; without it they are listed."),
    ] = None,
    department: Annotated[
        list[str] | None,
        typer.Option("--department", help="Department or project; all that have it by default."),
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="Fiscal year; all there are by default.")
    ] = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the table and its sources to an .xlsx.")
    ] = None,
    lang: LangOption = "zh",
) -> None:
    """Compare an indicator over departments and years, every cell with its source."""
    from assistant.comparing import Comparer
    from assistant.comparing.build import resolve
    from assistant.comparing.terminal import list_indicators, show_comparison

    spoken = language(lang)
    comparer = Comparer(assistant_over(store))
    if indicator is None:
        list_indicators(comparer.catalogue())
        return
    wanted = resolve(comparer, indicator, department or [], year or [])
    show_comparison(comparer.compare(wanted), spoken, as_json=as_json, save=save)
