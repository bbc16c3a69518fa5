"""`deskhand approvals`: what waits for a member's decision, and the decisions."""

from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Limit, Url
from deskhand.cli.printing import listed_values, say, show_json, when, written
from deskhand.domain.suggestions import shortened

app = typer.Typer(cls=Listing, help="List what waits for a decision, and decide it.")

Approval = Annotated[str, typer.Argument(metavar="APPROVAL", help="Its identifier, as `deskhand approvals` shows it.")]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="For your colleagues; the customer does not see it.")
]


@app.command("list", cls=Command)
def list_(
    everything: Annotated[bool, typer.Option("--all", metavar="", help="Decided ones too.")] = False,
    limit: Limit = 20,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List what waits for a decision, newest first.

    The same as `deskhand approvals` alone.
    """
    from deskhand.cli.server import connect, listing

    rows = listing(connect(url, key), "/v1/approvals", {"status": "all" if everything else "pending"}, limit)
    if as_json:
        show_json(rows)
        return
    for row in rows:
        _show(row)
        known = {name: shortened(written(value)) for name, value in row["card"]["variables"].items()}
        _field("known", listed_values(known) or "nothing")
    if not rows:
        say("No approvals." if everything else "Nothing waits for a decision.")


@app.command(cls=Command)
def show(approval: Approval, url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """Show an approval with the exact request that would be sent."""
    from deskhand.cli.server import connect

    row = connect(url, key).request("GET", _path(approval))
    if as_json:
        show_json(row)
        return
    _show(row)
    card = row["card"]
    _field("conversation", row["conversation"])
    _field("why", f"{card['rule']} (`{card['step']}`)")
    _field("customer's words", card["words"])
    if card["editable"]:
        _field("can be edited", ", ".join(f"{one['name']} ({one['type']})" for one in card["editable"]))
    for revision in (card["edited"] or {"revisions": []})["revisions"]:
        changes = (f"{one['name']} {written(one['before'])} → {written(one['after'])}" for one in revision["changes"])
        _field(f"edited by {revision['by']}", ", ".join(changes))
    for title, values in (("known", card["variables"]), (card["act"].replace("_", " "), card["request"])):
        say(f"    {title}:")
        for name, value in values.items():
            say(f"        {name}: {written(value)}")


@app.command(cls=Command)
def approve(
    approval: Approval,
    values: Annotated[
        list[str],
        typer.Option(
            "--set", metavar="NAME=VALUE", help="Send this value in place of the one that is shown; may be repeated."
        ),
    ] = [],  # noqa: B006
    url: Url = None,
    key: Key = None,
) -> None:
    """Approve: exactly the request that the approval shows is sent.

    With `--set` the request is made anew with other values; `deskhand approvals show` tells which. A customer who had
    agreed to the first form is asked again.
    """
    from deskhand.cli.server import connect

    edits = dict(_edit(text) for text in values)
    seen = connect(url, key).request("GET", _path(approval))["revision"]
    body = {"values": edits, "based_on": seen}
    _decide(url, key, approval, "approve", body, "edited and approved" if edits else "approved")


def _edit(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise typer.BadParameter(f"`{shortened(text)}` is no `name=value`: write for example --set amount=40")
    return name.strip(), value


@app.command(cls=Command)
def reject(
    approval: Approval,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="For your colleagues; the customer does not see it.")
    ],
    url: Url = None,
    key: Key = None,
) -> None:
    """Reject: it is not done, and a person goes on with the customer."""
    _decide(url, key, approval, "reject", {"reason": reason}, "rejected")


@app.command(cls=Command)
def happened(approval: Approval, reason: Reason = None, url: Url = None, key: Key = None) -> None:
    """Say of an unknown outcome: it was done. The run goes on."""
    _decide(url, key, approval, "outcome", {"decision": "happened", "reason": reason}, "it happened")


@app.command(cls=Command)
def retry(approval: Approval, reason: Reason = None, url: Url = None, key: Key = None) -> None:
    """Say of an unknown outcome: it was not done. It is sent again."""
    _decide(url, key, approval, "outcome", {"decision": "retry", "reason": reason}, "sent again")


@app.command("take-over", cls=Command)
def take_over(approval: Approval, reason: Reason = None, url: Url = None, key: Key = None) -> None:
    """Say of an unknown outcome: a person goes on with the customer."""
    _decide(url, key, approval, "outcome", {"decision": "take_over", "reason": reason}, "taken over")


def _decide(url: str | None, key: str | None, approval: str, decision: str, body: dict[str, Any], done: str) -> None:
    from deskhand.cli.server import connect

    receipt = connect(url, key).request("POST", f"{_path(approval)}/{decision}", body)
    kinds = {entry["kind"] for entry in receipt["entries"]}
    if decision == "approve" and "approval_edited" in kinds and "approval_closed" not in kinds:
        done = "edited; somebody else has to approve it (four eyes)"
    say(f"{approval}: {done}.")
    for entry in receipt["entries"]:
        if entry["kind"] in ("say", "ask"):
            _field("the customer was told", entry["body"]["text"])


def _path(approval: str) -> str:
    return "/v1/approvals/" + quote(approval, safe="")


def _show(row: dict[str, Any]) -> None:
    """An approval in a few lines, which read at any width."""
    card = row["card"]
    question = "did it happen? " if row["about"] == "outcome" else ""
    say(f"{row['id']}  {row['status']}", "bold")
    _field(row["procedure"], f"{question}{card['description']}")
    if row["status"] == "pending" and row["expires_at"]:
        _field("expires", when(row["expires_at"]))
    if row["decided_at"]:
        reason = f": {row['reason']}" if row["reason"] else ""
        _field("decided", f"{when(row['decided_at'])} by {row['decided_by']}{reason}")


def _field(name: str, value: str) -> None:
    say(f"    {name}: {value}")
