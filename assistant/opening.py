"""An assistant over the store that the settings name."""

from __future__ import annotations

from pathlib import Path

from assistant.departments import load_aliases
from assistant.question import NO_ALIASES
from assistant.service import Assistant
from assistant.settings import settings
from index_store.encoder.factory import encoder_name, load_encoder
from index_store.store import Store
from ingest.readers import Limits

WORDS_ALONE = "none"  # as the setting 'embedding': nothing is compared by meaning


def open_assistant(folder: Path | None = None) -> Assistant:
    """Open the store (made if it is not there) with the encoder of the settings.

    The encoder itself is loaded only when a question first needs it.
    """
    chosen = settings()
    by_meaning = chosen.embedding.strip().lower() != WORDS_ALONE
    store = Store.open(
        folder or chosen.store,
        encoder=(lambda: load_encoder(chosen.embedding)) if by_meaning else None,
        encoder_name=encoder_name(chosen.embedding) if by_meaning else None,
    )
    return Assistant(
        store,
        max_question_chars=chosen.max_question_chars,
        aliases=load_aliases(chosen.aliases) if chosen.aliases else NO_ALIASES,
        limits=Limits(
            max_bytes=chosen.max_file_mb * 2**20,
            max_unpacked_bytes=chosen.max_unpacked_mb * 2**20,
            max_pages=chosen.max_pages,
            max_cells=chosen.max_cells,
            max_ocr_pages=chosen.max_ocr_pages,
        ),
    )
