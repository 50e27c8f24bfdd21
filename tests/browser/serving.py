"""The page, served over a real assistant on a free port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from assistant.settings import Settings
from ui.server.run import served as serving
from ui.service import Service


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The address of the page over ``service``, as long as the block lasts."""
    with serving(cast(Any, service), Settings()) as address:
        yield address
