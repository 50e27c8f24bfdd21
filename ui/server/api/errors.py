"""Every failure of the API as one JSON object, in the language of the request."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from index_store.errors import StoreLocked, UnknownReport
from ingest.errors import JixiaoError
from ui.server.api.operations import UnknownConversation
from ui.server.gate import error, language_of
from ui.server.visitor import NotAllowed, TooMany
from ui.server.words import say

_log = logging.getLogger(__name__)


def explain_errors(app: FastAPI) -> None:
    """Attach what is said for each kind of failure."""

    @app.exception_handler(JixiaoError)
    def ours(request: Request, problem: JixiaoError) -> Response:
        if isinstance(problem, TooMany):
            response = error(429, "too_many", str(problem))
            response.headers["Retry-After"] = str(int(problem.seconds) + 1)
            return response
        if isinstance(problem, NotAllowed):
            return error(403, "not_allowed", str(problem))
        if isinstance(problem, UnknownReport):
            report_id = request.path_params.get("report_id", "")
            text = say("unknown_report", language_of(request), id=report_id)
            return error(404, "unknown_report", text)
        if isinstance(problem, StoreLocked):
            return error(503, "busy", str(problem))
        return error(400, "failed", str(problem))

    @app.exception_handler(UnknownConversation)
    def conversation(request: Request, _: Exception) -> Response:
        text = say("unknown_conversation", language_of(request))
        return error(404, "unknown_conversation", text)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, problem: RequestValidationError) -> Response:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        text = say("invalid", language_of(request), where=where, what=first["msg"])
        return error(422, "invalid", text)

    @app.exception_handler(HTTPException)
    def http(request: Request, problem: HTTPException) -> Response:
        if problem.status_code in (301, 302, 303, 307, 308) and problem.headers:
            return RedirectResponse(problem.headers["location"], problem.status_code)
        if problem.status_code == 404:
            return error(404, "not_found", say("unknown_page", language_of(request)))
        response = error(problem.status_code, "refused", str(problem.detail))
        response.headers.update(problem.headers or {})
        return response

    @app.exception_handler(Exception)
    def unforeseen(request: Request, problem: Exception) -> Response:
        _log.error("a request failed", exc_info=problem)
        return error(500, "failed", say("failed", language_of(request)))
