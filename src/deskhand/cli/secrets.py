"""`deskhand secrets`: credentials, stored and never read."""

import sys
from typing import Annotated
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table, when

app = typer.Typer(cls=Listing, help="Store and remove credentials; nobody reads one again.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Capitals, digits and `_`, such as SHOP_TOKEN.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List the names of secrets.

    The same as `deskhand secrets` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/secrets")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No secrets.")
    else:
        show_table(("secret", "replaced"), ((row["name"], when(row["updated_at"])) for row in rows))


@app.command(cls=Command)
def put(name: Name, url: Url = None, key: Key = None) -> None:
    """Store or replace a secret.

    Its value is asked for, or read from the standard input.
    """
    from deskhand.cli.server import connect

    server = connect(url, key)
    value = typer.prompt("Value", hide_input=True) if sys.stdin.isatty() else sys.stdin.read().rstrip("\r\n")
    server.request("PUT", f"/v1/secrets/{quote(name, safe='')}", {"value": value})
    say(f"`{name}` is stored.")


@app.command(cls=Command)
def remove(name: Name, url: Url = None, key: Key = None) -> None:
    """Remove a secret that nothing uses."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", f"/v1/secrets/{quote(name, safe='')}")
    say(f"`{name}` is removed.")
