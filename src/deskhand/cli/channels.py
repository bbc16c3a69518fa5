"""`deskhand channels`: platforms that customers write over."""

from typing import Annotated
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table

app = typer.Typer(cls=Listing, help="Attach platforms that customers write over.")

Slug = Annotated[str, typer.Argument(metavar="CHANNEL", help="Its slug.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List channels.

    The same as `deskhand channels` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/channels")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No channels.")
    else:
        cells = (
            (row["slug"], "on" if row["enabled"] else "off", row["agent"], row["url"], row["events"]) for row in rows
        )
        show_table(("channel", "state", "agent", "messages go to", "events come to"), cells)


@app.command(cls=Command)
def put(
    channel: Slug,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Where messages for customers are posted.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What people call it.")] = None,
    agent: Annotated[str | None, typer.Option("--agent", metavar="AGENT", help="Who talks there.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="The customers', as in de.")
    ] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="CODE", help="Where they are, as in DE.")] = None,
    medium: Annotated[str | None, typer.Option("--medium", metavar="MEDIUM", help="`web` or `phone`.")] = None,
    direction: Annotated[
        str | None, typer.Option("--direction", metavar="DIRECTION", help="`inbound` or `outbound`.")
    ] = None,
    off: Annotated[bool, typer.Option("--off", metavar="", help="Switch it off.")] = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """Store a channel; the secret of a new one is printed once."""
    from deskhand.cli.server import connect

    given = {"agent": agent, "language": language, "region": region, "medium": medium, "direction": direction}
    wanted = {"name": name or channel, "url": address, "enabled": not off}
    wanted |= {field: value for field, value in given.items() if value is not None}
    made = connect(url, key).request("PUT", _path(channel), wanted)
    say(f"`{channel}` is stored. Its platform posts what customers bring to {made['channel']['events']}")
    if made["signing_secret"]:
        say(f"Both sides sign with {made['signing_secret']}, which is not shown again.")


@app.command("new-secret", cls=Command)
def new_secret(channel: Slug, url: Url = None, key: Key = None) -> None:
    """Replace a channel's secret; the new one is printed once."""
    from deskhand.cli.server import connect

    made = connect(url, key).request("POST", _path(channel) + "/new-secret")
    say(f"Both sides sign with {made['signing_secret']} from now on, which is not shown again.")


@app.command(cls=Command)
def remove(channel: Slug, url: Url = None, key: Key = None) -> None:
    """Remove a channel; its conversations stay."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(channel))
    say(f"`{channel}` is removed.")


def _path(slug: str) -> str:
    return "/v1/channels/" + quote(slug, safe="")
