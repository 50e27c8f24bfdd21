"""Hybrid retrieval of passages as LlamaIndex knows it.

Words and meaning each give a ranking; reciprocal rank fusion (Cormack, Clarke
and Büttcher, SIGIR 2009) joins them without having to compare their scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from index_store.dense import passage_node
from index_store.store import Store

_RANK_OFFSET = 60  # the paper's k: how little the first rank counts over the second


class HybridRetriever(BaseRetriever):  # type: ignore[misc]  # LlamaIndex is not typed here
    """Passages of a store by words and meaning; usable in any LlamaIndex pipeline.

    ``report_ids`` bounds what is searched (None: everything), ``k`` how many nodes
    come back. A query string is searched by both indexes; where ``custom_embedding_strs``
    of the bundle are given, words are taken from the query and meaning from those.
    Node metadata holds ``report_id`` and ``passage``, the place in the catalog.
    """

    def __init__(
        self, store: Store, report_ids: Sequence[str] | None = None, k: int = 10, **settings: Any
    ) -> None:
        super().__init__(**settings)
        self._store = store
        self._report_ids = report_ids
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        words = query_bundle.query_str
        meaning = " ".join(query_bundle.embedding_strs)
        rankings = [
            self._store.search_passages(words, self._report_ids, 2 * self._k),
            self._store.dense_passages(meaning, self._report_ids, 2 * self._k),
        ]
        fused: dict[tuple[str, int], float] = {}
        for hits in rankings:
            for rank, hit in enumerate(hits, 1):
                key = (hit.report_id, hit.index)
                fused[key] = fused.get(key, 0.0) + 1 / (_RANK_OFFSET + rank)
        best = sorted(fused.items(), key=lambda item: (-item[1], item[0]))[: self._k]
        return [self._node(*key, score) for key, score in best]

    def _node(self, report_id: str, index: int, score: float) -> NodeWithScore:
        report = self._store.report(report_id)
        return NodeWithScore(node=passage_node(report, report.passages[index]), score=score)
