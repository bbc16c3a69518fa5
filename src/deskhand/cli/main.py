"""`deskhand`: the command line, put together from one file per command group."""

import typer

from deskhand import __version__
from deskhand.cli import files, live, serving, talking

app = typer.Typer(
    name="deskhand",
    help="The action layer of an AI customer-service agent. "
    "The model proposes, the engine disposes, people countersign.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"deskhand {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Have the options that come before every command."""


RUN, WRITE, WATCH = "Run", "Write procedures", "Talk and decide"

app.command("demo", rich_help_panel=RUN)(serving.demo)
app.command("serve", rich_help_panel=RUN)(serving.serve)
app.command("validate", rich_help_panel=WRITE)(files.validate)
app.command("simulate", rich_help_panel=WRITE)(files.simulate)
app.command("schema", rich_help_panel=WRITE)(files.schema)
app.command("publish", rich_help_panel=WRITE)(live.publish)
app.command("chat", rich_help_panel=WATCH)(talking.chat)
app.command("runs", rich_help_panel=WATCH)(live.runs)
app.add_typer(live.approvals, name="approvals", rich_help_panel=WATCH)

if __name__ == "__main__":
    app()
