"""`deskhand webhooks`: who is told of what happens, and what became of it."""

from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Limit, Url
from deskhand.cli.printing import say, show_json, show_table, when

app = typer.Typer(cls=Listing, help="Tell other systems what happens.")

Slug = Annotated[str, typer.Argument(metavar="WEBHOOK", help="Its slug.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List webhooks.

    The same as `deskhand webhooks` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/webhooks")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No webhooks.")
    else:
        cells = ((row["slug"], "on" if row["enabled"] else "off", row["url"], ", ".join(row["events"])) for row in rows)
        show_table(("webhook", "state", "address", "events"), cells)


@app.command(cls=Command)
def put(
    webhook: Slug,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Where events are sent.")],
    events: Annotated[
        list[str], typer.Option("--event", metavar="EVENT", help="An event to be told of; may be repeated.")
    ],
    url: Url = None,
    key: Key = None,
) -> None:
    """Store a webhook; the secret of a new one is printed once."""
    from deskhand.cli.server import connect

    made = connect(url, key).request("PUT", _path(webhook), {"url": address, "events": events})
    say(f"`{webhook}` is stored.")
    if made["signing_secret"]:
        say(f"It signs with {made['signing_secret']}, which is not shown again.")


@app.command(cls=Command)
def remove(webhook: Slug, url: Url = None, key: Key = None) -> None:
    """Remove a webhook; what still waits for it is given up."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(webhook))
    say(f"`{webhook}` is removed.")


@app.command("test", cls=Command)
def send_test(webhook: Slug, url: Url = None, key: Key = None) -> None:
    """Send a test event."""
    from deskhand.cli.server import connect

    say(connect(url, key).request("POST", f"{_path(webhook)}/test")["delivery"])


@app.command(cls=Command)
def deliveries(
    webhook: Annotated[str | None, typer.Option("--webhook", metavar="WEBHOOK", help="Only this one's.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="Only pending, delivered or dead ones.")
    ] = None,
    limit: Limit = 20,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List what was sent, newest first."""
    from deskhand.cli.server import connect, listing

    rows = listing(connect(url, key), "/v1/deliveries", {"webhook": webhook, "status": status}, limit)
    if as_json:
        show_json(rows)
    elif not rows:
        say("No deliveries.")
    else:
        show_table(("delivery", "webhook", "event", "status", "tries", "last", "at"), map(_row, rows))


@app.command(cls=Command)
def resend(
    delivery: Annotated[str, typer.Argument(metavar="DELIVERY", help="Its identifier.")],
    url: Url = None,
    key: Key = None,
) -> None:
    """Send a delivery again, a dead one too."""
    from deskhand.cli.server import connect

    connect(url, key).request("POST", f"/v1/deliveries/{quote(delivery, safe='')}/resend")
    say(f"{delivery}: on its way again.")


def _path(slug: str) -> str:
    return "/v1/webhooks/" + quote(slug, safe="")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    last = row["last_problem"] or (str(row["last_status"]) if row["last_status"] else "")
    return row["id"], row["webhook"], row["event"], row["status"], str(row["attempts"]), last, when(row["created_at"])
