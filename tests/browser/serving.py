"""The page, served over a real assistant on a free port."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from ui.service import Service


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The address of the page over ``service``, as long as the block lasts."""
    from ui.app import serve

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = serve(service, "127.0.0.1", port, block=False)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        app.close(verbose=False)
