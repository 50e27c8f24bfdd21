"""How often is too often, by a clock of the test's own; and what the log keeps."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from ui.server.access_log import AccessLog
from ui.server.limits import Logins, Window


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_window_lets_so_many_pass_and_says_how_long_to_wait() -> None:
    clock = Clock()
    window = Window(3, 60, clock)
    assert [window.take("li") for _ in range(3)] == [0, 0, 0]
    clock.now = 10
    assert window.take("li") == 50
    assert window.take("wang") == 0
    clock.now = 60.1
    assert window.take("li") == 0


def test_more_at_once_than_ever_allowed_pass_alone() -> None:
    clock = Clock()
    window = Window(3, 60, clock)
    assert window.take("li", 5) == 0
    assert window.take("li", 1) > 0
    clock.now = 61
    assert window.take("li", 2) == 0
    assert window.take("li", 2) > 0


def test_one_who_guesses_is_locked_out_and_does_not_lock_out_others() -> None:
    clock = Clock()
    logins = Logins(5, 15, clock)
    for _ in range(5):
        assert logins.wait("li", "10.0.0.9") == 0
        logins.failed("li", "10.0.0.9")
    assert logins.wait("li", "10.0.0.9") == 900
    assert logins.wait("li", "10.0.0.1") == 0
    assert logins.wait("wang", "10.0.0.9") == 0
    clock.now = 901
    assert logins.wait("li", "10.0.0.9") == 0


def test_guessing_many_names_from_one_address_ends_too() -> None:
    logins = Logins(5, 15, Clock())
    for number in range(25):
        logins.failed(f"user{number}", "10.0.0.9")
    assert logins.wait("li", "10.0.0.9") > 0
    assert logins.wait("li", "10.0.0.1") == 0


def test_the_right_password_forgets_earlier_slips() -> None:
    logins = Logins(5, 15, Clock())
    for _ in range(4):
        logins.failed("li", "a")
    logins.succeeded("li", "a")
    logins.failed("li", "a")
    assert logins.wait("li", "a") == 0


def test_the_log_is_turned_over_and_holds_a_line_an_event(tmp_path: Path) -> None:
    log = AccessLog(tmp_path, megabytes=1, kept=2)
    long = "税" * 1500 + "\n\u2028{"

    def ask(user: str) -> None:
        for number in range(150):
            log.write("question", user, "10.0.0.1", question=f"{number} {long}")

    threads = [threading.Thread(target=ask, args=(f"u{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["access.log", "access.log.1", "access.log.2"]
    for name in files:
        path = tmp_path / name
        assert path.stat().st_mode & 0o077 == 0
        for line in path.read_text("utf-8").split("\n")[:-1]:
            assert json.loads(line)["question"].endswith(long)
    last = log.last(500)
    assert len(last) == 500
    assert last[0]["time"] >= last[-1]["time"]
    assert log.last(1)[0]["question"].startswith("149 ")
    log.close()
