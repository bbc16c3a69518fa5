"""`deskhand actions`: what agents may do, trying it out, and what became of it."""

import json
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import BadFile, Command, Listing
from deskhand.cli.options import AsJson, Key, Limit, Url
from deskhand.cli.printing import say, show_json, show_table, tell, when, written
from deskhand.cli.storing import store_files

app = typer.Typer(cls=Listing, help="List, store, try and export actions.")

Slug = Annotated[str, typer.Argument(metavar="ACTION", help="Its slug.")]
Agent = Annotated[str, typer.Option("--agent", metavar="AGENT", help="The agent's slug.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List actions.

    The same as `deskhand actions` alone.
    """
    from deskhand.cli.server import connect

    server = connect(url, key)
    rows = server.request("GET", "/v1/actions")["items"]
    if as_json:
        show_json(rows)
        return
    agents = server.request("GET", "/v1/agents")["items"]
    if not rows:
        say("No actions.")
        return
    show_table(("action", "kind", "state", "agents", "name"), (_row(row, agents) for row in rows))


@app.command(cls=Command)
def show(action: Slug, url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """Show an action as YAML; credentials by their secrets' names."""
    from deskhand.cli.server import connect

    server = connect(url, key)
    if as_json:
        show_json(server.request("GET", _path(action)))
    else:
        typer.echo(server.request("GET", f"{_path(action)}/export")["text"], nl=False)


@app.command(cls=Command)
def export(
    action: Slug,
    form: Annotated[
        str, typer.Option("--form", metavar="FORM", help="yaml, or json for the definition of other products.")
    ] = "yaml",
    url: Url = None,
    key: Key = None,
) -> None:
    """Print an action as YAML, or as the JSON of other products."""
    from deskhand.cli.server import connect

    found = connect(url, key).request("GET", f"{_path(action)}/export?form={quote(form, safe='')}")
    typer.echo(found["text"].rstrip("\n"))
    if found["left_out"]:
        tell(f"left out: {', '.join(found['left_out'])}; YAML keeps all of it.")


@app.command(cls=Command)
def put(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Actions as YAML or JSON; `-` is the input.")],
    url: Url = None,
    key: Key = None,
) -> None:
    """Store actions from files; a credential in clear becomes a secret."""
    store_files(files, _path, url, key)


@app.command("try", cls=Command)
def try_(
    action: Slug,
    values: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE", help="Values of its variables; JSON where it fits.")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry", metavar="", help="Show what would be sent, and send nothing.")] = False,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Run an action with sample values and show request, answer, and what to mend.

    It is really sent, with the connection's test credentials where there are some. Preconditions are left aside.
    """
    from deskhand.cli.server import connect

    body = {"values": dict(map(_pair, values or [])), "dry": dry}
    trial = connect(url, key).request("POST", f"{_path(action)}/try", body)
    if as_json:
        show_json(trial)
    else:
        _show(trial)
    if not trial["ok"]:
        raise typer.Exit(1)


@app.command(cls=Command)
def enable(action: Slug, agent: Agent = "default", url: Url = None, key: Key = None) -> None:
    """Let an agent use an action by itself."""
    _switch(action, agent, True, url, key)


@app.command(cls=Command)
def disable(action: Slug, agent: Agent = "default", url: Url = None, key: Key = None) -> None:
    """Keep an agent from using an action by itself; procedures may still use it."""
    _switch(action, agent, False, url, key)


@app.command(cls=Command)
def log(
    action: Annotated[str | None, typer.Argument(metavar="ACTION", help="Only this one's.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="Only succeeded, failed or unknown ones.")
    ] = None,
    limit: Limit = 20,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List calls as they went out, newest first."""
    from deskhand.cli.server import connect, listing

    rows = listing(connect(url, key), "/v1/executions", {"action": action, "status": status}, limit)
    if as_json:
        show_json(rows)
    elif not rows:
        say("No calls.")
    else:
        show_table(("call", "action", "outcome", "status", "ms", "at"), map(_call, rows))


def _path(slug: str) -> str:
    return "/v1/actions/" + quote(slug, safe="")


def _row(row: dict[str, Any], agents: list[dict[str, Any]]) -> tuple[str, ...]:
    state = "draft" if row.get("draft") else "on" if row.get("enabled", True) else "off"
    using = ", ".join(one["slug"] for one in agents if row["slug"] in one["actions"])
    return row["slug"], row["kind"], state, using or "none", row["name"]


def _call(row: dict[str, Any]) -> tuple[str, ...]:
    name = (row["action"] or row["kind"]) + (" (test)" if row["test"] else "")
    status, took = row["http_status"], row["milliseconds"]
    return (
        row["id"],
        name,
        row["status"],
        "" if status is None else str(status),
        "" if took is None else str(took),
        when(row["at"]),
    )


def _pair(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadFile(f"`{text}` is no value: write NAME=VALUE.")
    try:
        return name, json.loads(value) if value[:1] in ("{", "[") else value
    except ValueError:
        return name, value


def _show(trial: dict[str, Any]) -> None:
    for name in trial["missing"]:
        say(f"missing: {name}")
    for sentence in trial["invalid"]:
        say(f"invalid: {sentence}")
    for title in ("shown", "request"):
        if trial[title]:
            say(f"{title}:")
            for name, value in trial[title].items():
                say(f"    {name}: {written(value)}")
    if trial["sent"]:
        say(f"answer: {trial['status'] or trial['outcome']} in {trial['milliseconds']} ms")
        say(f"    {written(trial['response'])}")
    if trial["problem"]:
        say(f"problem: {trial['problem']}")
    if trial["said"]:
        say(f"the customer would read: {trial['said']}")
    for hint in trial["hints"]:
        say(f"hint: {hint}")


def _switch(action: str, agent: str, on: bool, url: str | None, key: str | None) -> None:
    from deskhand.cli.server import connect

    server = connect(url, key)
    path = "/v1/agents/" + quote(agent, safe="")
    known = server.request("GET", path)
    if on == (action in known["actions"]):
        server.request("GET", _path(action))
        say(f"`{agent}` {'uses' if on else 'does not use'} `{action}` by itself: nothing changes.")
        return
    actions = [one for one in known["actions"] if one != action] + ([action] if on else [])
    server.request("PUT", path, {**known, "actions": actions})
    say(f"`{agent}` {'may use' if on else 'no longer uses'} `{action}` by itself.")
