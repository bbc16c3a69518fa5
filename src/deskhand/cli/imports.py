"""`deskhand import`: actions from what others wrote."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from deskhand.cli.commands import Command, Group
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table, tell

app = typer.Typer(cls=Group, no_args_is_help=True, help="Import actions: OpenAPI, cURL, JSON, MCP servers.")

Dry = Annotated[bool, typer.Option("--dry", metavar="", help="Show what would be imported, and store nothing.")]
Replace = Annotated[bool, typer.Option("--replace", metavar="", help="Replace actions of the same slug.")]


@app.command(cls=Command)
def openapi(
    source: Annotated[str, typer.Argument(metavar="FILE|URL", help="The description; `-` is the standard input.")],
    tags: Annotated[
        list[str] | None, typer.Option("--tag", metavar="TAG", help="Only operations with this tag; may be repeated.")
    ] = None,
    operations: Annotated[
        list[str] | None, typer.Option("--operation", metavar="ID", help="Only this operation; may be repeated.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="In place of the description's servers.")
    ] = None,
    connection: Annotated[
        str | None, typer.Option("--connection", metavar="SLUG", help="What the connection is called.")
    ] = None,
    show: Annotated[bool, typer.Option("--list", metavar="", help="List the operations, and import nothing.")] = False,
    dry: Dry = False,
    replace: Replace = False,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Turn operations of an OpenAPI 3 or Swagger 2.0 description into actions.

    A URL is fetched by the server, through its guarded way out. Nothing else is connected to.
    """
    body: dict[str, Any] = {"url": source} if source.startswith(("http://", "https://")) else {"text": _read(source)}
    if show:
        _operations(body, url, key, as_json)
        return
    body |= {"tags": tags or [], "operations": operations or [], "base_url": base_url, "connection": connection}
    _import("openapi", body, dry, replace, url, key, as_json)


@app.command(cls=Command)
def curl(
    command: Annotated[str, typer.Argument(metavar="COMMAND", help="The whole command in quotes; `-` reads it.")],
    slug: Annotated[str | None, typer.Option("--slug", metavar="SLUG", help="What the action is called.")] = None,
    dry: Dry = False,
    replace: Replace = False,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Turn a cURL command into a draft.

    Its credentials become secrets. Nothing of it is executed.
    """
    text = sys.stdin.read() if command == "-" else command
    _import("curl", {"command": text, "slug": slug}, dry, replace, url, key, as_json)


@app.command("json", cls=Command)
def json_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The definition; `-` is the standard input.")],
    dry: Dry = False,
    replace: Replace = False,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Turn the JSON definition of other products into a draft."""
    _import("json", {"text": _read(file)}, dry, replace, url, key, as_json)


@app.command(cls=Command)
def mcp(
    connection: Annotated[str, typer.Argument(metavar="CONNECTION", help="The server's connection, by slug.")],
    tools: Annotated[
        list[str] | None, typer.Option("--tool", metavar="NAME", help="Only this tool; may be repeated.")
    ] = None,
    dry: Dry = False,
    replace: Replace = False,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Turn tools of an MCP server into actions, pinned to the tools as they are now."""
    _import("mcp", {"connection": connection, "tools": tools or []}, dry, replace, url, key, as_json)


def _read(source: str) -> str:
    from deskhand.cli.documents import read_whole

    return read_whole(Path(source))


def _operations(body: dict[str, Any], url: str | None, key: str | None, as_json: bool) -> None:
    from deskhand.cli.server import connect

    rows = connect(url, key).request("POST", "/v1/import/openapi/operations", body)["items"]
    if as_json:
        show_json(rows)
        return
    cells = ((row["id"], f"{row['method']} {row['path']}", ", ".join(row["tags"]), row["summary"]) for row in rows)
    show_table(("operation", "request", "tags", "what it does"), cells)


def _import(
    kind: str, body: dict[str, Any], dry: bool, replace: bool, url: str | None, key: str | None, as_json: bool
) -> None:
    from deskhand.cli.server import connect

    found = connect(url, key).request("POST", f"/v1/import/{kind}", {**body, "dry": dry, "replace": replace})
    if as_json:
        show_json(found)
    else:
        did = "stored" if found["stored"] else "would be stored"
        for one in found["connections"]:
            say(f"connection `{one['slug']}` ({one['base_url']}) {did}")
        for name in found["secrets"]:
            say(f"secret `{name}` {did}")
        for one in found["actions"]:
            say(f"action `{one['slug']}` {did}: {one['name']}")
        for note in found["notes"]:
            say(f"note: {note}")
        for one in found["refused"]:
            tell(f"{one['what']}: {one['reason']}")
    if not found["actions"]:
        raise typer.Exit(1)
