"""The reader and the node parser in a LlamaIndex pipeline of anyone's making."""

from __future__ import annotations

from pathlib import Path

import pytest
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document

from ingest.errors import UnreadableFile
from ingest.llama import ReportNodeParser, ReportReader
from ingest.pipeline import read_file

SAMPLE = Path(__file__).parents[2] / "samples" / "yuancun-2022.txt"


def test_a_file_becomes_nodes_that_are_its_passages() -> None:
    documents = ReportReader().load_data(SAMPLE, {"batch": "a"})
    nodes = IngestionPipeline(transformations=[ReportNodeParser()]).run(documents=documents)
    report = read_file(SAMPLE)
    assert [n.get_content() for n in nodes] == [p.text for p in report.passages]
    node = next(n for n in nodes if "2100.52万元" in n.get_content())
    assert (node.metadata["department"], node.metadata["year"]) == (report.department, 2022)
    assert "2100.52万元" in node.metadata["figures"]
    assert node.ref_doc_id == report.id
    assert documents[0].metadata["batch"] == "a"


def test_directory_reader_of_llama_index_can_use_it(tmp_path: Path) -> None:
    from llama_index.core import SimpleDirectoryReader

    (tmp_path / "a.txt").write_bytes(SAMPLE.read_bytes())
    reader = SimpleDirectoryReader(str(tmp_path), file_extractor={".txt": ReportReader()})
    (document,) = reader.load_data()
    assert document.metadata["form"] == "部门整体支出绩效自评表"


def test_other_documents_and_unreadable_files_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ReportReader"):
        ReportNodeParser().get_nodes_from_documents([Document(text="x")])
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(UnreadableFile, match=r"empty\.txt"):
        ReportReader().load_data(tmp_path / "empty.txt")
