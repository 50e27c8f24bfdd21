"""``jixiao serve``: decides who may come, says where the page is, and serves it."""

from __future__ import annotations

import atexit
import ipaddress
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from assistant.service import Assistant
from assistant.settings import Settings
from ingest.errors import JixiaoError
from ui.server.accounts import Accounts
from ui.server.start import Starting


def serve(
    assistant: Assistant,
    settings: Settings,
    *,
    host: str,
    port: int,
    without_accounts: bool = False,
) -> None:
    """Serve until interrupted.

    Raises:
        JixiaoError: the address cannot be used, or it needs accounts and there are none.
    """
    began = time.perf_counter()

    def ready() -> None:
        took = time.perf_counter() - began
        # Not before: it would slow the page's start more than it speeds the first question.
        threading.Thread(target=assistant.warm_up, daemon=True).start()
        _say(f"ready in {took:.1f} s · 已就绪（{took:.1f} 秒）: {_address(host, bound, settings)}")

    open_to = who_may_come(assistant, host, without_accounts=without_accounts)
    with _listening(host, port) as listener:
        bound = listener.getsockname()[1]
        server, app = _server(assistant, settings, open_to, ready)
        _say(f"starting · 正在启动: {_address(host, bound, settings)}")
        server.run(sockets=[listener])
    if isinstance(app.failed, JixiaoError):
        raise app.failed
    if app.failed:
        raise JixiaoError(f"the page cannot be opened: {app.failed!r}") from app.failed


@contextmanager
def served(
    assistant: Assistant,
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    without_accounts: bool = False,
) -> Iterator[str]:
    """The address of the running page, for as long as the block lasts."""
    open_to = who_may_come(assistant, host, without_accounts=without_accounts)
    up = threading.Event()
    with _listening(host, port) as listener:
        server, app = _server(assistant, settings, open_to, up.set)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            if not up.wait(60) or app.failed:
                raise JixiaoError("the page did not start") from app.failed
            yield _address(host, listener.getsockname()[1], settings)
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)


def who_may_come(assistant: Assistant, host: str, *, without_accounts: bool) -> str | None:
    """``loopback`` or ``anyone`` where no account is asked for; None where one is.

    Raises:
        JixiaoError: an address that others reach, and no accounts.
    """
    if without_accounts:
        return "anyone"
    if Accounts(assistant.store.folder).all():
        return None
    if _is_loopback(host):
        return "loopback"
    raise JixiaoError(
        f"--host {host}: others could reach the page, and there are no accounts; make one with "
        "`jixiao user add NAME --role admin`, or say --without-accounts to let everybody in"
    )


def _server(
    assistant: Assistant, settings: Settings, open_to: str | None, ready: Callable[[], None]
) -> tuple[uvicorn.Server, Starting]:
    _private_uploads()

    def load() -> ASGIApp:
        from ui.server.app import build_server

        return build_server(assistant, settings, open_to=open_to)

    server: uvicorn.Server

    def opened() -> None:
        ready()
        if app.failed:
            server.should_exit = True

    app = Starting(load, settings.root_path, opened)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # see ``proxy``
        timeout_graceful_shutdown=3,  # open pages hold a connection for as long as they are open
        ws="none",
    )
    server = uvicorn.Server(config)
    return server, app


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        if os.name != "nt":  # there it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(2048)
        except OSError as problem:
            raise JixiaoError(
                f"{host}:{port}: the page cannot be served there, something else may be using "
                f"it ({problem.strerror or problem}); choose another --port"
            ) from problem
        yield listener


def _private_uploads() -> None:
    """What is uploaded lies where only this user reads it, and not longer than the server."""
    if "GRADIO_TEMP_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="jixiao-")
        os.environ["GRADIO_TEMP_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address(host: str, port: int, settings: Settings) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{settings.root_path.rstrip('/')}"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
