"""Words of passages and figures in a tantivy index that knows Chinese.

Chinese is cut into single characters and pairs of neighbours by us, everything
else into lower-case words; tantivy only splits at spaces. The reports searched
are a required term, which also makes large stores fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tantivy

from ingest.report import Report

Kind = Literal["figure", "passage"]
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[0-9]+)?")
_HEAP = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Hit:
    """A figure or passage by its position in its report, with its score (higher is better)."""

    report_id: str
    index: int
    score: float


def tokens(text: str) -> list[str]:
    """出租屋 tax → 出 租 屋 出租 租屋 tax."""
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0].isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


class LexicalIndex:
    """The index in one folder; made if it is not there."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("kind", stored=False, tokenizer_name="raw")
        builder.add_text_field("report", stored=True, tokenizer_name="raw")
        builder.add_integer_field("index", stored=True)
        builder.add_text_field("body", stored=False, tokenizer_name="whitespace")
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)

    def update(self, gone: Iterable[str], new: Iterable[Report]) -> None:
        """Drop reports and add others, in one commit."""
        writer = self._index.writer(_HEAP, 1)
        for report_id in gone:
            writer.delete_documents("report", report_id)
        for report in new:
            writer.delete_documents("report", report.id)
            for kind, index, text in _texts(report):
                document = tantivy.Document()
                document.add_text("kind", kind)
                document.add_text("report", report.id)
                document.add_integer("index", index)
                document.add_text("body", " ".join(tokens(text)))
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def reload(self) -> None:
        """See what other processes have committed."""
        self._index.reload()

    def search(self, kind: Kind, text: str, report_ids: Sequence[str] | None, k: int) -> list[Hit]:
        """The k best by BM25 among the reports given; None means all."""
        terms = list(dict.fromkeys(tokens(text)))[:400]
        if not terms or (report_ids is not None and not report_ids):
            return []
        query = tantivy.Query
        parts: list[tuple[Any, Any]] = [
            (tantivy.Occur.Must, query.term_query(self._schema, "kind", kind)),
            (
                tantivy.Occur.Must,
                query.boolean_query(
                    [
                        (tantivy.Occur.Should, query.term_query(self._schema, "body", term))
                        for term in terms
                    ]
                ),
            ),
        ]
        if report_ids is not None:
            parts.append(
                (tantivy.Occur.Must, query.term_set_query(self._schema, "report", list(report_ids)))
            )
        searcher = self._index.searcher()
        found = searcher.search(query.boolean_query(parts), k).hits
        hits = []
        for score, address in found:
            document = searcher.doc(address)
            hits.append(Hit(document["report"][0], document["index"][0], float(score)))
        return sorted(hits, key=lambda h: (-round(h.score, 5), h.report_id, h.index))


def _texts(report: Report) -> Iterable[tuple[Kind, int, str]]:
    for passage in report.passages:
        yield "passage", passage.index, " ".join((*passage.section, passage.text))
    for index, figure in enumerate(report.figures):
        passage = report.passages[figure.passage]
        yield (
            "figure",
            index,
            " ".join(
                (
                    figure.label,
                    figure.subject,
                    figure.indicator or "",
                    passage.text[figure.clause_start : figure.clause_end],
                    figure.context,
                    *passage.section,
                )
            ),
        )
