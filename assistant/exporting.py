"""``jixiao export``: indicators and figures of reports as a spreadsheet, CSV or Parquet.

Two sheets in .xlsx (figures, indicators); .csv and .parquet hold the figures, and
the indicators beside them in a second file of the same name with ``.indicators``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.spreadsheet import Sheet, write_workbook
from ingest.errors import JixiaoError
from ingest.report import Figure, Report

_REPORT_COLUMNS = ("report", "department", "year", "project", "version", "file")
FIGURE_COLUMNS = (
    *_REPORT_COLUMNS, "section", "label", "counted", "value", "unit", "base_value", "base_unit",
    "qualifier", "role", "indicator", "printed", "page", "cell", "passage",
)  # fmt: skip
INDICATOR_COLUMNS = (
    *_REPORT_COLUMNS, "level1", "level2", "indicator", "task", "target", "actual", "points",
    "score", "reason", "page", "cell",
)  # fmt: skip

Row = tuple[Any, ...]


def export(reports: Sequence[Report], path: Path) -> None:
    """Write the figures and indicators of the reports; the suffix chooses the format.

    Raises:
        JixiaoError: another suffix, or a file that cannot be written.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise JixiaoError(f"{path.name}: export writes {', '.join(_WRITERS)}")
    figures = [row for report in reports for row in _figures(report)]
    indicators = [row for report in reports for row in _indicators(report)]
    try:
        write(path, figures, indicators)
    except OSError as error:
        raise JixiaoError(f"{path}: cannot be written: {error.strerror}") from error


def _about(report: Report) -> Row:
    return (
        report.title, report.department, report.year, report.project, report.version, report.file,
    )  # fmt: skip


def _figures(report: Report) -> list[Row]:
    def row(figure: Figure) -> Row:
        passage = report.passages[figure.passage]
        base = figure.value * figure.scale
        return (
            *_about(report), " / ".join(passage.section), figure.label, figure.subject,
            float(figure.value), figure.unit, float(base), figure.base_unit,
            figure.qualifier.value if figure.qualifier else None, figure.role.value,
            figure.indicator, passage.text[figure.start : figure.end], passage.place.page,
            figure.cell or passage.place.cell,
            passage.text[figure.clause_start : figure.clause_end],
        )  # fmt: skip

    return [row(figure) for figure in report.figures]


def _indicators(report: Report) -> list[Row]:
    rows = []
    for indicator in report.indicators:
        place = report.passages[indicator.passage].place
        level1, level2 = (*indicator.levels, None, None)[:2]
        rows.append(
            (
                *_about(report), level1, level2, indicator.name, indicator.task,
                indicator.target, indicator.actual, indicator.points, indicator.score,
                indicator.reason, place.page, place.cell,
            )
        )  # fmt: skip
    return rows


def _xlsx(path: Path, figures: list[Row], indicators: list[Row]) -> None:
    write_workbook(
        path,
        [
            Sheet("figures", FIGURE_COLUMNS, figures),
            Sheet("indicators", INDICATOR_COLUMNS, indicators),
        ],
    )


def _csv(path: Path, figures: list[Row], indicators: list[Row]) -> None:
    for target, columns, rows in _both(path, figures, indicators):
        # The BOM lets spreadsheet programs see that it is UTF-8.
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([[_inert(value) for value in row] for row in rows])


def _inert(value: Any) -> Any:
    """Text that a spreadsheet program would take for a formula, with a quote before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _parquet(path: Path, figures: list[Row], indicators: list[Row]) -> None:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise JixiaoError("Parquet needs pyarrow: pip install 'jixiao[parquet]'") from error
    for target, columns, rows in _both(path, figures, indicators):
        values = [dict(zip(columns, row, strict=True)) for row in rows]
        kinds = {"year": pyarrow.int32(), "page": pyarrow.int32(), "value": pyarrow.float64()}
        kinds["base_value"] = pyarrow.float64()
        schema = pyarrow.schema([(c, kinds.get(c, pyarrow.string())) for c in columns])
        parquet.write_table(pyarrow.Table.from_pylist(values, schema=schema), target)


def _both(
    path: Path, figures: list[Row], indicators: list[Row]
) -> tuple[tuple[Path, Sequence[str], list[Row]], ...]:
    beside = path.with_name(f"{path.stem}.indicators{path.suffix}")
    return ((path, FIGURE_COLUMNS, figures), (beside, INDICATOR_COLUMNS, indicators))


_WRITERS: dict[str, Callable[[Path, list[Row], list[Row]], None]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".parquet": _parquet,
}
