"""How often: questions and uploads a user, failed logins a name and an address."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_KEYS_KEPT = 10_000  # so that made-up names cannot fill the memory


class Window:
    """At most ``most`` events a key in any ``seconds``."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most = most
        self.seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._events: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until another event of this key is allowed; 0 where it is now."""
        with self._lock:
            return self._wait(self._recent(key))

    def take(self, key: str, count: int = 1) -> float:
        """Note ``count`` events where they are allowed; else the seconds to wait.

        More at once than are ever allowed pass where nothing was taken before them.
        """
        with self._lock:
            events = self._recent(key)
            count = min(count, self.most)
            if len(events) + count > self.most:
                return max(0.001, events[len(events) + count - self.most - 1] - self._horizon())
            events.extend([self._clock()] * count)
            return 0.0

    def note(self, key: str) -> None:
        """Note an event, allowed or not."""
        with self._lock:
            self._recent(key).append(self._clock())

    def forget(self, key: str) -> None:
        """Nothing happened under this key."""
        with self._lock:
            self._events.pop(key, None)

    def _wait(self, events: deque[float]) -> float:
        if len(events) < self.most:
            return 0.0
        return max(0.001, events[len(events) - self.most] - self._horizon())

    def _recent(self, key: str) -> deque[float]:
        events = self._events.setdefault(key, deque())
        self._events.move_to_end(key)
        while events and events[0] <= self._horizon():
            events.popleft()
        while len(self._events) > _KEYS_KEPT:
            self._events.popitem(last=False)
        return events

    def _horizon(self) -> float:
        return self._clock() - self.seconds


class Logins:
    """Failed logins: a pair of name and address is soon locked out, either alone later.

    A stranger who guesses at one name thus does not lock its owner out at once.
    """

    def __init__(
        self, failures: int, minutes: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        seconds = minutes * 60
        self._pair = Window(failures, seconds, clock)
        self._address = Window(failures * 5, seconds, clock)
        self._name = Window(failures * 10, seconds, clock)

    def wait(self, name: str, address: str) -> float:
        """Seconds until this name may be tried again from this address."""
        return max(
            self._pair.wait(_pair(name, address)),
            self._address.wait(address),
            self._name.wait(name),
        )

    def failed(self, name: str, address: str) -> None:
        """Note a wrong password."""
        self._pair.note(_pair(name, address))
        self._address.note(address)
        self._name.note(name)

    def succeeded(self, name: str, address: str) -> None:
        """The right password: earlier slips of this pair are forgotten."""
        self._pair.forget(_pair(name, address))


def _pair(name: str, address: str) -> str:
    return f"{name}\n{address}"
