"""`deskhand chat`: talk to the agent in the terminal."""

import threading
from typing import Annotated, Any
from uuid import uuid4

import typer

from deskhand.adapters.edge.rest import Declined, RestClient, Unreachable
from deskhand.cli.common import Key, Url, client, err, out, plain_errors


def chat(
    conversation: Annotated[str | None, typer.Option("--conversation", help="Go on with this one.")] = None,
    language: Annotated[str, typer.Option("--language", help="The customer's language: en or de.")] = "en",
    url: Url = None,
    key: Key = None,
) -> None:
    """Talk to the agent as a customer would; end with Ctrl-D."""
    with plain_errors():
        server = client(url, key)
        if conversation is None:
            made = server.request("POST", "/v1/conversations", {"channel": "api", "language": language})
            conversation = made["id"]
        out.print(f"[dim]{conversation}: write to the agent, end with Ctrl-D.[/]")
        listener = threading.Thread(target=_listen, args=(server, conversation), daemon=True)
        listener.start()
        _talk(server, conversation)


def _talk(server: RestClient, conversation: str) -> None:
    while True:
        try:
            text = input()
        except (EOFError, KeyboardInterrupt):
            return
        if not text.strip():
            continue
        try:
            path = f"/v1/conversations/{conversation}/messages?wait=0"
            server.request("POST", path, {"text": text, "event_id": uuid4().hex})
        except Declined as declined:
            err.print(f"[red]{declined.sentence}[/]")


def _listen(server: RestClient, conversation: str) -> None:
    """Print what the agent and the members write, as it comes."""
    try:
        for entry in server.events(f"/v1/conversations/{conversation}/events"):
            _print(entry)
    except (Unreachable, Declined) as error:
        err.print(f"[red]{error.sentence}[/]")


def _print(entry: dict[str, Any]) -> None:
    body = entry.get("body", {})
    if entry.get("kind") in ("say", "ask"):
        out.print("[green]agent[/]  ", end="")
        out.print(body["text"], markup=False)
        if body.get("choices"):
            out.print(f"       ({' / '.join(body['choices'])})", style="dim", markup=False)
    elif entry.get("kind") == "replied":
        out.print(f"[yellow]{body['by']}[/]  ", end="")
        out.print(body["text"], markup=False)
