"""The service as MCP tools, so that any assistant can look up figures and cite them.

Over stdio by ``jixiao mcp`` for an assistant on the same machine, and under ``/mcp``
of the web server (streamable HTTP, the accounts of the server).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field
from starlette.types import Receive, Scope, Send

from index_store.errors import UnknownReport
from ingest.errors import JixiaoError
from ui.server.api import models
from ui.server.api.operations import Operations, UnknownConversation
from ui.server.gate import error
from ui.server.words import say

_INSTRUCTIONS = (
    "Answers from Chinese budget performance self-evaluation reports (绩效自评表, 绩效自评报告). "
    "Use `ask` for anything a report may say: it gives the figure with its unit, year, department "
    "and a verbatim quote, or says that the reports do not have it. Do not change its figures and "
    "keep its citations. `find_figures` only lists candidates by their words. Calculate with "
    "`calculate`, not by yourself."
)
_LATER_S = 5.0  # after the page is up, unless somebody asks before
_T = TypeVar("_T")


def mcp_server(operations: Operations) -> Any:
    """An ``MCPServer`` with the tools; the SDK takes a second to load, so only here."""
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp_types import ToolAnnotations

    server = MCPServer("jixiao", instructions=_INSTRUCTIONS, log_level="WARNING")
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    def told(work: Callable[[], _T]) -> _T:
        try:
            return work()
        except UnknownConversation as unknown:
            raise ToolError(say("unknown_conversation", "en")) from unknown
        except UnknownReport as unknown:
            raise ToolError(say("unknown_report", "en", id=unknown)) from unknown
        except JixiaoError as problem:
            raise ToolError(str(problem)) from problem

    @server.tool(annotations=reads)
    def ask(
        question: Annotated[str, Field(max_length=4000, description="In Chinese or English.")],
        turns: Annotated[
            list[str] | None,
            Field(description="Questions asked before, oldest first, where it is a follow-up."),
        ] = None,
        language: Annotated[
            Literal["zh", "en"] | None, Field(description="Of the answer; default: the question's.")
        ] = None,
    ) -> models.Answer:
        """Answer a question from the performance reports, every figure with its citation.

        status `not_found` means that the reports do not say it; `clarify` that the answer
        asks back. Show the figures with unit, year and department as given.
        """
        asked = models.Question(
            question=question, turns=turns or [], conversation=None, language=language
        )
        reply = told(lambda: operations.ask(asked)).model_dump()
        del reply["conversation"]
        return models.Answer.model_validate(reply)

    @server.tool(annotations=reads)
    def find_figures(
        words: Annotated[str, Field(max_length=500, description="What is measured, in Chinese.")],
        department: Annotated[
            str | None, Field(description="A part of the department's name.")
        ] = None,
        year: int | None = None,
        limit: Annotated[int, Field(ge=1, le=100)] = 20,
    ) -> list[models.ReportFigure]:
        """List figures that reports print, by the words around them, best first.

        Candidates to look through, each with its clause; for an answer use `ask`.
        """
        return told(lambda: operations.find_figures(words, department, year, limit))

    @server.tool(annotations=reads)
    def calculate(
        expression: Annotated[
            str, Field(max_length=2000, description="For example (73,260-57,768)/57,768.")
        ],
    ) -> models.Calculated:
        """Calculate exactly in decimals; understands %, 万 and 亿."""
        return told(lambda: operations.calculate(expression))

    @server.tool(annotations=reads)
    def list_reports(
        department: Annotated[
            str | None, Field(description="A part of the department's name.")
        ] = None,
        year: int | None = None,
    ) -> list[models.ReportSummary]:
        """List the reports that can be asked about."""
        return told(lambda: operations.reports(department, year))

    return server


class McpEndpoint:
    """``/mcp`` as an ASGI app; the SDK is loaded beside the page, not before it."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._wanted = asyncio.Event()
        self._ready = asyncio.Event()
        self._manager: Any = None

    async def run(self) -> None:
        """Serve until cancelled; to be run as a task of the server's."""
        from anyio.to_thread import run_sync

        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wanted.wait(), _LATER_S)
        self._manager = await run_sync(_manager, self._operations)
        async with self._manager.run():
            self._ready.set()
            await asyncio.Event().wait()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._wanted.set()
        try:
            await asyncio.wait_for(self._ready.wait(), 30)
        except TimeoutError:
            logging.getLogger(__name__).error("the MCP server did not start")
            await error(503, "failed", say("failed", "en"))(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)


def _manager(operations: Operations) -> Any:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    # Each call stands for itself; host and origin are checked by our own gate.
    return StreamableHTTPSessionManager(
        app=mcp_server(operations)._lowlevel_server,
        json_response=True,
        stateless=True,
    )
