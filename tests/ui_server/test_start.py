"""What is there before the page is: the address answers at once, and says what it does."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from tests.conftest import ROOT
from ui.server.run import _listening
from ui.server.start import Starting


@contextmanager
def running(app: Starting) -> Iterator[str]:
    with _listening("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "正在启动"), ("en", "Starting")])
def test_while_the_page_loads_a_visitor_is_told_so(language: str, said: str) -> None:
    loaded = threading.Event()

    def load() -> ASGIApp:
        assert loaded.wait(20)

        async def app(scope, receive, send):  # type: ignore[no-untyped-def]
            await PlainTextResponse("the page")(scope, receive, send)

        return app

    with running(Starting(load, "/jixiao", lambda: None)) as address:
        headers = {"Accept": "text/html", "Accept-Language": language}
        page = httpx.get(address, headers=headers, trust_env=False)
        assert page.status_code == 503
        assert said in page.text
        assert 'http-equiv="refresh"' in page.text
        assert httpx.get(f"{address}/jixiao/login.css", trust_env=False).status_code == 200
        program = httpx.get(f"{address}/api/v1/reports", trust_env=False)
        assert program.json()["error"]["code"] == "starting"
        assert program.headers["retry-after"] == "1"
        loaded.set()
        deadline = time.monotonic() + 10
        while httpx.get(address, trust_env=False).text != "the page":
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_what_cannot_be_loaded_is_known() -> None:
    told = threading.Event()

    def load() -> ASGIApp:
        raise ValueError("damaged")

    app = Starting(load, "", told.set)
    with running(app):
        assert told.wait(10)
    assert isinstance(app.failed, ValueError)


def test_the_command_answers_early_and_says_when_it_is_ready(filled: Path) -> None:
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--store", str(filled)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        try:
            first = process.stderr.readline()
            address = first.split()[-1]
            assert first.startswith("starting · 正在启动: http://127.0.0.1:")
            assert httpx.get(f"{address}/health", trust_env=False).status_code in (200, 503)
            assert process.stderr.readline().startswith("ready in ")
            assert httpx.get(f"{address}/health", trust_env=False).json() == {"status": "ok"}
        finally:
            process.terminate()
            assert process.wait(20) is not None
