"""Accounts: what the file holds, who fits, and what a change means at once."""

from __future__ import annotations

import json
import stat
import time
from pathlib import Path

import pytest

from ingest.errors import JixiaoError
from tests.assistant.test_cli import jixiao
from ui.server.accounts import Accounts, Role
from ui.server.passwords import hash_password, matches
from ui.server.sessions import Sessions

PASSWORD = "员村2022-secret"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path)
    made.add("王芳", PASSWORD, Role.EDITOR)
    return made


def test_a_password_is_kept_as_a_salted_hash_only(accounts: Accounts) -> None:
    accounts.add("lee", PASSWORD, Role.READER)
    text = accounts.path.read_text("utf-8")
    assert PASSWORD not in text
    users = json.loads(text)["users"]
    assert users["lee"]["password"] != users["王芳"]["password"]
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600


def test_only_the_right_password_fits(accounts: Accounts) -> None:
    found = accounts.check_password("王芳", PASSWORD)
    assert found is not None
    assert found.role is Role.EDITOR
    for name, password in (("王芳", PASSWORD + "x"), ("王芳", ""), ("nobody", PASSWORD)):
        assert accounts.check_password(name, password) is None
    assert not matches(PASSWORD, "scrypt$broken")
    assert not matches("x" * 1000, hash_password(PASSWORD))


def test_an_unknown_name_takes_as_long_as_a_known_one(accounts: Accounts) -> None:
    def seconds(name: str) -> float:
        began = time.process_time()
        accounts.check_password(name, "wrong-password")
        return time.process_time() - began

    seconds("nobody")  # makes the hash that stands for nobody
    assert seconds("nobody") > 0.4 * seconds("王芳") > 0.004


def test_roles_include_the_ones_before(accounts: Accounts) -> None:
    assert Role.ADMIN.covers(Role.EDITOR)
    assert Role.EDITOR.covers(Role.READER)
    assert not Role.READER.covers(Role.EDITOR)
    assert not Role.EDITOR.covers(Role.ADMIN)


def test_another_process_sees_a_change_at_once(accounts: Accounts, tmp_path: Path) -> None:
    other = Accounts(tmp_path)
    assert [a.name for a in other.all()] == ["王芳"]
    accounts.set_role("王芳", Role.ADMIN)
    assert other.get("王芳").role is Role.ADMIN  # type: ignore[union-attr]
    accounts.remove("王芳")
    assert other.all() == []


def test_a_damaged_file_lets_nobody_in(accounts: Accounts) -> None:
    accounts.path.write_text("{", "utf-8")
    with pytest.raises(JixiaoError, match="restore it from a copy"):
        accounts.check_password("王芳", PASSWORD)


def test_a_token_is_of_one_account_until_it_ends(accounts: Accounts) -> None:
    token = accounts.new_token("王芳")
    assert token not in accounts.path.read_text("utf-8")
    found = accounts.check_token(token)
    assert found is not None
    assert found.name == "王芳"
    assert accounts.check_token(token + "x") is None
    assert accounts.revoke_tokens("王芳") == 1
    assert accounts.check_token(token) is None


def test_an_expired_token_is_none(accounts: Accounts) -> None:
    token = accounts.new_token("王芳", days=1)
    text = accounts.path.read_text("utf-8")
    until = json.loads(text)["users"]["王芳"]["tokens"][0]["until"]
    accounts.path.write_text(text.replace(str(until), str(time.time() - 1)), "utf-8")
    assert accounts.check_token(token) is None


def test_a_session_survives_a_restart_and_ends_with_its_time(
    accounts: Accounts, tmp_path: Path
) -> None:
    key = Sessions(tmp_path, accounts, hours=1).begin("王芳")
    again = Sessions(tmp_path, Accounts(tmp_path), hours=1)
    assert again.account(key).name == "王芳"  # type: ignore[union-attr]
    assert key not in (tmp_path / "sessions.json").read_text()
    again.end(key)
    assert again.account(key) is None
    short = Sessions(tmp_path, accounts, hours=0.05 / 3600)
    key = short.begin("王芳")
    time.sleep(0.1)
    assert short.account(key) is None


def test_a_new_password_ends_the_sessions_of_the_old_one(
    accounts: Accounts, tmp_path: Path
) -> None:
    sessions = Sessions(tmp_path, accounts, hours=1)
    key = sessions.begin("王芳")
    accounts.set_password("王芳", "another-one")
    assert sessions.account(key) is None
    key = sessions.begin("王芳")
    accounts.remove("王芳")
    assert sessions.account(key) is None


def test_the_command_manages_accounts(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "s")]
    done = jixiao("user", "add", "li", "--role", "editor", *store, stdin=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    token = jixiao("user", "token", "li", *store).stdout.strip()
    assert jixiao("user", "role", "li", "admin", *store).returncode == 0
    assert jixiao("user", "list", *store).stdout == "li  admin, 1 tokens\n"
    accounts = Accounts(tmp_path / "s")
    assert accounts.check_token(token)
    assert accounts.check_password("li", PASSWORD)
    assert jixiao("user", "password", "li", *store, stdin="changed-it\n").returncode == 0
    assert accounts.check_password("li", "changed-it")
    assert jixiao("user", "remove", "li", *store).returncode == 0
    assert accounts.all() == []


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("add", "li"), "short\n", "8 to 256 characters"),
        (("add", "a b"), f"{PASSWORD}\n", "a name has"),
        (("add", "li", "--role", "boss"), f"{PASSWORD}\n", "reader, editor, admin"),
        (("remove", "li"), "", "no user li"),
        (("token", "li"), "", "no user li"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(
    tmp_path: Path, arguments: tuple[str, ...], stdin: str, said: str
) -> None:
    done = jixiao("user", *arguments, "--store", str(tmp_path / "s"), stdin=stdin)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "s" / "accounts.json").exists()
