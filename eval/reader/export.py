"""The fitted network as it ships: three graphs, eight bits a weight."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import torch
from torch import Tensor, nn

from assistant.reader.interaction import Worth
from assistant.reader.network import BELOW, FIGURES, SENTENCES, WORTH
from assistant.reader.vocabulary import MODEL
from eval.reader.network import HIDDEN, Reader
from eval.reader.training import fitted

_OPSET = 17


class _Below(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor) -> Tensor:
        return self.reader.lower(ids)


class _Figures(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        there = torch.ones(x.shape[:2], dtype=torch.bool)
        return self.reader.compared(x, there)


class _Sentences(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return self.reader.understood(x, torch.ones(x.shape[:2], dtype=torch.bool))


def export(folder: Path, target: Path = MODEL) -> None:
    """Write the network of a folder beside the tokenizer that ships."""
    network = fitted(folder)
    ids, x = torch.tensor([[0, 5, 6, 7, 2]]), torch.rand(1, 5, HIDDEN)
    _graph(_Below(network), ids, ("ids",), ("x",), target / BELOW)
    _graph(_Figures(network), x, ("x",), ("tokens", "asked", "said", "whole"), target / FIGURES)
    _graph(_Sentences(network), x, ("x",), ("kind", "tags"), target / SENTENCES)
    worth = [round(float(each), 5) for each in network.worth.detach()]
    named = {f.name: value for f, value in zip(fields(Worth), worth, strict=True)}
    (target / WORTH).write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")


def _graph(
    part: nn.Module, given: Tensor, inputs: Sequence[str], outputs: Sequence[str], target: Path
) -> None:
    """One text at a time, of any length."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    lengths = {name: {1: "length"} for name in (*inputs, *outputs) if name not in ("whole", "kind")}
    with tempfile.TemporaryDirectory(prefix="jixiao-reader-") as temporary:
        full = Path(temporary) / target.name
        torch.onnx.export(
            part.eval(),
            (given,),
            str(full),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=lengths,
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
