"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.answer import Language
from ingest.errors import JixiaoError

if TYPE_CHECKING:
    from assistant.service import Assistant

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the index (default: from the settings).")
]
LangOption = Annotated[str, typer.Option("--lang", help="zh or en.")]


def assistant_over(store: Path | None) -> Assistant:
    """The assistant over a store; loaded when a command needs it."""
    from assistant.opening import open_assistant

    return open_assistant(store)


def language(given: str) -> Language:
    """zh or en.

    Raises:
        JixiaoError: another one.
    """
    if given not in ("zh", "en"):
        raise JixiaoError(f"--lang {given}: it is zh or en")
    return "zh" if given == "zh" else "en"
