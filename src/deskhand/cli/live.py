"""Commands on a running server: `publish`, `runs`, `approvals`."""

import json
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer
from rich.table import Table

from deskhand.adapters.edge.rest import Declined, RestClient
from deskhand.cli.common import AsJson, Key, Url, client, err, out, plain_errors, read_file
from deskhand.domain.documents import parse_yaml, slugify

approvals = typer.Typer(
    help="List what waits for a decision; approve or reject it.", no_args_is_help=False, invoke_without_command=True
)

Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="How many rows.")]


def publish(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Procedures as YAML or JSON.")],
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Save procedures on the server and publish them as their next versions."""
    with plain_errors():
        server = client(url, key)
        failed = False
        published = []
        for file in files:
            slug, yaml = _document(file)
            try:
                published.append({"file": str(file), "slug": slug, **_publish(server, slug, yaml)})
            except Declined as declined:
                failed = True
                _tell_declined(file, declined)
    if as_json:
        typer.echo(json.dumps(published))
    else:
        for row in published:
            out.print(f"{row['file']}: published `{row['slug']}` as version {row['version']}.", markup=False)
    if failed:
        raise typer.Exit(1)


def runs(
    status: Annotated[str | None, typer.Option("--status", help="running, completed, escalated, …")] = None,
    procedure: Annotated[str | None, typer.Option("--procedure", help="Only runs of this one.")] = None,
    limit: Limit = 20,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List runs, newest first."""
    query = {"status": status, "procedure": procedure, "limit": limit}
    rows = _list(client(url, key), "/v1/runs", query)
    if as_json:
        typer.echo(json.dumps(rows))
        return
    table = Table("run", "procedure", "version", "status", "waits for", "step", "started")
    for row in rows:
        table.add_row(
            row["id"], row["procedure"], str(row["version"]), row["status"], row["waiting"] or "", row["step"],
            row["started_at"],
        )  # fmt: skip
    out.print(table if rows else "No runs.")


@approvals.callback()
def list_approvals(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False,
    limit: Limit = 20,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List what waits for a decision; approve or reject it."""
    if context.invoked_subcommand is not None:
        return
    query = {"status": "all" if everything else "pending", "limit": limit}
    rows = _list(client(url, key), "/v1/approvals", query)
    if as_json:
        typer.echo(json.dumps(rows))
        return
    table = Table("approval", "what", "procedure", "status", "variables", "expires")
    for row in rows:
        card = row["card"]
        variables = ", ".join(f"{name}: {value}" for name, value in card["variables"].items())
        table.add_row(
            row["id"], card["description"], card["procedure"], row["status"], variables, row["expires_at"] or ""
        )
    out.print(table if rows else "Nothing waits for a decision.")


@approvals.command()
def approve(approval: str, url: Url = None, key: Key = None) -> None:
    """Approve: exactly the request that the approval shows is sent."""
    _decide(client(url, key), approval, "approve", {})


@approvals.command()
def reject(
    approval: str,
    reason: Annotated[str, typer.Option("--reason", help="For your colleagues; the customer does not see it.")],
    url: Url = None,
    key: Key = None,
) -> None:
    """Reject with a reason: a person takes the conversation over."""
    _decide(client(url, key), approval, "reject", {"reason": reason})


def _decide(server: RestClient, approval: str, decision: str, body: dict[str, Any]) -> None:
    with plain_errors():
        server.request("POST", f"/v1/approvals/{approval}/{decision}", body)
    out.print(f"{approval}: {'approved' if decision == 'approve' else 'rejected'}.")


def _list(server: RestClient, path: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    with plain_errors():
        given = {name: value for name, value in query.items() if value is not None}
        rows: list[dict[str, Any]] = server.request("GET", f"{path}?{urlencode(given)}")["items"]
        return rows


def _document(file: Path) -> tuple[str, str]:
    text = read_file(file)
    document = parse_yaml(text, str(file))
    slug = document.get("slug")
    return slug if isinstance(slug, str) else slugify(str(document.get("name", ""))), text


def _publish(server: RestClient, slug: str, yaml: str) -> dict[str, Any]:
    try:
        known = server.request("GET", f"/v1/procedures/{slug}")
    except Declined as declined:
        if declined.status != 404:
            raise
        server.request("POST", "/v1/procedures", {"yaml": yaml})
    else:
        server.request("PUT", f"/v1/procedures/{slug}", {"yaml": yaml, "based_on": known["revision"]})
    answer: dict[str, Any] = server.request("POST", f"/v1/procedures/{slug}/publish", {})
    return answer


def _tell_declined(file: Path, declined: Declined) -> None:
    problems = declined.problem.get("problems") or []
    for problem in problems:
        if problem.get("severity") == "error":
            err.print(f"{file}: {problem.get('step') or 'procedure'}: {problem['sentence']}", markup=False)
    if not problems:
        err.print(f"{file}: {declined.sentence}", markup=False)
