"""`deskhand connections` and `deskhand hosts`: how outside systems are reached, and which of your own network."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table
from deskhand.cli.storing import store_files

app = typer.Typer(cls=Listing, help="Say how outside systems are reached.")
hosts = typer.Typer(cls=Listing, help="Open hosts of your own network to calls.")

Slug = Annotated[str, typer.Argument(metavar="CONNECTION", help="Its slug.")]
Hosts = Annotated[list[str], typer.Argument(metavar="HOST", help="host, host:port, or a network like 10.1.0.0/16.")]
HOSTS = "/v1/settings/internal-hosts"


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List connections.

    The same as `deskhand connections` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/connections")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No connections.")
    else:
        show_table(("connection", "kind", "where", "credential"), map(_row, rows))


@app.command(cls=Command)
def show(connection: Slug, url: Url = None, key: Key = None) -> None:
    """Show a connection as JSON.

    `put` takes it back; dots stand for what stays as it is.
    """
    from deskhand.cli.server import connect

    row = connect(url, key).request("GET", _path(connection))
    show_json({name: value for name, value in row.items() if value not in (None, [], "")}, indent=2)


@app.command(cls=Command)
def put(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Connections as YAML or JSON.")],
    url: Url = None,
    key: Key = None,
) -> None:
    """Store connections from files; a credential in clear becomes a secret."""
    store_files(files, _path, url, key)


@app.command(cls=Command)
def remove(connection: Slug, url: Url = None, key: Key = None) -> None:
    """Remove a connection; calls that use it fail from then on."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(connection))
    say(f"`{connection}` is removed.")


@hosts.command("list", cls=Command)
def list_hosts(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List the hosts of your own network that calls may reach.

    The same as `deskhand hosts` alone.
    """
    from deskhand.cli.server import connect

    found = connect(url, key).request("GET", HOSTS)["hosts"]
    if as_json:
        show_json(found)
        return
    for host in found or ["No hosts: calls reach public addresses only."]:
        say(host)


@hosts.command(cls=Command)
def allow(wanted: Hosts, url: Url = None, key: Key = None) -> None:
    """Let calls reach hosts of your own network, also without encryption."""
    _change(url, key, lambda known: [*known, *(host for host in wanted if host not in known)])


@hosts.command(cls=Command)
def forbid(wanted: Hosts, url: Url = None, key: Key = None) -> None:
    """Keep calls from hosts that were allowed."""
    _change(url, key, lambda known: [host for host in known if host not in wanted])


def _change(url: str | None, key: str | None, change: Any) -> None:
    from deskhand.cli.server import connect

    server = connect(url, key)
    found = change(server.request("GET", HOSTS)["hosts"])
    server.request("PUT", HOSTS, {"hosts": found})
    say(f"Calls may reach {', '.join(found) or 'public addresses only'}.")


def _path(slug: str) -> str:
    return "/v1/connections/" + quote(slug, safe="")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    where = row["base_url"] or " ".join(row["command"])
    return row["slug"], row["kind"], where, row["auth"]["kind"] if row["auth"] else "none"
