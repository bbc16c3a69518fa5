"""`deskhand set-password`: let somebody in again who forgot their password."""

import asyncio
import sys
from typing import Annotated

import typer

from deskhand.cli.serve import Data
from deskhand.settings import from_environment


def set_password(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The e-mail address that they sign in with.")],
    data: Data = None,
) -> None:
    """Set somebody's password. Stop the server first.

    It asks for the new password, or reads it from the standard input. All sessions of the account end.
    """
    settings = from_environment(data=data)
    from deskhand.cli import setting_passwords

    if sys.stdin.isatty():
        password = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    asyncio.run(setting_passwords.run(settings, email, password))
