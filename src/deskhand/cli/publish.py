"""`deskhand publish`: procedures from files onto a server."""

from typing import Annotated

import typer

from deskhand.cli.options import AsJson, Files, Key, Url
from deskhand.cli.printing import say, show_json, tell


def publish(
    files: Files,
    again: Annotated[
        bool,
        typer.Option("--again", metavar="", help="Publish what has not changed, too: with its actions of today."),
    ] = False,
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Publish procedures as their next versions.

    What a procedure runs is published before it. Where one has errors, they are printed as “file: step: sentence”,
    customers keep its present version, and the exit code is 1.
    """
    # these take a third of a second, which no other command should wait for
    from deskhand.cli.publishing import publish_all
    from deskhand.cli.server import connect

    published, lines = publish_all(connect(url, key), files, again)
    for line in lines:
        tell(line)
    if as_json:
        show_json(published)
    else:
        for one in published:
            done = "published as" if one["changed"] else "unchanged since"
            say(f"{one['file']}: `{one['slug']}` is {done} version {one['version']}.")
    if len(published) < len(files):
        raise typer.Exit(1)
