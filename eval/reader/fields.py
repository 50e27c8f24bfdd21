"""``eval/training/fields``: reports of many fields, and what people ask about their figures.

A report is a text file: office and year in its first line, then headings (``#``), running
text, and tables as rows of ``| cells |``. Beside it stands a table of questions (``value``,
``unit``, ``question``); ``none`` for the value where the report does not say it.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

FIELDS = Path(__file__).parents[1] / "training" / "fields"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_RULE = re.compile(r":?-+:?$")


def lay_out(report: Path, folder: Path) -> tuple[Path, Path]:
    """The report as a page and its questions as a labelled set: (questions, reports)."""
    office, year, *body = _lines(report)
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    title = f"{office}{year}年度绩效自评报告"
    (reports / f"{office}{year}.html").write_text(
        "\n".join(
            (
                '<!doctype html><html lang="zh"><head><meta charset="utf-8">',
                f"<title>{html.escape(title)}</title></head><body>",
                f"<h1>{html.escape(title)}</h1>",
                f"<p>部门名称：{html.escape(office)}　年度：{year}年</p>",
                *_blocks(body),
                "</body></html>",
            )
        ),
        encoding="utf-8",
    )
    questions = folder / "questions.jsonl"
    with questions.open("w", encoding="utf-8") as out:
        for number, line in enumerate(_questions(report, int(year))):
            line["id"] = f"{report.stem}-{number:03d}"
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return questions, reports


def _lines(report: Path) -> tuple[str, ...]:
    head, *body = report.read_text(encoding="utf-8").split("\n")
    office, year = (part.strip() for part in head.split("\t")[:2])
    return (office, year, *body)


def _blocks(body: list[str]) -> Iterator[str]:
    rows: list[str] = []
    for line in (*(part.strip() for part in body), ""):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not all(_RULE.match(cell) for cell in cells if cell):
                rows.append("".join(f"<td>{html.escape(cell)}</td>" for cell in cells))
            continue
        if rows:
            yield "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
            rows = []
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#")) + 1
            yield f"<h{level}>{html.escape(line.lstrip('# '))}</h{level}>"
        elif line:
            yield f"<p>{html.escape(line)}</p>"


def _questions(report: Path, year: int) -> Iterator[dict[str, object]]:
    with report.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            expect: dict[str, object] = {"status": "not_found"}
            if row["value"] != "none":
                figure = {"value": row["value"], "year": year}
                if row["unit"] != "-":
                    figure["unit"] = row["unit"]
                expect = {"status": "answered", "figures": [figure]}
            yield {
                "category": "lookup",
                "language": "zh" if _CHINESE.search(row["question"]) else "en",
                "reports": "samples",
                "turns": [row["question"]],
                "expect": [expect],
            }
