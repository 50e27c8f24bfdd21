"""The addresses under /api/v1."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, HTTPException, Query, UploadFile
from fastapi.security import HTTPBasic, HTTPBearer

from ui.server.accounts import Role
from ui.server.api import models
from ui.server.api.operations import Operations
from ui.server.gate import House
from ui.server.guard import Guarded

# Only for the document: the gate has checked before any of these runs.
_SCHEMES = [
    Depends(HTTPBasic(auto_error=False, description="Name and password of an account.")),
    Depends(HTTPBearer(auto_error=False, description="A token of `jixiao user token`.")),
]
_FAILURES: dict[int | str, dict[str, Any]] = {
    code: {"model": models.Failure, "description": text}
    for code, text in {
        401: "Nobody is logged in.",
        403: "The account's role does not include this.",
        404: "There is no such thing.",
        413: "The request is too large.",
        422: "The request is not right.",
        429: "Too often; Retry-After says when again.",
        503: "The store is being written to.",
    }.items()
}
_Department = Annotated[
    str | None, Query(description="A part of the department's name.", examples=["员村街"])
]
_Year = Annotated[int | None, Query(description="The year reported on.", examples=[2022])]


def api_routes(house: House, service: Guarded, operations: Operations) -> APIRouter:
    """All of them, over one service."""
    router = APIRouter(prefix="/api/v1", dependencies=_SCHEMES, responses=_FAILURES)

    @router.post("/ask", tags=["questions"])
    def ask(asked: models.Question) -> models.Reply:
        """Answer a question; every figure cited."""
        return operations.ask(asked)

    @router.get("/figures", tags=["figures"])
    def find_figures(
        q: Annotated[str, Query(min_length=1, max_length=500, description="Words to look for.")],
        department: _Department = None,
        year: _Year = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 20,
    ) -> list[models.ReportFigure]:
        """Find figures by the words around them, best first: candidates, not an answer."""
        return operations.find_figures(q, department, year, limit)

    @router.post("/calculate", tags=["figures"])
    def calculate(asked: models.Expression) -> models.Calculated:
        """Calculate exactly, in decimals."""
        return operations.calculate(asked.expression)

    @router.get("/reports", tags=["reports"])
    def reports(department: _Department = None, year: _Year = None) -> list[models.ReportSummary]:
        """List the reports."""
        return operations.reports(department, year)

    @router.get("/reports/{report_id}", tags=["reports"])
    def report(report_id: str) -> models.ReportContents:
        """One report with its tasks and indicators."""
        return operations.report(report_id)

    @router.get("/reports/{report_id}/figures", tags=["reports"])
    def report_figures(report_id: str) -> list[models.ReportFigure]:
        """Every figure of a report, in its order."""
        return operations.report_figures(report_id)

    @router.post("/reports", tags=["reports"])
    def upload(files: Annotated[list[UploadFile], File()]) -> list[models.FileRead]:
        """Read report files into the store (editors); one bad file never stops the others."""
        service.guard.require(Role.EDITOR)
        with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
            paths = [_saved(file, Path(folder) / str(n)) for n, file in enumerate(files)]
            return [
                models.FileRead(file=r.file, report=r.report, problem=r.problem)
                for r in service.ingest_files(paths)
            ]

    @router.delete("/reports/{report_id}", tags=["reports"], status_code=204)
    def remove(report_id: str) -> None:
        """Remove a report (editors)."""
        service.store.remove(report_id)

    @router.get("/users", tags=["administration"])
    def users() -> list[models.User]:
        """The accounts (administrators)."""
        service.guard.require(Role.ADMIN)
        return [
            models.User(name=a.name, role=a.role.value, tokens=len(a.tokens))
            for a in (house.accounts.all() if house.accounts else [])
        ]

    @router.get("/access-log", tags=["administration"])
    def access_log(
        limit: Annotated[int, Query(ge=1, le=10_000)] = 200,
    ) -> list[dict[str, str | int | None]]:
        """The newest events, newest first (administrators)."""
        service.guard.require(Role.ADMIN)
        return house.log.last(limit)

    @router.api_route(
        "/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    def nothing(path: str) -> None:
        """Everything else, which would else be looked for among the pages."""
        raise HTTPException(404)

    return router


def _saved(file: UploadFile, folder: Path) -> Path:
    """An uploaded file under its own name, in a folder of its own; never where its name says."""
    name = PureWindowsPath(PurePosixPath(file.filename or "").name).name.replace("\0", "")
    folder.mkdir()
    path = folder / (name if name.strip(". ") else "file")
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target)
    return path
