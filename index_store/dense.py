"""Passages by meaning: Chroma, through LlamaIndex's ChromaVectorStore."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index_store.encoder.base import Encoder
from index_store.lexical import Hit
from ingest.report import Passage, Report

_COLLECTION = "passages"
_BATCH = 2000  # passages in one call
_OVERFETCH = 8  # unfiltered queries are fast, `where` is slow: ask for more, then filter


class DenseIndex:
    """The vectors of one store. Nothing heavy is loaded before it is made."""

    def __init__(self, folder: Path, encoder: Callable[[], Encoder]) -> None:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        import chromadb
        from chromadb.config import Settings
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._encoder = encoder
        self._client = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        self._store_class: Any = ChromaVectorStore
        self._open()

    def _open(self) -> None:
        self._collection = self._client.get_or_create_collection(
            _COLLECTION, metadata={"hnsw:space": "cosine"}, embedding_function=None
        )
        self._vectors: Any = self._store_class(chroma_collection=self._collection)

    def clear(self) -> None:
        """Drop everything, also vectors of another model's size."""
        self._client.delete_collection(_COLLECTION)
        self._open()

    def update(self, gone: Iterable[str], new: Iterable[Report]) -> None:
        """Drop reports and add others."""
        for report_id in gone:
            self._collection.delete(where={"report_id": report_id})
        # Chroma's cost is by the call, so passages of many reports go in together.
        waiting: list[tuple[Report, Passage]] = []
        for report in new:
            self._collection.delete(where={"report_id": report.id})
            waiting.extend((report, passage) for passage in report.passages)
            while len(waiting) >= _BATCH:
                self._add(waiting[:_BATCH])
                waiting = waiting[_BATCH:]
        if waiting:
            self._add(waiting)

    def _add(self, batch: Sequence[tuple[Report, Passage]]) -> None:
        vectors = self._encoder().encode([_text(passage) for _, passage in batch])
        self._vectors.add(
            [
                passage_node(report, passage, vector.tolist())
                for (report, passage), vector in zip(batch, vectors, strict=True)
            ]
        )

    def search(self, text: str, report_ids: Sequence[str] | None, k: int) -> list[Hit]:
        """The k nearest passages among the reports given; None means all."""
        size = self._collection.count()
        if not size or (report_ids is not None and not report_ids):
            return []
        vector = self._encoder().encode([text])[0].tolist()
        wanted = None if report_ids is None else set(report_ids)
        hits = self._query(vector, min(size, k * _OVERFETCH), None)
        kept = [h for h in hits if wanted is None or h.report_id in wanted]
        if len(kept) < k and wanted is not None and size > k * _OVERFETCH:
            kept = self._query(vector, min(size, k), {"report_id": {"$in": sorted(wanted)}})
        return _best(kept, k)

    def among(self, text: str, passages: Mapping[str, int], k: int) -> list[Hit]:
        """The k nearest passages of a few reports, given with how many passages each has.

        Their vectors are taken by name and compared one by one: Chroma's filter looks
        through the metadata of all passages first, and takes longer the more there are.
        """
        names = [
            f"{report}:{index}" for report, count in passages.items() for index in range(count)
        ]
        if not names:
            return []
        found = self._collection.get(ids=names, include=["embeddings"])
        if not found["ids"]:
            return []
        vectors = np.asarray(found["embeddings"], dtype=np.float32)
        asked = self._encoder().encode([text])[0]
        lengths = np.linalg.norm(vectors, axis=1) * (np.linalg.norm(asked) or 1.0)
        cosines = vectors @ asked / np.where(lengths > 0, lengths, 1.0)
        hits = []
        for name, cosine in zip(found["ids"], cosines.tolist(), strict=True):
            report, _, index = name.rpartition(":")
            hits.append(Hit(report, int(index), cosine))
        return _best(hits, k)

    def _query(self, vector: list[float], k: int, where: dict[str, Any] | None) -> list[Hit]:
        found = self._collection.query(
            query_embeddings=[vector], n_results=k, where=where, include=["metadatas", "distances"]
        )
        metadatas, distances = found["metadatas"][0], found["distances"][0]
        return [
            Hit(m["report_id"], m["passage"], 1.0 - d)
            for m, d in zip(metadatas, distances, strict=True)
        ]


def _best(hits: list[Hit], k: int) -> list[Hit]:
    return sorted(hits, key=lambda h: (-round(h.score, 5), h.report_id, h.index))[:k]


def _text(passage: Passage) -> str:
    return " ".join((*passage.section[-2:], passage.text))[:2000]


def passage_node(report: Report, passage: Passage, vector: list[float] | None = None) -> Any:
    """A passage as a LlamaIndex TextNode, with what is known of it as metadata."""
    from llama_index.core.schema import TextNode

    return TextNode(
        id_=f"{report.id}:{passage.index}",
        text=passage.text,
        embedding=vector,
        metadata={
            "report_id": report.id,
            "passage": passage.index,
            "department": report.department or "",
            "year": report.year or 0,
            "section": " / ".join(passage.section),
            "task": passage.task or "",
            "indicators": "、".join(passage.indicators),
        },
    )
