"""What may be asked next, found while the answer is being written out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from assistant.answer import Answer
from assistant.suggestions import Suggestion
from ui.chat.session import Session
from ui.service import Service

_AT_ONCE = 2  # answers; the others wait, as the next question is worth more
_LONGEST_S = 2.0  # that sources wait for what to ask next
_log = logging.getLogger(__name__)

Offered = Sequence[Suggestion]


class Offers:
    """Suggestions, each asked before it is offered, which takes longer than the answer did."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="offers")

    def begin(self, session: Session, answer: Answer) -> Future[Offered]:
        """Look for what may follow an answer that is about to be shown."""
        session.offered = (answer, self._pool.submit(self._find, answer))
        return session.offered[1]

    def show(self, session: Session, *, wait: bool = False) -> None:
        """Put them under the last answer: where they are found, or once they are."""
        last = session.entries[-1] if session.entries else None
        if last is None or last.answer is None or last.suggestions:
            return
        begun = session.offered
        if begun is None or begun[0] is not last.answer:
            found = self.begin(session, last.answer)
        else:
            found = begun[1]
        if not wait and not found.done():
            return
        try:
            offered = found.result(_LONGEST_S)
        except TimeoutError:
            return
        if offered:  # unless the visitor has asked on meanwhile
            session.settle(last, suggestions=tuple(offered))

    def _find(self, answer: Answer) -> Offered:
        try:
            return self._service.suggestions(answer)
        except Exception:  # a courtesy; the answer stands without it
            _log.exception("nothing could be suggested")
            return ()
