"""``jixiao user``: who may use the page, and as what."""

from __future__ import annotations

import getpass
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.commands.options import StoreOption
from ingest.errors import JixiaoError

app = typer.Typer(help="Accounts of the web page (reader, editor, admin).", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the user.")]
_ROLES = "reader asks and looks, editor also uploads and removes, admin also sees the access log"


def _accounts(store: Path | None) -> Any:
    from assistant.settings import settings

    # Accounts are the server's, above the assistant; only this command looks up to them.
    return import_module("ui.server.accounts").Accounts(store or settings().store)


def _role(name: str) -> Any:
    roles = import_module("ui.server.accounts").Role
    try:
        return roles(name)
    except ValueError:
        raise JixiaoError(f"--role {name}: it is {', '.join(roles)}") from None


def _password(name: str) -> str:
    """From a prompt, twice, or a line of standard input; never from the command line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"password for {name}: ")
    if getpass.getpass("once more: ") != first:
        raise JixiaoError("the two passwords differ; nothing was changed")
    return first


@app.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option("--role", help=f"{_ROLES}.")] = "reader",
    store: StoreOption = None,
) -> None:
    """Make an account; the password is asked for, or read from standard input."""
    chosen = _role(role)
    _accounts(store).add(name, _password(name), chosen)
    print(f"added {name} ({chosen})")


@app.command()
def remove(name: Name, store: StoreOption = None) -> None:
    """Take an account away; its logins and tokens end at once."""
    _accounts(store).remove(name)
    print(f"removed {name}")


@app.command("list")
def list_users(store: StoreOption = None) -> None:
    """List the accounts."""
    for account in _accounts(store).all():
        tokens = f", {len(account.tokens)} tokens" if account.tokens else ""
        print(f"{account.name}  {account.role}{tokens}")


@app.command()
def password(name: Name, store: StoreOption = None) -> None:
    """Set a new password; who is logged in with the old one must log in again."""
    _accounts(store).set_password(name, _password(name))
    print(f"changed the password of {name}")


@app.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(help=f"{_ROLES}.")],
    store: StoreOption = None,
) -> None:
    """Change what a user may do."""
    chosen = _role(role)
    _accounts(store).set_role(name, chosen)
    print(f"{name} is {chosen} now")


@app.command()
def token(
    name: Name,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="How long it is valid (default: for ever).")
    ] = None,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Make all tokens of the user invalid instead.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Make a token for a program that asks as this user; it is shown only this once."""
    accounts = _accounts(store)
    if revoke:
        print(f"revoked {accounts.revoke_tokens(name)} tokens of {name}")
    else:
        print(accounts.new_token(name, days))
