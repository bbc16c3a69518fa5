"""`deskhand`: the command line, put together from one file per command group."""

import sys

import typer

from deskhand import __version__
from deskhand.cli import (
    actions,
    approvals,
    audiences,
    channels,
    chat,
    connections,
    contacts,
    imports,
    members,
    models,
    openapi,
    publish,
    reports,
    rotate_key,
    runs,
    secrets,
    serve,
    set_password,
    simulate,
    sources,
    templates,
    topics,
    validate,
    webhooks,
)
from deskhand.cli.commands import Command, Root

RUN, WRITE, ACT, WATCH = "Run", "Write procedures", "Reach other systems", "Talk and decide"
KNOW = "Know"
CUSTOMERS = "Customers"

app = typer.Typer(
    cls=Root,
    name="deskhand",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"deskhand {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(
        False, "--version", metavar="", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    """The action layer of an AI customer-service agent.

    The model proposes, the engine disposes, people countersign. `deskhand demo` is the place to begin.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # one character that cannot be shown, or read, must not end a command
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


app.command("demo", cls=Command, rich_help_panel=RUN)(serve.demo)
app.command("serve", cls=Command, rich_help_panel=RUN)(serve.serve)
app.command("rotate-key", cls=Command, rich_help_panel=RUN)(rotate_key.rotate_key)
app.command("set-password", cls=Command, rich_help_panel=RUN)(set_password.set_password)
app.add_typer(members.app, name="members", rich_help_panel=RUN)
app.command("validate", cls=Command, rich_help_panel=WRITE)(validate.validate)
app.command("simulate", cls=Command, rich_help_panel=WRITE)(simulate.simulate)
app.command("publish", cls=Command, rich_help_panel=WRITE)(publish.publish)
app.command("schema", cls=Command, rich_help_panel=WRITE)(validate.schema)
app.command("openapi", cls=Command, rich_help_panel=RUN)(openapi.openapi)
app.add_typer(actions.app, name="actions", rich_help_panel=ACT)
app.add_typer(connections.app, name="connections", rich_help_panel=ACT)
app.add_typer(connections.hosts, name="hosts", rich_help_panel=ACT)
app.add_typer(imports.app, name="import", rich_help_panel=ACT)
app.add_typer(models.app, name="models", rich_help_panel=ACT)
app.add_typer(secrets.app, name="secrets", rich_help_panel=ACT)
app.add_typer(templates.app, name="templates", rich_help_panel=ACT)
app.add_typer(webhooks.app, name="webhooks", rich_help_panel=ACT)
app.add_typer(channels.app, name="channels", rich_help_panel=ACT)
app.add_typer(sources.app, name="sources", rich_help_panel=KNOW)
app.add_typer(topics.app, name="topics", rich_help_panel=KNOW)
app.command("ask", cls=Command, rich_help_panel=KNOW)(sources.ask)
app.add_typer(contacts.app, name="contacts", rich_help_panel=CUSTOMERS)
app.add_typer(audiences.app, name="audiences", rich_help_panel=CUSTOMERS)
app.command("chat", cls=Command, rich_help_panel=WATCH)(chat.chat)
app.command("runs", cls=Command, rich_help_panel=WATCH)(runs.runs)
app.add_typer(approvals.app, name="approvals", rich_help_panel=WATCH)
app.add_typer(reports.app, name="reports", rich_help_panel=WATCH)

if __name__ == "__main__":
    app()
