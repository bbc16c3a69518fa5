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
    filled: Annotated[
        list[str] | None,
        typer.Option("--fill-in", metavar="NAME=VALUE", help="Your own value where it needs one; may be repeated."),
    ] = None,
    agent: Annotated[str, typer.Option("--agent", metavar="AGENT", help="The agent that may use them.")] = "default",
    url: Url = None,
    key: Key = None,
) -> None:
    """Store what a template holds, and switch its actions on.

    That is its connection, its actions, and its procedure as a draft.
    """
    from deskhand.cli.server import connect

    path = f"/v1/action-templates/{quote(template, safe='')}/use"
    wanted = {"base_url": base_url, "agent": agent, "fill_in": _pairs(filled or [])}
    done = connect(url, key).request("POST", path, wanted)
    for one in done["connections"]:
        say(f"connection `{one['slug']}` ({one['base_url']}) stored")
    for one in done["actions"]:
        say(f"action `{one['slug']}` stored: {one['name']}")
    if done["procedure"] is not None:
        say(f"procedure `{done['procedure']}` stored as a draft")
    for note in done["notes"]:
        say(f"note: {note}")
    for one in done["refused"]:
        tell(f"{one['what']}: {one['reason']}")


def _pairs(words: list[str]) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise typer.BadParameter(f"`{word}` has no value: write NAME=VALUE.", param_hint="--fill-in")
    return dict(word.split("=", 1) for word in words)


def _slugs(row: dict[str, list[dict[str, str]]]) -> str:
    return ", ".join(one["slug"] for one in row["actions"])
