"""`deskhand runs`: what procedures did."""

from typing import Annotated, Any

import typer

from deskhand.cli.options import AsJson, Key, Limit, Url
from deskhand.cli.printing import say, show_json, show_table, when


def runs(
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", help="Only running, completed, escalated, cancelled or failed ones."
        ),
    ] = None,
    procedure: Annotated[
        str | None, typer.Option("--procedure", metavar="SLUG", help="Only those of this procedure.")
    ] = None,
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="ID", help="Only those of this conversation.")
    ] = None,
    limit: Limit = 20,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List runs of procedures, newest first."""
    from deskhand.cli.server import connect, listing

    query = {"status": status, "procedure": procedure, "conversation": conversation}
    rows = listing(connect(url, key), "/v1/runs", query, limit)
    if as_json:
        show_json(rows)
    elif rows:
        show_table(("run", "procedure", "status", "step", "began"), map(_row, rows))
    else:
        say("No runs.")


def _row(run: dict[str, Any]) -> tuple[str, ...]:
    status = f"waits for {run['waiting']}" if run["waiting"] else run["status"]
    return run["id"], f"{run['procedure']} v{run['version']}", status, run["step"], when(run["started_at"])
