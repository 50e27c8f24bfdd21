"""The MCP server with the SDK's own client, over stdio and over HTTP."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from tests.conftest import ROOT
from ui.server.accounts import Accounts

from .test_api import SCHEMA

QUESTION = "2022年员村街代征个人出租房屋税多少？"
Work = Callable[[Any], Awaitable[None]]


def finished(work: Coroutine[Any, Any, None]) -> None:
    """Run to its end, in a thread of its own: the browser tests' loop runs in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(work, 120)).result()


def over_stdio(folder: Path, work: Work) -> None:
    from mcp.client.client import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    arguments = ["-m", "assistant.cli", "mcp", "--store", str(folder)]
    command = StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT)

    async def run() -> None:
        async with Client(stdio_client(command)) as client:
            await work(client)

    finished(run())


def over_http(address: str, token: str | None, work: Work) -> None:
    import httpx2
    from mcp.client.client import Client
    from mcp.client.streamable_http import streamable_http_client

    headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def run() -> None:
        async with httpx2.AsyncClient(headers=headers, timeout=60, trust_env=False) as http:
            transport = streamable_http_client(f"{address}/mcp", http_client=http)
            async with Client(transport) as client:
                await work(client)

    finished(run())


async def use_every_tool(client: Any) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"ask", "find_figures", "calculate", "list_reports"}
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint

    answer = await client.call_tool("ask", {"question": QUESTION})
    jsonschema.validate(answer.structured_content, SCHEMA)
    assert [f["value"] for f in answer.structured_content["figures"]] == ["2100.52"]
    assert answer.structured_content["citations"][0]["quote"]

    follow = await client.call_tool("ask", {"question": "目标呢？", "turns": [QUESTION]})
    assert [f["value"] for f in follow.structured_content["figures"]] == ["1600"]

    unknown = await client.call_tool("ask", {"question": "2022年有多少只大熊猫"})
    assert unknown.structured_content["status"] == "not_found"

    found = await client.call_tool("find_figures", {"words": "出租房屋税", "year": 2021})
    assert found.structured_content["result"][0]["value"] == "1836.40"

    made = await client.call_tool("calculate", {"expression": "(73,260-57,768)/57,768"})
    assert made.structured_content["result"] == "0.2681761529"

    reports = await client.call_tool("list_reports", {"year": 2022})
    assert [r["file"] for r in reports.structured_content["result"]] == ["yuancun-2022.txt"]


async def misuse(client: Any) -> None:
    for arguments in ({}, {"question": "x" * 5000}, {"question": 3}):
        result = await client.call_tool("ask", arguments)
        assert result.is_error
    again = await client.call_tool("calculate", {"expression": "1+1"})
    assert again.structured_content["result"] == "2"


def test_an_assistant_on_the_same_machine_uses_every_tool(folder: Path) -> None:
    over_stdio(folder, use_every_tool)


def test_an_assistant_elsewhere_uses_every_tool(address: str, folder: Path) -> None:
    over_http(address, Accounts(folder).new_token("reader"), use_every_tool)


def test_a_mistake_is_told_and_the_next_call_works(address: str, folder: Path) -> None:
    over_http(address, Accounts(folder).new_token("reader"), misuse)


def test_without_a_token_nothing_is_said(address: str) -> None:
    async def nothing(client: Any) -> None:
        await client.list_tools()

    with pytest.raises(BaseExceptionGroup) as refused:
        over_http(address, None, nothing)
    assert "MCPError" in "".join(traceback.format_exception(refused.value))
    answer = httpx.post(f"{address}/mcp", json={}, trust_env=False)
    assert answer.status_code == 401


def test_questions_count_for_the_user_of_the_token(serve: Any, folder: Path) -> None:
    address = serve(questions_per_minute=1)

    async def twice(client: Any) -> None:
        assert not (await client.call_tool("ask", {"question": QUESTION})).is_error
        refused = await client.call_tool("ask", {"question": QUESTION})
        assert refused.is_error
        assert "Too many questions" in refused.content[0].text

    over_http(address, Accounts(folder).new_token("reader"), twice)
    log = (folder / "access.log").read_text("utf-8").splitlines()
    assert any('"by": "mcp"' in line and '"user": "reader"' in line for line in log)
