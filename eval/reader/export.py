"""The fitted network as it ships: one graph, eight bits a weight."""

from __future__ import annotations

import json
import tempfile
from dataclasses import fields
from pathlib import Path

import torch

from assistant.reader.interaction import Worth
from assistant.reader.network import MODEL, NETWORK, WORTH, Network
from eval.reader.network import LateInteraction
from eval.reader.training import STATE

_OPSET = 17


def export(folder: Path, target: Path = MODEL) -> None:
    """Write the network of a folder beside the tokenizer that ships."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network = LateInteraction(len(Network().pieces))
    network.load_state_dict(torch.load(folder / STATE))
    network.eval()
    ids = torch.tensor([[0, 5, 6, 7, 2], [0, 9, 2, 1, 1]])
    moving = {0: "texts", 1: "tokens"}
    with tempfile.TemporaryDirectory(prefix="jixiao-reader-") as temporary:
        full = Path(temporary) / NETWORK
        torch.onnx.export(
            network,
            (ids, torch.zeros_like(ids)),
            str(full),
            input_names=["ids", "kinds"],
            output_names=["tokens", "asked", "said", "whole"],
            dynamic_axes=dict.fromkeys(("ids", "kinds", "tokens", "asked", "said"), moving)
            | {"whole": {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            target / NETWORK,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    worth = [round(float(each), 5) for each in network.worth]
    named = {f.name: value for f, value in zip(fields(Worth), worth, strict=True)}
    (target / WORTH).write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")
