"""`deskhand templates`: actions to begin with."""

from typing import Annotated
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table, tell

app = typer.Typer(cls=Listing, help="Begin with actions that others need too.")


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List templates of actions.

    The same as `deskhand templates` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/action-templates")["items"]
    if as_json:
        show_json(rows)
        return
    show_table(("template", "actions", "what it is for"), ((r["name"], _slugs(r), r["description"]) for r in rows))


@app.command(cls=Command)
def use(
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help="Its name.")],
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where your system is, in place of the template's.")
    ] = None,
    agent: Annotated[str, typer.Option("--agent", metavar="AGENT", help="The agent that may use them.")] = "default",
    url: Url = None,
    key: Key = None,
) -> None:
    """Store a template's connection and actions, and switch them on."""
    from deskhand.cli.server import connect

    path = f"/v1/action-templates/{quote(template, safe='')}/use"
    done = connect(url, key).request("POST", path, {"base_url": base_url, "agent": agent})
    for one in done["connections"]:
        say(f"connection `{one['slug']}` ({one['base_url']}) stored")
    for one in done["actions"]:
        say(f"action `{one['slug']}` stored: {one['name']}")
    for note in done["notes"]:
        say(f"note: {note}")
    for one in done["refused"]:
        tell(f"{one['what']}: {one['reason']}")


def _slugs(row: dict[str, list[dict[str, str]]]) -> str:
    return ", ".join(one["slug"] for one in row["actions"])
