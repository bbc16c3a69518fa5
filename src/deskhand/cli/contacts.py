"""`deskhand contacts`: who the customers are."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Limit, Url
from deskhand.cli.printing import say, show_json, show_table, tell, when

app = typer.Typer(cls=Listing, help="Know who the customers are.")

Contact = Annotated[str, typer.Argument(metavar="CONTACT", help="Its identifier, contact_….")]

AT_ONCE = 500
LARGEST = 700_000
"""Characters of the contacts that one request takes; the server takes a MiB."""


@app.command("list", cls=Command)
def list_(
    search: Annotated[
        str, typer.Option("--search", metavar="WORDS", help="Parts of name, e-mail, phone number or id.")
    ] = "",
    limit: Limit = 20,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List contacts, newest first.

    The same as `deskhand contacts` alone.
    """
    from deskhand.cli.server import connect, listing

    rows = listing(connect(url, key), "/v1/contacts", {"q": search or None}, limit)
    if as_json:
        show_json(rows)
    elif not rows:
        say("No contacts.")
    else:
        show_table(("contact", "id", "name", "e-mail", "phone", "last seen"), map(_row, rows))


@app.command(cls=Command)
def show(contact: Contact, url: Url = None, key: Key = None) -> None:
    """Show a contact as JSON."""
    from deskhand.cli.server import connect

    show_json(connect(url, key).request("GET", _path(contact)), indent=2)


@app.command(cls=Command)
def remove(contact: Contact, url: Url = None, key: Key = None) -> None:
    """Erase a contact; conversations keep what they logged."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(contact))
    say(f"{contact}: erased.")


@app.command("import", cls=Command)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or JSON lines; `-` is the standard input.")],
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Bring contacts in from a file.

    Each is added to what is known of the contact with its id, or its e-mail. Lines that are wrong are told, and the
    others taken.
    """
    from deskhand.cli.contact_files import read_contacts
    from deskhand.cli.server import connect

    server = connect(url, key)
    counts = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0}
    for batch in _batches(_good(file, read_contacts(file), counts)):
        answer = server.request("POST", "/v1/contacts/import", {"contacts": [contact for _, contact in batch]})
        for one in answer.pop("refused"):
            counts["refused"] += 1
            tell(f"{file}:{batch[one['index']][0]}: {one['reason']}")
        for name, count in answer.items():
            counts[name] += count
    if as_json:
        show_json(counts)
    else:
        say(", ".join(f"{count} {name}" for name, count in counts.items()))
    if counts["refused"]:
        raise typer.Exit(1)


def _good(file: Path, lines: Iterator[Any], counts: dict[str, int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The contacts that can be read; what is wrong with the other lines is told at once."""
    for line in lines:
        if line.problem is None:
            yield line.number, line.contact
        else:
            counts["refused"] += 1
            tell(f"{file}:{line.number}: {line.problem}")


def _batches(contacts: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    """As many at once as a request takes; a single one that is too large is left to the server to refuse."""
    batch: list[tuple[int, dict[str, Any]]] = []
    size = 0
    for one in contacts:
        length = len(json.dumps(one[1]))
        if batch and (len(batch) == AT_ONCE or size + length > LARGEST):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch


def _path(contact: str) -> str:
    return "/v1/contacts/" + quote(contact, safe="")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    name = " ".join(part for part in (row["first_name"], row["last_name"]) if part)
    seen = when(row["last_seen_at"]) if row["last_seen_at"] else ""
    return row["id"], row["external_id"] or "", name, row["email"] or "", row["phone_number"] or "", seen
