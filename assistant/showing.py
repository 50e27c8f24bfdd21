"""``jixiao show``: a parsed report as a person checks it against the paper."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from assistant.terminal import wide_console
from ingest.report import Passage, Report, Role

_ROLE_STYLES = {Role.TARGET: "blue", Role.ACTUAL: "green", Role.FUNDS: "yellow", Role.NONE: "dim"}


def show(report: Report) -> None:
    """Print who and when, tasks, indicators, then every passage with its figures marked."""
    console = wide_console()
    console.print(f"[bold]{escape(report.title)}[/bold]  ({report.id})")
    about = [
        ("form", report.form),
        ("project", report.project),
        ("department", report.department),
        ("year", report.year),
        ("unit", report.unit),
        ("version", report.version),
        ("file", report.file),
        ("pages", report.pages),
        ("read by", "OCR" if report.ocr else None),
    ]
    for name, value in about:
        if value is not None:
            console.print(f"  {name:<11}{escape(str(value))}")
    for warning in report.warnings:
        console.print(f"  [bold red]![/bold red] {escape(warning)}")
    if report.indicators:
        console.print(_indicators(report))
    marked: dict[int, list[tuple[int, int, Role]]] = {}
    for figure in report.figures:
        marked.setdefault(figure.passage, []).append((figure.start, figure.end, figure.role))
    heading: tuple[str, ...] = ()
    for passage in report.passages:
        if passage.section != heading:
            heading = passage.section
            console.print(f"\n[bold]{escape(' / '.join(heading))}[/bold]")
        console.print(_passage(passage, marked.get(passage.index, [])))
    console.print(
        f"\n{len(report.passages)} passages, {len(report.figures)} figures, "
        f"{len(report.indicators)} indicators"
    )


def _indicators(report: Report) -> Table:
    table = Table("", "indicator", "target", "actual", "points", "score", "reason")
    for i in report.indicators:
        above = " / ".join(i.levels) or i.task or ""
        values = (above, i.name, i.target, i.actual, i.points, i.score, i.reason)
        table.add_row(*(escape(value or "—") for value in values))
    return table


def _passage(passage: Passage, figures: list[tuple[int, int, Role]]) -> Text:
    """The passage's text, its figures in brackets and coloured by their side of the form."""
    shown = Text("  ")
    place = " ".join(
        part
        for part in (f"p.{passage.place.page}" if passage.place.page else "", passage.place.cell)
        if part
    )
    if place:
        shown.append(f"{place}  ", "dim")
    position = 0
    for start, end, role in sorted(figures):
        if start < position:
            continue
        shown.append(passage.text[position:start])
        shown.append(f"[{passage.text[start:end]}]", _ROLE_STYLES[role])
        position = end
    shown.append(passage.text[position:])
    return shown
