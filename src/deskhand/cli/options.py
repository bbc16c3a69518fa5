"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", metavar="", help="Print JSON for programs.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="How many at most.")]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Procedures as YAML or JSON; `-` is the standard input.")
]
With = Annotated[
    list[Path] | None,
    typer.Option(
        "--with", metavar="FILE", help="A procedure, action or connection that FILE names; may be given several times."
    ),
]
Url = Annotated[
    str | None,
    typer.Option(
        "--url", metavar="URL", envvar="DESKHAND_URL", help="Where the server is; by default on this machine."
    ),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--key", metavar="KEY", envvar="DESKHAND_KEY", help="An API key; by default the one in the data folder."
    ),
]
