"""A pipeline as LlamaIndex's own parts make it: reader, splitter, Chroma, BM25, fusion."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.asked import CUTOFF, Evidence
from index_store.encoder.base import Encoder

# The default takes a whole run of Chinese for one word. This one cuts out every pair of
# neighbouring Chinese characters, and words and numbers of other scripts.
TOKENS = r"(?=([一-鿿]{2}|(?<![0-9A-Za-z.])[0-9A-Za-z]+(?:\.[0-9]+)?))"
_CONTEXT_WINDOW = 128_000  # tokens; the mock's own 3,900 would split one prompt into several


class StockPipeline:
    """Reads once, then answers with the prompt that a language model would be given."""

    def __init__(self, files: Sequence[Path], folder: Path, encoder: Encoder) -> None:
        """Read ``files`` into ``folder``; ``seconds`` and ``cpu_seconds`` say what that took."""
        import chromadb
        from chromadb.config import Settings
        from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.retrievers.bm25 import BM25Retriever
        from llama_index.vector_stores.chroma import ChromaVectorStore

        from index_store.encoder.llama import JixiaoEmbedding

        began, busy = time.perf_counter(), time.process_time()
        documents = SimpleDirectoryReader(input_files=[str(path) for path in files]).load_data()
        nodes = SentenceSplitter().get_nodes_from_documents(documents)
        client = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        vectors = ChromaVectorStore(chroma_collection=client.get_or_create_collection("stock"))
        index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=vectors),
            embed_model=JixiaoEmbedding(encoder),
        )
        words = BM25Retriever.from_defaults(
            nodes=nodes, similarity_top_k=CUTOFF, token_pattern=TOKENS
        )
        self.seconds = time.perf_counter() - began
        self.cpu_seconds = time.process_time() - busy
        self.passages = len(nodes)
        self._retriever, self._engine = _wired(index, words)

    def retrieve(self, question: str) -> list[Evidence]:
        """The passages found for a question, best first."""
        return [_evidence(found) for found in self._retriever.retrieve(question)]

    def answer(self, question: str) -> list[Evidence]:
        """Run the whole query engine; the passages that its prompt was made of."""
        return [_evidence(found) for found in self._engine.query(question).source_nodes]


def _wired(index: Any, words: Any) -> tuple[Any, Any]:
    """The fused retriever and the query engine over it."""
    from llama_index.core import PromptHelper, get_response_synthesizer
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.retrievers import QueryFusionRetriever

    model = MockLLM()
    retriever = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=CUTOFF), words],
        llm=model,
        mode="reciprocal_rerank",
        num_queries=1,
        similarity_top_k=CUTOFF,
        use_async=False,
    )
    writer = get_response_synthesizer(
        llm=model, prompt_helper=PromptHelper(context_window=_CONTEXT_WINDOW)
    )
    return retriever, RetrieverQueryEngine(retriever=retriever, response_synthesizer=writer)


def _evidence(found: Any) -> Evidence:
    return Evidence(found.node.metadata["file_name"], found.node.get_content())
