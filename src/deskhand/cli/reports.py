"""`deskhand reports`: how it goes, in a few tables."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from deskhand.cli.commands import Command, Group
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table, when

app = typer.Typer(cls=Group, no_args_is_help=True, help="See how it goes.")

Since = Annotated[
    str | None,
    typer.Option("--since", metavar="TIME", help="From then on, as 2026-03-02T00:00:00Z; by default 30 days."),
]
Until = Annotated[str | None, typer.Option("--until", metavar="TIME", help="Until then; by default until now.")]
Zone = Annotated[str, typer.Option("--zone", metavar="ZONE", help="Whose days count, such as Europe/Berlin.")]
Slug = Annotated[str | None, typer.Option("--procedure", metavar="SLUG", help="Only those of this procedure.")]


Show = Callable[[dict[str, Any]], None]
"""Shows a report as tables."""


def _by_procedure(name: str) -> Callable[[Show], Show]:
    """The command that asks for a report and shows it by procedure, as the decorated function does."""

    def add(show: Show) -> Show:
        def command(
            since: Since = None,
            until: Until = None,
            zone: Zone = "UTC",
            procedure: Slug = None,
            url: Url = None,
            key: Key = None,
            as_json: AsJson = False,
        ) -> None:
            found = _report(name, {"since": since, "until": until, "zone": zone, "procedure": procedure}, url, key)
            if as_json:
                show_json(found)
            else:
                show(found)

        app.command(name, cls=Command, help=show.__doc__)(command)
        return show

    return add


@_by_procedure("runs")
def runs(found: dict[str, Any]) -> None:
    """Count runs by procedure, and what became of them."""
    columns = ("began", "completed", "escalated", "cancelled", "failed", "running")
    rows = [
        (one["procedure"], *(str(one["outcomes"][name]) for name in columns), _share(one["outcomes"]["completion"]))
        for one in found["procedures"]
    ]
    _show(("procedure", *columns, "completion"), rows, "No runs in that time.")


@_by_procedure("escalations")
def escalations(found: dict[str, Any]) -> None:
    """Tell how often the agent reached its limit, and why."""
    rows = [
        (
            one["procedure"] or "(none)",
            str(one["count"]),
            _share(one["share"]),
            ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in one["reasons"].items()),
        )
        for one in found["procedures"]
    ]
    _show(("procedure", "count", "of its runs", "why"), rows, "No escalations in that time.")


@app.command("unanswered", cls=Command)
def unanswered(
    since: Since = None,
    until: Until = None,
    zone: Zone = "UTC",
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List the questions that nothing could answer, the most frequent first."""
    found = _report("unanswered", {"since": since, "until": until, "zone": zone}, url, key)
    if as_json:
        show_json(found)
        return
    rows = [(one["conversation"], str(one["count"]), when(one["last_at"]), one["text"]) for one in found["questions"]]
    _show(("newest in", "count", "last asked", "question"), rows, "No unanswered questions in that time.")


def _report(name: str, query: dict[str, str | None], url: str | None, key: str | None) -> dict[str, Any]:
    from deskhand.cli.server import connect

    asked = urlencode({name: value for name, value in query.items() if value is not None})
    found: dict[str, Any] = connect(url, key).request("GET", f"/v1/reports/{name}?{asked}")
    return found


def _show(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], nothing: str) -> None:
    if rows:
        show_table(columns, rows)
    else:
        say(nothing)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
