"""The calculator as a LlamaIndex tool, for agents that call functions."""

from __future__ import annotations

from typing import Any

from assistant.calculator.expression import result_json


def calculate(expression: str) -> dict[str, str | None]:
    """Compute an arithmetic expression exactly; units such as 万元 and % are understood."""
    return result_json(expression)


def calculator_tool() -> Any:
    """A ``FunctionTool`` around :func:`calculate`; loads llama_index when called."""
    from llama_index.core.tools import FunctionTool

    return FunctionTool.from_defaults(fn=calculate, name="calculate")
