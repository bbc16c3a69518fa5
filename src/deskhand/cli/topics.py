"""`deskhand topics`: named slices of what the agent knows."""

from typing import Annotated
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table

app = typer.Typer(cls=Listing, help="Group sources into topics.")

Slug = Annotated[str, typer.Argument(metavar="TOPIC", help="Its slug.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List topics.

    The same as `deskhand topics` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/topics")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No topics.")
    else:
        show_table(
            ("topic", "sources", "name"), ((row["slug"], ", ".join(row["sources"]), row["name"]) for row in rows)
        )


@app.command(cls=Command)
def put(
    topic: Slug,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="The sources in it, by slug.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="By default its slug.")] = None,
    url: Url = None,
    key: Key = None,
) -> None:
    """Make a topic of these sources, or replace one."""
    from deskhand.cli.server import connect

    connect(url, key).request("PUT", _path(topic), {"name": name or topic, "sources": sources})
    say(f"`{topic}` is stored.")


@app.command(cls=Command)
def remove(topic: Slug, url: Url = None, key: Key = None) -> None:
    """Remove a topic; its sources stay."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(topic))
    say(f"`{topic}` is removed.")


def _path(slug: str) -> str:
    return "/v1/topics/" + quote(slug, safe="")
