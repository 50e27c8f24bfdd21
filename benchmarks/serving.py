"""How soon the web page is there, and how much memory the process that serves it holds."""

from __future__ import annotations

import asyncio
import html
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.command import command, environment

_QUESTION = "2022年员村街代征个人出租房屋税多少？"
_FIGURE = "2100.52"
_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class Serving:
    """``jixiao serve`` over the samples. Memory is resident, in MiB, children included."""

    seconds_to_page: float  # from starting the process to the first HTTP 200
    idle_mib: float  # before any question
    asked_mib: float  # after one question
    figure_shown: bool  # whether the page showed the figure asked for


def measure_serving(store: Path) -> Serving:
    """Serve ``store``, wait for the page, ask it one question."""
    import psutil  # type: ignore[import-untyped]

    port = free_port()
    address = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    process = subprocess.Popen(
        command("serve", "--port", str(port), "--store", str(store)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        cwd=store.parent,
    )
    try:
        wait_for_page(address, process)
        seconds = time.perf_counter() - began
        server = psutil.Process(process.pid)
        idle = _resident_mib(server)
        shown = asyncio.run(_ask(address))
        return Serving(seconds, idle, _resident_mib(server), _FIGURE in shown)
    finally:
        process.terminate()
        process.wait(timeout=20)


async def _ask(address: str) -> str:
    """One question asked through the page: what it then shows."""
    import httpx

    from benchmarks.page import Visitor

    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as client:
        visitor = Visitor(client)
        await visitor.open()
        return html.unescape((await visitor.ask(_QUESTION)).html)


def _resident_mib(server: object) -> float:
    """Resident memory of a process and its children, in MiB."""
    processes = [server, *server.children(recursive=True)]  # type: ignore[attr-defined]
    return float(sum(process.memory_info().rss for process in processes)) / 2**20


def wait_for_page(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return at the first HTTP 200; raise where it does not come."""
    import httpx

    deadline = time.perf_counter() + _PATIENCE_S
    with httpx.Client(trust_env=False, timeout=5.0) as client:
        while time.perf_counter() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"jixiao serve ended with status {process.returncode}")
            try:
                if client.get(address).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
    raise RuntimeError(f"no page after {_PATIENCE_S:.0f} s")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
