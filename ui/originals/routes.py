"""The addresses of originals: by the id of a report, never by a path.

``source/ID/file`` is the file itself, ``source/ID/page/N`` a page as a picture,
``source/ID/table`` a table; the last two with ``passage``, ``start`` and ``end`` of what
is to be marked.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from assistant.answer import Citation
from ingest.errors import JixiaoError
from ingest.report import Passage, Report
from ui.originals.views import page_picture, table_html

_log = logging.getLogger(__name__)
PREFIX = "/source/"
# Whatever a report brings along, it is not of this page: no script, no frame, no form.
_HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=600",
}
_NONE = 404


class Held(Protocol):
    """What holds reports and the files they were read from."""

    def report(self, report_id: str) -> Report:
        """One report whole."""

    def original(self, report_id: str) -> Path | None:
        """The file it was read from, where it was kept."""


def file_address(report_id: str) -> str:
    """Where a report's file is, seen from any page."""
    return f".{PREFIX}{quote(report_id, safe='')}/file"


def view_address(report_id: str, kind: str, citation: Citation, passage: int) -> str:
    """Where the original of a citation is shown; ``kind`` is ``page/3`` or ``table``."""
    asked: dict[str, object] = {"passage": passage, "start": citation.start, "end": citation.end}
    if kind == "table":
        asked["cell"] = citation.cell
    query = urlencode(asked)
    return f".{PREFIX}{quote(report_id, safe='')}/{kind}?{query}"


def originals(service: Held) -> list[Route]:
    """The routes over a service."""

    def _file(request: Request) -> Response:
        report_id = request.path_params["report"]
        path = _original(service, report_id)
        if path is None:
            return Response(status_code=_NONE)
        name = service.report(report_id).file
        return FileResponse(
            path,
            filename=name,
            media_type="application/octet-stream",
            headers=_HARMLESS,
        )

    def _page(request: Request) -> Response:
        report_id, number = request.path_params["report"], request.path_params["number"]
        path, cited = _original(service, report_id), _cited(service, request)
        if path is None or cited is None:
            return Response(status_code=_NONE)
        passage, start, end = cited
        shown = page_picture(path, number, passage.text, start, end)
        if shown is None:
            return Response(status_code=_NONE)
        said = {"X-Marked": f"{shown.marked.top:.4f}"} if shown.marked else {}
        said |= {"X-Scan": "1"} if shown.scan else {}
        return Response(shown.png, media_type="image/png", headers={**_HARMLESS, **said})

    def _table(request: Request) -> Response:
        report_id, cell = request.path_params["report"], request.query_params.get("cell", "")
        path, cited = _original(service, report_id), _cited(service, request)
        if path is None or cited is None:
            return Response(status_code=_NONE)
        passage, start, end = cited
        shown = table_html(path, service.report(report_id).file, cell, passage.text[start:end])
        if shown is None:
            return Response(status_code=_NONE)
        return Response(shown, media_type="text/plain; charset=utf-8", headers=_HARMLESS)

    async def answer(request: Request) -> Response:
        make = {"file": _file, "table": _table}.get(request.path_params.get("what", ""), _page)
        try:
            return await run_in_threadpool(make, request)
        except (JixiaoError, KeyError, ValueError):
            return Response(status_code=_NONE)
        except Exception:  # three libraries read originals, each with errors of its own
            _log.exception("an original could not be shown")
            return Response(status_code=_NONE)

    return [
        Route(PREFIX + "{report}/page/{number:int}", answer),
        Route(PREFIX + "{report}/{what}", answer),
    ]


def _original(service: Held, report_id: str) -> Path | None:
    return service.original(report_id)


def _cited(service: Held, request: Request) -> tuple[Passage, int, int] | None:
    """The passage asked for and the stretch of it, if the report has such."""
    passages = service.report(request.path_params["report"]).passages
    index, start, end = (int(request.query_params[k]) for k in ("passage", "start", "end"))
    if not 0 <= index < len(passages) or not 0 <= start < end <= len(passages[index].text):
        return None
    return passages[index], start, end
