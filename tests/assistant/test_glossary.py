"""The tables of the glossary keep the rules that their README states."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import assistant

FOLDER = Path(assistant.__file__).parent / "glossary"
COLUMNS = ["zh", "en", "zh_synonyms", "en_synonyms", "domain"]


def _rows() -> list[dict[str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            assert reader.fieldnames == COLUMNS, path.name
            for row in reader:
                assert None not in row.values(), (path.name, row)
                assert row["domain"] == path.stem, (path.name, row)
                found.append(row)
    return found


ROWS = _rows()


def test_a_term_has_one_row_and_no_spaces() -> None:
    heads = Counter(row["zh"] for row in ROWS)
    assert [zh for zh, times in heads.items() if times > 1] == []
    assert [zh for zh in heads if re.search(r"\s", zh) or not zh] == []


def test_english_is_english_and_stands_in_few_rows() -> None:
    rows: Counter[str] = Counter()
    for row in ROWS:
        phrases = {p for p in (row["en"], *row["en_synonyms"].split("|")) if p}
        assert row["en"], row
        assert not any(re.search(r"[\u3400-\u9fff]", p) for p in phrases), row
        rows.update(p.lower() for p in phrases)
    assert [p for p, times in rows.items() if times > 3] == []


def test_synonyms_of_two_rows_are_few_and_none_is_new() -> None:
    owners = Counter(
        form for row in ROWS for form in {row["zh"], *filter(None, row["zh_synonyms"].split("|"))}
    )
    assert sum(times > 1 for times in owners.values()) <= 110
