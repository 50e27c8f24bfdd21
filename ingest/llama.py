"""Reports in anyone's LlamaIndex pipeline: a reader and a node parser.

The reader gives a LlamaIndex document a report, the parser a node a passage, so
that whatever splits texts elsewhere never cuts a figure from what it measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import (
    BaseNode,
    Document,
    NodeRelationship,
    RelatedNodeInfo,
    TextNode,
)

from ingest.pipeline import read_reports
from ingest.readers import Limits
from ingest.report import Passage, Report

_JOIN = "\n"


class ReportReader(BaseReader):  # type: ignore[misc]  # LlamaIndex is not typed here
    """Files of any supported format to documents, one a report.

    ``metadata`` has report_id, title, form, department, year, project and file; the
    parsed report itself travels as ``metadata["report"]``, left out of what a model
    or an embedding sees.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits

    def load_data(self, file: str | Path, extra_info: dict[str, Any] | None = None) -> list[Any]:
        """The documents of one file.

        Raises:
            UnreadableFile: names the file and the reason.
        """
        return [
            _document(report, extra_info or {}) for report in read_reports(Path(file), self._limits)
        ]


class ReportNodeParser(NodeParser):  # type: ignore[misc]
    """Documents of :class:`ReportReader` to nodes, one a passage, in source order.

    Each node's metadata has section, task, indicators, page and cell, and
    ``figures``: what is measured, the value and the unit of every figure in it.
    """

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex stores."""
        return "ReportNodeParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        made: list[BaseNode] = []
        for document in nodes:
            report = document.metadata.get("report")
            if not isinstance(report, Report):
                raise ValueError("ReportNodeParser takes the documents that ReportReader gives")
            made.extend(_node(document, report, passage) for passage in report.passages)
        return made


def _about(report: Report) -> dict[str, Any]:
    return {
        "report_id": report.id,
        "title": report.title,
        "form": report.form,
        "department": report.department or "",
        "year": report.year or 0,
        "project": report.project or "",
        "file_name": report.file,
    }


def _document(report: Report, extra: dict[str, Any]) -> Any:
    return Document(
        id_=report.id,
        text=_JOIN.join(passage.text for passage in report.passages),
        metadata={**extra, **_about(report), "report": report},
        excluded_embed_metadata_keys=["report"],
        excluded_llm_metadata_keys=["report"],
    )


def _node(document: BaseNode, report: Report, passage: Passage) -> TextNode:
    figures = [
        f"{f.label} {f.text}{f.unit or ''}" for f in report.figures if f.passage == passage.index
    ]
    source = RelatedNodeInfo(node_id=document.node_id)
    return TextNode(
        id_=f"{report.id}:{passage.index}",
        text=passage.text,
        metadata={
            **_about(report),
            "section": " / ".join(passage.section),
            "task": passage.task or "",
            "indicators": "、".join(passage.indicators),
            "figures": "；".join(figures),
            "page": passage.place.page or 0,
            "cell": passage.place.cell or "",
        },
        relationships={NodeRelationship.SOURCE: source},
    )
