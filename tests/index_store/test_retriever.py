"""The hybrid retriever in a LlamaIndex pipeline of anyone's making."""

from __future__ import annotations

from llama_index.core.base.base_retriever import BaseRetriever

from assistant.service import Assistant
from index_store.retriever import HybridRetriever


def test_it_is_a_llama_index_retriever_with_places_as_metadata(
    sample_assistant: Assistant,
) -> None:
    retriever = HybridRetriever(sample_assistant.store, k=5)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve("代征个人出租房屋税")
    assert len(nodes) == 5
    assert [n.score for n in nodes] == sorted((n.score for n in nodes), reverse=True)
    best = nodes[0].node
    report = sample_assistant.report(best.metadata["report_id"])
    assert report.passages[best.metadata["passage"]].text == best.get_content()
    assert "出租" in best.get_content()
    assert best.metadata["department"] == report.department


def test_meaning_finds_what_words_in_another_language_cannot(sample_assistant: Assistant) -> None:
    words = sample_assistant.store.search_passages("rental housing tax", None, 5)
    assert not words
    nodes = HybridRetriever(sample_assistant.store, k=10).retrieve("rental housing tax")
    assert any("出租房屋税" in n.node.get_content() for n in nodes)


def test_only_the_reports_given_are_searched(sample_assistant: Assistant) -> None:
    wanted = [r.id for r in sample_assistant.reports() if r.year == 2021]
    nodes = HybridRetriever(sample_assistant.store, wanted, 8).retrieve("预算完成率")
    assert nodes
    assert {n.node.metadata["report_id"] for n in nodes} <= set(wanted)
    assert HybridRetriever(sample_assistant.store, [], 8).retrieve("预算完成率") == []


def test_few_reports_are_searched_as_all_are(sample_assistant: Assistant) -> None:
    store = sample_assistant.store
    everywhere = store.dense_passages("养老服务", None, 2_000)
    for info in sample_assistant.reports():
        own = [hit for hit in everywhere if hit.report_id == info.id]
        among = store.dense_passages("养老服务", [info.id], 2_000)
        assert len(among) == len(store.report(info.id).passages)
        scores = {hit.index: hit.score for hit in among}
        assert own
        assert all(abs(scores[hit.index] - hit.score) < 1e-4 for hit in own)
        assert [h.score for h in among] == sorted((h.score for h in among), reverse=True)
    assert store.dense_passages("养老服务", ["no such report"], 5) == []
