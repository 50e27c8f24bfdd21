"""The real report's figures against the list made by hand from its text."""

from __future__ import annotations

from pathlib import Path

from ingest.pipeline import read_file

from .gold import compare, read_gold

GOLD = Path(__file__).parents[1] / "golden" / "yuancun-2022.figures.tsv"


def test_real_report_has_the_figures_of_the_gold_list_and_no_others(real_report: Path) -> None:
    comparison = compare(read_gold(GOLD), read_file(real_report))
    assert comparison.precision >= 0.98, comparison.invented
    assert comparison.recall >= 0.98, comparison.missed


def test_every_figure_stands_where_it_says(real_report: Path) -> None:
    report = read_file(real_report)
    for figure in report.figures:
        text = report.passages[figure.passage].text
        assert text[figure.start : figure.end].startswith(figure.text)
        assert figure.clause_start <= figure.start < figure.end <= figure.clause_end


def test_every_passage_is_verbatim(real_report: Path) -> None:
    source = "".join(real_report.read_text(encoding="utf-8").split())
    for passage in read_file(real_report).passages:
        for line in passage.text.split("\t"):
            assert "".join(line.split()) in source
