"""`deskhand audiences`: which customers procedures are for."""

import json
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import BadFile, Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table
from deskhand.cli.storing import store_files

app = typer.Typer(cls=Listing, help="Say which customers procedures are for.")

Slug = Annotated[str, typer.Argument(metavar="AUDIENCE", help="Its slug.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List audiences.

    The same as `deskhand audiences` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/audiences")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No audiences.")
    else:
        cells = ((row["slug"], row["name"], ", ".join(row["used_by"])) for row in rows)
        show_table(("audience", "name", "used by"), cells)


@app.command(cls=Command)
def show(audience: Slug, url: Url = None, key: Key = None) -> None:
    """Show an audience as JSON, which `put` takes back."""
    from deskhand.cli.server import connect

    row = connect(url, key).request("GET", _path(audience))
    show_json({name: value for name, value in row.items() if name != "used_by" and value != ""}, indent=2)


@app.command(cls=Command)
def put(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Audiences as YAML or JSON.")],
    url: Url = None,
    key: Key = None,
) -> None:
    """Store audiences from files."""
    store_files(files, _path, url, key)


@app.command(cls=Command)
def remove(audience: Slug, url: Url = None, key: Key = None) -> None:
    """Remove an audience that no procedure is for."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(audience))
    say(f"`{audience}` is removed.")


@app.command("test", cls=Command)
def try_(
    audience: Slug,
    values: Annotated[
        list[str] | None, typer.Argument(metavar="VARIABLE=VALUE", help="What the rule looks at: medium=web.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="CONTACT", help="A stored contact, contact_….")
    ] = None,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a customer is in an audience, and why not.

    Ends with exit code 1 where they are not.
    """
    from deskhand.cli.server import connect

    body = {"contact_id": contact, "context": dict(map(_value, values or []))}
    found = connect(url, key).request("POST", f"{_path(audience)}/test", body)
    if as_json:
        show_json(found)
    else:
        say(f"{'in' if found['matches'] else 'not in'} `{audience}`: {found['why']}")
    if not found["matches"]:
        raise typer.Exit(1)


def _value(given: str) -> tuple[str, Any]:
    """A variable and its value: JSON where it is some, else text. Raises BadFile."""
    name, equals, text = given.partition("=")
    if not equals or not name:
        raise BadFile(f"`{given}`: write it like contact.attributes.plan=business.")
    try:
        return name, json.loads(text, parse_constant=lambda constant: constant)
    except ValueError:
        return name, text


def _path(slug: str) -> str:
    return "/v1/audiences/" + quote(slug, safe="")
